"""Reproduces tables and figures: it does the runs that they need, and sets their figures beside the paper's.

It takes names of targets and a profile. It returns the rows that `compare` makes, and what was skipped with the reason.
The runs lie below one folder, and they are continued when that folder is given again.

What is missing (weights, CodeQL, data, an optional dependency) costs the conditions that need it and nothing else.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from seccoder.errors import SecCoderError, UsageError
from seccoder.evaluation import benchmarks
from seccoder.evaluation.benchmarks.benchmark import Benchmark, digest_of
from seccoder.evaluation.manifest import Plan
from seccoder.evaluation.paper.compare import beside
from seccoder.evaluation.paper.plan import Run, Wanted, plan
from seccoder.evaluation.paper.targets import PROFILES, TARGETS, Profile, ProfileName
from seccoder.evaluation.reports.gather import REPRODUCED
from seccoder.evaluation.results import Figure, Reproduced, Scores, Skipped
from seccoder.evaluation.run_folder import Record, folder_name, write_json
from seccoder.settings import resolve

OnProgress = Callable[[int, int | None], None]
Progress = Callable[[str], AbstractContextManager[OnProgress]]  # of a run, by its name
FEW = 10  # with fewer completions per problem, only every EVERYth of HumanEval is run: a look, no measurement
EVERY = 16


@dataclass(frozen=True, slots=True)
class Reproduction:
    """The result of a reproduction.

    Attributes:
        run: What was asked for, and the names of the runs' folders.
        results: Figures beside the paper's.
        skipped: What was not measured.
        folder: The folder in which all of it lies.
    """

    run: Record
    results: list[Reproduced]
    skipped: list[Skipped]
    folder: Path

    def to_json(self) -> Record:
        """Return the documented shape."""
        rows, left_out = ([each.to_json() for each in every] for every in (self.results, self.skipped))
        return {"run": self.run, "results": rows, "skipped": left_out}

    def runs(self) -> list[Path]:
        """Return the folders of the runs."""
        return [self.folder / name for name in self.run["folders"]]


def reproduce(
    names: Sequence[str],
    profile_name: ProfileName,
    folder: Path,
    *,
    models: Sequence[str] = (),
    samples: int | None = None,
    seeds: int | None = None,
    progress: Progress,
) -> Reproduction:
    """Reproduce some of the paper's tables and figures.

    Args:
        names: Keys of `TARGETS`.
        profile_name: `local` or `paper`.
        folder: Where the runs are kept.
        models: Specs of code LMs that replace those of the profile.
        samples: Completions per scenario or problem; None takes the profile's.
        seeds: Repetitions; None takes the profile's.
        progress: Shows the progress of a run.

    Raises:
        UsageError: If the folder holds something else, or a spec names no code LM.
    """
    profile = PROFILES[profile_name]
    wanted, skipped = plan(names, profile, models)
    wanted = _without_missing_tools(wanted, profile, skipped)
    scored: dict[Run, list[Figure]] = {}
    folders: list[str] = []
    left_out: list[Skipped] = []
    for run in dict.fromkeys(each.run for each in wanted):
        here = [each for each in wanted if each.run == run]
        arms = list(dict.fromkeys(each.arm for each in here))
        try:
            with progress(", ".join(filter(None, (run.benchmark, run.model)))) as on_progress:
                if run.model:
                    benchmark = _benchmark(run, profile, samples)
                    place = f"{benchmark.name}-{len(benchmark.tasks)}-{folder_name(run.model)}-{run.codebase}"
                    size = _size(run, profile, samples, seeds)
                    scores = _measure(benchmark, run, replace(size, arms=tuple(arms)), folder / place, on_progress)
                    folders.append(place)
                else:
                    scores = _retrieval(run, arms, on_progress)
                left_out += scores.skipped
                scored[run] = scores.results
        except UsageError:
            raise
        except SecCoderError as error:
            skipped += [Skipped(target, str(error)) for target in dict.fromkeys(each.target for each in here)]
    asked = {"profile": profile.name, "targets": list(names), "models": list(models), "samples": samples}
    run_json = {**asked, "seeds": seeds, "folders": folders}
    done = Reproduction(run_json, beside(wanted, scored), [*skipped, *left_out], folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / REPRODUCED, done.to_json())
    return done


# --- what is there ---------------------------------------------------------------------------------------------------


def _without_missing_tools(wanted: list[Wanted], profile: Profile, skipped: list[Skipped]) -> list[Wanted]:
    """Return what can be had; add the rest to what is skipped, with the reason."""
    reasons = {each.arm: "" for each in wanted}
    for arm in reasons:
        reasons[arm] = _missing_embedder(arm)
    oracle = _missing_oracle(profile)
    kept = []
    for each in wanted:
        reason = reasons[each.arm] and f"{each.condition.label}: {reasons[each.arm]}"
        if TARGETS[each.target].benchmark == "sven":
            reason = oracle or reason
        if not reason:
            kept.append(each)
        elif Skipped(each.target, reason) not in skipped:
            skipped.append(Skipped(each.target, reason))
    return kept


def _missing_embedder(arm: str) -> str:
    """Say why an arm's embedder cannot be had; "" if it can."""
    kind, _, name = arm.partition(":")
    if kind != "dense" or not name:
        return ""
    from seccoder.retrievers import embedders

    try:
        embedders.load(name)
    except SecCoderError as error:
        return str(error)
    return ""


def _missing_oracle(profile: Profile) -> str:
    if "codeql" not in profile.oracles:
        return ""
    from seccoder.oracles.static import codeql, tools

    try:
        tools.program("codeql", codeql.INSTALL)
    except tools.Missing as error:
        return f"the paper's oracle, {error}"
    return ""


# --- runs ------------------------------------------------------------------------------------------------------------


def _benchmark(run: Run, profile: Profile, samples: int | None) -> Benchmark:
    oracles = profile.oracles if run.benchmark.startswith("sven") and profile.oracles else None
    benchmark = benchmarks.load(run.benchmark, oracles)
    if run.benchmark != "humaneval-sven" or (samples or profile.problem_samples) >= FEW:
        return benchmark
    tasks = benchmark.tasks[::EVERY]
    return replace(benchmark, tasks=tasks, digest=digest_of(tasks, benchmark.digest))


def _size(run: Run, profile: Profile, samples: int | None, seeds: int | None) -> Plan:
    if run.benchmark == "humaneval-sven":
        return Plan(None, samples or profile.problem_samples, seeds or 1)
    return Plan(None, samples or profile.samples, seeds or profile.seeds)


def _measure(benchmark: Benchmark, run: Run, size: Plan, folder: Path, on_progress: OnProgress) -> Scores:
    """Score a run of a code LM, with the paper's settings whatever the user's are."""
    from seccoder.evaluation.run import evaluate

    usual = replace(resolve(), model=run.model, codebase=run.codebase)
    settings = replace(usual, k=1, temperature=0.4, top_p=0.95, max_tokens=300, seed=0)
    return evaluate(benchmark, settings, folder, plan=size, on_progress=on_progress)


def _retrieval(run: Run, arms: Sequence[str], on_progress: OnProgress) -> Scores:
    from seccoder.evaluation import retrieval

    return retrieval.measure(run.benchmark, codebase=run.codebase, arms=arms, on_progress=on_progress)
