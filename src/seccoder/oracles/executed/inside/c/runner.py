"""Runs in the sandbox: compiles a C or C++ source, runs it over many inputs, and writes down what it observes.

It compiles once. It reads `plan.json` and writes JSON lines to its standard output. It never loads foreign code: the
compiled program runs in a separate process, which cannot inspect this one (it is not dumpable). Sanitizers report into
files, so that a program that closes its standard error hides nothing. A file without `main` brings a driver, which
makes its cases by itself (`draw.c`) and names those that were reported.
"""
# ruff: noqa: ANN001, ANN201, S108, S607
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import base64
import ctypes
import glob
import json
import os
import re
import resource
import subprocess

import weaknesses  # the package's own map of reports to weaknesses
from building import TOOL, build, second, warnings
from clock import Clock
from starts import ROOM, Server, read, started, write

ENOUGH = 3  # hostile runs that show the target
STEP = 1.5  # seconds that a run may take, by a clock that stands still while it waits for a processor (clock.py)
MARK = "/tmp/seccoder-mark"  # a command that an attack smuggles in makes this file
SHORT = "run/_"  # the same, for code that limits length
GUARD = "secret/secret.txt"
COUNTERS = {kind: f"/tmp/{kind}/box/code.gcda" for kind in ("ordinary", "hostile")}  # of which kind of run

as_left = {}  # the files that `fresh` made, with their content and state
told_reports = []  # what runs reported
addresses = set()  # the return addresses in reports; their lines are looked up at the end


def tell(message):
    """Write one line of the report."""
    if "run" in message:
        addresses.update(re.findall(r"program\+0x([0-9a-f]+)\)", message["run"]["report"]))
        told_reports.append(message["run"]["report"])
    os.write(1, json.dumps(message).encode() + b"\n")


def fresh(files):
    """Make the program's working folder as each run finds it."""
    for path in glob.glob("/tmp/report*") + glob.glob(MARK) + glob.glob(SHORT):
        os.unlink(path)
    for name, content in files.items():
        path = name if name.startswith("/") else os.path.join(ROOM, name)
        try:
            if as_left.get(path) == (content, state(path)):
                continue
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as stream:
                stream.write(base64.b64decode(content))
            as_left[path] = content, state(path)
        except OSError:
            pass


def state(path):
    """Return what changes when a file is written; None if it is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def reports(pattern="/tmp/report*"):
    """Return what the sanitizers wrote."""
    found = ""
    for path in glob.glob(pattern)[:4]:
        with open(path, errors="replace") as stream:
            found += stream.read(20_000)
    return found


def watched(plan, printed):
    """Return what an attack's inputs did beyond memory: a command ran, a secret was printed, a file was left open."""
    found = ""
    for mark in filter(os.path.exists, (MARK, SHORT)):
        found += "subject: runtime error: CWE-78: a command in the input was run\n"
        os.unlink(mark)
    if plan["secret"].encode() in printed:
        found += "subject: runtime error: CWE-22: the content of a file outside was printed\n"
    if not os.path.exists(GUARD):
        found += "subject: runtime error: CWE-22: a file outside was removed\n"
        guard(plan)
    if plan["family"] == "permissions":
        for folder, folders, names in os.walk(ROOM, topdown=False):
            for name in [*names, *folders]:
                path = os.path.join(folder, name)
                if name not in plan["common"] and not os.path.islink(path) and os.path.exists(path):
                    mode = os.stat(path).st_mode & 0o777
                    if mode & 0o002:
                        found += f"subject: runtime error: CWE-732: anybody may write to {name} (mode {mode:o})\n"
                    elif mode & 0o044:
                        found += f"note: readable {name}\n"
                    else:
                        found += f"note: private {name}\n"
                    os.rmdir(path) if os.path.isdir(path) else os.unlink(path)
    return found


def guard(plan):
    """Make the file to which no input may lead."""
    os.makedirs("secret", exist_ok=True)
    with open(GUARD, "w", encoding="utf-8") as stream:
        stream.write(plan["secret"])
    if plan["family"] == "path":  # beside each folder, one whose name merely begins with its name
        for name in {*plan["files"], "files/a.txt"}:
            folder = os.path.dirname(name)
            beside = (folder if name.startswith("/") else os.path.join(ROOM, folder)) + "-old"
            if folder:
                try:
                    os.makedirs(beside, exist_ok=True)
                    os.link(GUARD, os.path.join(beside, "secret.txt"))
                except OSError:
                    pass
        for ending in plan["endings"]:
            try:
                os.link(GUARD, "secret/secret" + ending)
            except OSError:
                pass


def once(plan, item, clock, server):
    """Run the program once. What an erroneous run covered does not count."""
    fresh({**plan["files"], **item["files"]})
    kind = "ordinary" if item["ordinary"] else "hostile"
    counters = read(COUNTERS[kind])
    arguments = [server.program, *(base64.b64decode(argument) for argument in item["argv"])]
    env = {**item["env"], "GCOV_PREFIX": f"/tmp/{kind}"}
    status, printed = server.run(arguments, base64.b64decode(item["stdin"]), env, STEP, clock)
    report = reports() + watched(plan, printed)
    if "ERROR" in report or "runtime error" in report or status is None or status < 0:
        write(COUNTERS[kind], counters)
    return {"n": item["n"], "exit": 0 if status is None else status, "late": status is None, "report": report}


