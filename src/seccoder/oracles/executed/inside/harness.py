"""Runs in the box: drives the code under test through a list of attempts and writes down what could be observed.

Reads `plan.json`, writes one JSON line per attempt to its standard output, then a line that says it came to the end.
Two processes: this one never loads foreign code and cannot be inspected by it (not dumpable); a forked child loads the
code and makes the attempts. A child that dies, exits or hangs costs the attempt it was at; a fresh one goes on behind
it. What the child says is a claim: what counts is judged by the caller, outside, from tokens of the run.
"""
# ruff: noqa: C901, S606, S607, ANN001, ANN201, ANN202, D103
# (a script of its own inside the box, never imported by the package)
# mypy: ignore-errors

import base64
import contextlib
import ctypes
import json
import os
import select
import signal
import stat
import time

import calls
import planner
from calls import BODY, tell
from clock import LOOK, Clock, fields

HERE = os.path.dirname(os.path.abspath(__file__))
SYSTEM = tuple(
    f"/{name}"
    for name in "usr bin sbin lib etc proc dev sys box/harness box/tools box/app/app.py box/app/app.js".split()
)
# Seconds, by a clock that stands still while the code waits for a processor (see clock.py):
STEP = 2.5  # an attempt may take
LOADING = 5.0  # loading the code may take
NUDGE = 1.2  # after these, JavaScript is told to wait no longer for an answer


def routes(plan):
    """Ask a throw-away child for the routes that the loaded module has."""
    back, channel = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(back)
        if plan["language"] == "javascript":
            node({**plan, "mode": "list"}, channel, os.open(os.devnull, os.O_RDWR), 0)
        calls.list_routes(channel, plan)
        os._exit(0)
    os.close(channel)
    for message in read_lines(back, pid, Clock(), lambda: LOADING, nudged=plan["language"] == "javascript"):
        reap(pid)
        return message
    return {"routes": [], "error": "loading it took too long or ended the process", "missing": []}


