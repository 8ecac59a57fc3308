"""Runs programs one after the other, each in a process of its own, inside the sandbox.

This file is copied into the sandbox and runs only there. It reads JSON from standard input: the processor seconds per
program, and pairs of a nonce and a program. It writes a list of pairs into the file that the argument names: the nonce
if the program ran to its end without an exception, or else why not; and seconds. A program can learn its nonce only by
reading this process's memory. Therefore a program that exits early, whatever the exit code, or that prints anything has
not passed by that.

Not guaranteed: programs share the box's user, so one that was written for it could tamper with the results.
"""

import json
import os
import resource
import select
import signal
import sys
import tempfile
import time

MEMORY = 1 << 30  # bytes of address space


def main() -> None:
    """Run all programs."""
    jobs = json.load(sys.stdin)
    results = []
    for nonce, program in jobs["programs"]:
        started = time.monotonic()
        answer = one(nonce, program, jobs["seconds"])
        results.append((answer, time.monotonic() - started))
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(results, file)


def one(nonce: str, program: str, seconds: int) -> str:
    """Run one program; return the nonce if it passed, else why not."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        inside(nonce, program, seconds, writer)
    os.close(writer)
    told = b""
    until = time.monotonic() + 3 * seconds
    while (left := until - time.monotonic()) > 0 and select.select([reader], [], [], left)[0]:
        part = os.read(reader, 4096)
        if not part or len(told) > 4096:
            break
        told += part
    os.close(reader)
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except OSError:
            pass
    _, status = os.waitpid(child, 0)
    if told:
        return told.decode("utf-8", "replace")
    if time.monotonic() >= until or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return "it takes too long"
    return "it ended before its tests did"


def inside(nonce: str, program: str, seconds: int, writer: int) -> None:
    """Run the program in the child process; this never returns."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.chdir(tempfile.mkdtemp())
    try:
        exec(compile(program, "program.py", "exec"), {"__name__": "__main__"})  # noqa: S102 - the box is there for this
    except BaseException as error:
        told = f"{type(error).__name__}: {error}"
    else:
        told = nonce
    try:
        os.write(writer, told[:2000].encode("utf-8", "replace"))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
