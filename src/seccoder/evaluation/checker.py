"""Extracts and checks what a run has sampled, in a thread of its own; each step appends to the run's folder.

Identical files of one task are checked once, in one run and in those that continue it.
"""

import queue
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Self

from seccoder.codebase.jsonl import from_json
from seccoder.evaluation import methods
from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.run_folder import Folder, Key, Record, cell_of, key_of, keyed
from seccoder.prompts.continuation import Continuation
from seccoder.sandbox import parallel
from seccoder.types import Demonstration, Source, Task

_SEEN = ("checks", "answers", "unmet")
CHECKED_TOGETHER = 16  # sources per call of the oracles, which is how often progress is reported


class Checker:
    """Extracts and checks samples in a thread of its own; the end of the `with` block waits until all is done.

    Args:
        benchmark: The benchmark, which judges.
        folder: Where samples are read and what is found is written.
        looked_at: The arms whose samples are seen as a user sees them as well, because methods need it.
        suspects: By the id of a task the weaknesses to look for in what is written for it, where a method aims.
        tell: Called after each batch.
    """

    def __init__(
        self,
        benchmark: Benchmark,
        folder: Folder,
        looked_at: Collection[str],
        suspects: Mapping[str, Sequence[str]],
        tell: Callable[[], None],
    ) -> None:
        self._benchmark = benchmark
        self._looked_at = looked_at
        self._suspects = suspects
        self._tasks = {task.id: task for task in benchmark.tasks}
        self._folder = folder
        # Where the model was asked in messages, its answer is read as one to them.
        self._in_messages = {cell_of(each) for each in folder.prompts.records if each.get("messages")}
        self._hits = {cell_of(each): each.get("hits", ()) for each in folder.prompts.records}
        self._continuations: dict[tuple[str, bool], Continuation] = {}
        self._tell = tell
        self._codes: dict[Key, str] = {key_of(each): each["code"] for each in folder.codes.records}
        self._known: dict[tuple[str, str], list[Record]] = {}  # by task and code
        for each in folder.checks.records:
            self._known[each["task"], self._codes.get(key_of(each), "")] = each["checks"]
        self._looks: dict[tuple[str, str, bool], Record] = {}
        for each in folder.looks.records:
            seen = {n: each.get(n, []) for n in _SEEN}
            self._looks[each["task"], self._codes.get(key_of(each), ""), methods.AIM in each["arm"]] = seen
        self._checked = {key_of(each) for each in folder.checks.records}
        self._seen = {key_of(each) for each in folder.looks.records}
        self._queue: queue.SimpleQueue[Record | None] = queue.SimpleQueue()
        self._error: BaseException | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="check", daemon=True)

    def pending(self) -> list[Record]:
        """Return the samples that were not checked, or not looked at."""
        return [
            each
            for each in self._folder.samples.records
            if key_of(each) not in self._checked or (each["arm"] in self._looked_at and key_of(each) not in self._seen)
        ]

    def put(self, samples: Sequence[Record]) -> None:
        """Hand over samples.

        Raises:
            Exception: What ended the checking, if something did.
        """
        if self._error is not None:
            raise self._error
        for sample in samples:
            self._queue.put(sample)

    def __enter__(self) -> Self:
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
        while len(batch) < parallel.enough(CHECKED_TOGETHER) and not self._stop.is_set():
            try:
                sample = self._queue.get(block=not batch)
            except queue.Empty:
                break
            if sample is None:
                self._queue.put(None)  # for the next call
                break
            batch.append(sample)
        return batch

    @cached_property
    def _demonstrations(self) -> dict[str, Demonstration]:
        return {each["id"]: from_json(each) for each in self._folder.demonstrations.records}

    def _continuation(self, sample: Record) -> Continuation:
        task, arm, seed = cell_of(sample)
        chat = (task, methods.base(arm), seed) in self._in_messages
        if (task, chat) not in self._continuations:
            self._continuations[task, chat] = Continuation.of(self._tasks[task].query(), chat=chat)
        return self._continuations[task, chat]

    def _shown(self, sample: Record) -> list[Demonstration]:
        """Return the demonstrations that a sample's prompt showed; what is written again has a prompt of its own."""
        task, arm, seed = cell_of(sample)
        hits = sample["hits"] if "hits" in sample else self._hits.get((task, methods.base(arm), seed), ())
        return [self._demonstrations[hit["id"]] for hit in hits]

    def _check(self, batch: Sequence[Record]) -> None:
        fresh = [each for each in batch if key_of(each) not in self._codes]
        for each in fresh:
            continuation = self._continuation(each)
            if methods.IMPORTS in each["arm"]:
                code = continuation.finished(each["text"], self._shown(each))
            else:
                code = continuation.file(each["text"])
            self._codes[key_of(each)] = code
        self._folder.codes.append(keyed(key_of(each), code=self._codes[key_of(each)]) for each in fresh)
        contents = {key_of(each): (each["task"], self._codes[key_of(each)]) for each in batch}
        self._judge(contents)
        self._look({key: content for key, content in contents.items() if key[1] in self._looked_at})
        self._tell()

    def _judge(self, contents: Mapping[Key, tuple[str, str]]) -> None:
        new = [content for content in dict.fromkeys(contents.values()) if content not in self._known]
        answers = self._benchmark.check([_source(self._tasks[task], code) for task, code in new])
        for content, checks in zip(new, answers, strict=True):
            self._known[content] = [check.to_json() for check in checks]
        fresh = [key for key in contents if key not in self._checked]
        self._folder.checks.append(keyed(key, checks=self._known[contents[key]]) for key in fresh)
        self._checked.update(fresh)

    def _look(self, contents: Mapping[Key, tuple[str, str]]) -> None:
        wanted = {key: (*content, methods.AIM in key[1]) for key, content in contents.items()}
        new = [each for each in dict.fromkeys(wanted.values()) if each not in self._looks]
        sources = [_source(self._tasks[task], code) for task, code, _ in new]
        suspects = [self._suspects[task] if aimed else () for task, _, aimed in new]
        for content, look in zip(new, methods.looks(sources, suspects), strict=True):
            seen_checks = [each.to_json() for each in look.checks]
            self._looks[content] = dict(zip(_SEEN, (seen_checks, dict(look.answers), list(look.unmet)), strict=True))
        fresh = [key for key in contents if key not in self._seen]
        self._folder.looks.append(keyed(key, **self._looks[wanted[key]]) for key in fresh)
        self._seen.update(fresh)


def _source(task: Task, code: str) -> Source:
    return Source(code, task.language, task.cwe, task)
