"""The retrieval benchmarks: floors and intervals are right, nothing leaks, and the measured promises hold."""

import json
import tarfile
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from conftest import need_module
from seccoder import cli, data
from seccoder.code.languages import LANGUAGES
from seccoder.code.tokens import code_tokens
from seccoder.codebase.codebase import Codebase
from seccoder.codebase.duplicates import shingles
from seccoder.codebase.store import Store
from seccoder.data import sven as pairs_of
from seccoder.errors import SecCoderError, UsageError
from seccoder.evaluation import retrieval, statistics
from seccoder.evaluation.benchmarks import retrieval as benchmarks
from seccoder.evaluation.benchmarks import sven
from seccoder.evaluation.results import figures
from seccoder.retrievers.situations import phrases
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance, Query


def demonstration(code, cwe="CWE-89", repository="github.com/a/a", vulnerable=None, language="python"):
    origin = Provenance("test", commit=f"{repository}/commit/1234")
    return Demonstration(language, (cwe,), "", code, vulnerable, Proof(ProofLevel.ASSERTED), origin)


class TestFloor:
    @pytest.mark.parametrize(("candidates", "gold"), [(1, 1), (5, 5), (10, 1), (40, 7)])
    def test_the_first_hit_is_distributed_as_in_random_orders(self, candidates, gold):
        exact = retrieval.first_hit(candidates, gold)
        assert exact.sum() == pytest.approx(1)
        assert exact @ np.arange(1, len(exact) + 1) == pytest.approx((candidates + 1) / (gold + 1))
        assert exact[0] == pytest.approx(gold / candidates)

    @pytest.mark.parametrize(
        "groups",
        [
            [(3, 3)],
            [(1, 1), (1, 0)],
            [(4, 4), (20, 0), (3, 0), (1, 0), (9, 0)],
            [(3, 1), (5, 0), (7, 2), (2, 0)],
            [(9, 1)],
        ],
    )
    def test_one_per_cwe_is_distributed_as_in_random_orders(self, groups):
        """Groups are (demonstrations with this first CWE, hits among them): a hit may name the CWE second."""
        labels = [number for number, (size, _) in enumerate(groups) for _ in range(size)]
        gold = [place < hits for size, hits in groups for place in range(size)]
        generator = np.random.default_rng(0)
        drawn = np.zeros(len(labels))
        for _ in range(10_000):
            seen, shown = Counter(), []
            for place in generator.permutation(len(labels)).tolist():
                shown.append((seen[labels[place]], len(shown), gold[place]))
                seen[labels[place]] += 1
            drawn[[hit for *_, hit in sorted(shown)].index(True)] += 1
        exact = retrieval.first_hit_per_cwe(groups)
        assert exact.sum() == pytest.approx(1)
        assert exact[0] == pytest.approx(sum(gold) / len(gold))
        np.testing.assert_allclose(exact, drawn / drawn.sum(), atol=0.015)

    def test_one_per_cwe_is_exact_on_a_large_base(self):
        exact = retrieval.first_hit_per_cwe([(2000, 1000), (1500, 0), (900, 90)])
        assert (exact.sum(), exact[0]) == pytest.approx((1, 1090 / 4400))


class TestBootstrap:
    def test_the_interval_widens_with_clusters(self):
        values = np.tile([0.0, 1.0], 100)
        alone = statistics.Bootstrap([str(i) for i in range(200)], 0).mean(values)
        clustered = statistics.Bootstrap([str(i % 4) for i in range(200)], 0).mean(values)
        assert alone[0] == clustered[0] == 0.5
        assert alone[2] - alone[1] == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(200), rel=0.15)
        assert clustered[2] - clustered[1] > 3 * (alone[2] - alone[1])

    def test_unknown_values_are_left_out(self):
        mean, low, high = statistics.Bootstrap(["a", "b", "c"], 0).mean(np.array([1.0, np.nan, 1.0]))
        assert (mean, low, high) == (1, 1, 1)


class TestPrefix:
    def test_ends_before_the_first_change(self):
        lines = [f"    the same line number {i:02}\n" for i in range(30)]
        changed = [*lines[:10], "    bad\n", *lines[11:]]
        assert benchmarks.prefix("".join(changed), "".join(lines)) == "".join(lines[:10])

    def test_is_at_most_half(self):
        lines = [f"    the same line number {i:02}\n" for i in range(30)]
        assert benchmarks.prefix("".join([*lines, "bad\n"]), "".join(lines)) == "".join(lines[:15])

    def test_a_short_one_is_the_first_lines_instead(self):
        assert benchmarks.prefix("a\nbad\nc\nd\ne\n", "a\ngood\nc\nd\ne\n") == "a\nbad\n"
        assert benchmarks.prefix("bad", "good") == "bad"


