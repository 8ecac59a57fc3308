"""Runs both sides of a proof in the box, one after the other, each in a fork of a process that knows pytest.

It is copied in as `sides.py`, and `seccoder.codebase.proof` speaks with it. Each line of standard input is a side: its
files and pytest's arguments. Each line of standard output is how that side ended: exit code, report, and what pytest
printed. The second side is not in the box, and its files are not, until the first one's result has left it.

Nothing stays between the sides. What the first one changed in its interpreter ends with it, because it was a fork. All
processes that it started are killed, and the working folder, `/tmp` and `/dev/shm` are emptied.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest.config import default_plugins

_ALSO = ("socket", "ssl", "subprocess", "threading")  # what the fixtures and most proofs import
_WRITABLE = ("/tmp", "/dev/shm")  # noqa: S108 - the box's own, beside the working folder
_REPORT = "report.xml"
_MOST = 1_000_000  # bytes of a report; a longer one is cut off, and then proves nothing
_LAST = 20_000  # bytes of what was printed, from its end
_ZOMBIE = "Z"


def main() -> None:
    """Run two sides."""
    told = os.dup(1)
    for number in range(2):
        side = json.loads(sys.stdin.buffer.readline())
        if number == 0:
            _load(side["arguments"])
        _sweep()
        answer = _run(side, told)
        os.write(told, json.dumps(answer).encode() + b"\n")


def _load(arguments: list[str]) -> None:
    """Load pytest's own plugins, but for those that are switched off: once instead of once per side."""
    plugins = [f"_pytest.{name}" for name in default_plugins if f"no:{name}" not in arguments]
    for name in (*_ALSO, *plugins):
        import_module(name)


def _run(side: dict[str, Any], told: int) -> dict[str, Any]:
    """Lay out the files of a side, run its tests in a fork, and end whatever they started."""
    for name, text in side["files"].items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.close(told)
            _test(side["arguments"], said.fileno())
        _, status = os.waitpid(child, 0)
        _end_others()
        said.seek(max(0, said.seek(0, os.SEEK_END) - _LAST))
        printed = said.read()
    code = os.waitstatus_to_exitcode(status)
    report = Path(_REPORT)
    content = None
    if report.is_file() and not report.is_symlink():
        with report.open("rb") as file:
            content = file.read(_MOST).decode("utf-8", "surrogateescape")
    return {
        "code": code if code >= 0 else 128 - code,
        "report": content,
        "said": printed.decode("utf-8", "replace"),
    }


def _test(arguments: list[str], said: int) -> NoReturn:
    """Run pytest in the fork, as if it had been started by itself."""
    code = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.argv = ["pytest", *arguments]
        code = int(pytest.main(arguments))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _end_others() -> None:
    """Kill every process but this one and those above it, until none is left."""
    above: set[int] = set()
    pid = os.getpid()
    while pid:
        above.add(pid)
        pid = int(_stat(pid)[1])
    while left := [
        pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if pid not in above and _runs(pid)
    ]:
        for pid in left:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _runs(pid: int) -> bool:
    with suppress(OSError):
        return _stat(pid)[0] != _ZOMBIE
    return False


def _stat(pid: int) -> list[str]:
    """Return a process's state and the number of its parent; the name before them may hold anything."""
    return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].decode().split()[:2]


def _sweep() -> None:
    """Empty every folder that can be written to, whatever rights its parts were left with.

    What belongs to somebody else was there before: the packages of an interpreter that lies below `/tmp`, which the box
    shows and nobody in it can write to.
    """
    for top in (Path.cwd(), *map(Path, _WRITABLE)):
        for path in top.iterdir():
            if path.lstat().st_uid != os.getuid():
                continue
            if path.is_symlink() or not path.is_dir():
                path.unlink()
                continue
            path.chmod(0o700)
            for folder, names, _ in os.walk(path):
                for inner in (Path(folder, name) for name in names):
                    if not inner.is_symlink():
                        inner.chmod(0o700)
            shutil.rmtree(path)


if __name__ == "__main__":
    main()
