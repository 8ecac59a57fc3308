"""Keeps a run's folder: append-only JSONL files that survive kill -9, a manifest, and one process at a time.

A record is written with its line end in one piece, and it is on disk when `append` returns. If a kill cut a line off in
the middle, the part is cut away when the file is opened again, so a record is there whole or not at all. A file may be
packed (`gzip FILE`); it is read as it is and unpacked when something is added.

    manifest.json          what the run is (`seccoder.evaluation.manifest`)
    demonstrations.jsonl   each demonstration that was shown, once
    prompts.jsonl          task, arm, seed: the prompt, the ids of its demonstrations, notes; or why there is none
    samples.jsonl          task, arm, seed, sample: what the model gave
    codes.jsonl            the same key: the file that was extracted from it
    checks.jsonl           the same key: one check per oracle
    looks.jsonl            the same key, where a method needs it: an untargeted check, answers to ordinary calls
    scores.json            the figures

Not guaranteed: that a file which somebody edited says what happened. A line in its middle that is not JSON is refused.
"""

import fcntl
import gzip
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from seccoder.code.files import replacing
from seccoder.errors import SecCoderError, UsageError
from seccoder.types import Completion

Record = dict[str, Any]
Cell = tuple[str, str, int]  # task, arm, seed
Key = tuple[str, str, int, int]  # task, arm, seed, sample

MANIFEST = "manifest.json"
SCORES = "scores.json"
STAGES = ("sample", "extract", "check", "score")


class Log:
    """One JSONL file. `records` holds what was in it when it was opened and what was added since.

    Args:
        path: The file, which need not exist; `path` with `.gz` behind it is read in its place.

    Raises:
        SecCoderError: If a line that is not the last is not a JSON object, or a packed file is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._packed = path.with_name(path.name + ".gz")
        self.records: list[Record] = []
        data = self._read()
        whole = data[: data.rfind(b"\n") + 1]
        self._torn = len(whole) if len(whole) < len(data) else None
        for number, line in enumerate(whole.split(b"\n")[:-1], start=1):
            try:
                record = json.loads(line)
            except ValueError:
                record = None
            if not isinstance(record, dict):
                raise SecCoderError(f"{path}, line {number}: not a record; the file was damaged or edited")
            self.records.append(record)

    def append(self, records: Iterable[Record]) -> None:
        """Add records; they are on disk when this returns."""
        added = list(records)
        if not added:
            return
        self._unpack()
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in added)
        data = lines.encode("utf-8", "backslashreplace")  # a model may give half a surrogate pair
        with self.path.open("ab") as file:
            if self._torn is not None:
                file.truncate(self._torn)
                self._torn = None
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.records += added

    def clear(self) -> None:
        """Forget everything in the file."""
        self._packed.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self._torn = None
        self.records.clear()

    def _read(self) -> bytes:
        try:
            if self.path.exists():
                return self.path.read_bytes()
            return gzip.decompress(self._packed.read_bytes()) if self._packed.exists() else b""
        except (OSError, EOFError, zlib.error) as error:
            raise SecCoderError(f"cannot read {self._packed}: {error}") from None

    def _unpack(self) -> None:
        if self.path.exists() or not self._packed.exists():
            return
        with replacing(self.path) as fresh, gzip.open(self._packed) as packed, fresh.open("wb") as file:
            shutil.copyfileobj(packed, file)
        self._packed.unlink()


class Folder:
    """The files of one run.

    Args:
        path: The folder.

    Raises:
        SecCoderError: If one of its files is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.demonstrations = Log(path / "demonstrations.jsonl")
        self.prompts = Log(path / "prompts.jsonl")
        self.samples = Log(path / "samples.jsonl")
        self.codes = Log(path / "codes.jsonl")
        self.checks = Log(path / "checks.jsonl")
        self.looks = Log(path / "looks.jsonl")


def folder_name(text: str) -> str:
    """Turn a text, such as the spec of a code LM, into the name of a folder."""
    return "".join(character if character.isalnum() or character in "-." else "-" for character in text)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the folder for this process alone; the kernel releases it when the process ends, however it ends.

    Raises:
        UsageError: If the path is no folder, or another process holds it.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise UsageError(f"cannot use {path} as a run's folder: {error.strerror}") from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(folder)
        raise UsageError(f"another process is working on the run in {path}; wait for it or end it first") from None
    try:
        yield
    finally:
        os.close(folder)


def read_json(path: Path) -> Record | None:
    """Read a JSON object from a file, or return None if there is no file.

    Raises:
        UsageError: If it holds anything else.
    """
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        value = None
    if not isinstance(value, dict):
        raise UsageError(f"{path} cannot be read as this program writes it; the folder is no run, or was damaged")
    return value


def write_json(path: Path, value: Record) -> None:
    """Replace a file by a JSON object: after a kill the old one is there or the new one."""
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", errors="backslashreplace") as file:
        json.dump(value, file, indent=1, ensure_ascii=False)
        file.write("\n")


def cell_of(record: Record) -> Cell:
    """Return the key that joins the record of a prompt with those of its samples."""
    return record["task"], record["arm"], record["seed"]


def key_of(record: Record) -> Key:
    """Return the key that joins the records of a sample."""
    return record["task"], record["arm"], record["seed"], record["sample"]


def keyed(key: Key, **content: Any) -> Record:
    """Make a record of a sample."""
    task, arm, seed, sample = key
    return {"task": task, "arm": arm, "seed": seed, "sample": sample, **content}


def completion_json(completion: Completion, seconds: float) -> Record:
    """Return what a sample's record says of its completion.

    Args:
        completion: The completion as the model gave it.
        seconds: Its share of the time that its call took.
    """
    return {
        "text": completion.text,
        "finish": completion.finish,
        "sampled_with": completion.seed,
        "prompt_tokens": completion.prompt_tokens,
        "tokens": completion.tokens,
        "seconds": round(seconds, 4),
    }


def completion_from_json(record: Record) -> Completion:
    """Return the completion in a sample's record; its seconds are its share of its call's."""
    names = ("text", "finish", "prompt_tokens", "tokens", "seconds")
    return Completion(**{name: record[name] for name in names}, seed=record["sampled_with"])
