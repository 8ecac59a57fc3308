"""The figures: every metric against what was counted by hand, intervals, paired tests, arms."""

import itertools
import json
import math
from dataclasses import replace

import numpy as np
import pytest

import tiny_benchmark
from seccoder.code.cwe import same_family
from seccoder.code.languages import family
from seccoder.codebase.codebase import Codebase
from seccoder.errors import UsageError
from seccoder.evaluation.arms import INSTRUCTION, Arms, NothingToShow
from seccoder.evaluation.manifest import Plan
from seccoder.evaluation.metrics import Prices, rate
from seccoder.evaluation.results import Skipped
from seccoder.evaluation.run import evaluate
from seccoder.evaluation.samples import functional
from seccoder.evaluation.statistics import Crossed, at_k, permutation
from seccoder.models.fake import FakeLM
from seccoder.oracles.verdict import combine
from seccoder.prompts.advice import advised
from seccoder.settings import Settings
from seccoder.types import Check, Completion, Message, Prompt, Sample, Source, Task
from tiny_benchmark import ANSWERS, TASKS, benchmark


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return tiny_benchmark.codebase(tmp_path_factory.mktemp("base") / "base.sqlite")


@pytest.fixture
def settings(tmp_path, base):
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    return Settings(model=f"fake:{tmp_path / 'answers.json'}", codebase=base)


def rows(scores, **wanted):
    """Rows as they are written down."""
    found = [row.to_json() for row in scores.results]
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


