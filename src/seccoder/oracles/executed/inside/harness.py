"""Runs in the box: makes the attempts that the caller asks for, and tells what could be observed.

It reads JSON lines from its standard input (first the plan, then batches of attempts), and writes one line for each
attempt. Two processes: this one never loads foreign code and cannot be inspected by it (not dumpable); a forked child
loads the code and makes the attempts. A child that dies, exits or hangs costs the attempt it was at; a fresh one goes
on behind it. What the child says is a claim: what counts is judged by the caller, outside, from tokens of the run.
"""
# ruff: noqa: S606, S607, ANN001, ANN201, ANN204, D102, D103
# (a script of its own inside the box, never imported by the package)
# mypy: ignore-errors

import base64
import contextlib
import ctypes
import gc
import json
import os
import re
import select
import signal
import sys
import time

from clock import LOOK, Clock, fields
from telling import BODY, tell
from watching import Watch, stamp

HERE = os.path.dirname(os.path.abspath(__file__))
SYSTEM = tuple(
    f"/{name}"
    for name in "usr bin sbin lib etc proc dev sys box/harness box/tools box/app/app.py box/app/app.js".split()
)
# Seconds, by a clock that stands still while the code waits for a processor (see clock.py):
STEP = 2.5  # an attempt may take
LOADING = 5.0  # loading the code may take
NUDGE = 1.2  # after these, JavaScript is told to wait no longer for an answer


def node(work, channel, printed, turn, *, alone):
    """Become the process that loads and calls JavaScript."""
    os.setsid()
    work = {**work, "alone": alone}
    path = f"{HERE}/work-{os.getpid()}.json"
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(
            {
                key: work[key]
                for key in (
                    "alone",
                    "names",
                    "exported",
                    "dialect",
                    "mark",
                    "objects",
                    "upload",
                    "observe",
                )
                if key in work
            },
            stream,
        )
    null = os.open(os.devnull, os.O_RDONLY)
    for descriptor, target in ((null, 0), (printed, 1), (printed, 2)):
        os.dup2(descriptor, target)
    os.set_inheritable(channel, True)
    os.set_inheritable(turn, True)
    os.execvp(
        "node",
        ["node", "--no-warnings", "--max-old-space-size=256", f"{HERE}/driver.js", path, str(channel), str(turn)],
    )


