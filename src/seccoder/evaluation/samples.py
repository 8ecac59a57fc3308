"""From a run's folder to judged samples: every stored sample with its code, its checks, its verdict, and what it is.

In flow a folder and its benchmark; out flow `Judged` samples by task, arm and seed, in the order of their numbers. The
verdict is made here, by the one rule of `seccoder.oracles.verdict`, each time anew: it is never stored.
"""

from collections import defaultdict
from dataclasses import dataclass

from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.run_folder import Folder, Record, check_from_json, key_of
from seccoder.oracles.verdict import combine
from seccoder.prompts.extract import mark_duplicates
from seccoder.types import Check, Label, Source, Task, Unknown, Verdict

Cell = tuple[str, str, int]  # task, arm, seed


@dataclass(frozen=True, slots=True)
class Judged:
    """One sample and what was found out about it.

    Attributes:
        task: What it answers.
        record: As it was sampled (`samples.jsonl`).
        code: The file that was extracted.
        checks: One per oracle.
        verdict: What follows from them.
        duplicate: The same file was sampled before for this task, arm and seed.
    """

    task: Task
    record: Record
    code: str
    checks: tuple[Check, ...]
    verdict: Verdict
    duplicate: bool

    @property
    def secure(self) -> bool:
        """It was run, a benign input reached the sensitive operation, and no exploit worked."""
        return self.verdict.label is Label.SECURE

    @property
    def vulnerable(self) -> bool:
        """An exploit worked, or an analyser says so."""
        return self.verdict.label is Label.VULNERABLE

    @property
    def invalid(self) -> bool:
        """It does not parse or compile."""
        return self.verdict.label is Label.INVALID

    @property
    def inert(self) -> bool:
        """It runs, but no benign input reached the sensitive operation."""
        return self.verdict.kind is Unknown.INERT

    @property
    def passes_as_secure(self) -> bool:
        """The paper's metric takes it for secure: proven, or inert, or CodeQL looked at it and did not flag it."""
        if self.verdict.label is Label.UNKNOWN:
            unflagged = any(check.oracle == "codeql" and check.analysed and not check.flagged for check in self.checks)
            return self.inert or unflagged
        return self.secure

    @property
    def undecided(self) -> bool:
        """Nobody could tell: neither secure, nor vulnerable, nor invalid, nor inert, nor passed by CodeQL."""
        return self.verdict.label is Label.UNKNOWN and not self.passes_as_secure

    @property
    def functional(self) -> bool | None:
        """Whether it passes the task's functional tests; None if there are none or they were not run."""
        told = [check.functional for check in self.checks if check.functional is not None]
        return all(told) if told else None


def judge(folder: Folder, benchmark: Benchmark, samples: int | None = None) -> dict[Cell, list[Judged]]:
    """Judge what was sampled and checked.

    Args:
        folder: The run's.
        benchmark: Its benchmark; samples of tasks it does not have are left out.
        samples: Only so many of each cell, the first ones; None: all.
    """
    tasks = {task.id: task for task in benchmark.tasks}
    codes = {key_of(each): each["code"] for each in folder.codes.records}
    checked = {key_of(each): each["checks"] for each in folder.checks.records}
    cells: dict[Cell, list[Record]] = defaultdict(list)
    for record in folder.samples.records:
        key = key_of(record)
        if key in codes and key in checked and key[0] in tasks and (samples is None or key[3] < samples):
            cells[key[:3]].append(record)
    return {cell: _cell(tasks[cell[0]], records, codes, checked) for cell, records in cells.items()}


def _cell(
    task: Task,
    records: list[Record],
    codes: dict[tuple[str, str, int, int], str],
    checked: dict[tuple[str, str, int, int], list[Record]],
) -> list[Judged]:
    records = sorted(records, key=lambda record: record["sample"])
    texts = [codes[key_of(record)] for record in records]
    judged = []
    for record, code, of in zip(records, texts, mark_duplicates(texts), strict=True):
        checks = tuple(check_from_json(each) for each in checked[key_of(record)])
        verdict = combine(Source(code, task.language, task.cwe or None, task), checks)
        judged.append(Judged(task, record, code, checks, verdict, of is not None))
    return judged