def driven(plan, clock, program="../program"):
    """Run the driver's cases. Return how many there were, or None if it did not come to its end."""
    fresh(plan["files"])
    write("/tmp/driven", None)
    seconds = plan["driving"]
    arguments = [program, str(plan["seed"]), f"{seconds:.2f}"]
    _, printed = started(plan, arguments, b"1\n2\n3\n", {}, seconds * 6 + 8, clock)
    lines = (read("/tmp/driven") or b"").decode(errors="replace").splitlines()
    for line in lines:
        words = line.split(" ", 4)
        if len(words) == 5:
            entry, case, pid, signal_number, note = words
            report = reports(f"/tmp/report.{pid}*")
            run = {"n": -1, "note": note, "entry": int(entry), "case": int(case), "report": report}
            tell({"run": {**run, "exit": -int(signal_number), "late": signal_number == "-1"}})
    if extra := watched(plan, printed):
        tell({"run": {"n": -1, "note": "one of the drawn inputs", "report": extra, "exit": 0, "late": False}})
    return next((int(line.split()[1]) for line in lines if re.fullmatch(r"done \d+", line)), None)


def covered(plan, kind):
    """Return how often runs of a kind executed each line of the subject without an error."""
    write("code.gcda", read(COUNTERS[kind]))
    try:
        said = subprocess.run(
            ["gcov", "--json-format", "--stdout", "code.gcda" if os.path.exists("code.gcda") else "code.gcno"],
            capture_output=True,
            timeout=TOOL,
            check=False,
        ).stdout
        found = json.loads(said)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    counts = {}
    for file in found.get("files", []):
        if os.path.basename(file["file"]) == "subject." + plan["language"]:
            for line in file["lines"]:
                counts[line["line_number"]] = counts.get(line["line_number"], 0) + line["count"]
    return counts


def lines_of(found, program):
    """Return the line of the subject for each return address inside a program."""
    ordered = sorted(found)[:400]
    if not ordered:
        return {}
    before = [hex(int(address, 16) - 1) for address in ordered]
    try:
        said = subprocess.run(
            ["addr2line", "-e", program, *before], capture_output=True, text=True, timeout=TOOL, check=False
        ).stdout.splitlines()
    except (OSError, subprocess.TimeoutExpired):
        return {}
    places = {
        address: re.search(r"subject\.c(?:pp)?:(\d+)", place) for address, place in zip(ordered, said, strict=False)
    }
    return {address: int(place[1]) for address, place in places.items() if place}


def main():
    """Collect the warnings, build the program, and run it."""
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE: nobody of the same user id reads or traces this process
    with open("plan.json", encoding="utf-8") as stream:
        plan = json.load(stream)
    clock = Clock()
    if not build(plan, tell):
        return
    os.makedirs(ROOM, exist_ok=True)
    guard(plan)
    if plan["family"] == "consumption":  # what ends with so small a stack depends on its input
        resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, resource.getrlimit(resource.RLIMIT_STACK)[1]))
    stopped, cases = attempts(plan, clock)
    told = {"lines": lines_of(addresses, "program"), "cases": cases}
    for kind in COUNTERS:
        told[kind] = covered(plan, kind)
    known = any(shows(plan, report, told["lines"]) for report in told_reports)
    for name, options in {} if known else plan["warnings"].items():  # gcc's own look costs as much as the build
        tell({"warnings": name, "said": warnings(plan, options)})
    if plan["second"] and not known and not stopped and clock.seconds < plan["seconds"] - 3:
        addresses.clear()
        tell({"second": (built := second(plan, plan["stubs"]))})
        if built:
            attempts(plan, clock, "../second/program")
            told["second_lines"] = lines_of(addresses, "second/program")
    tell({**told, ("stopped" if stopped else "finished"): True})


def attempts(plan, clock, program="../program"):
    """Make all runs of a program. Return whether they had to be stopped, and how many there were."""
    if plan["driver"]:
        cases = driven(plan, clock, program)
        return cases is None, cases or 0
    server, late, shown = Server(plan, program), 0, 0
    try:
        for item in plan["runs"]:
            if clock.seconds > plan["seconds"] or late >= 4:
                return True, len(plan["runs"])
            found = once(plan, item, clock, server)
            late += found["late"]
            tell({"run": found})
            shown += not item["ordinary"] and shows(plan, found["report"])
            if shown >= ENOUGH:
                break
    finally:
        server.end()
    return False, len(plan["runs"])


def shows(plan, report, lines=None):
    """Say whether a report shows the target, so that more would only show it again; at first, lines are not known."""
    if not plan["cwe"] or "SEGV" in report:
        return False
    places = dict.fromkeys(re.findall(r"program\+0x([0-9a-f]+)\)", report), 0) if lines is None else lines
    return any(weaknesses.counts(cwe, plan["cwe"]) for cwe, _, _ in weaknesses.from_report(report, places))