def reap(pid):
    for target in (-pid, pid):
        try:
            os.kill(target, signal.SIGKILL)
        except OSError:
            pass
    try:
        os.waitpid(pid, 0)
    except OSError:
        pass


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE: nobody of the same user id reads or traces this process
    asked = os.fdopen(os.dup(0), "rb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    plan = json.loads(asked.readline())
    if plan["python"] not in {"", sys.prefix}:
        return  # this is not the interpreter whose libraries the code under test is to find
    gc.disable()  # nothing of what is loaded now goes away
    for name in plan["preload"]:  # once, before the forks
        with contextlib.suppress(ImportError):
            __import__(name)
    gc.enable()
    gc.freeze()  # children need not look through what they share with this process, and so copy it
    lay_out(["/box/app/files", *plan["folders"]], plan["files"])
    box = Box(plan, out, asked)
    tell(out, {"surface": box.surface()})
    while batch := json.loads(asked.readline() or b"{}"):
        for item in batch["attempts"]:
            if box.clock.seconds > plan["seconds"]:
                break
            tell(out, {"attempt": item["n"], "found": box.attempt(item)})
        tell(out, {"batch": {"written": box.written(), "seconds": box.clock.seconds}})
    for _ in range(20 if plan["watch"] and box.started else 0):  # what an attempt left running may still write
        if not box.clock.processes()[1]:
            break
        time.sleep(LOOK)
    box.end()
    tell(out, {"finished": True, "written": box.written(), "seconds": box.clock.seconds})


def lay_out(folders, files):
    """Make folders and files; what cannot be made is not there."""
    for folder in folders:
        with contextlib.suppress(OSError):
            os.makedirs(folder, exist_ok=True)
    for path, content in files.items():
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as stream:
                stream.write(base64.b64decode(content))
        except (OSError, ValueError):
            continue


class Child:
    """Is the process that loads the code and makes attempts, seen from outside."""

    def __init__(self, plan, clock, printed, closed, *, alone):
        self.clock, self.printed, self.nudged = clock, printed, plan["language"] == "javascript"
        self.buffer, self.lines, self.ended = b"", [], False
        self.heard, channel = os.pipe()
        turn, self.turn = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            for descriptor in (*closed, self.heard, self.turn):
                with contextlib.suppress(OSError):
                    os.close(descriptor)
            if self.nudged:
                node(plan, channel, printed, turn, alone=alone)
            import calls  # it was loaded before the fork

            calls.child(channel, printed, turn, plan, alone=alone)
            os._exit(0)
        os.close(channel)
        os.close(turn)

    def ask(self, item):
        """Send an attempt; a child that is gone does not get it."""
        data = json.dumps(item).encode() + b"\n"
        with contextlib.suppress(OSError):
            while data:
                data = data[os.write(self.turn, data) :]

    def hear(self, allowed, ends):
        """Return the child's next message, or None if it ended, or said nothing for the seconds `allowed`."""
        spoke, told = self.clock.look(spoke=True), 0  # before it was asked, it was not waiting
        while not self.ended:
            while self.lines:
                try:
                    message = json.loads(self.lines.pop(0))
                except ValueError:
                    continue
                if isinstance(message, dict):
                    return message
            ready, _, _ = select.select([self.heard], [], [], LOOK)
            if not ready:
                now = self.clock.look()
                if now - spoke < allowed and now < ends:
                    if self.nudged and now - spoke > NUDGE * (told + 1):
                        told += 1
                        os.kill(self.pid, signal.SIGUSR2)
                    continue
            chunk = os.read(self.heard, 1 << 16) if ready else b""
            if not chunk:
                self.end()
                return None
            if time.monotonic() - self.clock.looked > LOOK:
                self.clock.look(spoke=True)
            self.buffer += chunk
            *lines, self.buffer = self.buffer.split(b"\n")
            self.lines += lines
            if len(self.buffer) > 1 << 21:
                self.buffer = b""
        return None

    def end(self):
        """End the process, and all that it started."""
        if not self.ended:
            self.ended = True
            processor(self.pid)
            reap(self.pid)
            os.close(self.heard)
            os.close(self.turn)


class Box:
    """Makes attempts in a child that loads the code as a module and in one that runs it as a program.

    Each is followed by a fresh one if it ends. Both stay, as a batch may hold attempts for either.
    """

    def __init__(self, plan, out, asked):
        self.plan, self.clock, self.watch = plan, Clock(), Watch(plan["watch"])
        self.closed = (out, asked.fileno(), self.watch.descriptor)
        self.printed = os.open(f"{HERE}/printed", os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        self.children, self.before, self.started = {}, None, False

    def surface(self):
        """Load the code once, and say what it offers."""
        message = self.load(alone=False)
        return message or {"routes": [], "missing": [], "error": "loading it took too long or ended the process"}

    def load(self, *, alone):
        other = self.children.get(not alone)
        theirs = () if other is None or other.ended else (other.heard, other.turn)
        child = Child(self.plan, self.clock, self.printed, (*self.closed, *theirs), alone=alone)
        self.children[alone] = child
        message = child.hear(LOADING, self.plan["seconds"])
        if message is not None and message.get("error"):
            child.end()
        return message

    def attempt(self, item):
        """Make one attempt, the same again if a file that it looked for was made meanwhile."""
        alone = item["entry"]["kind"] == "script"  # what wants arguments is run, not imported
        if alone not in self.children or self.children[alone].ended:
            message = self.load(alone=alone)
            if message is None or message.get("error"):
                return {
                    "died": True,
                    "error": (message or {}).get("error", "the code could not be loaded"),
                    "unloaded": True,
                }
        child = self.children[alone]
        if self.plan["snapshots"] and self.before is None:
            self.before = self.watch.snapshot()
        for _ in range(4):
            began = processor(child.pid)
            os.ftruncate(self.printed, 0)
            child.ask(item)
            message = child.hear(min(STEP, item["case"].get("until", STEP)), self.plan["seconds"])
            if message is None or not isinstance(message.get("end"), dict):
                child.end()
                found = {"died": True, "cpu": max(0.0, last["cpu"] - began)}
                if (observe := sys.modules.get("observe")) is not None:
                    found["matched"] = found["cpu"] if observe.matching[0] else 0.0
                break
            found = message["end"]
            missing = found.pop("absent", [])
            if "label" not in item["case"] or not provide(self.plan, item["values"], missing, self.before or {}):
                break
        found["printed"] = printed_so_far(self.printed)
        changes = may_change(found, self.plan["language"])
        self.started = self.started or changes
        if self.plan["snapshots"] and changes:
            found["changed"], found["removed"], found["modes"] = self.watch.compare_and_restore(self.before)
        return found

    def written(self):
        """Return every small file that was written since this was asked, and whose name or content holds a token."""
        if not self.started:
            return {}
        tokens = [token.encode() for token in self.plan["tokens"]]
        return {
            path: base64.b64encode(data).decode()
            for path, data in self.watch.written().items()
            if path not in self.plan["files"] and any(token in data or token in os.fsencode(path) for token in tokens)
        }

    def end(self):
        for child in self.children.values():
            child.end()


def may_change(found, language):
    """Say whether an attempt may have changed a file. Only Python's own events tell; otherwise it may."""
    if found.get("died") or language != "python":
        return True
    try:
        return any(
            kind != "compile" and not (kind == "open" and reads(text)) for kind, text, _ in found.get("events", [])
        )
    except (TypeError, ValueError):
        return True


def reads(arguments):
    """Say whether a file was opened for reading alone, by the flags at the end of an event's arguments."""
    flags = re.search(r", (\d+)\)$", arguments)
    return flags is not None and not int(flags[1]) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)


def processor(pid):
    """Seconds of processor time a process has used."""
    try:
        user, system = map(int, fields(f"/proc/{pid}/stat")[11:13])
        last["cpu"] = (user + system) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        pass
    return last["cpu"]


last = {"cpu": 0.0}


def provide(plan, values, missing, before):
    """Make the files a benign attempt looked for in vain: only such as carry one of its values in their name.

    Beside each, where a step too far would lead, lie files that must not be read. Returns whether any was made.
    """
    if not isinstance(missing, list):
        return False
    made = False
    for path in missing:
        if not isinstance(path, str) or len(before) > 4000 or path.startswith(SYSTEM) or os.path.lexists(path):
            continue
        if any(value.startswith("/") and path != value and path.endswith(value) for value in values):
            continue  # an absolute path put below a folder: beside it lies nothing outside
        folder, name = os.path.split(os.path.normpath(path))
        stems = [os.path.splitext(os.path.basename(value))[0] for value in values]
        if not any(len(stem) > 2 and stem in name for stem in stems):
            continue
        suffix = os.path.splitext(name)[1]
        beside = (
            []
            if os.path.basename(folder) in values or "paths" not in plan["families"]
            else [  # a folder the input named is no border
                f"{os.path.dirname(folder)}/{plan['mark']}{suffix}",
                f"{folder}-{plan['mark']}/{plan['mark']}{suffix}",
            ]
        )
        if put(f"{folder}/{name}", plan["upload"], plan["watch"], before):
            made = True
            for secret in beside:
                put(secret, plan["secret"], plan["watch"], before)
    return made


def put(path, text, watched, before):
    """Write a new file; where files are compared, it counts as having been there from the start."""
    if os.path.lexists(path) or path.startswith(SYSTEM):
        return False
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "x", encoding="utf-8") as stream:
            stream.write(text)
    except (OSError, ValueError):
        return False
    if path.startswith(tuple(f"{root}/" for root in watched)):
        before[path] = (stamp(path), text.encode())
    return True


def printed_so_far(descriptor):
    return base64.b64encode(os.pread(descriptor, BODY, 0)).decode()
