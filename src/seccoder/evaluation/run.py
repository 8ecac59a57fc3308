"""Runs a benchmark: it samples, extracts, checks and scores, and each stage goes on where it stopped.

It takes a benchmark, a codebase, a plan and settings, and returns what `seccoder.evaluation.scores` makes of the run's
folder, to which each stage appends. The calling thread samples (several calls at a time where the model can), and a
second one extracts and checks what is there, so that neither waits. Identical files of one task are checked once.

A sample is known by task, arm, seed and number, and by these it is sampled at most once, however often the run is
killed. When a run is continued, its prompts are made anew and must equal those that it has. Checks made by other
versions of the oracles are never mixed: they are refused until `redo="check"` makes all of them again.

If the model fails, the run ends with its error, and nothing that was sampled is lost. A model that answers with nothing
or with garbage has answered: that is a sample, and it is counted for what it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seccoder import models, oracles
from seccoder.code.shards import Shard
from seccoder.codebase.codebase import Codebase
from seccoder.errors import UsageError
from seccoder.evaluation import manifest as manifests
from seccoder.evaluation import methods, samples
from seccoder.evaluation.arms import Arms, NothingToShow
from seccoder.evaluation.benchmarks.benchmark import Benchmark, versions
from seccoder.evaluation.checker import Checker
from seccoder.evaluation.manifest import Plan
from seccoder.evaluation.metrics import Prices
from seccoder.evaluation.results import Scores
from seccoder.evaluation.run_folder import (
    MANIFEST,
    SCORES,
    STAGES,
    Cell,
    Folder,
    Log,
    Record,
    cell_of,
    completion_json,
    keyed,
    locked,
    write_json,
)
from seccoder.evaluation.scores import score
from seccoder.prompts.continuation import Continuation
from seccoder.settings import Settings
from seccoder.types import CodeLM, Completion, Message, Prompt, SamplingSettings, Task

OnProgress = Callable[[int, int | None], None]  # samples checked, samples in all

AGAIN = 1_001  # the number from which a round of repair counts, so that it does not draw what was drawn before
CALL = 25  # samples per call of the model at most; a kill can cost the calls that are open


def evaluate(
    benchmark: Benchmark,
    settings: Settings,
    folder: Path,
    *,
    plan: Plan | None = None,
    redo: str | None = None,
    prices: Prices | None = None,
    on_progress: OnProgress | None = None,
) -> Scores:
    """Begin a run, or continue the one in the folder, and score it.

    Args:
        benchmark: What is measured.
        settings: Model, codebase ("" takes the benchmark's) and sampling; `seed` is that of the first repetition.
        folder: The folder of the run; it is made if need be.
        plan: Arms, samples, seeds and shard; arms are added to those there. If there are more samples or seeds than it
            asks for, the first of them are scored, and none is lost.
        redo: `extract` or `check` does that stage and those after it anew, `score` only scores; none of them samples.
        prices: What a million tokens cost, for figures in money.
        on_progress: Called with (samples checked, samples in all).

    Raises:
        UsageError: If the folder cannot be used for this, another process works on it, or an arm does not exist.
        SecCoderError: If the data, the codebase, the model or an oracle cannot be used.
    """
    spec = settings.codebase or benchmark.codebase
    with locked(folder), Codebase.open(spec) as codebase:
        this = manifests.identity(benchmark, codebase, spec, settings)
        arms = Arms(codebase, settings.k)
        plan = plan or Plan()
        plan = replace(plan, arms=plan.arms and methods.with_parents(plan.arms))
        arms.require(plan.arms or (), benchmark.tasks)
        manifest = manifests.begin(folder, this, benchmark, codebase, plan)
        if manifest["shard"]:
            benchmark = part(benchmark, Shard.parse(manifest["shard"]))
        for arm in manifest["arms"]:
            methods.size(arm, manifest["samples"])  # refuses what cannot be picked from
        write_json(folder / MANIFEST, manifest)  # only now, so that a plan that was refused leaves nothing behind
        run = _Run(benchmark, Folder(folder), manifest, on_progress)
        if redo is not None:
            run.forget(STAGES.index(redo))
        if redo != "score":
            run.complete(arms, settings, sampling=redo is None)
        scores = score(run.folder, manifest, benchmark, prices)
        write_json(folder / SCORES, scores.to_json())
        return scores


def part(benchmark: Benchmark, shard: Shard) -> Benchmark:
    """Return a benchmark with only the tasks of a shard. All that is done for a task is in one, so nothing is twice."""
    return replace(benchmark, tasks=tuple(task for task in benchmark.tasks if shard.holds(task.id)))


class _Run:
    """One run while it is worked on."""

    def __init__(self, benchmark: Benchmark, folder: Folder, manifest: Record, on_progress: OnProgress | None) -> None:
        self.folder = folder
        self._benchmark = benchmark
        self._manifest = manifest
        self._tasks = {task.id: task for task in benchmark.tasks}
        self._on_progress = on_progress
        self._lm: CodeLM | None = None
        self._agreed = False  # whether the oracles are those that checked before
        self._cells = cells(benchmark, manifest)
        self._made = made(manifest)
        stepped = [step for arm in manifest["arms"] if (step := methods.step(arm))]
        self._looked_at = {parent for step in stepped for parent in step.parents}.union(self._made)

    def forget(self, stage: int) -> None:
        """Drop the files of a stage and of those after it."""
        if stage <= STAGES.index("check"):
            self.folder.checks.clear()
            self.folder.looks.clear()
        if stage <= STAGES.index("extract"):
            self.folder.codes.clear()

    def complete(self, arms: Arms, settings: Settings, *, sampling: bool) -> None:
        """Sample and check what is missing, and then what methods write again."""
        work = self._missing() if sampling else {}
        try:
            requests: list[_Request] = []
            if work:
                prompts = self._prompts(arms, self._model(settings))
                requests = self._requests(prompts, {cell: spans for cell, spans in work.items() if cell in prompts})
            self._draw_and_check(requests, arms)
            for arm in self._made if sampling else ():
                if arm.endswith((methods.IMPORTS, methods.AIM)):
                    self.folder.samples.append(_copies(self._open(arm)))
                    self._draw_and_check([], arms)
                elif failed := self._open(arm):
                    self._draw_and_check(self._again(arm, failed, arms, self._model(settings)), arms)
        finally:
            if self._lm is not None:
                self._lm.close()

    def _model(self, settings: Settings) -> CodeLM:
        """Return the model, which is loaded once something is to be sampled."""
        if self._lm is None:
            self._lm = models.load(settings.model, threads=settings.threads)
            self._note(self._lm)
        return self._lm

    def _draw_and_check(self, requests: Sequence["_Request"], arms: Arms) -> None:
        """Draw what is asked for, and check it and what was left unchecked."""
        aimed = any(methods.AIM in arm for arm in self._looked_at)
        tasks = dict.fromkeys(task for task, _, _ in self._cells) if aimed else ()
        suspects = {task: arms.suspects(self._tasks[task]) for task in tasks}
        checker = Checker(self._benchmark, self.folder, self._looked_at, suspects, self._tell)
        pending = checker.pending()
        if not pending and not requests:
            return
        self._agree_on_oracles()
        with checker:
            checker.put(pending)
            if self._lm is not None and requests:
                for records in _sample(self._lm, requests, self._manifest):
                    self.folder.samples.append(records)
                    checker.put(records)

    def _open(self, arm: str) -> list[tuple[Cell, int, methods.Version]]:
        """Return what an arm has to work on and has not: cell, number and the version."""
        drawn = samples.stored(self.folder, self._benchmark)
        derived = methods.Methods(drawn, samples.looked(self.folder), self._manifest["samples"])
        cells = [(task, arm, seed) for task, of, seed in self._cells if of == methods.base(arm)]
        return [(cell, number, version) for cell in cells for number, version in derived.open(cell)]

    def _again(
        self, arm: str, failed: Sequence[tuple[Cell, int, methods.Version]], arms: Arms, lm: CodeLM
    ) -> list["_Request"]:
        """Return the requests for writing again, one for each version that failed."""
        step = methods.step(arm)
        assert step is not None  # noqa: S101 - asked for repairs only
        max_tokens = self._manifest["identity"]["settings"]["max_tokens"]
        shown = {cell_of(each): {hit["id"] for hit in each.get("hits", ())} for each in self.folder.prompts.records}
        requests = []
        for cell, number, version in failed:
            task = self._tasks[cell[0]]
            before = shown.get((cell[0], version.arm, cell[2]), set())
            prompt = arms.again(task, version.seen, before, lm, max_tokens, example=step.kind == "repair")
            requests.append(_Request(task, cell, prompt, number, 1))
        self._keep_shown(request.prompt for request in requests)
        return requests

    def _missing(self) -> dict[Cell, list[tuple[int, int]]]:
        """Return, by cell, the spans (first, count) of samples that are not there, each at most a call long."""
        without = {cell_of(each) for each in self.folder.prompts.records if "why_none" in each}
        there: dict[Cell, set[int]] = defaultdict(set)
        for record in self.folder.samples.records:
            there[cell_of(record)].add(record["sample"])
        work: dict[Cell, list[tuple[int, int]]] = {}
        for cell in (cell for cell in self._cells if cell not in without):
            absent = [number for number in range(self._manifest["samples"]) if number not in there[cell]]
            spans: list[tuple[int, int]] = []
            for number in absent:
                if spans and number == sum(spans[-1]) and spans[-1][1] < CALL:
                    spans[-1] = (spans[-1][0], spans[-1][1] + 1)
                else:
                    spans.append((number, 1))
            if spans:
                work[cell] = spans
        return work

    def _note(self, lm: CodeLM) -> None:
        """Write down what is known once the model is loaded."""
        if self._manifest["chat"] is None:
            self._manifest["chat"] = lm.chat
        if lm.arithmetic:
            self._manifest["commands"][-1]["arithmetic"] = lm.arithmetic
        write_json(self.folder.path / MANIFEST, self._manifest)

    def _prompts(self, arms: Arms, lm: CodeLM) -> dict[Cell, Prompt]:
        """Return every cell's prompt, and store new ones; a cell that can have none is left out.

        Raises:
            UsageError: If a stored prompt is not the one that is made now.
        """
        arms.require(self._manifest["arms"], self._benchmark.tasks)
        max_tokens = self._manifest["identity"]["settings"]["max_tokens"]
        stored = {cell_of(each): each for each in self.folder.prompts.records}
        prompts: dict[Cell, Prompt] = {}
        fresh: list[Record] = []
        for cell in self._cells:
            task, arm, seed = cell
            record: Record = {"task": task, "arm": arm, "seed": seed}
            try:
                prompt = arms.prompt(arm, self._tasks[task], seed, lm, max_tokens)
            except (NothingToShow, UsageError) as error:
                record["why_none"] = str(error)
            else:
                prompts[cell] = prompt
                record |= _prompt_json(prompt)
            if cell not in stored:
                fresh.append(record)
            elif _told_to_model(stored[cell]) != _told_to_model(record):
                commit = self._manifest["commands"][0].get("commit") or "unknown"
                raise UsageError(
                    f"the prompts in {self.folder.path} were made by another version of this program (commit {commit}; "
                    f"first: {task}, arm {arm}); continue with that one, or give --out another folder"
                )
        self._keep_shown(prompts.values())
        self.folder.prompts.append(fresh)
        return prompts

    def _keep_shown(self, prompts: Iterable[Prompt]) -> None:
        """Store the demonstrations in prompts, each once."""
        known = {each["id"] for each in self.folder.demonstrations.records}
        shown = {hit.demonstration.id: hit.demonstration for prompt in prompts for hit in prompt.hits}
        self.folder.demonstrations.append(each.to_json() for id_, each in shown.items() if id_ not in known)

    def _requests(self, prompts: dict[Cell, Prompt], work: dict[Cell, list[tuple[int, int]]]) -> list["_Request"]:
        return [
            _Request(self._tasks[cell[0]], cell, prompts[cell], first, count)
            for cell, spans in work.items()
            for first, count in spans
        ]

    def _agree_on_oracles(self) -> None:
        """Refuse to add checks to those of other versions.

        Raises:
            UsageError: If there are such; the message says what differs and what to do.
        """
        if self._agreed:
            return
        self._agree("oracles", self.folder.checks, self._benchmark.oracles())
        if self._looked_at:
            languages = {task.language for task in self._benchmark.tasks}
            self._agree("looked_by", self.folder.looks, versions(oracles.load(), languages))
        write_json(self.folder.path / MANIFEST, self._manifest)
        self._agreed = True

    def _agree(self, name: str, made: Log, now: dict[str, str]) -> None:
        before = self._manifest.get(name) or now
        if made.records and before != now:
            changed = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
            told = ", ".join(f"{name} {before.get(name, 'none')} then, {now.get(name, 'none')} now" for name in changed)
            raise UsageError(f"what is checked in {self.folder.path} was checked by others: {told}; use --redo check")
        self._manifest[name] = now

    def _tell(self) -> None:
        if self._on_progress:
            without = sum("why_none" in each for each in self.folder.prompts.records)
            written_again = sum(each["arm"] in self._made for each in self.folder.samples.records)
            in_all = (len(self._cells) - without) * self._manifest["samples"] + written_again
            self._on_progress(len(self.folder.checks.records), in_all)


def cells(benchmark: Benchmark, manifest: Record) -> list[Cell]:
    """Return all cells that a model is asked for, in the order in which it is."""
    first = manifest["identity"]["settings"]["seed"]
    return [
        (task.id, arm, seed)
        for seed in range(first, first + manifest["seeds"])
        for task in benchmark.tasks
        for arm in manifest["arms"]
        if methods.step(arm) is None
    ]


def made(manifest: Record) -> list[str]:
    """Return the arms with files of their own that are made from those of another arm, which comes before them."""
    return [arm for arm in manifest["arms"] if (step := methods.step(arm)) and step.kind != "pick"]


# --- sampling --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Request:
    """One call of the model: so many samples of a cell, from some number on."""

    task: Task
    cell: Cell
    prompt: Prompt
    first: int
    count: int


def _sample(lm: CodeLM, requests: Sequence[_Request], manifest: Record) -> Iterator[list[Record]]:
    """Yield the samples of each call as the calls finish."""
    base = manifests.sampling(manifest["identity"])

    def arguments(request: _Request) -> tuple[Prompt, int, SamplingSettings]:
        asked = Continuation.of(request.task.query(), chat=bool(request.prompt.messages))
        again = request.cell[1].count("+repair") * AGAIN
        settings = replace(base, seed=request.cell[2], first=request.first + again)
        settings = replace(settings, stop_at=asked.stop_at(), stop_when=asked.stop_when())
        return request.prompt, request.count, settings

    def records(request: _Request, completions: Sequence[Completion], seconds: float) -> list[Record]:
        share = seconds / max(1, len(completions))
        asked = _prompt_json(request.prompt) if methods.step(request.cell[1]) else {}  # each has a prompt of its own
        return [
            keyed((*request.cell, number), **completion_json(completion, share), **asked)
            for number, completion in enumerate(completions, start=request.first)
        ]

    for number, completions, seconds in lm.generate_all(arguments(request) for request in requests):
        yield records(requests[number], completions, seconds)


def _copies(versions: Iterable[tuple[Cell, int, methods.Version]]) -> Iterator[Record]:
    """Yield records of samples that another file is made from than before."""
    for cell, number, version in versions:
        completion = version.sample.completion
        hits: Record = {} if version.arm == methods.base(cell[1]) else {"hits": []}  # of the half without an example
        yield keyed((*cell, number), **completion_json(completion, completion.seconds), **hits)


def _prompt_json(prompt: Prompt) -> Record:
    return {
        "prompt": prompt.text,
        "messages": [_message_json(message) for message in prompt.messages],
        "hits": [{"id": hit.demonstration.id, "score": round(hit.score, 6), "rank": hit.rank} for hit in prompt.hits],
        "notes": list(prompt.notes),
    }


def _message_json(message: Message) -> Record:
    return {"role": message.role, "content": message.content}


def _told_to_model(record: Record) -> object:
    """Return what a stored prompt tells the model, or why the model is told nothing."""
    return record.get("why_none") or (record["prompt"], record["messages"])