class TestHoldOut:
    def test_the_querys_repository_and_near_duplicates_are_excluded(self):
        body = " ".join(f"token{chr(97 + i)} other{chr(97 + i)}" for i in range(20))
        query = demonstration(body, vulnerable=body + " bad", repository="github.com/a/query")
        sibling = demonstration("another function", repository="github.com/a/query")
        fork = demonstration(body + " fork", repository="github.com/b/fork")
        stranger = demonstration("something else entirely of its own", repository="github.com/c/other")
        made = benchmarks.retrieval_b([query], [query, sibling, fork, stranger])
        assert made.cases[0].excluded == {query.id, sibling.id, fork.id}
        assert made.cases[0].cluster == "github.com/a/query"

    def test_nothing_fitted_on_the_whole_is_seen(self, tmp_path):
        with Store.open(tmp_path / "s.sqlite") as store:
            kept, gone = demonstration("alpha beta"), demonstration("gamma delta")
            store.add([kept, gone])
            store.put_derived("lsa", b"fitted on the whole")
            view = retrieval.Without(store, store.demonstrations(), frozenset([gone.id]))
            view.put_derived("lsa", b"new")
            assert view.derived("lsa") is None
            assert view.demonstrations() == [kept]
            assert view.digest() != store.digest()


class TestEvaluate:
    @pytest.fixture
    def store(self, tmp_path):
        with Store.open(tmp_path / "s.sqlite") as store:
            store.add([demonstration(f"select from table{c}", "CWE-89") for c in "abc"])
            store.add([demonstration(f"open path file{c}", "CWE-22") for c in "ab"])
            yield store

    def bench(self, *cases):
        return benchmarks.Benchmark("t", cases, language_filter=True)

    def test_a_perfect_retriever_and_the_floor(self, store):
        cases = [
            benchmarks.Case(Query("select table", "python"), "CWE-89", "one"),
            benchmarks.Case(Query("open file path", "python"), "CWE-22", "two"),
        ]
        seen = []
        rows = retrieval.evaluate(self.bench(*cases), store, ["bm25", "hybrid"], on_progress=lambda *a: seen.append(a))
        assert seen[-1] == (4, 4)
        value = {(row.target, row.arm, row.label): row.value for row in rows}
        for arm in ("bm25", "hybrid"):
            assert value["t", arm, "accuracy@1"] == value["t", arm, "mrr"] == 1
        assert value["t", retrieval.FLOOR, "accuracy@1"] == pytest.approx((3 / 5 + 2 / 5) / 2)
        assert value["t", retrieval.FLOOR, "average-minimum-demonstrations"] == pytest.approx((6 / 4 + 6 / 3) / 2)
        assert value["t", "hybrid", "accuracy@1 minus bm25"] == 0
        assert {row.n for row in figures(rows) if row.metric == "accuracy@1"} == {2}

    def test_a_query_nothing_can_answer_is_counted_apart(self, store):
        cases = [
            benchmarks.Case(Query("select table", "python"), "CWE-89", "one"),
            benchmarks.Case(Query("select table", "python"), "CWE-999", "two"),
        ]
        row = next(r for r in retrieval.evaluate(self.bench(*cases), store, ["bm25"]) if r.arm == "bm25")
        assert (row.n, row.unknown, row.value) == (1, 1, 1)

    def test_or_is_a_miss_where_the_benchmark_says_so(self, store):
        cases = tuple(benchmarks.Case(Query("select table", "python"), cwe, cwe) for cwe in ("CWE-89", "CWE-999"))
        bench = benchmarks.Benchmark("t", cases, language_filter=True, absent_is_miss=True)
        rows = {(r.arm, r.metric): r for r in retrieval.evaluate(bench, store, ["bm25"])}
        for arm, first in (("bm25", 1), (retrieval.FLOOR, 3 / 5)):
            row = rows[arm, "accuracy@1"]
            assert (row.n, row.unknown, row.value) == (2, 0, pytest.approx(first / 2))
            row = rows[arm, "average-minimum-demonstrations"]
            assert (row.n, row.unknown) == (1, 1)

    def test_the_second_reading_takes_siblings(self, store):
        store.add([demonstration("write buffer element", "CWE-121", language="c")])
        store.add([demonstration("print message text", "CWE-134", language="c")])
        case = benchmarks.Case(Query("print the buffer elements", "c"), "CWE-787", "one")
        cases = (case, benchmarks.Case(Query("print the message text", "c"), "CWE-134", "two"))
        bench = replace(benchmarks.retrieval_c(), name="t", cases=cases)
        rows = retrieval.evaluate(bench, store, ["bm25"])
        found = {r.target: r.value for r in rows if (r.arm, r.metric) == ("bm25", "recall@3, c")}
        assert found == {
            "t": 0.5,
            "t/one-per-cwe": 0.5,
            "t/same-family": 1,
            "t/same-family/one-per-cwe": 1,
        }

    def test_excluded_demonstrations_are_not_found(self, store):
        excluded = frozenset(d.id for d in store.demonstrations() if d.cwes == ("CWE-89",))
        case = benchmarks.Case(Query("select table", "python"), "CWE-89", "one", excluded)
        with pytest.raises(UsageError, match="no demonstration with the CWE"):
            retrieval.evaluate(self.bench(case), store, ["bm25"])

    @pytest.mark.parametrize("arms", [["none"], ["bm52"], []])
    def test_arms_that_cannot_be_measured_are_refused(self, store, arms):
        case = benchmarks.Case(Query("select table", "python"), "CWE-89", "one")
        with pytest.raises(UsageError):
            retrieval.evaluate(self.bench(case), store, arms)


