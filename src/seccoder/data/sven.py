"""Reads SVEN's pairs of a vulnerable and a fixed function (He and Vechev, CCS 2023) as demonstrations.

It takes the extracted data (`seccoder.data` fetches it), `data_train_val/{train,val}/cwe-*.jsonl`. `demonstrations`
returns 720 and 83 demonstrations, and `paper_set` the 596 and 63 of them that SecCoder uses. Contents are kept to the
byte, carriage returns included.

SVEN is published under the MIT licence, and that is what `origin` says. The functions themselves keep the licences of
the repositories they were taken from, which the data does not name. That a pair comes from a fixing commit does not
make the fixed side secure in every respect.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from seccoder.code import cwe, languages
from seccoder.errors import MissingExtra, SecCoderError, UsageError
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

TOKENIZER = "trained/350m-prefix/checkpoint-last/tokenizer.json"
MAX_TOKENS = 1448  # CodeGen's context of 2,048, less 300 for the completion and 300 for the prompt

_TEXTS = ("func_src_after", "func_src_before", "vul_type", "file_name", "commit_link")


def demonstrations(root: Path, part: Literal["train", "val"]) -> Iterator[Demonstration]:
    """Yield all pairs of one part, in the order of the files.

    The training set holds one pair twice (the same fix in a fork); `repeat` tells the second from the first.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    paths = sorted((root / "data_train_val" / part).glob("cwe-*.jsonl"))
    if not paths:
        raise SecCoderError(f"{root} holds no SVEN data; run: seccoder data pull sven")
    return _number_repeats(demonstration for path in paths for demonstration in read_pairs(path, "sven"))


def paper_set(root: Path, part: Literal["train", "val"]) -> list[Demonstration]:
    """Return the demonstrations that SecCoder uses: with secure code of at most 1,448 CodeGen tokens (596 and 63).

    Raises:
        MissingExtra: If the tokenizer library is not installed.
        SecCoderError: If the data is not there or not what it should be.
    """
    length = _token_counter(root)
    return [demonstration for demonstration in demonstrations(root, part) if length(demonstration.code) <= MAX_TOKENS]


def read_pairs(path: Path, source: str) -> Iterator[Demonstration]:
    """Read demonstrations from one JSONL file of SVEN or SafeCoder, without functions in unknown languages.

    Raises:
        SecCoderError: If the file cannot be read or a line is no such pair.
    """
    number = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):  # noqa: B007 - the error below names it
                if line.strip() and (demonstration := _pair(json.loads(line), source)):
                    yield demonstration
    except OSError as error:
        raise SecCoderError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UsageError) as error:
        raise SecCoderError(
            f"{path}, line {number}: not a pair of functions ({type(error).__name__}: {error})"
        ) from None


def _pair(row: dict[str, Any], source: str) -> Demonstration | None:
    if not all(isinstance(row[name], str) for name in _TEXTS):
        raise TypeError(f"{', '.join(_TEXTS)} must be texts")
    # On Unix, `.C` is C++ and `.c` is C; the table of suffixes does not look at case.
    language = "cpp" if row["file_name"].endswith(".C") else languages.from_path(row["file_name"])
    if language is None:
        return None
    return Demonstration(
        language=language,
        cwes=(cwe.normalise(row["vul_type"]),),
        task=row.get("description", "").strip(),
        code=row["func_src_after"],
        vulnerable=row["func_src_before"],
        proof=Proof(ProofLevel.FIX_COMMIT),
        origin=Provenance(source=source, licence="MIT", commit=row["commit_link"], path=row["file_name"]),
    )


def _number_repeats(demonstrations: Iterable[Demonstration]) -> Iterator[Demonstration]:
    seen: Counter[str] = Counter()
    for demonstration in demonstrations:
        yield replace(demonstration, repeat=seen[demonstration.id])
        seen[demonstration.id] += 1


def _token_counter(root: Path) -> Callable[[str], int]:
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise MissingExtra("choosing the paper's demonstrations (CodeGen tokenizer)", "paper") from None
    path = root / TOKENIZER
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception:  # the library raises plain Exception
        raise SecCoderError(f"{path} is not CodeGen's tokenizer; run: seccoder data pull sven") from None
    return lambda text: len(tokenizer.encode(text).ids)
