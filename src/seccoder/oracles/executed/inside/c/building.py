"""Runs in the sandbox: compiles and links a C or C++ source, with stand-ins for what it leaves undefined.

It takes the plan and a function that tells what happened, and returns whether there is a program.
"""
# ruff: noqa: ANN001, ANN201
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import contextlib
import os
import re
import resource
import shutil
import subprocess

from standards import OPTIONS
from starts import kill

# It is compiled without optimisation, which would drop a store that nobody reads or a call whose result is not used.
BUILD = ["-g1", "-gdwarf-4", "-O0", "-w", "-fno-omit-frame-pointer", "--coverage"]
LANGUAGE = {"c": ["gcc", *OPTIONS["c"]], "cpp": ["g++", *OPTIONS["cpp"], "-D_GLIBCXX_ASSERTIONS"]}
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
# What was made up for the source, if anything, and the headers of libraries that are stood in for; a header of the
# project that is not there is empty, unless the system has one of its name.
GIVEN = ["-include", "given.h", "-I.", "-Igiven", "-idirafter", "absent"]
COMMON = ["main.o", "faults.o", "watch.o", "libraries.o"]
LINKER = ["-fuse-ld=gold"] if shutil.which("ld.gold") else []  # it takes a quarter of the other's time
LIBRARIES = ["-lm", "-lpthread", "-ldl"]
SECOND = {  # what only clang can see; it gets a separate run, where clang is installed
    "unsigned": ["-fsanitize=unsigned-integer-overflow", "-fsanitize-recover=unsigned-integer-overflow"],
    "memory": ["-fsanitize=memory", "-fsanitize-recover=memory", "-fno-sanitize-memory-param-retval"],
}
TOOL = 120  # wall-clock seconds for a compiler, whose processor time is limited as well
MOST = {  # the address space of a compiler, which ends a bomb of templates or includes; what it writes; its seconds
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_FSIZE: 32 << 20,
    resource.RLIMIT_CPU: 12,
}


@contextlib.contextmanager
def limited():
    """Limit what a compiler that is started meanwhile may use; a limit set between fork and exec costs a copy of us."""
    before = {kind: resource.getrlimit(kind) for kind in MOST}
    for kind, most in MOST.items():
        hard = before[kind][1]
        resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))
    try:
        yield
    finally:
        for kind, limits in before.items():
            resource.setrlimit(kind, limits)


def call(command):
    """Run a tool. Return its exit status, or None if it took too long or is not there, and what it said."""
    with open(os.memfd_create("said"), "w+b") as said:
        try:
            with limited():
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env={**os.environ, "LC_ALL": "C"},
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


def build(plan, tell):
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
    link = [compiler[0], *LINKER, *SANITIZE, "--coverage", "-o", "program", *objects, *WRAP, *LIBRARIES]
    status, said = call(link)
    unknown = sorted(set(re.findall(r"undefined reference to [`'](\w+)'", said)))
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
    options, compiler = SECOND[plan["second"]], {"c": ["clang", *OPTIONS["c"]], "cpp": ["clang++", *OPTIONS["cpp"]]}
    os.makedirs("second", exist_ok=True)
    source = ("driver." if plan["driver"] else "subject.") + plan["language"]
    own = ["main.c", "faults.c", "watch.c", *(["draw.c"] if plan["driver"] else []), *(["stubs.c"] if stubs else [])]
    if plan["second"] == "unsigned":
        own = []  # gcc's objects of them are good enough
    build = ["-g1", "-gdwarf-4", "-O0", "-w", "-fno-omit-frame-pointer", *options]
    for name, tool in (
        (source, [*compiler[plan["language"]], *GIVEN]),
        *((name, compiler["c"]) for name in own),
    ):
        status, _ = call([*tool, *build, "-c", "-o", f"second/{name}.o", name])
        if status != 0:
            return False
    objects = [f"second/{name}.o" for name in (source, *own)]
    if own:
        objects.append("libraries.o")
    else:
        objects += [*COMMON, *(["draw.o"] if plan["driver"] else []), *(["stubs.o"] if stubs else [])]
    link = [compiler[plan["language"]][0], *LINKER, *options, "-o", "second/program", *objects, *WRAP, *LIBRARIES]
    return call(link)[0] == 0


def warnings(plan, options):
    """Return what gcc says about the source with these options."""
    subject = "subject." + plan["language"]
    return call([*LANGUAGE[plan["language"]], *GIVEN, *options, "-S", "-o", "/dev/null", subject])[1][:60_000]