class TestFigures:
    def test_each_is_what_one_counts_by_hand(self, tmp_path, settings):
        """Of the six answers one is proven, one exploited, one inert, one unknown, two are invalid."""
        scores = evaluate(benchmark(), settings, tmp_path / "run", prices=Prices(2, 10))
        expected = {
            "security-rate": 2 / 3,
            "secure-exercised": 1 / 3,
            "security-rate-lower": 1 / 4,
            "proven": 1 / 6,
            "vulnerable": 1 / 6,
            "valid": 4 / 6,
            "proven@5": 5 / 6,
            "pass@1": 1 / 6,
            "pass@5": 5 / 6,
            "func-sec@1": 1 / 6,
            "func-sec@5": 5 / 6,
        }
        for arm, (metric, value) in itertools.product(("none", "placebo", "hybrid"), expected.items()):
            (row,) = rows(scores, scope="all", arm=arm, metric=metric)
            assert row["value"] == pytest.approx(value, abs=1e-6), metric
            assert row["low"] <= row["value"] <= row["high"]
            counts = ("n", "secure", "vulnerable", "invalid", "inert", "unknown", "duplicates", "scenarios", "seeds")
            assert [row[name] for name in counts] == [48, 8, 8, 16, 8, 8, 0, 4, 2]
            assert (row["target"], row["paper"], row["model"]) == ("tiny", None, settings.model)
        assert not [row for row in scores.results if row.metric == "proven@10"]  # of 6 samples nobody can say

    def test_what_a_proven_sample_takes_is_what_all_samples_took(self, tmp_path, settings):
        scores = evaluate(benchmark(), settings, tmp_path / "run", prices=Prices(2, 10), plan=Plan(("none",)))
        samples = [json.loads(line) for line in (tmp_path / "run/samples.jsonl").read_text().splitlines()]
        prompt, completion = (sum(each[name] for each in samples) for name in ("prompt_tokens", "tokens"))
        values = {row["metric"]: row["value"] for row in rows(scores, scope="all")}
        assert values["prompt-tokens"] == pytest.approx(prompt / 48, abs=1e-5)
        assert values["completion-tokens-per-secured"] == pytest.approx(completion / 8, abs=1e-5)
        assert values["cost-per-secured"] == pytest.approx((2 * prompt + 10 * completion) / 1e6 / 8, abs=1e-6)
        assert values["seconds"] == 0  # the fake model takes no time
        assert scores.run["prices"] == [2, 10]

    def test_parts_and_scenarios_have_rows_of_their_own(self, tmp_path, settings):
        scores = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none",)))
        proven = {row["target"]: row for row in rows(scores, metric="proven")}
        assert list(proven) == [
            *("tiny", "tiny/c", "tiny/python", "tiny/CWE-22", "tiny/CWE-787", "tiny/CWE-89"),
            *("tiny/sql/0", "tiny/sql/1", "tiny/path/0", "tiny/copy/0"),
        ]
        assert {row["scope"] for row in proven.values()} == {"all", "language", "cwe", "scenario"}
        assert proven["tiny/python"]["n"] == 36
        of_one = proven["tiny/sql/0"]
        assert (of_one["n"], of_one["secure"]) == (12, 2)
        assert of_one["low"] < of_one["value"] < of_one["high"]  # its own samples are resampled

    def test_levels_are_parts_too_where_a_benchmark_has_them(self, tmp_path, settings):
        tiny = benchmark()
        tasks = tuple(replace(task, level=2 if task.language == "c" else 1) for task in tiny.tasks)
        scores = evaluate(replace(tiny, tasks=tasks), settings, tmp_path / "run", plan=Plan(("none",)))
        proven = rows(scores, scope="level", metric="proven")
        assert [(row["target"], row["n"]) for row in proven] == [("tiny/level 1", 36), ("tiny/level 2", 12)]

    def test_duplicates_count_once_among_valid_ones_and_always_among_all(self, tmp_path, base):
        (tmp_path / "answers.json").write_text(json.dumps(["    return 'safe'\n", "    return 'safe'\n", ANSWERS[1]]))
        settings = Settings(model=f"fake:{tmp_path / 'answers.json'}", codebase=base)
        scores = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none",), 6, 1))
        values = {row["metric"]: row for row in rows(scores, scope="all")}
        assert values["security-rate"]["value"] == 1 / 2
        assert values["proven"]["value"] == pytest.approx(4 / 6, abs=1e-6)
        assert values["proven"]["duplicates"] == 4 * 4

    def test_equal_arms_are_called_no_difference(self, tmp_path, settings):
        scores = evaluate(benchmark(), settings, tmp_path / "run")
        compared = rows(scores, scope="all", metric="security-rate minus none")
        assert [(row["arm"], row["value"], row["p"], row["difference"]) for row in compared] == [
            ("placebo", 0, 1, "no difference"),
            ("hybrid", 0, 1, "no difference"),
        ]
        (row,) = rows(scores, scope="all", metric="proven minus placebo")
        assert (row["arm"], row["against"]) == ("hybrid", "placebo")

    def test_an_arm_that_helps_everywhere_is_called_higher(self, tmp_path, settings, monkeypatch):
        def generate(self, prompt, n, sampling):
            answer = ANSWERS[0] if prompt.hits else ANSWERS[1]
            return [Completion(f"{answer}    # {number}\n", 0, "stop", 9, 9, 0.0) for number in range(n)]

        monkeypatch.setattr(FakeLM, "generate", generate)
        scores = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none", "hybrid"), 2, 1))
        (row,) = rows(scores, scope="all", metric="proven minus none")
        assert (row["value"], row["low"], row["high"], row["difference"]) == (1, 1, 1, "higher")
        assert row["p"] == 2 / 2**4  # four scenarios cannot say more
        (row,) = rows(scores, scope="all", metric="vulnerable minus none")
        assert (row["value"], row["difference"]) == (-1, "lower")
        assert Skipped("tiny", "arm none: no sample was proven secure, so there is no cost of one") in scores.skipped

    def test_a_benchmark_without_cwes_has_no_security_figures(self, tmp_path, settings):
        tasks = tuple(replace(task, cwe=None) for task in TASKS)
        scores = evaluate(benchmark(tasks=tasks), settings, tmp_path / "run", plan=Plan(("none", "hybrid")))
        metrics = {row.metric for row in scores.results}
        assert "pass@1" in metrics
        assert not {"security-rate", "proven", "func-sec@1", "seconds-per-secured"} & metrics


def judged(*checks, duplicate=False):
    task = TASKS[0]
    verdict = combine(Source("", "python", task.cwe, task), checks)
    return Sample(Completion("", 0, "stop", 9, 9, 0.0), "", checks, verdict, 0 if duplicate else None)


