"""Methods: what is picked and written again, at which cost, by what a user sees; and how a run derives them."""

import json
from dataclasses import replace

import pytest

import tiny_benchmark
from seccoder import sandbox
from seccoder.errors import UsageError
from seccoder.evaluation import methods
from seccoder.evaluation.manifest import Plan
from seccoder.evaluation.methods import Look, Methods
from seccoder.evaluation.run import evaluate
from seccoder.settings import Settings
from seccoder.types import Check, Completion, Finding, Label, Sample, Verdict
from tiny_benchmark import benchmark

PROVEN = Check("executed", "1", "executed", True, valid=True, exercised=True)
INERT = Check("executed", "1", "executed", True, valid=True, exercised=False)
EXPLOITED = Check(
    "executed", "1", "executed", True, flagged=True, findings=(Finding("executed", "x", "CWE-89", 2, "told apart"),)
)
NOTED = replace(PROVEN, findings=(Finding("executed", "x", "CWE-170", 2, "no end is left room for"),))
UNSEEN = Check("syntax", "1", "static", True, valid=True)


def cell(*seen, arm="none", answers=()):
    """Samples of one cell: what a user sees of each, and what it answers to its one call."""
    samples, looks = {}, {}
    for number, check in enumerate(seen):
        completion = Completion(f"{arm} {number}", number, "stop", 100, 10 + number, 1.0)
        samples["t", arm, 0, number] = Sample(completion, f"{arm} {number}", (), Verdict(Label.UNKNOWN, None, None, ""))
        answered = {"call": answers[number]} if answers and answers[number] else {}
        looks["t", arm, 0, number] = Look((check,), answered)
    return samples, looks


def results(arm, cells, count=4):
    samples = {key: sample for made, _ in cells for key, sample in made.items()}
    looks = {key: look for _, made in cells for key, look in made.items()}
    found = Methods(samples, looks, count).results(("t", arm, 0))
    return [(each.code, each.completion.prompt_tokens, each.completion.tokens) for each in found]


class TestPick:
    def test_the_proven_one_is_kept_and_nothing_is_drawn_after_it(self):
        drawn = cell(EXPLOITED, PROVEN, UNSEEN, PROVEN)
        assert results("none+pick4", [drawn]) == [("none 1", 200, 21)]

    def test_one_that_is_proven_and_has_a_finding_all_the_same_is_drawn_on_after(self):
        assert results("none+pick4", [cell(NOTED, UNSEEN, UNSEEN, PROVEN)]) == [("none 3", 400, 46)]
        assert results("none+pick4", [cell(NOTED, UNSEEN, UNSEEN, UNSEEN)]) == [("none 0", 400, 46)]

    def test_each_group_gives_one_result(self):
        drawn = cell(EXPLOITED, UNSEEN, INERT, EXPLOITED)
        assert results("none+pick2", [drawn]) == [("none 1", 200, 21), ("none 2", 200, 25)]

    def test_of_equal_verdicts_the_answer_of_most_is_kept(self):
        drawn = cell(UNSEEN, UNSEEN, EXPLOITED, UNSEEN, answers=("a", "b", "b", "b"))
        assert results("none+pick4", [drawn]) == [("none 1", 400, 46)]

    def test_one_that_answers_nothing_agrees_with_nobody(self):
        drawn = cell(UNSEEN, UNSEEN, UNSEEN, UNSEEN, answers=("", "", "b", "b"))
        assert results("none+pick4", [drawn])[0][0] == "none 2"

    def test_a_stronger_verdict_wins_over_agreement(self):
        drawn = cell(INERT, INERT, UNSEEN, INERT, answers=("a", "a", "c", "a"))
        assert results("none+pick4", [drawn])[0][0] == "none 2"

    def test_but_not_with_one_that_answers_nothing_where_others_do(self):
        assert results("none+pick4", [cell(INERT, INERT, PROVEN, UNSEEN, answers=("a", "b", "", ""))])[0][0] == "none 0"
        assert results("none+pick2", [cell(EXPLOITED, UNSEEN, answers=("a", ""))])[0][0] == "none 1"

    def test_a_group_that_is_not_whole_gives_nothing_unless_what_is_there_decides(self):
        assert results("none+pick4", [cell(UNSEEN, UNSEEN)]) == []
        assert results("none+pick4", [cell(UNSEEN, PROVEN)]) == [("none 1", 200, 21)]


