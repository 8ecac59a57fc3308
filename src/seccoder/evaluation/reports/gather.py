"""Makes a report from run folders: the figures as they were scored, and a selection of completions.

It takes folders of runs (`seccoder.evaluation.run_folder` says what is in one), or one folder of `seccoder reproduce`,
which holds runs and figures beside the paper's. The selection follows a fixed rule, whatever the completions show: the
first of each verdict for each task and arm, up to a number of tasks that are spread evenly over all.

Completions are shown only where the benchmark is at hand and is the one that was run, because it knows what each task
asked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from seccoder.errors import SecCoderError, UsageError
from seccoder.evaluation import benchmarks
from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.reports.content import (
    Demonstration,
    Example,
    ExampleArm,
    ExampleTask,
    Report,
    ShownFinding,
    distinct,
)
from seccoder.evaluation.results import (
    Figure,
    Reproduced,
    Scores,
    Skipped,
    figures,
    reproduced_from_json,
    skipped_from_json,
)
from seccoder.evaluation.run_folder import MANIFEST, Folder, Record, read_json
from seccoder.evaluation.samples import judge
from seccoder.types import Sample, Task

REPRODUCED = "reproduced.json"  # the file that `seccoder reproduce` leaves beside its runs
TASKS = 24  # tasks that are shown; all of the paper's 18 scenarios are
PER_ARM = 3  # completions of one arm that are shown on one task
LONGEST = 300  # characters of a reason or a finding's message


def gather(folders: Sequence[Path], *, examples: bool = True) -> Report:
    """Gather everything that runs say.

    Args:
        folders: One or more runs; a folder of `seccoder reproduce` stands for its runs.
        examples: Whether to select completions, which needs the benchmark.

    Raises:
        UsageError: If a folder is no scored run.
        SecCoderError: If a run's files are damaged.
    """
    reproduced: list[Reproduced] | None = None
    skipped: list[Skipped] = []
    runs: list[Path] = []
    for folder in folders:
        if (found := read_json(folder / REPRODUCED)) is not None:
            reproduced = [*(reproduced or ()), *map(reproduced_from_json, found["results"])]
            skipped += map(skipped_from_json, found["skipped"])
            runs += [folder / name for name in found["run"]["folders"]]
        else:
            runs.append(folder)
    return of_runs(runs, reproduced=reproduced, skipped=skipped, examples=examples)


def of_runs(
    folders: Sequence[Path],
    *,
    reproduced: Sequence[Reproduced] | None = None,
    skipped: Sequence[Skipped] = (),
    examples: bool = True,
) -> Report:
    """Gather the same for runs alone, with figures beside the paper's and what was skipped, if there are such."""
    runs = _tell_apart([(folder, *_read(folder)) for folder in folders])
    left_out = [*skipped, *(each for scores, _ in runs for each in scores.skipped)]
    tasks: dict[tuple[str, str], ExampleTask] = {}
    covered: dict[tuple[str, str], tuple[int, int]] = {}
    samples = 0
    for folder, (scores, _) in zip(folders, runs, strict=True):
        run = scores.run
        samples += sum(row.n for row in _first_metric(scores.results))
        benchmark = _benchmark(run) if examples else None
        if isinstance(benchmark, str):
            left_out.append(Skipped(f"examples of {run['benchmark']}", benchmark))
        elif benchmark is not None:
            stored = Folder(folder)
            covered |= _coverage(benchmark, stored)
            for task in _examples(benchmark, stored, run):
                before = tasks.get((task.benchmark, task.task))
                tasks[task.benchmark, task.task] = task if before is None else _join(before, task)
    return Report(
        title=_title([scores.run for scores, _ in runs], reproduced is not None),
        rows=[replace(row, model=scores.run["model"]) for scores, _ in runs for row in scores.results],
        skipped=distinct(left_out),
        runs=[_about(scores, manifest) for scores, manifest in runs],
        examples=list(tasks.values()),
        covered=covered,
        samples=samples,
        reproduced=reproduced or (),
    )