@pytest.fixture(scope="module")
def root(sven_archive, tmp_path_factory):
    """What is needed of the archive; the held-out `gen_2` is not even unpacked."""
    folder = tmp_path_factory.mktemp("sven")
    with tarfile.open(sven_archive) as archive:
        wanted = [
            member
            for member in archive
            if "/data_train_val/train/" in member.name
            or "/data_eval/trained/" in member.name
            or member.name.endswith("checkpoint-last/tokenizer.json")
        ]
        archive.extractall(folder, members=wanted, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def paper_base(root, tmp_path_factory):
    need_module("tokenizers")
    with Store.open(tmp_path_factory.mktemp("base") / "sven.sqlite") as store:
        store.add(pairs_of.paper_set(root, "train"))
        yield store


@pytest.mark.data
class TestSven:
    def test_the_scenarios_are_the_papers(self, root):
        test, validation = sven.test_tasks(root), sven.validation_tasks(root)
        assert (len(test), len(validation)) == (18, 6)
        assert sorted({task.cwe for task in test}) == sorted(
            f"CWE-{n}" for n in (22, 78, 79, 89, 125, 190, 416, 476, 787)
        )
        assert all(sum(task.cwe == other.cwe for other in test) == 2 for task in test)
        assert all(task.prompt and task.description for task in test + validation)
        unsubscribe = next(task for task in test if task.id == "cwe-089/0-py")
        assert unsubscribe.prompt.startswith("from flask import") and "MySQLdb.connect" in unsubscribe.prompt
        assert unsubscribe.query() == Query(unsubscribe.prompt, "python", unsubscribe.description)

    def test_a_folder_without_the_data_is_one_clear_line(self, tmp_path):
        with pytest.raises(SecCoderError, match="seccoder data pull sven"):
            sven.test_tasks(tmp_path)

    def test_bm25_is_where_the_paper_has_it(self, root, paper_base):
        rows = retrieval.evaluate(benchmarks.retrieval_a(root), paper_base, ["bm25:whitespace"])
        found = {row.arm: row for row in rows if row.target == "retrieval-a" and "minimum" in row.metric}
        assert found["bm25:whitespace"].paper == 6.06
        assert 5.5 <= found["bm25:whitespace"].value <= 6.5
        assert found[retrieval.FLOOR].value == pytest.approx(11.87, abs=0.01)

    def test_b_has_the_queries_it_should(self, root, paper_base):
        base = paper_base.demonstrations()
        made = benchmarks.retrieval_b(list(pairs_of.demonstrations(root, "train")), base)
        assert len(made.cases) == 720
        assert len({case.cluster for case in made.cases}) == 256
        repositories = {each.id: benchmarks.repository(each) for each in base}
        for case in made.cases:
            assert case.excluded >= {each for each, name in repositories.items() if name == case.cluster}

    def test_hybrid_beats_bm25_on_a_part_of_b(self, root, paper_base):
        pairs = list(pairs_of.demonstrations(root, "train"))
        made = benchmarks.retrieval_b(pairs, paper_base.demonstrations())
        some = sorted({case.cluster for case in made.cases})[::32]  # 8 of 256 repositories; docs/retrieval.md has all
        part = benchmarks.Benchmark("b", tuple(c for c in made.cases if c.cluster in some), language_filter=True)
        rows = retrieval.evaluate(part, paper_base, ["bm25", "hybrid"])
        value = {(row.target, row.arm, row.label): row.value for row in rows}
        assert value["b", "hybrid", "accuracy@1"] > value["b", "bm25", "accuracy@1"]
        assert (
            value["b/one-per-cwe", "hybrid", "average-minimum-demonstrations"]
            < value["b/one-per-cwe", "bm25", "average-minimum-demonstrations"]
            < value["b/one-per-cwe", retrieval.FLOOR, "average-minimum-demonstrations"]
        )

    def test_the_command_prints_the_documented_shape(self, root, paper_base, monkeypatch):
        monkeypatch.setattr(data, "folder", lambda name: root)
        monkeypatch.setattr(Codebase, "open", lambda spec="": Codebase([Store.open(paper_base.path)]))
        result = CliRunner().invoke(cli.cli, ["evaluate", "retrieval-a", "--arm", "bm25", "--json"])
        assert result.exit_code == 0, result.output
        parsed = json.loads(result.stdout)
        assert set(parsed) == {"run", "results", "skipped"}
        keys = "target model arm metric value low high n invalid inert unknown paper".split()
        assert all(list(row) == keys and row["low"] <= row["value"] <= row["high"] for row in parsed["results"])
        table = CliRunner().invoke(cli.cli, ["evaluate", "retrieval-a", "--arm", "bm25"]).stdout
        assert retrieval.FLOOR in table and "retrieval-a/one-per-cwe" in table


class TestWords:
    def test_the_tasks_are_what_was_promised(self):
        made = benchmarks.retrieval_c()
        assert len(made.cases) == len({case.cluster for case in made.cases}) == 66
        assert len({case.cwe for case in made.cases}) >= 20
        assert {case.query.language for case in made.cases} == set(LANGUAGES)
        assert sum(case.query.language in {"c", "cpp"} for case in made.cases) == 20
        assert all(len(case.query.task) >= 60 and not case.query.code for case in made.cases)
        assert not any("cwe" in case.query.task.lower() for case in made.cases)

    def test_tasks_of_e_are_over_all_languages_and_not_copies_of_others(self):
        made = benchmarks.retrieval_e()
        assert len(made.cases) == len({case.cluster for case in made.cases}) == 120
        assert len({case.cwe for case in made.cases}) >= 50
        assert min(Counter(case.query.language for case in made.cases).values()) >= 12
        assert {case.query.language for case in made.cases} == set(LANGUAGES)
        assert all(len(case.query.task) >= 50 and "cwe" not in case.query.task.lower() for case in made.cases)
        others = (*benchmarks.retrieval_c().cases, *benchmarks.retrieval_d().cases)
        texts = [case.query.task for case in others] + [text for lines in phrases().values() for text in lines]
        held_out = [shingles(code_tokens(text), 4) for text in texts]
        for case in made.cases:
            words = shingles(code_tokens(case.query.task), 4)
            assert all(len(words & other) <= 0.3 * len(words) for other in held_out), case.query.task

    def test_development_tasks_and_phrases_are_not_of_test_c(self):
        held_out = [shingles(code_tokens(case.query.task), 4) for case in benchmarks.retrieval_c().cases]
        made = benchmarks.retrieval_d().cases
        assert len(made) == len({case.cluster for case in made}) == 229
        texts = [case.query.task for case in made] + [text for lines in phrases().values() for text in lines]
        for text in texts:
            words = shingles(code_tokens(text), 4)
            assert all(len(words & task) <= 0.7 * max(len(words), 3) for task in held_out), text

    def test_the_command_measures_on_the_bundled_codebase(self, tmp_path, monkeypatch):
        opened = []

        def bundled(spec=""):
            opened.append(spec)
            store = Store.open(tmp_path / "s.sqlite")
            for case in benchmarks.retrieval_c().cases[::2]:
                store.add([demonstration(case.query.task, case.cwe, language=case.query.language)])
            return Codebase([store])

        monkeypatch.setattr(Codebase, "open", bundled)
        result = CliRunner().invoke(cli.cli, ["evaluate", "retrieval-c", "--json"])
        assert result.exit_code == 0, result.output
        parsed = json.loads(result.stdout)
        assert opened == ["bundled"] and parsed["run"]["arms"] == ["bm25", "dense", "hybrid"]
        keys = "target model arm metric value low high n invalid inert unknown paper".split()
        assert all(list(row) == keys and row["low"] <= row["value"] <= row["high"] for row in parsed["results"])
        value = {(row["target"], row["arm"], row["metric"]): row["value"] for row in parsed["results"]}
        # Half of the tasks are demonstrations themselves; the others are misses unless they share a CWE and language.
        assert 0.5 <= value["retrieval-c", "bm25", "accuracy@1"] < 0.7
        assert value["retrieval-c", retrieval.FLOOR, "accuracy@1"] < 0.2
        for metric in ("accuracy@1, c", "recall@3, c", "mrr, c", "average-minimum-demonstrations, c"):
            assert ("retrieval-c/same-family/one-per-cwe", "hybrid", metric) in value


class TestCommand:
    def test_an_unknown_benchmark_names_the_known_ones(self, capsys):
        assert cli.run(["evaluate", "nope"]) == 2
        assert "retrieval-a, retrieval-b, retrieval-c" in capsys.readouterr().err

    def test_without_the_data_it_says_how_to_get_it(self, capsys):
        assert cli.run(["evaluate", "retrieval-a"]) in {2, 3}
        assert "seccoder data pull sven" in capsys.readouterr().err