def node(work, channel, printed, turn):
    """Become the process that loads and calls JavaScript."""
    os.setsid()
    path = f"{HERE}/work-{os.getpid()}.json"
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(
            {
                key: work[key]
                for key in (
                    "mode",
                    "names",
                    "exported",
                    "dialect",
                    "mark",
                    "objects",
                    "upload",
                    "observe",
                    "items",
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


def read_lines(descriptor, pid, clock, allowed, ends=float("inf"), *, nudged=False):
    """JSON lines from a child until it ends, says nothing for the seconds `allowed()`, or the clock is at `ends`."""
    buffer, spoke, told = b"", clock.seconds, 0
    while True:
        ready, _, _ = select.select([descriptor], [], [], LOOK)
        now = clock.look(spoke=bool(ready)) if not ready or time.monotonic() - clock.looked > LOOK else clock.seconds
        if not ready and now - spoke < allowed() and now < ends:
            if nudged and now - spoke > NUDGE * (told + 1):
                told += 1
                os.kill(pid, signal.SIGUSR2)
            continue
        chunk = os.read(descriptor, 1 << 16) if ready else b""
        if not chunk or now > ends:
            processor(pid)
            reap(pid)
            os.close(descriptor)
            return
        spoke, told = now, 0
        buffer += chunk
        *lines, buffer = buffer.split(b"\n")
        if len(buffer) > 1 << 20:
            buffer = b""
        for line in lines:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if isinstance(message, dict):
                yield message


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


def snapshot(roots):
    """Stamp and content of every small file that could be written to, by path."""
    return {path: (stamp, content(path)) for path, stamp in stamps(roots)}


def stamps(roots):
    """Path and stamp of what could be written to: not of what the box shows of the machine, such as an interpreter.

    That may lie below a watched folder, if a virtual environment was made in `/tmp`, and hold thousands of files.
    """
    for root in roots:
        here = device(root)
        for folder, folders, names in os.walk(root):
            folders[:] = [name for name in folders if device(os.path.join(folder, name)) == here]
            for name in names[:200]:
                path = os.path.join(folder, name)
                try:
                    found = os.lstat(path)
                except OSError:
                    continue
                if stat.S_ISREG(found.st_mode) and found.st_size < 4096:
                    yield path, (found.st_mtime_ns, found.st_size, found.st_ino)


def device(path):
    try:
        return os.lstat(path).st_dev
    except OSError:
        return None  # it is gone


def content(path):
    try:
        with open(path, "rb") as stream:
            return stream.read(4096)
    except OSError:
        return b""


def compare_and_restore(roots, before):
    """What an attempt changed and removed; afterwards everything is as it was, for the next one."""
    changed, modes, there = {}, {}, set()
    for path, stamp in list(stamps(roots)):
        there.add(path)
        if path not in before or before[path][0] != stamp:
            changed[path] = base64.b64encode(content(path)).decode()
            modes[path] = os.lstat(path).st_mode & 0o7777
    removed = [path for path in before if path not in there]
    try:
        for path in changed:
            if path not in before:
                os.unlink(path)
        for path in [*removed, *(path for path in changed if path in before)]:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as stream:
                stream.write(before[path][1])
            found = os.lstat(path)
            before[path] = ((found.st_mtime_ns, found.st_size, found.st_ino), before[path][1])
    except OSError:
        pass
    return changed, removed, modes


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE: nobody of the same user id reads or traces this process
    with open(f"{HERE}/plan.json", encoding="utf-8") as stream:
        plan = json.loads(stream.read())
    os.unlink(f"{HERE}/plan.json")
    for name in plan["preload"]:  # once, before the forks
        with contextlib.suppress(ImportError):
            __import__(name)
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for folder in ["/box/app/files", *plan["folders"]]:
        os.makedirs(folder, exist_ok=True)
    for path, content in plan["files"].items():
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as stream:
                stream.write(base64.b64decode(content))
        except OSError:
            continue
    surface = routes(plan)
    tell(out, {"surface": surface})
    plan["factories"] = surface.get("factories", [])
    if plan["language"] == "javascript":
        every = [entry for entry in surface["routes"] if isinstance(entry, dict)][:40]
    else:
        every = list(planner.entries(plan, surface["routes"]))
    best, clock = {}, Clock()
    items = planner.benign(plan, every)
    count = len(items)
    while items and clock.seconds < plan["seconds"]:
        items = drive(plan, items, out, clock, best)
    if not items:
        chosen = {position: values for position, (_, values) in best.items()}
        items = planner.attacks(plan, every, chosen, count)
    while items and clock.seconds < plan["seconds"]:
        items = drive(plan, items, out, clock, best)
    for _ in range(20 if plan["watch"] else 0):  # what an attempt left running may still write
        time.sleep(LOOK)
        if not clock.processes()[1]:
            break
    tell(
        out, {"written": {path: base64.b64encode(data).decode() for path, (_, data) in snapshot(plan["watch"]).items()}}
    )
    tell(out, {"finished": not items})


def drive(plan, items, out, clock, best):
    """Make attempts in one child until it ends; return those that are left. Notes which benign ones got far."""
    back, channel = os.pipe()
    turn, go = os.pipe()
    printed = os.open(f"{HERE}/printed", os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
    pid = os.fork()
    if pid == 0:
        os.close(out)
        os.close(back)
        os.close(go)
        if plan["language"] == "javascript":
            node({**plan, "mode": "run", "items": items}, channel, printed, turn)
        calls.child(items, channel, printed, turn, plan)
        os._exit(0)
    os.close(channel)
    os.close(turn)
    done, current, repeats, alone = 0, None, 0, False
    before = snapshot(plan["watch"]) if plan["snapshots"] else {}
    began = 0.0

    def allowed():
        return LOADING if current is None else STEP

    for message in read_lines(back, pid, clock, allowed, plan["seconds"], nudged=plan["language"] == "javascript"):
        if "begin" in message and done < len(items):
            current, began = items[done], processor(pid)
        elif isinstance(message.get("end"), dict) and current is not None:
            found = message["end"]
            if plan["snapshots"]:
                found["changed"], found["removed"], found["modes"] = compare_and_restore(plan["watch"], before)
            found["printed"] = printed_so_far(printed)
            missing = found.pop("absent", [])
            if "label" in current["case"] and repeats < 3 and provide(plan, current["values"], missing, before):
                repeats += 1
                grant(go, b"r")
                continue
            tell(out, {"attempt": public(current), "found": found})
            remember(best, current, found, plan["upload"])
            current, repeats = None, 0
            done += 1
            grant(go)
        elif "loaded" in message:
            if not message["loaded"]:
                tell(out, {"import": message.get("error", "")})
                # what wants arguments cannot be imported without any, but run with some
                scripts = [item for item in items if item["entry"]["kind"] == "script"]
                items, done = (scripts, 0) if 0 < len(scripts) < len(items) else (items, len(items))
                alone = done == 0
                break
            grant(go)
        if clock.seconds > plan["seconds"]:
            break
    os.close(go)
    reap(pid)
    if current is not None:
        done += 1
        spent = last["cpu"] - began
        tell(
            out, {"attempt": public(current), "found": {"died": True, "printed": printed_so_far(printed), "cpu": spent}}
        )
        if "until" in current["case"] and spent > current["case"]["until"]:  # shown: no more of this for this entry
            rest = [i for i in items[done:] if i["entry"] is not current["entry"] or "until" not in i["case"]]
            return rest
    elif done == 0 and not alone:
        tell(out, {"import": "the process ended or hung while the code was loaded"})
        done = len(items)
    return items[done:]


def processor(pid):
    """Seconds of processor time a process has used."""
    try:
        user, system = map(int, fields(f"/proc/{pid}/stat")[11:13])
        last["cpu"] = (user + system) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        pass
    return last["cpu"]


last = {"cpu": 0.0}


def public(item):
    return {
        "n": item["n"],
        "entry": item["entry"]["label"],
        "values": item["values"],
        "case": item["case"],
        "line": item["entry"]["line"],
        "slots": [slot[1] for slot in item["entry"]["slots"]],
    }


def remember(best, item, found, inside):
    """Keep the values of the benign attempt that got furthest, for each entry point."""
    if "label" in item["case"]:
        try:
            worth = planner.progress(item, found, inside)
        except (TypeError, ValueError, AttributeError):
            return
        if worth > best.get(item["position"], (-1, None))[0]:
            best[item["position"]] = (worth, item["values"])


def provide(plan, values, missing, before):
    """Make the files a benign attempt looked for in vain: only such as carry one of its values in their name.

    Beside each, where a step too far would lead, lie files that must not be read. Returns whether any was made.
    """
    if "paths" not in plan["families"] or not isinstance(missing, list):
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
            if os.path.basename(folder) in values
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
        found = os.lstat(path)
    except (OSError, ValueError):
        return False
    if path.startswith(tuple(f"{root}/" for root in watched)):
        before[path] = ((found.st_mtime_ns, found.st_size, found.st_ino), text.encode())
    return True


def grant(go, what=b"."):
    """Let the child make its next attempt, or the same again; it may have none, or be gone."""
    try:
        os.write(go, what)
    except OSError:
        pass


def printed_so_far(descriptor):
    return base64.b64encode(os.pread(descriptor, BODY, 0)).decode()


if __name__ == "__main__":
    main()
