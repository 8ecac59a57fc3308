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
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # python3 -I leaves this folder out
from clock import LOOK, Clock

# It is compiled without optimisation, which would drop a store that nobody reads or a call whose result is not used.
BUILD = ["-gdwarf-4", "-O0", "-w", "-fno-omit-frame-pointer", "--coverage"]
LANGUAGE = {"c": ["gcc", "-std=gnu11"], "cpp": ["g++", "-std=gnu++20", "-D_GLIBCXX_ASSERTIONS"]}
PATTERN = ["-ftrivial-auto-var-init=pattern"]  # from gcc 12 on; a variable without a value then holds no zeros by luck
SANITIZE = ["-fsanitize=address,undefined", "-fsanitize-recover=address,undefined"]
WRAPPED = "malloc calloc realloc strdup strndup rand random main fopen open openat creat mktemp tmpnam tempnam".split()
WRAPPED += [
    "getenv",
    "secure_getenv",
    "system",
    "pclose",
    "syslog",
    "vsyslog",
    "connect",
    "getaddrinfo",
    "gethostbyname",
]
WRAPPED += ["_ZSt21__glibcxx_assert_failPKciS0_S0_", "_Znwm", "_Znam"]
WRAP = ["-Wl," + ",".join(f"--wrap={name}" for name in WRAPPED)]
# what was made up for the source, if anything, and the headers of libraries that are stood in for
GIVEN = ["-include", "given.h", "-I.", "-Igiven"]
COMMON = ["main.o", "faults.o", "watch.o", "libraries.o"]
LIBRARIES = ["-lm", "-lpthread", "-ldl"]
SECOND = {  # what only clang can see; it gets a separate run, where clang is installed
    "unsigned": ["-fsanitize=unsigned-integer-overflow", "-fsanitize-recover=unsigned-integer-overflow"],
    "memory": ["-fsanitize=memory", "-fsanitize-recover=memory", "-fno-sanitize-memory-param-retval"],
}
SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:halt_on_error=0:detect_stack_use_after_return=1:"
    "log_path=/tmp/report:handle_abort=0:exitcode=99:max_allocation_size_mb=512:quarantine_size_mb=16:"
    "symbolize=0",  # symbolizing takes twenty times as long as the run, so all addresses are looked up at once later
    "UBSAN_OPTIONS": "symbolize=0",
    "MSAN_OPTIONS": "symbolize=0:log_path=/tmp/report:halt_on_error=0:exit_code=99:allocator_may_return_null=1",
}
STEP = 1.5  # seconds that a run may take, by a clock that stands still while it waits for a processor (clock.py)
TOOL = 120  # wall-clock seconds for a compiler, whose processor time is limited as well
COMPILER_BYTES = 1 << 30  # the address space of a compiler, which ends a bomb of templates or includes
MARK = "/tmp/seccoder-mark"  # a command that an attack smuggles in makes this file
ROOM = "run"  # the working folder of the program
SHORT = "run/_"  # the same, for code that limits length
GUARD = "secret/secret.txt"
COUNTERS = {kind: f"/tmp/{kind}/box/code.gcda" for kind in ("ordinary", "hostile")}  # of which kind of run


addresses = set()  # the return addresses in reports; their lines are looked up at the end


def tell(message):
    """Write one line of the report."""
    if "run" in message:
        addresses.update(re.findall(r"program\+0x([0-9a-f]+)\)", message["run"]["report"]))
    os.write(1, json.dumps(message).encode() + b"\n")


