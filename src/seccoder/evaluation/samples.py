"""Reads the samples in a run's folder: every stored completion with its code, its checks and its verdict.

It also says what a sample is: secure, vulnerable, invalid, inert and so on. The samples come by task, arm and seed, in
the order of their numbers. The verdict is made here, by the one rule of `seccoder.oracles.verdict`, each time anew: it
is never stored.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.methods import Look, Methods, base, step
from seccoder.evaluation.run_folder import Cell, Folder, Key, completion_from_json, key_of
from seccoder.oracles.verdict import combine
from seccoder.prompts.extract import mark_duplicates
from seccoder.types import Check, Label, Sample, Source, Unknown


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


def judge(folder: Folder, benchmark: Benchmark, arms: Sequence[str], count: int) -> dict[Cell, list[Sample]]:
    """Judge what was sampled and checked.

    Args:
        folder: The folder of the run.
        benchmark: Its benchmark; samples of tasks it does not have are left out.
        arms: The arms; those of methods are derived.
        count: Take only the first so many samples of each cell.
    """
    drawn = stored(folder, benchmark)
    methods = Methods(drawn, looked(folder), count)
    cells: dict[Cell, list[Sample]] = defaultdict(list)
    for key, sample in drawn.items():
        if step(key[1]) is None and key[3] < count:
            cells[key[:3]].append(sample)
    for arm in arms:
        if step(arm) is not None:
            for task, of, seed in list(cells):
                if of == base(arm) and (results := methods.results((task, arm, seed))):
                    cells[task, arm, seed] = results
    return {cell: _marked(samples) for cell, samples in cells.items()}


def stored(folder: Folder, benchmark: Benchmark) -> dict[Key, Sample]:
    """Return every sample that was drawn and checked, in the order of their numbers."""
    tasks = {task.id: task for task in benchmark.tasks}
    codes = {key_of(each): each["code"] for each in folder.codes.records}
    checked = {key_of(each): each["checks"] for each in folder.checks.records}
    found = {}
    for record in sorted(folder.samples.records, key=lambda record: record["sample"]):
        key = key_of(record)
        if key in codes and key in checked and key[0] in tasks:
            task, code = tasks[key[0]], codes[key]
            checks = tuple(Check.from_json(each) for each in checked[key])
            verdict = combine(Source(code, task.language, task.cwe, task), checks)
            found[key] = Sample(completion_from_json(record), code, checks, verdict)
    return found


def looked(folder: Folder) -> dict[Key, Look]:
    """Return what a user sees of the samples that methods begin with."""
    return {
        key_of(each): Look(
            tuple(Check.from_json(check) for check in each["checks"]), each["answers"], tuple(each.get("unmet", ()))
        )
        for each in folder.looks.records
    }


def _marked(samples: Sequence[Sample]) -> list[Sample]:
    marks = mark_duplicates([sample.code for sample in samples])
    return [replace(sample, duplicate_of=mark) for sample, mark in zip(samples, marks, strict=True)]