class TestHalves:
    def test_those_with_an_example_come_first_and_the_others_are_of_none(self):
        shown, plain = cell(EXPLOITED, UNSEEN, UNSEEN, arm="hybrid"), cell(PROVEN, PROVEN, UNSEEN)
        assert results("hybrid+none+pick4", [shown, plain]) == [("none 0", 400, 42)]
        assert results("hybrid+none+pick3", [shown, plain], 2) == [("none 0", 300, 31)]

    def test_nothing_is_drawn_without_an_example_if_one_with_it_is_proven(self):
        drawn = [cell(UNSEEN, PROVEN, arm="hybrid"), cell(PROVEN, PROVEN)]
        assert results("hybrid+none+pick4", drawn) == [("hybrid 1", 200, 21)]
        assert results("hybrid+none+pick4", drawn[:1]) == [("hybrid 1", 200, 21)]

    def test_all_samples_of_both_are_used_and_each_once(self):
        drawn = [cell(INERT, INERT, UNSEEN, INERT, arm="hybrid"), cell(UNSEEN, INERT, INERT, INERT)]
        assert [code for code, *_ in results("hybrid+none+pick4", drawn)] == ["none 0", "hybrid 2"]
        assert methods.size("hybrid+none+pick4", 4) == 2

    def test_steps_before_picking_are_done_with_either_half(self):
        assert methods.with_parents(["hybrid+none+imports+pick4"]) == (
            "hybrid", "hybrid+imports", "none", "none+imports", "hybrid+none+imports+pick4",
        )  # fmt: skip
        assert methods.base("hybrid+none+imports+pick4+repair") == "hybrid"

    def test_too_few_samples_of_either_are_refused(self):
        with pytest.raises(UsageError, match=r"needs at least 5 samples of hybrid; there are 4"):
            methods.size("hybrid+none+pick10", 4)

    def test_no_sample_counts_for_both_halves(self):
        with pytest.raises(UsageError, match=r"takes both halves from none\+imports"):
            methods.size("none+none+imports+pick4", 10)


class TestRepair:
    def test_the_better_version_counts_at_the_cost_of_both(self):
        drawn = cell(EXPLOITED, PROVEN, EXPLOITED)
        again = cell(PROVEN, UNSEEN, EXPLOITED, arm="none+repair")
        assert results("none+repair", [drawn, again], 3) == [
            ("none+repair 0", 200, 20),
            ("none 1", 100, 11),  # it had not failed
            ("none 2", 200, 24),
        ]

    def test_what_is_not_written_again_yet_is_missing(self):
        assert [code for code, *_ in results("none+repair", [cell(EXPLOITED, PROVEN)], 2)] == ["none 1"]

    def test_only_what_failed_and_was_not_written_again_is_to_be_written(self):
        samples, looks = cell(EXPLOITED, PROVEN, INERT, UNSEEN)
        again, seen = cell(PROVEN, arm="none+repair")
        found = Methods(samples | again, looks | seen, 4).open(("t", "none+repair", 0))
        assert [number for number, _ in found] == [2]

    def test_steps_follow_one_another(self):
        drawn = cell(EXPLOITED, EXPLOITED)
        again = cell(PROVEN, arm="none+pick2+repair")
        assert results("none+pick2+repair", [drawn, again], 2) == [("none+pick2+repair 0", 300, 31)]


class TestNames:
    def test_a_method_brings_what_it_is_derived_from(self):
        every = methods.with_parents(["hybrid+pick5+repair", "none"])
        assert every == ("hybrid", "hybrid+pick5", "hybrid+pick5+repair", "none")

    def test_a_plus_in_a_file_name_is_no_step(self):
        assert methods.step("file:c++.md") is None
        assert methods.base("file:c++.md+pick5") == "file:c++.md"

    def test_more_than_there_are_cannot_be_picked_from(self):
        assert methods.size("none+pick5+repair", 10) == 2
        with pytest.raises(UsageError, match=r"the arm none\+pick10 needs at least 10 samples of none; there are 4"):
            methods.size("none+pick10", 4)


