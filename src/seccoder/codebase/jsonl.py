"""Writes demonstrations as JSON lines and reads them back, to export and import a codebase.

A demonstration that was written and read is the same one, with its proof and its origin. A file is untrusted: every
line is checked, and the id is computed and never believed. If a line says that its proof was executed, that is only its
author's word until `vet` has run the proof.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from seccoder.code.files import replacing
from seccoder.codebase.rows import validate
from seccoder.errors import SecCoderError, UsageError
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

MAX_LINE = 8_000_000  # characters; a demonstration is a few thousand


def line(demonstration: Demonstration) -> str:
    """Return one demonstration as a line, with the newline at its end."""
    return json.dumps(demonstration.to_json(), ensure_ascii=False) + "\n"


def write(demonstrations: Iterable[Demonstration], path: Path) -> None:
    """Write one demonstration per line, in their order; the file appears complete or not at all.

    Raises:
        SecCoderError: If it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe or a device: nothing can take its place
            path.write_text("".join(map(line, demonstrations)), encoding="utf-8")
            return
        with replacing(path) as fresh, fresh.open("w", encoding="utf-8") as file:
            file.writelines(map(line, demonstrations))
    except OSError as error:
        raise SecCoderError(f"cannot write {path}: {error.strerror}") from None


def read(path: Path) -> Iterator[Demonstration]:
    """Read what `write` wrote; empty lines are skipped.

    Raises:
        UsageError: If the file cannot be read, or a line is no demonstration; the message names the line.
    """
    number = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            while text := file.readline(MAX_LINE + 1):
                number += 1
                if len(text) > MAX_LINE:
                    raise UsageError(f"{path}, line {number}: longer than {MAX_LINE:,} characters")
                if text.strip():
                    yield from_json(json.loads(text))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"{path}, line {number}: not JSON ({error})") from None
    except UsageError as error:
        raise UsageError(str(error) if str(path) in str(error) else f"{path}, line {number}: {error}") from None


def from_json(value: Any) -> Demonstration:
    """Read a demonstration in the shape that `Demonstration.to_json` writes. Its id is computed, never believed.

    Args:
        value: The object; `language`, `code`, `origin` and `proof` must be there, the rest may be left out.

    Raises:
        UsageError: If it has another shape, or its `id` is not that of its content.
    """
    try:
        texts: dict[str, Any] = {name: value.get(name, "") for name in ("language", "task", "code", "note", "cue")}
        lists: dict[str, Any] = {name: tuple(value.get(name, ())) for name in ("cwes", "apis")}
        proof, vulnerable = value["proof"], value.get("vulnerable")
        origin = {"source": "", **value["origin"]}
        optional = [text for text in (vulnerable, proof.get("test")) if text is not None]
        words = [*texts.values(), *optional, *lists["cwes"], *lists["apis"], *origin.values()]
        if not all(isinstance(word, str) for word in words):
            raise TypeError("a text is expected where there is something else")
        level, repeat = ProofLevel(proof["level"]), value.get("repeat", 0)
        if not isinstance(repeat, int) or not 0 <= repeat < 1000:
            raise ValueError("'repeat' must be a small number")
        demonstration = Demonstration(
            **texts,
            **lists,
            vulnerable=vulnerable,
            proof=Proof(level, proof.get("test")),
            origin=Provenance(**origin),
            repeat=repeat,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"not a demonstration: {type(error).__name__}: {error}") from None
    validate(demonstration)
    if value.get("id", demonstration.id) != demonstration.id:
        raise UsageError(
            f"not the demonstration {value['id']} that it says it is: its content has id {demonstration.id}"
        )
    return demonstration