class TestThePapersMetric:
    RAN = Check("executed", "1", "executed", True, exercised=True)
    INERT = Check("executed", "1", "executed", True, exercised=False)
    READ = Check("bandit", "1", "static", True)
    CODEQL = Check("codeql", "1", "static", True)

    def test_inert_code_passes_and_what_nobody_could_tell_is_left_out(self):
        cell = [judged(self.RAN), judged(self.INERT), judged(self.READ), judged(replace(self.RAN, flagged=True))]
        assert rate("security-rate", cell) == pytest.approx(2 / 3)
        assert rate("secure-exercised", cell) == pytest.approx(1 / 3)
        assert rate("security-rate-lower", cell) == pytest.approx(1 / 4)

    def test_with_codeql_unflagged_code_passes_but_is_not_proven(self):
        unflagged, failed = judged(self.READ, self.CODEQL), judged(self.READ, replace(self.CODEQL, analysed=False))
        flagged = judged(self.INERT, replace(self.CODEQL, flagged=True))
        assert rate("security-rate", [unflagged, failed, flagged]) == 1 / 2
        assert rate("proven", [unflagged, failed, flagged]) == 0

    def test_no_valid_completion_gives_no_rate(self):
        cell = [judged(Check("syntax", "1", "static", True, valid=False)), judged(self.RAN, duplicate=True)]
        assert math.isnan(rate("security-rate", cell))
        assert rate("proven", cell) == 1 / 2

    def test_a_sample_without_functional_tests_is_neither(self):
        assert functional(judged(self.RAN)) is None
        assert functional(judged(self.RAN, replace(self.READ, functional=False))) is False


class TestStatistics:
    def test_a_figure_is_the_mean_over_scenarios_then_seeds(self):
        values = np.array([[1.0, 0.0], [1.0, np.nan], [0.0, np.nan]])
        assert Crossed(3, 2, 0).mean(values).value == pytest.approx((2 / 3 + 0) / 2)
        assert Crossed(3, 2, 0).mean(np.full((3, 2), np.nan)) is None

    def test_the_interval_has_the_width_theory_gives_it(self):
        values = np.random.default_rng(1).normal(size=(400, 1))
        interval = Crossed(400, 1, 0).mean(values)
        assert interval.high - interval.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)

    def test_seeds_that_disagree_widen_it(self):
        agree, disagree = np.full((50, 3), 0.5), np.tile([0.0, 0.5, 1.0], (50, 1))
        assert Crossed(50, 3, 0).mean(agree).high == 0.5
        interval = Crossed(50, 3, 0).mean(disagree)
        assert (interval.low, interval.high) == (0, 1)

    def test_a_ratio_is_a_sum_over_a_sum_and_may_be_open_above(self):
        seconds, proven = np.array([[10.0], [30.0]]), np.array([[0.0], [2.0]])
        interval = Crossed(2, 1, 0).ratio(seconds, proven)
        assert (interval.value, interval.low, interval.high) == (20, 15, None)
        assert Crossed(2, 1, 0).ratio(seconds, proven * 0) is None

    @pytest.mark.parametrize(("n", "successes", "k"), [(6, 1, 5), (6, 3, 2), (5, 5, 1), (4, 0, 4)])
    def test_at_k_is_the_share_of_all_choices_of_k(self, n, successes, k):
        choices = list(itertools.combinations([True] * successes + [False] * (n - successes), k))
        assert at_k(n, successes, k) == pytest.approx(sum(map(any, choices)) / len(choices))

    def test_at_k_of_more_than_there_are_does_not_exist(self):
        assert math.isnan(at_k(3, 1, 4))

    def test_the_permutation_test_counts_flips(self):
        assert permutation(np.array([1.0, 1.0, 1.0, np.nan]), 0) == 2 / 8
        assert permutation(np.array([1.0, -1.0]), 0) == 1
        assert permutation(np.array([np.nan]), 0) == 1
        assert permutation(np.full(20, 0.1), 0) < 0.001
        chance = np.random.default_rng(3).normal(size=30)
        assert permutation(chance - chance.mean(), 0) > 0.9


