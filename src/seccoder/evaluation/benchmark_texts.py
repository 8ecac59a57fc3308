"""Checks whether demonstrations give away a benchmark: gathers what the project measures on, and compares.

The texts come from the archives or folders of SVEN (the 24 scenarios it was trained for, the 12 of `gen_1`, and the
functions of its pairs, which test B of retrieval is made from), SafeCoder (the same) and HumanEval. The tasks of our
own benchmark and of `retrieval-c` and `retrieval-e`, and the demo's own prompts, are added. `python -m
seccoder.evaluation.benchmark_texts` prints every overlap, and exits with 1 if there is one.

Benchmarks that are held out are not read, so nothing is said about those.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from seccoder import data
from seccoder.code.languages import canonical
from seccoder.codebase.contamination import Text, overlaps
from seccoder.data import pinned
from seccoder.errors import SecCoderError, UsageError
from seccoder.evaluation import demo
from seccoder.evaluation.benchmarks import own
from seccoder.evaluation.benchmarks.retrieval import retrieval_c, retrieval_e

NAMES = (*pinned.REPOSITORIES, "humaneval")
SCENARIOS = {"sven": ("data_eval/trained/", "data_eval/gen_1/"), "safecoder": ("data_eval/sec_eval/",)}


def own_texts() -> list[Text]:
    """Return the texts that need no data: tasks of our own benchmark and of retrieval alone, and the demo's prompts."""
    tasks = [
        Text(f"{made.name} {case.cluster}", "", case.query.language, case.query.task)
        for made in (retrieval_c(), retrieval_e())
        for case in made.cases
    ]
    tasks += own.texts()
    return tasks + [Text(f"demo {task.id}", task.prompt, task.language, task.description) for task in demo.TASKS]


def texts(places: Mapping[str, Path]) -> list[Text]:
    """Return all texts to compare with: our own and those of the data given.

    Args:
        places: The archive, folder or file of each data set, by name (`sven`, `safecoder`, `humaneval`).

    Raises:
        SecCoderError: If one cannot be read, or holds nothing to compare with.
    """
    found = own_texts()
    for name, place in places.items():
        try:
            there = list(_humaneval(place) if name == "humaneval" else _repository(name, place))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise SecCoderError(f"{place} cannot be read as {name} ({type(error).__name__}: {error})") from None
        if not there:
            raise SecCoderError(f"{place} holds nothing of {name}")
        found += there
    return found


def _repository(name: str, place: Path) -> Iterator[Text]:
    files = pinned.read(pinned.REPOSITORIES[name], place)
    for path, content in files.items():
        if path.startswith(SCENARIOS[name]) and path.endswith("/info.json"):
            folder = path.rpartition("/")[0]
            parts = [f"{folder}/{part}_context." for part in ("file", "func")]
            code = "".join(files[each].decode() for part in parts for each in files if each.startswith(part))
            info = json.loads(content)
            label = folder.removeprefix("data_eval/")
            yield Text(f"{name} {label}", code, _language(info["language"]), info.get("description", ""))
        elif path.endswith(".jsonl"):
            for number, line in enumerate(content.decode().splitlines(), start=1):
                yield from _pair(f"{name} {path.removeprefix('data_train_val/')}:{number}", json.loads(line))


def _pair(name: str, pair: Mapping[str, Any]) -> Iterator[Text]:
    language = _language(pair["file_name"].rpartition(".")[2])
    yield Text(f"{name} fixed", pair["func_src_after"], language, pair.get("description", ""))
    yield Text(f"{name} vulnerable", pair["func_src_before"], language)


def _humaneval(place: Path) -> Iterator[Text]:
    with gzip.open(place / data.HUMANEVAL if place.is_dir() else place, "rt", encoding="utf-8") as lines:
        for task in map(json.loads, lines):
            yield Text(task["task_id"], task["prompt"] + task["canonical_solution"], "python", task["prompt"])


def _language(name: str) -> str | None:
    try:
        return canonical(name)
    except UsageError:
        return None  # there are no demonstrations in it, but its words are compared all the same


def main(codebase: str = "bundled") -> int:
    """Compare a codebase's demonstrations with all that was pulled; print the overlaps and what was not there."""
    from seccoder.codebase.codebase import Codebase

    places = {}
    for name in NAMES:
        try:
            places[name] = data.folder(name)
        except SecCoderError as error:
            sys.stderr.write(f"not compared: {error}\n")
    with Codebase.open(codebase) as base:
        demonstrations = base.demonstrations()
    benchmarks = texts(places)
    found = overlaps(demonstrations, benchmarks)
    for overlap in found:
        sys.stdout.write(f"{overlap}\n")
    sys.stdout.write(f"{len(demonstrations)} demonstrations, {len(benchmarks)} texts, {len(found)} overlaps\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
