"""Runs a command that nobody trusts, and everything that it starts, in a box of its own.

It takes a command, files, standard input and limits. It returns the exit code, what was printed, and the files that the
command was asked to leave. The caller decides what these mean: nothing that a boxed program says is taken for true.

What the box holds in (bubblewrap, Linux; each line has a test that attacks it):

- network: a network namespace of its own, with nothing in it but a loopback device;
- files: only the system's programs and libraries, a handful of files of `/etc`, this Python interpreter and what the
  caller shows are visible, all read-only. Home directories, the rest of the disk and the caller's environment are not
  there. The working folder (`/box`), `/tmp` and `/dev/shm` are private, in memory, limited in size, and gone
  afterwards;
- privileges: an unprivileged user without capabilities who cannot gain any (setuid programs do not work), never root,
  even if the caller is root;
- other processes: pid, IPC, UTS and cgroup namespaces. Whatever is still running when the command ends, at the time
  limit, or when the caller dies (even by SIGKILL) is killed by the kernel with the pid namespace: no daemon survives;
- resources: wall and CPU time, processes and threads, resident memory of the whole tree, bytes of output, disk space.

What it does NOT hold in: bugs in the kernel (namespaces share it; for code that attacks the kernel use a virtual
machine), side channels through CPU, caches and timing, what `/proc` says about the machine, the contents of `/usr`
(keep no secrets there). Memory is measured from outside, the more often the less of it is left, because an
address-space limit would break AddressSanitizer: a program that allocates fast may exceed its limit for a fraction of
a second. Files in memory come on top.

With `sandbox = "docker"` or `"podman"` in the settings (never chosen silently) the same command runs in a container of
that engine instead. Then the engine's own isolation holds, and its daemon, if it has one, must be trusted.
"""

import contextlib
import os
import re
import secrets
import selectors
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from seccoder import settings
from seccoder.errors import SecCoderError, UsageError
from seccoder.sandbox import boxes, packing
from seccoder.sandbox.dialogue import Talk, read_some
from seccoder.sandbox.processes import until_gone, usage

_POLL = 0.02  # seconds that output is waited for, and the least between two looks at the process tree
_SELDOM = 0.25  # the most
_FASTEST = (os.cpu_count() or 1) << 32  # bytes a second that programs may come to use, and hardly faster
_GRACE = 5.0  # seconds a box may take to vanish after it was killed
_STARTED = b"started"
_SYSTEM = "/usr/local/bin:/usr/bin:/bin"
# The first program in the box. It limits itself, unpacks the archive at path $1, tells the pipe at path $2 that it
# runs, runs the command, and writes the files to keep into that pipe. The code it runs has the same user id and may
# tamper with it: what comes back is that code's own word in any case.
_LAUNCHER = """
echo 1000 > /proc/self/oom_score_adj; ulimit -c 0; ulimit -t $3; ulimit -n 1024
ulimit -u $4 2> /dev/null || ulimit -p $4
tar -x -f "$1" || exit 97
report=$2 keep=$5 path=$6; shift 6
printf started > "$report"
env PATH="$path" "$@"
code=$?
if [ "$keep" ]; then
  eval "set -- $keep"
  for name do
    shift
    if [ -f "$name" ] && [ ! -L "$name" ]; then set -- "$@" "$name"; fi
  done
  if [ $# -gt 0 ]; then tar -c -f - -- "$@" 2> /dev/null > "$report"; fi
fi
exit $code
"""