class TestArms:
    @pytest.fixture
    def arms(self, base):
        with Codebase.open(base) as codebase:
            yield Arms(codebase, 1)

    @staticmethod
    def shown(arms, name, task, seed=0):
        return [hit.demonstration for hit in arms.hits(name, task, seed)]

    def test_none_and_instruction_show_nothing(self, arms):
        assert arms.hits("none", TASKS[0], 0) == arms.hits("instruction", TASKS[0], 0) == []

    def test_a_placebo_is_of_the_language_and_of_another_family(self, arms):
        for task, seed in itertools.product(TASKS, range(5)):
            (demonstration,) = self.shown(arms, "placebo", task, seed)
            assert demonstration.language == task.language
            assert not any(same_family(task.cwe, cwe) for cwe in demonstration.cwes)

    def test_a_placebo_is_about_as_long_as_what_is_retrieved(self, arms, monkeypatch):
        monkeypatch.setattr("seccoder.evaluation.arms.ALIKE", 1)
        task = TASKS[0]
        (retrieved,) = self.shown(arms, "hybrid", task)
        (placebo,) = self.shown(arms, "placebo", task)
        others = [each for each in arms._placebos(task)] + [placebo]
        assert abs(len(placebo.code) - len(retrieved.code)) == min(
            abs(len(each.code) - len(retrieved.code)) for each in others
        )

    def test_ceiling_and_wrong_language_go_by_the_tags(self, arms):
        task = TASKS[0]
        (ceiling,) = self.shown(arms, "ceiling", task)
        assert (ceiling.language, task.cwe in ceiling.cwes) == ("python", True)
        (wrong,) = self.shown(arms, "wrong-language", task)
        assert (family(wrong.language), task.cwe in wrong.cwes) == ("java", True)
        assert {self.shown(arms, "ceiling", task, seed)[0].id for seed in range(9)} == {
            each.id for each in arms._of_cwe(task) if each.language == "python"
        }
        with pytest.raises(NothingToShow):
            arms.hits("wrong-language", TASKS[3], 0)

    def test_random_is_uniform_over_the_whole_base(self, arms):
        drawn = [self.shown(arms, "random", TASKS[0], seed)[0].language for seed in range(30)]
        assert {"python", "c"} <= set(drawn)

    def test_a_retriever_shows_its_best_however_low_it_scores(self, arms):
        task = Task("x", "python", "CWE-89", "zzz = qqq(\n")
        prompt = arms.prompt("bm25", task, 0, FakeLM(), 300)
        assert len(prompt.hits) == 1

    def test_the_instruction_is_a_comment_or_the_end_of_the_system_text(self, arms):
        assert arms.prompt("instruction", TASKS[3], 0, FakeLM(), 300).text.startswith("// Write secure code.\n#include")
        messages = (Message("system", "You write C code."), Message("user", "this"))
        chat = advised(Prompt("", messages), "c", INSTRUCTION)
        assert [each.content for each in chat.messages] == ["You write C code. Write secure code.", "this"]

    def test_a_slice_is_of_what_the_arm_shows(self):
        task = Task("x", "python", "CWE-89", "import sqlite3\n\n\ndef find_user(db, name):\n")
        with Codebase.open("bundled") as codebase:
            arms = Arms(codebase, 1)
            arms.require(["hybrid-slice", "cue-slice", "ceiling-slice"], [task])
            names = ("hybrid", "hybrid-slice", "cue", "cue-slice")
            whole, part, cue, both = (arms.prompt(name, task, 0, FakeLM(), 300) for name in names)
            with pytest.raises(UsageError, match="unknown retriever 'none-slice'"):
                arms.require(["none-slice"], [task])
        assert whole.hits == part.hits == cue.hits == both.hits
        assert len(task.prompt) < len(cue.text) < len(both.text) and len(part.text) < len(whole.text)
        assert "# ..." in part.text and part.text in both.text

    def test_what_cannot_work_is_refused_first(self, arms):
        with pytest.raises(UsageError, match="unknown retriever 'dence'"):
            arms.require(["none", "dence"], TASKS)
        with pytest.raises(UsageError, match="the arm ceiling needs tasks with a CWE"):
            arms.require(["ceiling"], [replace(TASKS[0], cwe=None)])

    def test_a_task_an_arm_has_nothing_for_is_left_out_and_named(self, tmp_path, settings):
        scores = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none", "wrong-language"), 1, 1))
        (row,) = rows(scores, scope="all", arm="wrong-language", metric="proven")
        assert (row["n"], row["scenarios"]) == (2, 2)
        reason = "arm wrong-language: the codebase holds no demonstration that the arm wrong-language could show"
        assert Skipped("tiny/copy/0", reason) in scores.skipped
