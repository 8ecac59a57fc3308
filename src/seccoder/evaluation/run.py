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

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seccoder import models
from seccoder.codebase.codebase import Codebase
from seccoder.errors import UsageError
from seccoder.evaluation import manifest as manifests
from seccoder.evaluation.arms import Arms, NothingToShow
from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.manifest import Plan
from seccoder.evaluation.metrics import Prices
from seccoder.evaluation.results import Scores
from seccoder.evaluation.run_folder import (
    MANIFEST,
    SCORES,
    STAGES,
    Cell,
    Folder,
    Key,
    Record,
    cell_of,
    completion_json,
    key_of,
    keyed,
    locked,
    write_json,
)
from seccoder.evaluation.scores import score
from seccoder.prompts.continuation import Continuation
from seccoder.settings import Settings
from seccoder.types import CodeLM, Completion, Message, Prompt, SamplingSettings, Source, Task

OnProgress = Callable[[int, int | None], None]  # samples checked, samples in all

CALL = 25  # samples per call of the model at most; a kill can cost the calls that are open
CHECKED_TOGETHER = 16  # sources per call of the oracles, which is how often progress is reported


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
        plan: Arms, samples and seeds; arms are added to those there. If there are more samples or seeds than it asks
            for, the first of them are scored, and none is lost.
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
        arms.require(plan.arms or (), benchmark.tasks)
        manifest = manifests.begin(folder, this, benchmark, codebase, plan)
        run = _Run(benchmark, Folder(folder), manifest, on_progress)
        if redo is not None:
            run.forget(STAGES.index(redo))
        if redo != "score":
            run.complete(arms, settings, sampling=redo is None)
        scores = score(run.folder, manifest, benchmark, prices)
        write_json(folder / SCORES, scores.to_json())
        return scores


class _Run:
    """One run while it is worked on."""

    def __init__(self, benchmark: Benchmark, folder: Folder, manifest: Record, on_progress: OnProgress | None) -> None:
        self.folder = folder
        self._benchmark = benchmark
        self._manifest = manifest
        self._tasks = {task.id: task for task in benchmark.tasks}
        self._on_progress = on_progress
        first = manifest["identity"]["settings"]["seed"]
        self._cells: list[Cell] = [
            (task.id, arm, seed)
            for seed in range(first, first + manifest["seeds"])
            for task in benchmark.tasks
            for arm in manifest["arms"]
        ]

    def forget(self, stage: int) -> None:
        """Drop the files of a stage and of those after it."""
        if stage <= STAGES.index("check"):
            self.folder.checks.clear()
        if stage <= STAGES.index("extract"):
            self.folder.codes.clear()

    def complete(self, arms: Arms, settings: Settings, *, sampling: bool) -> None:
        """Sample and check what is missing."""
        work = self._missing() if sampling else {}
        lm = None
        try:
            if work:
                lm = models.load(settings.model, threads=settings.threads)
                self._note(lm)
                prompts = self._prompts(arms, lm)
                work = {cell: spans for cell, spans in work.items() if cell in prompts}
            checker = _Checker(self._benchmark, self.folder, self._manifest["chat"], self._tell)
            pending = checker.pending()
            if not pending and not work:
                return
            self._agree_on_oracles()
            with checker:
                checker.put(pending)
                if lm is not None and work:
                    for records in _sample(lm, self._requests(prompts, work), self._manifest):
                        self.folder.samples.append(records)
                        checker.put(records)
        finally:
            if lm is not None:
                lm.close()

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
        known = {each["id"] for each in self.folder.demonstrations.records}
        prompts: dict[Cell, Prompt] = {}
        fresh: list[Record] = []
        shown: list[Record] = []
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
                for hit in prompt.hits:
                    if hit.demonstration.id not in known:
                        known.add(hit.demonstration.id)
                        shown.append(hit.demonstration.to_json())
            if cell not in stored:
                fresh.append(record)
            elif _told_to_model(stored[cell]) != _told_to_model(record):
                commit = self._manifest["commands"][0].get("commit") or "unknown"
                raise UsageError(
                    f"the prompts in {self.folder.path} were made by another version of this program (commit {commit}; "
                    f"first: {task}, arm {arm}); continue with that one, or give --out another folder"
                )
        self.folder.demonstrations.append(shown)
        self.folder.prompts.append(fresh)
        return prompts

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
        now = self._benchmark.oracles()
        before = self._manifest["oracles"] or now
        if self.folder.checks.records and before != now:
            changed = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
            told = ", ".join(f"{name} {before.get(name, 'none')} then, {now.get(name, 'none')} now" for name in changed)
            raise UsageError(f"what is checked in {self.folder.path} was checked by others: {told}; use --redo check")
        self._manifest["oracles"] = now
        write_json(self.folder.path / MANIFEST, self._manifest)

    def _tell(self) -> None:
        if self._on_progress:
            without = sum("why_none" in each for each in self.folder.prompts.records)
            self._on_progress(len(self.folder.checks.records), (len(self._cells) - without) * self._manifest["samples"])


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
        asked = Continuation.of(request.task.query(), chat=lm.chat)
        settings = replace(base, seed=request.cell[2], first=request.first)
        settings = replace(settings, stop_at=asked.stop_at(), stop_when=asked.stop_when())
        return request.prompt, request.count, settings

    def records(request: _Request, completions: Sequence[Completion], seconds: float) -> list[Record]:
        share = seconds / max(1, len(completions))
        return [
            keyed((*request.cell, number), **completion_json(completion, share))
            for number, completion in enumerate(completions, start=request.first)
        ]

    for number, completions, seconds in lm.generate_all(arguments(request) for request in requests):
        yield records(requests[number], completions, seconds)


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


