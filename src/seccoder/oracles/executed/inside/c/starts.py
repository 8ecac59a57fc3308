"""Runs in the sandbox: starts the program under test, for one run or once for all of them.

What a run may take is counted by a clock that stands still while it waits for a processor.
"""
# ruff: noqa: ANN001, ANN003, ANN201, ANN204, S108
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import os
import select
import signal
import struct
import subprocess
import time

from clock import LOOK

ROOM = "run"  # the working folder of the program
SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:halt_on_error=0:detect_stack_use_after_return=1:"
    "log_path=/tmp/report:handle_abort=0:exitcode=99:max_allocation_size_mb=512:quarantine_size_mb=16:"
    "symbolize=0",  # symbolizing takes twenty times as long as the run, so all addresses are looked up at once later
    "UBSAN_OPTIONS": "symbolize=0",
    "MSAN_OPTIONS": "symbolize=0:log_path=/tmp/report:halt_on_error=0:exit_code=99:allocator_may_return_null=1",
}


def kill(pid):
    """End a process and what it started in its session."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        pass


def surroundings(plan, env):
    """Return the environment of the program."""
    plain = {"PATH": "/usr/bin:/bin", "HOME": "/box", "TMPDIR": "/tmp", "SECCODER_FAMILY": plan["family"]}
    return {**plain, **SANITIZER_OPTIONS, **env}


def begun(plan, arguments, env, **options):
    """Start the program in its working folder."""
    return subprocess.Popen(
        arguments,
        stderr=subprocess.DEVNULL,
        cwd=ROOM,
        env=surroundings(plan, env),
        start_new_session=True,
        umask=0 if plan["family"] == "permissions" else 0o022,
        **options,
    )


def started(plan, arguments, stdin, env, seconds, clock):
    """Run the program. Return its exit status, or None if it took too long, and what it printed."""
    process = begun(plan, arguments, env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
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


class Server:
    """A program that waits where its `main` begins, and makes every run in a child (`main.c`)."""

    def __init__(self, plan, program):
        self.plan, self.program = plan, program
        theirs, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        pipes = {"SECCODER_PIPES": f"{theirs},{answers}"}
        self.process = begun(plan, [program], pipes, stdin=subprocess.DEVNULL, pass_fds=(theirs, answers))
        os.close(theirs), os.close(answers)

    def run(self, arguments, stdin, env, seconds, clock):
        """Make a run. Return what `started` does; should the program have ended the server, it is started anew."""
        write("/tmp/stdin", stdin)
        write("/tmp/out", None)
        given = [arg if isinstance(arg, bytes) else arg.encode() for arg in arguments]
        given += [f"{name}={value}".encode() for name, value in surroundings(self.plan, env).items()]
        text = b"".join(part + b"\0" for part in given)
        if time.monotonic() - clock.looked > LOOK:
            clock.look(spoke=True)
        began = clock.seconds
        try:
            os.write(self.requests, struct.pack("=II", len(text), len(arguments)) + text)
            pid, status = self.answer(clock, began + seconds), None
            if pid is not None:
                status = self.answer(clock, began + seconds)
        except (OSError, EOFError):
            return started(self.plan, arguments, stdin, env, seconds, clock)
        kill(pid) if pid else None
        if status is None:
            self.answer(clock, None)
            return None, b""
        return os.waitstatus_to_exitcode(status), (read("/tmp/out") or b"")

    def answer(self, clock, until):
        """Return the next number that the server says, or None once it is too late."""
        while not select.select([self.answers], [], [], LOOK)[0]:
            if clock.look() > until if until is not None else False:
                return None
        said = os.read(self.answers, 4)
        if len(said) < 4:
            raise EOFError
        return struct.unpack("=i", said)[0]

    def end(self):
        """End the program."""
        kill(self.process.pid)
        self.process.wait()
        os.close(self.requests), os.close(self.answers)


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