ANSWERS = (
    '    return db.execute("select * from t where name = \'" + name + "\'").fetchall() # bad\n',
    '    return db.execute("select * from t where name = ?", (name,)).fetchall() # safe\n',
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("methods")


@pytest.fixture(scope="module")
def measure(folder):
    (folder / "answers.json").write_text(json.dumps(ANSWERS))
    base = tiny_benchmark.codebase(folder / "base.sqlite")
    settings = Settings(model=f"fake:{folder / 'answers.json'}", codebase=base)

    def measure(*arms, **more):
        task = replace(tiny_benchmark.TASKS[0], prompt="import sqlite3\n\n\ndef find(db: sqlite3.Connection, name):\n")
        tiny = benchmark(tasks=(task,))
        return evaluate(tiny, settings, folder / "run", plan=Plan(arms or None, samples=2, seeds=1), **more)

    return measure


@pytest.fixture(scope="module")
def scores(measure):
    return measure("none+pick2", "none+repair")


@pytest.mark.skipif(sandbox.unavailable() is not None, reason="the sandbox is not available")
class TestRun:
    @staticmethod
    def value(scores, arm, metric):
        (row,) = [row for row in scores.results if (row.target, row.arm, row.label) == ("tiny", arm, metric)]
        return row.value

    def test_a_run_derives_its_methods(self, scores):
        assert scores.run["arms"] == ["none", "none+pick2", "none+repair"]
        assert [self.value(scores, arm, "proven") for arm in scores.run["arms"]] == [0.5, 1.0, 1.0]
        assert not [each for each in scores.skipped if "not there yet" in each.reason]

    def test_what_failed_is_told_what_was_found_and_shown_an_example_for_it(self, scores, folder):
        lines = [json.loads(line) for line in (folder / "run" / "samples.jsonl").read_text().splitlines()]
        (again,) = [line for line in lines if line["arm"] == "none+repair"]
        assert again["sample"] == 0
        assert "# A first version failed. Checking it showed a weakness: CWE-89" in again["prompt"]
        shown = [json.loads(line) for line in (folder / "run" / "demonstrations.jsonl").read_text().splitlines()]
        (example,) = [each for each in shown if each["id"] == again["hits"][0]["id"]]
        assert example["cwes"] == ["CWE-89"] and example["language"] == "python"

    def test_a_step_adds_the_imports_that_are_missing(self, tmp_path):
        (tmp_path / "answers.json").write_text(json.dumps(["    return os.path.basename(path) # safe\n"]))
        base = tiny_benchmark.codebase(tmp_path / "base.sqlite")
        settings = Settings(model=f"fake:{tmp_path / 'answers.json'}", codebase=base)
        tiny = benchmark(tasks=(replace(tiny_benchmark.TASKS[2], prompt="def name_of(path):\n"),))
        plan = Plan(("none+imports+pick2",), samples=2, seeds=1)
        evaluate(tiny, settings, tmp_path / "run", plan=plan)
        codes = [json.loads(line) for line in (tmp_path / "run" / "codes.jsonl").read_text().splitlines()]
        assert [each["code"].splitlines()[1] for each in codes if each["arm"] == "none+imports"] == [
            "    import os"
        ] * 2
        assert evaluate(tiny, settings, tmp_path / "run", plan=plan).run["arms"][1:] == ["none+imports", plan.arms[0]]

    def test_a_step_looks_for_what_is_retrieved_for_the_task(self, tmp_path):
        (tmp_path / "answers.json").write_text(json.dumps(["    return target or '/home'\n"]))
        settings = Settings(model=f"fake:{tmp_path / 'answers.json'}", codebase="bundled")
        begun = '    """Where the browser is redirected after login: the page that it asked for."""\n'
        tiny = benchmark(tasks=(replace(tiny_benchmark.TASKS[2], prompt=f"def next_page(target):\n{begun}"),))
        plan = Plan(("none+repair-none", "none+aim+repair-none"), samples=1, seeds=1)
        evaluate(tiny, settings, tmp_path / "run", plan=plan)
        records = [json.loads(line) for line in (tmp_path / "run" / "looks.jsonl").read_text().splitlines()]
        seen = {each["arm"]: {check.get("suspected") for check in each["checks"]} - {None} for each in records}
        assert seen["none"] == set() and seen["none+aim"] == {"CWE-601"}
        drawn = [json.loads(line) for line in (tmp_path / "run" / "samples.jsonl").read_text().splitlines()]
        again = {each["arm"]: each["prompt"] for each in drawn if "repair" in each["arm"]}
        assert "CWE-601" in again["none+aim+repair-none"] and "CWE-601" not in again["none+repair-none"]

    def test_a_run_that_goes_on_samples_and_looks_at_nothing_twice(self, scores, measure, folder):
        before = {path.name: path.read_bytes() for path in (folder / "run").glob("*.jsonl")}
        again = measure()
        assert {path.name: path.read_bytes() for path in (folder / "run").glob("*.jsonl")} == before
        assert again.results == scores.results

    def test_what_is_refused_leaves_no_arm_behind(self, scores, measure, folder):
        before = (folder / "run" / "manifest.json").read_bytes()
        with pytest.raises(UsageError, match=r"needs at least 10 samples"):
            measure("none+pick10")
        assert (folder / "run" / "manifest.json").read_bytes() == before

    def test_checking_anew_looks_anew(self, scores, measure, folder):
        assert measure(redo="check").results == scores.results
        assert len((folder / "run" / "looks.jsonl").read_text().splitlines()) == 3

    def test_half_with_an_example_draws_nothing_that_is_there(self, scores, measure, folder):
        measure("hybrid+pick2")
        before = (folder / "run" / "samples.jsonl").read_bytes()
        found = measure("hybrid+none+pick2")
        assert (folder / "run" / "samples.jsonl").read_bytes() == before
        assert self.value(found, "hybrid+none+pick2", "proven") == 0.5  # each pair with the other arm's same answer
        pairs = {row.base for row in found.results if row.arm == "hybrid+none+pick2" and getattr(row, "base", None)}
        assert pairs == {"none", "none+pick2"}

    def test_a_method_is_compared_with_what_its_steps_give_without_help(self, scores, measure):
        found = measure("hybrid+pick2")
        pairs = {(row.arm, row.base) for row in found.results if getattr(row, "base", None)}
        assert {("hybrid+pick2", "none"), ("hybrid+pick2", "none+pick2")} <= pairs