def _read(folder: Path) -> tuple[Scores, Record]:
    """Read the scores and the manifest of a run."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; give the folder of a run, as seccoder evaluate --out made it")
    scores, manifest = Scores.read(folder), read_json(folder / MANIFEST)
    if manifest is None:
        raise UsageError(f"{folder} is no run: it holds no {MANIFEST}")
    if scores is None:
        raise UsageError(f"the run in {folder} has no figures yet; finish it with the command that began it")
    return scores, manifest


def _tell_apart(runs: Sequence[tuple[Path, Scores, Record]]) -> list[tuple[Scores, Record]]:
    """Add the folder's name to the code LM's where runs have the same benchmark and code LM."""
    times = Counter((scores.run["benchmark"], scores.run["model"]) for _, scores, _ in runs)

    def named(folder: Path, scores: Scores) -> Scores:
        run = scores.run
        if times[run["benchmark"], run["model"]] == 1:
            return scores
        return replace(scores, run={**run, "model": f"{run['model']} ({folder.name})"})

    return [(named(folder, scores), manifest) for folder, scores, manifest in runs]


def _title(runs: Sequence[Record], reproduced: bool) -> str:
    if reproduced:
        return "The paper's tables and figures"
    names = " and ".join(dict.fromkeys(run["benchmark"] for run in runs))
    return f"{names}: {' against '.join(dict.fromkeys(run['model'] for run in runs))}"


def _about(scores: Scores, manifest: Record) -> Record:
    return {**scores.run, **{name: manifest.get(name) for name in ("versions", "machine", "commands")}}


def _first_metric(rows: Sequence[Figure]) -> list[Figure]:
    """Return one row per arm, over the whole benchmark."""
    whole = figures(rows)
    return [row for row in whole if row.metric == whole[0].metric]


# --- completions -----------------------------------------------------------------------------------------------------


def _benchmark(run: Record) -> Benchmark | str:
    """Return the benchmark of a run, or why there is none."""
    try:
        benchmark = benchmarks.load(run["benchmark"])
    except SecCoderError as error:
        return str(error)
    if benchmark.digest != run["benchmark_digest"]:
        return "the benchmark, as it is here, is not what was run"
    return benchmark


def _coverage(benchmark: Benchmark, folder: Folder) -> dict[tuple[str, str], tuple[int, int]]:
    """Count, by CWE and language, tasks and the different demonstrations of the CWE in their prompts."""
    cwes = {each["id"]: each["cwes"] for each in folder.demonstrations.records}
    tasks: dict[tuple[str, str], set[str]] = defaultdict(set)
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    of_task = {task.id: (task.cwe, task.language) for task in benchmark.tasks if task.cwe}
    for task, place in of_task.items():
        tasks[place].add(task)
    for prompt in folder.prompts.records:
        place = of_task.get(prompt["task"], ("", ""))
        shown[place] |= {hit["id"] for hit in prompt.get("hits", ()) if place[0] in cwes.get(hit["id"], ())}
    return {place: (len(there), len(shown[place])) for place, there in tasks.items()}


def _examples(benchmark: Benchmark, folder: Folder, run: Record) -> list[ExampleTask]:
    cells = judge(folder, benchmark, run["arms"], run["samples"])
    prompts = {(each["task"], each["arm"], each["seed"]): each for each in folder.prompts.records}
    demonstrations = {each["id"]: each for each in folder.demonstrations.records}
    seed = run["settings"]["seed"]
    shown = []
    for task in _spread(benchmark.tasks, TASKS):
        arms = []
        for arm in run["arms"]:
            if not (samples := cells.get((task.id, arm, seed), [])):
                continue
            prompt = prompts.get((task.id, arm, seed), {})
            hits = [_demonstration(demonstrations[hit["id"]], hit) for hit in prompt.get("hits", ())]
            chosen = [_example(each, task.prompt) for each in _first_of_each_verdict(samples)]
            arms.append(ExampleArm(run["model"], arm, hits, chosen))
        if arms:
            asked = task.prompt or task.description
            shown.append(ExampleTask(benchmark.name, task.id, task.cwe or "", task.language, asked, arms))
    return shown


def _spread(tasks: Sequence[Task], most: int) -> list[Task]:
    """Choose at most so many tasks, evenly spread."""
    return [tasks[number * len(tasks) // most] for number in range(most)] if len(tasks) > most else list(tasks)


def _first_of_each_verdict(samples: Iterable[Sample]) -> list[Sample]:
    first: dict[str, Sample] = {}
    for each in samples:
        first.setdefault(str(each.verdict.label), each)
    return list(first.values())[:PER_ARM]


def _demonstration(record: Record, hit: Record) -> Demonstration:
    cwes = ", ".join(record["cwes"])
    about = f"{record['id']}, {cwes}, {record['language']}, {record['origin'].get('source', 'origin unknown')}"
    return Demonstration(f"{about}, rank {hit['rank']}", record["language"], record["code"])


def _example(each: Sample, prompt: str) -> Example:
    """Take what follows the prompt in the file; the whole file where a chat model changed what it was given."""
    start = prompt.rstrip()
    completion, before = (each.code[len(start) :], start.count("\n")) if each.code.startswith(start) else (each.code, 0)
    findings = [
        ShownFinding(
            finding.oracle,
            finding.cwe or "",
            finding.message[:LONGEST],
            finding.line - before if finding.line and finding.line > before else None,
        )
        for finding in each.verdict.findings
    ]
    return Example(str(each.verdict.label), each.verdict.reason[:LONGEST], completion, findings)


def _join(one: ExampleTask, other: ExampleTask) -> ExampleTask:
    arms = [*one.arms, *other.arms]
    return ExampleTask(one.benchmark, one.task, one.cwe, one.language, one.prompt, arms)