def limited():
    """Limit what a compiler may use."""
    resource.setrlimit(resource.RLIMIT_AS, (COMPILER_BYTES, COMPILER_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (32 << 20, 32 << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (12, 12))


def call(command):
    """Run a tool. Return its exit status, or None if it took too long or is not there, and what it said."""
    with open("said.txt", "w+b") as said:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env={**os.environ, "LC_ALL": "C"},
                preexec_fn=limited,
                start_new_session=True,
            )
        except OSError as error:
            return None, f"{command[0]} cannot be started: {error}"
        try:
            status = process.wait(TOOL)
        except subprocess.TimeoutExpired:
            kill(process.pid)
            process.wait()
            return None, f"{command[0]} took too long"
        said.seek(0)
        return status, said.read(200_000).decode(errors="replace")


def kill(pid):
    """End a process and what it started in its session."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        pass


def build(plan):
    """Compile and link, with stand-ins for undefined functions. Return whether there is a program."""
    language, subject = plan["language"], "subject." + plan["language"]
    compiler = LANGUAGE[language]
    source = "driver." + language if plan["driver"] else subject
    status, said = call([*compiler, *GIVEN, *BUILD, *PATTERN, *SANITIZE, "-c", "-o", "code.o", source])
    if status not in {0, None} and plan["libraries"]:  # the libraries' own headers may hold what ours lack
        GIVEN.remove("-Igiven")
        status, said = call([*compiler, *GIVEN, *BUILD, *PATTERN, *SANITIZE, "-c", "-o", "code.o", source])
    if status not in {0, None} and "trivial-auto-var-init" in said:
        status, said = call([*compiler, *GIVEN, *BUILD, *SANITIZE, "-c", "-o", "code.o", source])
    if status not in {0, None} and plan["driver"]:
        alone, why = call([*compiler, *GIVEN, "-w", "-fsyntax-only", subject])
        if alone == 0:
            tell({"driver": status, "said": said[:4000]})
            return False
        status, said = alone, why
    if status != 0:
        tell({"compile": status, "said": said[:20_000]})
        return False
    objects = ["code.o", *COMMON, *(["draw.o"] if plan["driver"] else [])]
    link = [compiler[0], *SANITIZE, "--coverage", "-o", "program", *objects, *WRAP, *LIBRARIES]
    status, said = call(link)
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
        call(["gcc", "-c", "-w", "-o", "stubs.o", "stubs.c"])
        status, said = call([*link, "stubs.o"])
    tell({"link": status, "said": said[:4000], "stubs": unknown})
    plan["stubs"] = bool(unknown)
    return status == 0


def second(plan, stubs):
    """Build the same program with clang for what gcc cannot see. Return whether there is one."""
    options, compiler = SECOND[plan["second"]], {"c": ["clang", "-std=gnu11"], "cpp": ["clang++", "-std=gnu++20"]}
    os.makedirs("second", exist_ok=True)
    source = ("driver." if plan["driver"] else "subject.") + plan["language"]
    own = ["main.c", "faults.c", "watch.c", *(["draw.c"] if plan["driver"] else []), *(["stubs.c"] if stubs else [])]
    if plan["second"] == "unsigned":
        own = []  # gcc's objects of them are good enough
    build = ["-gdwarf-4", "-O0", "-w", "-fno-omit-frame-pointer", *options]
    for name, tool in (
        (source, [*compiler[plan["language"]], *GIVEN]),
        *((name, ["clang", "-std=gnu11"]) for name in own),
    ):
        status, _ = call([*tool, *build, "-c", "-o", f"second/{name}.o", name])
        if status != 0:
            return False
    objects = [f"second/{name}.o" for name in (source, *own)]
    if own:
        objects.append("libraries.o")
    else:
        objects += [*COMMON, *(["draw.o"] if plan["driver"] else []), *(["stubs.o"] if stubs else [])]
    link = [compiler[plan["language"]][0], *options, "-o", "second/program", *objects, *WRAP, *LIBRARIES]
    return call(link)[0] == 0


def fresh(files):
    """Make the program's working folder as each run finds it."""
    for path in glob.glob("/tmp/report*") + glob.glob(MARK) + glob.glob(SHORT):
        os.unlink(path)
    for name, content in files.items():
        path = name if name.startswith("/") else os.path.join(ROOM, name)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as stream:
                stream.write(base64.b64decode(content))
        except OSError:
            pass


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


def started(plan, arguments, stdin, env, seconds, clock):
    """Run the program. Return its exit status, or None if it took too long, and what it printed."""
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOM,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": "/box",
            "TMPDIR": "/tmp",
            "SECCODER_FAMILY": plan["family"],
            **SANITIZER_OPTIONS,
            **env,
        },
        start_new_session=True,
        umask=0 if plan["family"] == "permissions" else 0o022,
    )
    began, printed = clock.look(spoke=True), None
    while printed is None and clock.seconds - began < seconds:
        try:
            printed, _ = process.communicate(stdin, timeout=LOOK)
        except subprocess.TimeoutExpired:
            stdin = None  # it has been sent
            clock.look()
    kill(process.pid)
    process.wait()
    return (None, b"") if printed is None else (process.returncode, printed)


def once(plan, item, clock, program="../program"):
    """Run the program once. What an erroneous run covered does not count."""
    fresh({**plan["files"], **item["files"]})
    kind = "ordinary" if item["ordinary"] else "hostile"
    counters = read(COUNTERS[kind])
    arguments = [program, *(base64.b64decode(argument) for argument in item["argv"])]
    status, printed = started(
        plan, arguments, base64.b64decode(item["stdin"]), {**item["env"], "GCOV_PREFIX": f"/tmp/{kind}"}, STEP, clock
    )
    report = reports() + watched(plan, printed)
    if "ERROR" in report or "runtime error" in report or status is None or status < 0:
        write(COUNTERS[kind], counters)
    return {"n": item["n"], "exit": 0 if status is None else status, "late": status is None, "report": report}


def read(path):
    """Return a file's content, or None if there is no file."""
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return None


def write(path, content):
    """Put back what `read` returned."""
    if content is None:
        if os.path.exists(path):
            os.unlink(path)
        return
    with open(path, "wb") as stream:
        stream.write(content)


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
    subject = "subject." + plan["language"]
    for name, options in plan["warnings"].items():
        status, said = call([*LANGUAGE[plan["language"]], *GIVEN, *options, "-c", "-o", "/dev/null", subject])
        tell({"warnings": name, "status": status, "said": said[:60_000]})
    if not build(plan):
        return
    os.makedirs(ROOM, exist_ok=True)
    guard(plan)
    if plan["family"] == "consumption":  # what ends with so small a stack depends on its input
        resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, resource.getrlimit(resource.RLIMIT_STACK)[1]))
    stopped, cases = attempts(plan, clock)
    told = {"lines": lines_of(addresses, "program"), "cases": cases}
    for kind in COUNTERS:
        told[kind] = covered(plan, kind)
    if plan["second"] and not stopped and clock.seconds < plan["seconds"] - 3:
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
    late = 0
    for item in plan["runs"]:
        if clock.seconds > plan["seconds"] or late >= 4:
            return True, len(plan["runs"])
        found = once(plan, item, clock, program)
        late += found["late"]
        tell({"run": found})
    return False, len(plan["runs"])


if __name__ == "__main__":
    main()
    sys.exit(0)