class SandboxError(SecCoderError):
    """The sandbox cannot start. Nothing was run."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use.

    Attributes:
        seconds: The wall time of the whole run; also the CPU time of each of its processes, rounded up.
        memory_mb: Resident memory of all its processes together, in MiB.
        processes: How many processes and threads there may be at the same time.
        output_bytes: Bytes of standard output and standard error together.
        disk_mb: The size of the working folder, and again of `/tmp` and of `/dev/shm`, in MiB.
    """

    seconds: float = 10
    memory_mb: int = 1024
    processes: int = 64
    output_bytes: int = 1_000_000
    disk_mb: int = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    Attributes:
        exit_code: As a shell reports it: 128 + n if signal n ended it, 127 if there is no such command. None if the box
            had to be killed.
        stdout: Standard output, as bytes because it need not be text. It has at most `output_bytes`.
        stderr: Standard error, likewise; both together stay within the limit.
        seconds: The wall time, including the start of the box.
        timed_out: Whether it reached the time limit.
        killed: Why the box was killed: "time", "memory", "processes", "output"; "" if it was not.
        files: The files asked for in `keep` that exist afterwards and are plain files. Empty if it was killed.
    """

    exit_code: int | None
    stdout: bytes
    stderr: bytes
    seconds: float
    timed_out: bool
    killed: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


@cache
def unavailable() -> str | None:
    """Return None if code can be run here, otherwise one line that says why not and what to do.

    It starts this interpreter in the box, once per process: a box that shows another one, or none, is of no use.
    """
    try:
        outcome = run(["python3", "-c", "import sys; print(sys.prefix)"], limits=Limits(seconds=20))
    except (SandboxError, UsageError) as error:
        return str(error)
    if outcome.exit_code != 0:
        return f"the sandbox does not run commands ({_last_line(outcome.stderr)})"
    inside = outcome.stdout.decode(errors="replace").strip()
    return None if inside == sys.prefix else f"the sandbox shows the Python of {inside}, not the one of {sys.prefix}"


def run(  # noqa: PLR0913 - one box, one call
    command: Sequence[str],
    *,
    files: Mapping[str, str | bytes] | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    keep: Sequence[str] = (),
    folders: Sequence[str] = (),
    shown: Mapping[str, Path] | None = None,
    dialogue: Callable[[bytes], bytes] | None = None,
) -> Outcome:
    """Run a command in a fresh box and wait until nothing of it is left.

    Args:
        command: Program and arguments. `python3` is this interpreter with its installed packages.
        files: Contents by relative path; they are there, in the working folder, when the command starts. A file that
            starts with `#!` is executable.
        stdin: What the command can read from its standard input.
        env: Environment variables on top of the few that are set inside (PATH, HOME, TMPDIR, LANG).
        limits: What it may use.
        keep: Relative paths of files whose contents come back in the outcome.
        folders: Absolute paths of further private, writable folders, such as `/srv`. They hide what is there outside.
        shown: Files of this machine that the command may read, by their names in the box's folder `/shown`: what is
            too large to be copied into each box. Everybody on this machine must be allowed to read them.
        dialogue: If it is given, it is called with each whole line of the command's standard output, and what it
            returns is written to the command's standard input, behind `stdin`. The box's limits go on counting.

    Raises:
        SandboxError: If the box cannot be started.
        UsageError: If a path in `files` or `keep` is absolute or leaves the working folder, or one in `folders` is
            not a folder of its own below the root.
    """
    if not command or any("\0" in part for part in command):
        raise UsageError("a command for the sandbox needs a program, and no NUL characters")
    inside = {
        "HOME": boxes.WORK,
        "TMPDIR": "/tmp",  # noqa: S108 - the box's own
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        **(env or {}),
    }
    job = _Job(
        tuple(command),
        packing.pack({_relative(name): content for name, content in (files or {}).items()}),
        stdin,
        (env or {}).get("PATH", f"{boxes.PROGRAMS}:{_SYSTEM}"),
        {**inside, "PATH": _SYSTEM},  # the launcher's; it gives the command its own
        limits or Limits(),
        tuple(_relative(name) for name in keep),
        tuple(_folder(path) for path in folders),
        {_relative(name): path for name, path in (shown or {}).items()},
        dialogue,
    )
    kind, _, image = settings.resolve().sandbox.partition(":")
    with ExitStack() as stack:
        if kind == "bwrap":
            return _run_bwrap(stack, job)
        if kind in {"docker", "podman"}:
            return _run_engine(stack, job, kind, image)
    raise UsageError(f"setting 'sandbox' must be bwrap, docker or podman, not {kind!r}")


@dataclass(frozen=True, slots=True)
class _Job:
    command: tuple[str, ...]
    archive: bytes
    stdin: bytes
    path: str
    env: Mapping[str, str]
    limits: Limits
    keep: tuple[str, ...]
    folders: tuple[str, ...]
    shown: Mapping[str, Path]
    dialogue: Callable[[bytes], bytes] | None = None

    def launcher(self, archive: str, report: str) -> list[str]:
        """Return the command of the first program in the box.

        Args:
            archive: The path of the archive, inside the box.
            report: The path of the pipe that it reports to, inside the box.
        """
        cpu, processes = int(self.limits.seconds) + 2, self.limits.processes + 2  # the launcher and what it starts
        first = ["/bin/sh", "-c", _LAUNCHER, "sh", archive, report, str(cpu), str(processes), shlex.join(self.keep)]
        return [*first, self.path, *self.command]


def _run_bwrap(stack: ExitStack, job: _Job) -> Outcome:
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise SandboxError(
            "generated code is not run: bubblewrap is not installed; install it with: apt-get install bubblewrap"
        )
    mode = boxes.bwrap_mode(bwrap)
    user = 1_000_000_000 + secrets.randbelow(1_000_000_000)  # root's boxed programs become this one
    archive = stack.enter_context(_in_memory(job.archive))
    report, report_end = os.pipe()
    stack.callback(os.close, report)
    stack.callback(os.close, report_end)
    if mode == "root":
        os.fchown(report_end, user, user)
    info, info_end = os.pipe()
    os.set_blocking(info, False)
    stack.callback(os.close, info)
    stack.callback(os.close, info_end)
    stubs = [(path, stack.enter_context(_in_memory(content))) for path, content in boxes.STUBS.items()]
    box = boxes.bwrap_command(
        bwrap,
        mode=mode,
        user=user,
        env=job.env,
        disk_mb=job.limits.disk_mb,
        stubs=stubs,
        folders=job.folders,
        shown=job.shown,
    )
    process = subprocess.Popen(
        [
            box[0],
            "--info-fd",
            str(info_end),
            *box[1:],
            *job.launcher(f"/proc/self/fd/{archive}", f"/proc/self/fd/{report_end}"),
        ],
        stdin=subprocess.PIPE if job.dialogue else stack.enter_context(_in_memory(job.stdin)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[archive, report_end, info_end, *(descriptor for _, descriptor in stubs)],
        env={},
    )
    outcome, started = _watch(process, report, job, process.kill)
    if not started:
        raise SandboxError(
            f"generated code is not run: bubblewrap cannot start here ({_last_line(outcome.stderr)}); "
            "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1) or set SECCODER_SANDBOX=docker"
        )
    # Bubblewrap may leave a moment before the first process in the box, and that ends only after all others have.
    if child := re.search(rb'"child-pid":\s*(\d+)', read_some(info)):
        until_gone(int(child[1]), _GRACE)
    return outcome


def _run_engine(stack: ExitStack, job: _Job, engine: str, image: str) -> Outcome:
    program = shutil.which(engine)
    if program is None:
        raise SandboxError(f"generated code is not run: {engine} is set as the sandbox, but is not installed")
    name = f"seccoder-{secrets.token_hex(8)}"
    limits = job.limits
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="seccoder-")))
    folder.chmod(0o755)
    (folder / "files.tar").write_bytes(job.archive)
    os.mkfifo(folder / "report")
    (folder / "report").chmod(0o666)
    report = os.open(folder / "report", os.O_RDWR)  # open for writing too: a pipe without writers is at its end
    stack.callback(os.close, report)
    box = boxes.engine_command(
        program,
        image=image,
        name=name,
        folder=folder,
        env=job.env,
        folders=job.folders,
        shown=job.shown,
        disk_mb=limits.disk_mb,
        memory_mb=limits.memory_mb,
        pids=limits.processes + 4,
    )
    process = subprocess.Popen(
        [*box, *job.launcher("/in/files.tar", "/in/report")],
        stdin=subprocess.PIPE if job.dialogue else stack.enter_context(_in_memory(job.stdin)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )

    def kill() -> None:
        subprocess.run([program, "kill", name], capture_output=True, timeout=30, check=False)
        process.kill()

    outcome, started = _watch(process, report, job, kill)
    if not started:
        raise SandboxError(f"generated code is not run: {engine} cannot start it ({_last_line(outcome.stderr)})")
    return outcome


# --- what goes in and what comes out --------------------------------------------------------------------------------


def _relative(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\0" in name:
        raise UsageError(f"{name!r} is not a relative path inside the sandbox's working folder")
    return str(path)


def _folder(path: str) -> str:
    parts = PurePosixPath(path).parts
    own = parts[1:2] == ("etc",) and len(parts) == 3 and parts[2] not in boxes.RESERVED_SETTINGS
    if len(parts) < 2 or parts[0] != "/" or ".." in parts or "\0" in path or (parts[1] in boxes.RESERVED and not own):
        raise UsageError(f"{path!r} cannot be a private folder of the sandbox")
    return str(PurePosixPath(path))


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"


@contextmanager
def _in_memory(content: bytes) -> Iterator[int]:
    """Yield the descriptor of a file in memory that nobody can write to any more, positioned at its start."""
    import fcntl

    descriptor = os.memfd_create("seccoder", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with os.fdopen(os.dup(descriptor), "wb") as stream:
            stream.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        yield descriptor
    finally:
        os.close(descriptor)


# --- watching -------------------------------------------------------------------------------------------------------


def _watch(process: subprocess.Popen[bytes], report: int, job: _Job, kill: Callable[[], None]) -> tuple[Outcome, bool]:
    """Collect output until the box has ended, or end it at a limit. Also return whether it ever started."""
    limits = job.limits
    began = time.monotonic()
    assert process.stdout is not None and process.stderr is not None  # noqa: S101 - both are pipes
    stdout, stderr, reported = bytearray(), bytearray(), bytearray()
    sinks = {process.stdout.fileno(): stdout, process.stderr.fileno(): stderr, report: reported}
    most = max(1, limits.disk_mb) * 2 << 20  # a report holds files of the working folder, with the archive's headers
    killed, looked, pause, known = "", 0.0, 0.0, set[int]()
    try:
        with selectors.DefaultSelector() as selector:
            for descriptor in sinks:
                os.set_blocking(descriptor, False)
                selector.register(descriptor, selectors.EVENT_READ)
            talk = Talk(process.stdin, job.stdin, job.dialogue) if process.stdin and job.dialogue else None
            while len(selector.get_map()) > 1 or process.poll() is None:  # the report never ends by itself
                _collect(selector, sinks, talk, process.stdout.fileno())
                now = time.monotonic()
                killed = _exceeded(limits, now - began, len(stdout) + len(stderr), len(reported) > most)
                if not killed and now - looked >= min(max(_POLL, pause), _SELDOM):
                    resident, threads, known = usage(process.pid, known)
                    killed = _used_up(resident, threads, limits)
                    looked, pause = now, ((limits.memory_mb << 20) - resident) / _FASTEST
                if killed:
                    break
        if killed:
            kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        while chunk := read_some(report):
            reported += chunk
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()
        process.stderr.close()
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
    out = bytes(stdout[: limits.output_bytes])
    err = bytes(stderr[: limits.output_bytes - len(out)])
    code = None if killed else process.returncode
    kept = {} if killed or not job.keep else packing.unpack(bytes(reported).removeprefix(_STARTED), job.keep)
    outcome = Outcome(code, out, err, time.monotonic() - began, killed == "time", killed, kept)
    return outcome, bool(killed) or reported.startswith(_STARTED)


def _collect(selector: selectors.BaseSelector, sinks: dict[int, bytearray], talk: Talk | None, heard: int) -> None:
    """Read what the box has said, and answer what it said on the descriptor `heard`."""
    for key, _ in selector.select(_POLL):
        if not (chunk := read_some(key.fd)):
            selector.unregister(key.fd)
        sinks[key.fd] += chunk
        if talk and key.fd == heard:
            talk.hear(chunk)
    if talk:
        talk.speak()


def _exceeded(limits: Limits, seconds: float, output: int, report_too_long: bool) -> str:
    if seconds > limits.seconds:
        return "time"
    return "output" if output > limits.output_bytes or report_too_long else ""


def _used_up(resident: int, threads: int, limits: Limits) -> str:
    if resident > limits.memory_mb << 20:
        return "memory"
    # bubblewrap itself is two processes, the launcher and what it starts are two more
    return "processes" if threads > limits.processes + 4 else ""