# --- extracting and checking -----------------------------------------------------------------------------------------


class _Checker:
    """Extracts and checks samples in a thread of its own; the end of the `with` block waits until all is done."""

    def __init__(self, benchmark: Benchmark, folder: Folder, chat: bool, tell: Callable[[], None]) -> None:
        self._benchmark = benchmark
        self._tasks = {task.id: task for task in benchmark.tasks}
        self._folder = folder
        self._chat = chat
        self._continuations: dict[str, Continuation] = {}
        self._tell = tell
        self._codes: dict[Key, str] = {key_of(each): each["code"] for each in folder.codes.records}
        self._known: dict[tuple[str, str], list[Record]] = {}  # by task and code
        for each in folder.checks.records:
            self._known[each["task"], self._codes.get(key_of(each), "")] = each["checks"]
        self._queue: queue.SimpleQueue[Record | None] = queue.SimpleQueue()
        self._error: BaseException | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="check", daemon=True)

    def pending(self) -> list[Record]:
        """Return the samples that were not checked."""
        checked = {key_of(each) for each in self._folder.checks.records}
        return [each for each in self._folder.samples.records if key_of(each) not in checked]

    def put(self, samples: Sequence[Record]) -> None:
        """Hand over samples.

        Raises:
            Exception: What ended the checking, if something did.
        """
        if self._error is not None:
            raise self._error
        for sample in samples:
            self._queue.put(sample)

    def __enter__(self) -> "_Checker":
        self._tell()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and not issubclass(kind, Exception):
            self._stop.set()  # when interrupted, it finishes what is being checked and begins nothing new
        self._queue.put(None)
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def _work(self) -> None:
        try:
            while batch := self._next():
                self._check(batch)
        except BaseException as error:  # the calling thread raises this
            self._error = error

    def _next(self) -> list[Record]:
        """Return what waits, at least one sample and at most a batch; nothing at the end."""
        batch: list[Record] = []
        while len(batch) < CHECKED_TOGETHER and not self._stop.is_set():
            try:
                sample = self._queue.get(block=not batch)
            except queue.Empty:
                break
            if sample is None:
                self._queue.put(None)  # for the next call
                break
            batch.append(sample)
        return batch

    def _continuation(self, task: str) -> Continuation:
        if task not in self._continuations:
            self._continuations[task] = Continuation.of(self._tasks[task].query(), chat=self._chat)
        return self._continuations[task]

    def _check(self, batch: Sequence[Record]) -> None:
        fresh = [each for each in batch if key_of(each) not in self._codes]
        for each in fresh:
            self._codes[key_of(each)] = self._continuation(each["task"]).file(each["text"])
        self._folder.codes.append(keyed(key_of(each), code=self._codes[key_of(each)]) for each in fresh)
        contents = [(each["task"], self._codes[key_of(each)]) for each in batch]
        new = [content for content in dict.fromkeys(contents) if content not in self._known]
        answers = self._benchmark.check([_source(self._tasks[task], code) for task, code in new])
        for content, checks in zip(new, answers, strict=True):
            self._known[content] = [check.to_json() for check in checks]
        self._folder.checks.append(
            keyed(key_of(each), checks=self._known[content]) for each, content in zip(batch, contents, strict=True)
        )
        self._tell()


def _source(task: Task, code: str) -> Source:
    return Source(code, task.language, task.cwe, task)
