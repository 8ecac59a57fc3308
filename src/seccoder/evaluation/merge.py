"""Joins the runs of all shards of a benchmark into one run, which is what one process would have made.

It takes the folders of shards 1/N to N/N and returns the scores of the whole. Records come in the order in which one
process would have asked for them, so the joined files differ from its files in nothing but times. The joined run is
like any other: it can be scored, shown, continued and extended. It appears whole or not at all, and the shards stay as
they are. Samples that a shard lacks are told with the scores; continuing the shard, or the joined run, draws them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from seccoder.code.files import replacing
from seccoder.code.shards import Shard
from seccoder.errors import UsageError
from seccoder.evaluation import manifest as manifests
from seccoder.evaluation import methods
from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.metrics import Prices
from seccoder.evaluation.results import Scores
from seccoder.evaluation.run import cells, made
from seccoder.evaluation.run_folder import MANIFEST, SCORES, Folder, Log, Record, locked, read_json, write_json
from seccoder.evaluation.scores import score


def merge(benchmark: Benchmark, parts: Sequence[Path], folder: Path, *, prices: Prices | None = None) -> Scores:
    """Join the runs of all shards, and score the whole.

    Args:
        benchmark: Their benchmark.
        parts: The folders of the shards, in any order.
        folder: The folder of the joined run, which is new or empty.
        prices: What a million tokens cost, for figures in money.

    Raises:
        UsageError: If these are not all shards of one run, somebody works on one of them, or the folder is in use.
        SecCoderError: If a file of a shard is damaged.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already, and is not empty; give --out a new folder")
    if twice := [part for part, times in Counter(part.resolve() for part in parts).items() if times > 1]:
        raise UsageError(f"{twice[0]} is given twice")
    manifest = joined(benchmark, {part: _manifest(part) for part in parts})
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(locked(part))
        runs = [Folder(part) for part in parts]
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with replacing(folder) as fresh:
                fresh.mkdir()
                whole = Folder(fresh)
                _copy(runs, whole, benchmark, manifest)
                write_json(fresh / MANIFEST, manifest)
                scores = score(whole, manifest, benchmark, prices)
                write_json(fresh / SCORES, scores.to_json())
        except OSError as error:
            raise UsageError(f"cannot write the run to {folder}: {error.strerror}") from None
    return scores


def joined(benchmark: Benchmark, parts: dict[Path, Record]) -> Record:
    """Return the manifest of the whole.

    Raises:
        UsageError: If the manifests are not those of all shards of one run of this benchmark.
    """
    (first, manifest), *others = parts.items()
    identity = manifest["identity"]
    if (identity["benchmark"], identity["benchmark_digest"]) != (benchmark.name, benchmark.digest):
        raise UsageError(f"the run in {first} is not of this benchmark ({benchmark.name}), as it is now")
    shards: dict[Shard, Path] = {}
    for part, each in parts.items():
        if not each.get("shard"):
            raise UsageError(f"the run in {part} is no shard: it has all tasks")
        shard = Shard.parse(each["shard"])
        if shard in shards:
            raise UsageError(f"{shards[shard]} and {part} are both shard {shard}")
        shards[shard] = part
    for part, each in others:
        if difference := manifests.difference(identity, each["identity"]):
            raise UsageError(f"the runs in {first} and {part} do not belong together: another {difference}")
        for name in ("arms", "samples", "seeds"):
            if each[name] != manifest[name]:
                raise UsageError(f"the runs in {first} and {part} have different {name}; extend one of them first")
    counts = {shard.count for shard in shards}
    if len(counts) > 1:
        raise UsageError(f"these are shards of {' and of '.join(map(str, sorted(counts)))}; they overlap")
    (count,) = counts
    if missing := [str(shard) for n in range(1, count + 1) if (shard := Shard(n, count)) not in shards]:
        raise UsageError(f"not all shards are given; missing: {', '.join(missing[:10])}")
    every = [manifest, *(each for _, each in others)]
    return {
        **manifest,
        "shard": None,
        "chat": next((each["chat"] for each in every if each["chat"] is not None), None),
        **{name: found for name in ("oracles", "looked_by") if (found := _agreed(name, parts)) or name == "oracles"},
        "commands": [*(command for each in every for command in each["commands"]), manifests.command()],
    }


def _manifest(part: Path) -> Record:
    manifest = read_json(part / MANIFEST)
    if manifest is None:
        raise UsageError(f"there is no run in {part}")
    return manifest


def _agreed(name: str, parts: dict[Path, Record]) -> Record | None:
    """Return who checked in all of them; a shard whose tasks are in fewer languages may name fewer."""
    found: Record = {}
    for part, manifest in parts.items():
        for oracle, version in (manifest.get(name) or {}).items():
            if found.setdefault(oracle, version) != version:
                raise UsageError(
                    f"what is checked in {part} was checked by another {oracle} ({version}) than in the others "
                    f"({found[oracle]}); use --redo check there"
                )
    return found or None


def _copy(runs: Sequence[Folder], whole: Folder, benchmark: Benchmark, manifest: Record) -> None:
    """Copy all records, each file in the order in which one process would have written it."""
    position = {cell: number for number, cell in enumerate(cells(benchmark, manifest))}
    later = {arm: number for number, arm in enumerate(made(manifest), start=1)}

    def place(record: Record) -> tuple[int, int, int]:
        cell = record["task"], methods.base(record["arm"]), record["seed"]
        return later.get(record["arm"], 0), position.get(cell, len(position)), record.get("sample", 0)

    def ordered(logs: Iterable[Log]) -> list[Record]:
        return sorted((record for log in logs for record in log.records), key=place)

    whole.prompts.append(ordered(run.prompts for run in runs))
    whole.samples.append(ordered(run.samples for run in runs))
    whole.codes.append(ordered(run.codes for run in runs))
    whole.checks.append(ordered(run.checks for run in runs))
    whole.looks.append(ordered(run.looks for run in runs))
    known = {each["id"]: each for run in runs for each in run.demonstrations.records}
    shown = [hit["id"] for each in (*whole.prompts.records, *whole.samples.records) for hit in each.get("hits", ())]
    whole.demonstrations.append(known[id_] for id_ in dict.fromkeys((*shown, *known)) if id_ in known)
