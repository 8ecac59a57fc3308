"""Runs in the box: compiles a C source once, runs it over a grid of inputs, and writes down what could be observed.

Reads `plan.json`, writes JSON lines to its standard output. It never loads foreign code; the compiled program runs in a
process of its own, and this one cannot be inspected by it (not dumpable). Sanitizers report into files, so that a
program that closes its standard error hides nothing.
"""
# ruff: noqa: ANN001, ANN201, S108, S607
# (a script of its own inside the box, never imported by the package)
# mypy: ignore-errors

import base64
import ctypes
import glob
import json
import os
import re
import signal
import subprocess
import time

# not optimised: a store that nobody reads, or a call whose result nobody wants, would not happen
BUILD = ["gcc", "-std=gnu11", "-g", "-O0", "-w", "-fno-omit-frame-pointer", "--coverage"]
SANITIZE = ["-fsanitize=address,undefined", "-fsanitize-recover=address,undefined"]
WRAP = [
    "-Wl," + ",".join(f"--wrap={name}" for name in ("malloc", "calloc", "realloc", "strdup", "rand", "random", "main"))
]
LIBRARIES = ["-lm", "-lpthread", "-ldl"]
SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:halt_on_error=0:detect_stack_use_after_return=1:"
    "log_path=/tmp/report:handle_abort=0:exitcode=99:max_allocation_size_mb=512:"
    "symbolize=0",  # it takes twenty times as long as the run; all addresses are looked up at the end, in one go
    "UBSAN_OPTIONS": "symbolize=0",
}
STEP = 1.5  # seconds a run may take


def tell(message):
    """One line of the report."""
    os.write(1, json.dumps(message).encode() + b"\n")


def call(command, seconds):
    """Run a tool; its exit status, None if it took too long or is not there, and what it said."""
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=seconds, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except subprocess.TimeoutExpired:
        return None, f"{command[0]} took too long"
    except OSError as error:
        return None, f"{command[0]} cannot be started: {error}"
    return done.returncode, done.stderr.decode(errors="replace")


def build(plan):
    """Compile and link; undefined functions are stood in for. Returns whether there is a program."""
    sources = ["driver.c" if plan["driver"] else "subject.c"]
    status, said = call([*BUILD, *SANITIZE, "-c", "-o", "code.o", *sources], 20)
    if status != 0:
        tell({"compile": status, "said": said[:4000]})
        return False
    status, said = call(["gcc", "-c", "-O1", "-o", "support.o", "support.c"], 20)
    link = ["gcc", *SANITIZE, "--coverage", "-o", "program", "code.o", "support.o", *WRAP, *LIBRARIES]
    status, said = call(link, 20)
    unknown = sorted(set(re.findall(r"undefined reference to `(\w+)'", said)))
    if status != 0 and unknown:
        pointers = set(plan["pointers"])
        with open("stubs.c", "w", encoding="utf-8") as stream:
            stream.write("long seccoder_stub(void);\nstatic char memory[65536];\n")
            for name in unknown:
                if name in pointers:
                    stream.write(f"void *{name}() {{ return memory; }}\n")
                elif name != "main":
                    stream.write(f"long {name}() {{ return seccoder_stub(); }}\n")
        call(["gcc", "-c", "-w", "-o", "stubs.o", "stubs.c"], 20)
        status, said = call([*link, "stubs.o"], 20)
    tell({"link": status, "said": said[:4000], "stubs": unknown})
    return status == 0


def once(item):
    """One run of the program."""
    for path in glob.glob("/tmp/report*") + glob.glob("*.gcda"):
        os.unlink(path)
    for name, content in item["files"].items():
        with open(name, "wb") as stream:
            stream.write(base64.b64decode(content))
    arguments = ["./program", *(base64.b64decode(argument) for argument in item["argv"])]
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/box", "TMPDIR": "/tmp", **SANITIZER_OPTIONS, **item["env"]}
    began = time.monotonic()
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    late = False
    try:
        printed, _ = process.communicate(base64.b64decode(item["stdin"]), timeout=STEP)
    except subprocess.TimeoutExpired:
        late, printed = True, b""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        pass
    process.wait()
    report = ""
    for path in glob.glob("/tmp/report*")[:3]:
        with open(path, errors="replace") as stream:
            report += stream.read(20_000)
    return {
        "n": item["n"],
        "exit": process.returncode,
        "late": late,
        "printed": len(printed),
        "report": report,
        "seconds": round(time.monotonic() - began, 3),
    }


def covered(plan):
    """Lines of the subject that the last run executed."""
    try:
        said = subprocess.run(
            ["gcov", "--json-format", "--stdout", "code.gcda"], capture_output=True, timeout=10, check=False
        ).stdout
        found = json.loads(said)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return []
    return [
        line["line_number"]
        for file in found.get("files", [])
        if file["file"].endswith("subject.c")
        for line in file["lines"]
        if line["count"]
    ]


def lines_of(addresses):
    """Line of the subject for each return address inside the program."""
    ordered = sorted(addresses)[:400]
    if not ordered:
        return {}
    before = [hex(int(address, 16) - 1) for address in ordered]
    try:
        said = subprocess.run(
            ["addr2line", "-e", "program", *before], capture_output=True, text=True, timeout=10, check=False
        ).stdout.splitlines()
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found = {address: re.search(r"subject\.c:(\d+)", place) for address, place in zip(ordered, said, strict=False)}
    return {address: int(place[1]) for address, place in found.items() if place}


def main():
    """Warnings, build, runs."""
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE: nobody of the same user id reads or traces this process
    with open("plan.json", encoding="utf-8") as stream:
        plan = json.load(stream)
    for name, options in plan["warnings"].items():
        status, said = call(["gcc", "-std=gnu11", *options, "-c", "-o", "/dev/null", "subject.c"], 20)
        tell({"warnings": name, "status": status, "said": said[:60_000]})
    if not build(plan):
        return
    wanted, late, reached, addresses = set(plan["lines"]), 0, set(), set()
    ends = time.monotonic() + plan["seconds"]
    for item in plan["runs"]:
        if time.monotonic() > ends or late >= 4:
            tell({"lines": lines_of(addresses), "stopped": "time"})
            return
        found = once(item)
        late += found["late"]
        addresses.update(re.findall(r"program\+0x([0-9a-f]+)\)", found["report"]))
        if (
            item["benign"]
            and len(reached) * 2 < max(1, len(wanted))
            and not found["late"]
            and not found["report"]
            and found["exit"] >= 0
        ):
            found["covered"] = sorted(wanted.intersection(covered(plan)))
            reached.update(found["covered"])
        tell({"run": found})
    tell({"lines": lines_of(addresses), "finished": True})


main()
