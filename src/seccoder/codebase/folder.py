"""Reads a demonstration from a folder with its code, its vulnerable twin, its proof and a description.

    <slug>/
      demonstration.toml     language, cwes, task, note, cue, apis
      secure.<ext>           the secure code
      vulnerable.<ext>       the twin it replaces
      proof.py               a pytest module (`proof` says how it is run)

Reading a folder runs nothing, so it does not show that the proof holds; `proof.run` does. The demonstration
nevertheless gets the level that it has once its proof was run. The tests run the proofs of our own demonstrations, and
`codebase add` runs those of the user's.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seccoder.code import cues, cwe
from seccoder.code.languages import EXTENSION, canonical
from seccoder.errors import SecCoderError, UsageError
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

DESCRIPTION = "demonstration.toml"
MAX_BYTES = 1_000_000  # per file; a demonstration is a few dozen lines

_FIELDS = {"language": str, "cwes": list, "task": str, "note": str, "cue": str, "apis": list}
_REQUIRED = ("language", "cwes", "task")


def read(path: str | Path, *, source: str = "seccoder", licence: str = "Apache-2.0") -> Demonstration:
    """Read one demonstration folder.

    Args:
        path: The folder; its name becomes the origin's path.
        source: Where it comes from.
        licence: SPDX identifier of its licence.

    Raises:
        UsageError: If something is missing or wrong; the message names the file and the field.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    about = _description(folder / DESCRIPTION)
    try:
        language = canonical(about["language"])
        cwes = tuple(cwe.normalise(name) for name in about["cwes"])
    except SecCoderError as error:
        raise UsageError(f"{folder / DESCRIPTION}: {error}") from None
    extension = EXTENSION[language]
    return Demonstration(
        language=language,
        cwes=cwes,
        task=about["task"].strip(),
        code=text(folder / f"secure{extension}"),
        vulnerable=text(folder / f"vulnerable{extension}"),
        proof=Proof(ProofLevel.EXECUTED, text(folder / "proof.py")),
        origin=Provenance(source=source, licence=licence, path=folder.resolve().name),
        note=about.get("note", "").strip(),
        apis=tuple(about.get("apis", ())),
        cue=about.get("cue", "").strip(),
    )


def read_all(path: str | Path, *, source: str = "seccoder", licence: str = "Apache-2.0") -> Iterator[Demonstration]:
    """Read every demonstration folder in a folder, ordered by name.

    Raises:
        UsageError: If there is none, or one of them cannot be read.
    """
    if not Path(path).is_dir():
        raise UsageError(f"{path} is not a folder")
    folders = sorted(description.parent for description in Path(path).glob(f"*/{DESCRIPTION}"))
    if not folders:
        raise UsageError(f"{path} holds no demonstration folders: a demonstration folder has a {DESCRIPTION}")
    for folder in folders:
        yield read(folder, source=source, licence=licence)


def text(path: Path) -> str:
    """Read a file of a demonstration: UTF-8, not empty, not huge. Line ends are kept as they are.

    Raises:
        UsageError: If it is missing or none of that.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a file")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"{path} is missing") from None
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES} bytes: a demonstration is a few dozen lines")
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text") from None
    if "\0" in decoded:
        raise UsageError(f"{path} is not text (it holds a NUL byte)")
    if not decoded.strip():
        raise UsageError(f"{path} is empty")
    return decoded


def _description(path: Path) -> dict[str, Any]:
    try:
        about = tomllib.loads(text(path))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}") from None
    for name, value in about.items():
        if (kind := _FIELDS.get(name)) is None:
            raise UsageError(f"{path}: unknown field {name!r}; known: {', '.join(_FIELDS)}")
        if not isinstance(value, kind):
            raise UsageError(f"{path}: {name!r} must be a {'text' if kind is str else 'list of texts'}")
        if kind is list and not all(isinstance(item, str) for item in value):
            raise UsageError(f"{path}: {name!r} must be a list of texts")
    for name in _REQUIRED:
        if not about.get(name):
            raise UsageError(f"{path}: {name!r} is missing or empty")
    if problem := cues.wrong(about.get("cue", "").strip()):
        raise UsageError(f"{path}: {problem}")
    return about
