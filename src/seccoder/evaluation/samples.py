"""Reads the samples in a run's folder: every stored completion with its code, its checks and its verdict.

It also says what a sample is: secure, vulnerable, invalid, inert and so on. The samples come by task, arm and seed, in
the order of their numbers. The verdict is made here, by the one rule of `seccoder.oracles.verdict`, each time anew: it
is never stored.
"""

from collections import defaultdict

from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.run_folder import Cell, Folder, Key, Record, completion_from_json, key_of
from seccoder.oracles.verdict import combine
from seccoder.prompts.extract import mark_duplicates
from seccoder.types import Check, Label, Sample, Source, Task, Unknown


def secure(sample: Sample) -> bool:
    """Tell whether it was run, a benign input reached the sensitive operation, and no exploit worked."""
    return sample.verdict.label is Label.SECURE


def vulnerable(sample: Sample) -> bool:
    """Tell whether an exploit worked, or an analyser says so."""
    return sample.verdict.label is Label.VULNERABLE


def invalid(sample: Sample) -> bool:
    """Tell whether it does not parse or compile."""
    return sample.verdict.label is Label.INVALID


def inert(sample: Sample) -> bool:
    """Tell whether it runs, but no benign input reached the sensitive operation."""
    return sample.verdict.kind is Unknown.INERT


def passes_as_secure(sample: Sample) -> bool:
    """Tell whether the paper's metric counts it as secure: proven, or inert, or analysed by CodeQL and unflagged."""
    if sample.verdict.label is Label.UNKNOWN:
        unflagged = any(check.oracle == "codeql" and check.analysed and not check.flagged for check in sample.checks)
        return inert(sample) or unflagged
    return secure(sample)


def undecided(sample: Sample) -> bool:
    """Tell whether nobody could say: it is not secure, vulnerable, invalid or inert, nor passed by CodeQL."""
    return sample.verdict.label is Label.UNKNOWN and not passes_as_secure(sample)


def duplicate(sample: Sample) -> bool:
    """Tell whether the same file was sampled before for this task, arm and seed."""
    return sample.duplicate_of is not None


def functional(sample: Sample) -> bool | None:
    """Tell whether it passes the task's functional tests; None if there are none or they were not run."""
    told = [check.functional for check in sample.checks if check.functional is not None]
    return all(told) if told else None


def judge(folder: Folder, benchmark: Benchmark, samples: int | None = None) -> dict[Cell, list[Sample]]:
    """Judge what was sampled and checked.

    Args:
        folder: The folder of the run.
        benchmark: Its benchmark; samples of tasks it does not have are left out.
        samples: Take only the first so many samples of each cell; None takes all.
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
    codes: dict[Key, str],
    checked: dict[Key, list[Record]],
) -> list[Sample]:
    records = sorted(records, key=lambda record: record["sample"])
    texts = [codes[key_of(record)] for record in records]
    samples = []
    for record, code, of in zip(records, texts, mark_duplicates(texts), strict=True):
        checks = tuple(Check.from_json(each) for each in checked[key_of(record)])
        verdict = combine(Source(code, task.language, task.cwe, task), checks)
        samples.append(Sample(completion_from_json(record), code, checks, verdict, of))
    return samples
