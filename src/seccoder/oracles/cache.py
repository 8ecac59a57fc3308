"""Keeps what oracles said about sources, so that a source that did not change is not checked again.

A result is kept under a digest of everything that decides it: the oracle, the text and the files that it needs, the
language, the weakness that was asked for, our own code and the tools of this machine (`seccoder.oracles.versions`).
Only what would be the same again is kept: not what was stopped, lacked a tool, or failed. What used up its processor
time would do so again, and says what it left out. The verdict is not kept; it is derived from the checks each time.

An entry is one file that appears whole or not at all, and it begins with a digest of the rest. Whatever is damaged,
cut off, or not an entry is as if it were not there. Where nothing can be written, nothing is kept. Several processes
may use one folder at once: who writes an entry writes what everybody else would.

Not guaranteed: that somebody who can write to the folder cannot put a false result there. It belongs to the user.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from seccoder.oracles.versions import environment_digest
from seccoder.settings import cache_dir
from seccoder.types import Check, Source

_UNUSED = 30 * 86_400  # seconds after which the results of another environment are removed
# A check that could not look says so with one of these if that depends on nothing but the source and the environment.
_LASTING = (
    "does not cover",
    "no executed check",
    "not read: longer",
    "does not parse",
    "does not compile",
    "a header is",
)
_STOPPED, _MEMORY = "not all of it could be tried: stopped by ", "the limit of memory"


class Cache:
    """Holds checks by source and oracle in a folder.

    Args:
        folder: The folder; None stands for the one below the user's cache folder.
        environment: The digest of where the checks are made; None stands for this machine.
    """

    def __init__(self, folder: Path | None = None, environment: str | None = None) -> None:
        self._all = folder or cache_dir() / "checks"
        self._mine = self._all / (environment or environment_digest())

    def get(self, oracle: str, source: Source) -> Check | None:
        """Return what an oracle said about such a source, or None if nothing is kept."""
        try:
            path = self._path(oracle, source)
            digest, _, body = path.read_bytes().partition(b"\n")
            if _digest(path, body) != digest:
                return None
            check = _from_json(json.loads(body), source.path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return check if check.oracle == oracle else None

    def put(self, oracle: str, source: Source, check: Check) -> None:
        """Keep what an oracle said about a source, if it would say that again."""
        if not lasting(check):
            return
        body = json.dumps(_to_json(check)).encode()
        path = self._path(oracle, source)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_digest(path, body) + b"\n" + body)
                os.replace(name, path)
            except BaseException:
                os.unlink(name)
                raise

    def tidy(self) -> None:
        """Remove what other environments left and nobody used for a month, and say that this one is in use."""
        with contextlib.suppress(OSError):
            os.utime(self._mine)
            for folder in self._all.iterdir():
                if folder != self._mine and folder.stat().st_mtime < time.time() - _UNUSED:
                    shutil.rmtree(folder, ignore_errors=True)

    def _path(self, oracle: str, source: Source) -> Path:
        parts = [oracle, source.language, source.cwe or "", source.text, source.place, source.beside]
        key = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        return self._mine / key[:2] / f"{key[2:]}.json"


def _digest(path: Path, body: bytes) -> bytes:
    """Return the digest of an entry: of its content and of its name, so that it counts in its own place only."""
    return hashlib.sha256(path.name.encode() + body).hexdigest().encode()


def lasting(check: Check) -> bool:
    """Say whether an oracle would say the same about the same source again."""
    if check.reason.startswith(_STOPPED):
        return check.reason.endswith(_MEMORY)
    told = check.oracle != "executed" and (check.valid is not None or not check.reason)
    return check.analysed or told or check.reason.startswith(_LASTING)


def _to_json(check: Check) -> dict[str, Any]:
    return {**check.to_json(), "findings": [asdict(finding) | {"path": ""} for finding in check.findings]}


def _from_json(value: dict[str, Any], path: str) -> Check:
    check = Check.from_json(value)
    return replace(check, findings=tuple(replace(finding, path=path) for finding in check.findings))
