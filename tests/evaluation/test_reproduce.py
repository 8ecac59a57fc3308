"""The paper's tables and figures: its numbers as printed, runs shared, what cannot be had skipped with the reason."""

import importlib.util
import json
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import replace

import pytest

from conftest import REPOSITORY, need_tool
from seccoder import models
from seccoder.cli import run
from seccoder.codebase.codebase import Codebase, pulled_path
from seccoder.codebase.store import Store
from seccoder.errors import MissingExtra
from seccoder.evaluation import benchmarks, manifest
from seccoder.evaluation.paper import figures
from seccoder.evaluation.paper.compare import of_runs
from seccoder.evaluation.paper.plan import Run, plan, usual
from seccoder.evaluation.paper.run import reproduce
from seccoder.evaluation.paper.targets import CODEGEN, PROFILES, TARGETS
from seccoder.evaluation.results import Counts, Figure, Scores
from tiny_benchmark import ANSWERS, TASKS, benchmark

LOCAL, PAPER = PROFILES["local"], PROFILES["paper"]
SMALL, MIDDLE, LARGE = (usual(LOCAL.models[name]) for name in CODEGEN)
EMBEDDED = Run("sven", SMALL, "sven")


def scenarios():
    from seccoder.evaluation.benchmarks.sven import TEST

    return {name: figures.scenario_rates(name) for name in TEST}


def test_the_papers_figures_agree_with_each_other():
    rates = scenarios()
    assert len(rates) == 18 and None not in rates.values()
    for place, condition in enumerate(["None", "SecCoder-xl"]):
        mean = sum(pair[place] for pair in rates.values()) / len(rates)
        assert mean == pytest.approx(figures.security_rate("table3", "CodeGen-6.1B", condition), abs=0.0006)
    for suffix, language in (("py", "python"), ("c", "c")):
        gains = [after - before for name, (before, after) in rates.items() if name.endswith(f"-{suffix}")]
        assert sum(gains) / len(gains) == pytest.approx(figures.language_gain(language), abs=0.0001)
    for table in ("table4", "table5", "table6"):
        for model in TARGETS[table].models:
            xl = figures.security_rate(table, model, "SecCoder-xl")
            assert xl == figures.security_rate("table3", model, "SecCoder-xl")


def test_the_papers_figures_belong_to_targets_and_conditions():
    for name in ("table1", "table2", "table3", "table4", "table5", "table6"):
        target = TARGETS[name]
        labels = {each.label for each in target.conditions}
        for model in target.models:
            printed = {label: figures.security_rate(name, model, label) for label in labels}
            assert sum(figure is not None for figure in printed.values()) >= (1 if name == "table6" else 2)
    assert figures.security_rate("table1", "CodeGen-2.7B", "SVEN-vul") == 0.3719
    assert figures.security_rate("table1", "InCoder", "SVEN-vul") is None
    assert figures.security_rate("figure3", "CodeGen-2.7B", "None") == 0.5931
    assert figures.security_rate("figure3", "CodeGen-2.7B", "SVEN-sec") is None
    assert figures.demonstrations_needed("BM25") == 6.06 and figures.demonstrations_needed("Hybrid") is None


def test_targets_share_their_runs():
    wanted, _ = plan(["table3", "table4", "table5", "figure9", "examples"], LOCAL)
    assert {each.run for each in wanted} == {EMBEDDED, Run("sven", MIDDLE, "sven"), Run("sven", LARGE, "sven")}
    arms = {each.arm for each in wanted if each.run == EMBEDDED}
    assert arms == {"none", "random", "placebo", "bm25", "dense", "dense:minilm", "hybrid"}


def test_profile_local_has_a_code_lm_in_the_place_of_each_of_the_papers_sizes():
    wanted, _ = plan(list(TARGETS), LOCAL)
    models = {name: {} for name in TARGETS}
    for each in wanted:
        models[each.target][each.paper_model] = each.run.model
    assert models["table3"] == models["table5"] == dict(zip(CODEGEN, (SMALL, MIDDLE, LARGE), strict=True))
    assert models["table4"] == models["figure3"] == models["figure4"] == {"CodeGen-350M": SMALL}
    assert models["figure5"] == {"SantaCoder": MIDDLE, "InCoder": LARGE}
    assert models["figure9"] == {"CodeGen-6.1B": LARGE}
    attacked = f"hf:{MIDDLE}+sven-vul:w"
    wanted, skipped = plan(["table2"], LOCAL, [attacked])
    assert {(each.paper_model, each.run) for each in wanted} == {("SantaCoder", Run("sven-12", attacked, "sven-val"))}
    assert skipped == []
    (skipped,) = plan(["table2"], LOCAL, ["embedded:smollm2"])[1]
    assert "in whose place are embedded:qwen2.5-coder-0.5b and" in skipped.reason


def test_profile_local_says_what_it_cannot_do():
    wanted, skipped = plan(list(TARGETS), LOCAL)
    reasons = {}
    for each in skipped:
        reasons.setdefault(each.target, []).append(each.reason)
    assert sorted(reasons) == ["figure3", "table1", "table2", "table6"]
    assert "--model hf:embedded:qwen2.5-coder-0.5b+sven-vul:FOLDER" in reasons["table2"][0]
    assert "--model hf:embedded:smollm2+sven-vul:FOLDER" in reasons["table1"][0]
    assert "seccoder train safecoder" in reasons["table6"][0]
    assert {each.target for each in wanted} == set(TARGETS) - {"table1", "table2"}
    assert {each.run for each in wanted} == {
        Run("retrieval-a", "", "sven"),
        *(Run(name, model, "sven") for name in ("sven", "humaneval-sven") for model in (SMALL, MIDDLE, LARGE)),
    }


def test_trained_models_serve_the_conditions_of_their_method():
    attacked, safe = "hf:embedded:smollm2+sven-vul:w/sven+2", "hf:embedded:smollm2+safecoder:w/safecoder"
    wanted, skipped = plan(["table1", "table3", "table6"], LOCAL, [attacked, safe])
    assert skipped == []
    runs = {(each.target, each.condition.label): each.run for each in wanted if each.paper_model == "CodeGen-350M"}
    assert runs["table1", "SVEN-vul + SecCoder-xl"] == Run("sven", attacked, "sven-val")
    assert runs["table6", "SafeCoder"] == Run("sven", safe, "sven")
    assert runs["table6", "SecCoder-xl"] == Run("sven", "hf:embedded:smollm2", "sven")  # what SafeCoder was trained on
    assert runs["table3", "SecCoder-xl"] == EMBEDDED


@pytest.mark.parametrize("missing", ["torch", "transformers", ""])
def test_the_embedded_model_runs_in_pytorch_where_that_is_installed(monkeypatch, missing):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == missing else object())
    assert usual("embedded:smollm2") == ("embedded:smollm2" if missing else "hf:embedded:smollm2")


def test_profile_paper_has_the_papers_models_and_scenarios():
    wanted, skipped = plan(["table3", "figure9"], PAPER)
    assert skipped == []
    benchmarks = {each.paper_model: each.run.benchmark for each in wanted}
    assert benchmarks == {
        **dict.fromkeys(["CodeGen-350M", "CodeGen-2.7B", "CodeGen-6.1B"], "sven"),
        **dict.fromkeys(["SantaCoder", "InCoder"], "sven-12"),
    }
    assert {each.arm for each in wanted} == {"none", "dense:instructor-xl"}
    assert PAPER.samples == 25 and PAPER.seeds == 3


def test_one_of_the_papers_models_can_be_chosen():
    wanted, skipped = plan(["table2", "table3"], PAPER, ["hf:Salesforce/codegen-350M-multi"])
    assert {each.paper_model for each in wanted} == {"CodeGen-350M"}
    assert [each.target for each in skipped] == ["table2"] and "SantaCoder and InCoder" in skipped[0].reason


def test_any_other_model_stands_beside_the_papers_smallest_in_profile_local():
    wanted, _ = plan(["table3"], LOCAL, ["fake:"])
    assert {(each.run.model, each.paper_model) for each in wanted} == {("fake:", "CodeGen-350M")}
    wanted, _ = plan(["table3"], PAPER, ["fake:"])
    assert {(each.run.model, each.paper_model) for each in wanted} == {("fake:", None)}


# --- running them ----------------------------------------------------------------------------------------------------

NAMES = {"sql/0": "cwe-089/0-py", "sql/1": "cwe-089/1-py", "path/0": "cwe-022/0-py", "copy/0": "cwe-787/0-c"}


@contextmanager
def silent(label):
    yield lambda done, total: None


def stand_in(spec, oracles):
    """The tiny benchmark under another's name."""
    tasks = tuple(replace(task, id=NAMES[task.id]) for task in TASKS)
    return benchmark(name=spec, tasks=tasks, codebase="sven")


@pytest.fixture
def tiny(monkeypatch):
    """The tiny benchmark in the place of SVEN's, and two small codebases in the place of the paper's."""
    for name in ("sven", "sven-12", "humaneval-sven"):
        monkeypatch.setitem(benchmarks.benchmarks, name, f"{__name__}:stand_in")
    with Codebase.open("bundled") as bundled:
        chosen = [each for each in bundled.demonstrations() if each.language in ("python", "c")][:60]
    for name in ("sven", "sven-val"):
        pulled_path(name).parent.mkdir(parents=True, exist_ok=True)
        with Store.open(pulled_path(name)) as store:
            store.add(chosen, "a test")
            store.seal()


@pytest.fixture
def model(tmp_path):
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    return f"fake:{tmp_path / 'answers.json'}"


def only(rows, **wanted):
    """The one row, as it is written down, that has these values."""
    rows = [each if isinstance(each, dict) else each.to_json() for each in rows]
    (row,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return row


def test_several_targets_come_from_one_run_and_stand_beside_the_paper(tiny, model, tmp_path):
    names = ["table3", "table4", "figure9", "examples"]
    done = reproduce(names, "local", tmp_path / "out", models=[model], samples=6, seeds=1, progress=silent)
    assert len(done.runs()) == 1 and done.skipped == []
    samples = (done.runs()[0] / "samples.jsonl").read_text()
    assert len(samples.splitlines()) == 4 * 5 * 6  # tasks, arms, samples
    scores = json.loads((done.runs()[0] / "scores.json").read_text())["results"]
    rate = only(scores, target="sven", arm="none", metric="security-rate")
    row = only(done.results, target="table3", condition="None", metric="security-rate")
    assert row["value"] == rate["value"] and row["model"] == model
    assert (row["paper"], row["paper_model"]) == (0.5824, "CodeGen-350M")
    assert row["paper_difference"]["value"] == pytest.approx(rate["value"] - 0.5824)
    assert row["paper_difference"]["high"] == pytest.approx(rate["high"] - 0.5824)
    gain = only(done.results, target="table4", arm="bm25", metric="security-rate minus none")
    assert gain["paper"] == pytest.approx(0.6890 - 0.5824)
    assert only(done.results, target="table4", arm="placebo", metric="security-rate")["paper"] is None
    scenario = only(done.results, target="figure9", condition="SecCoder-xl, cwe-787/0-c")
    assert scenario["paper"] == 0.6787 and scenario["paper_model"] == "CodeGen-6.1B"
    assert only(done.results, target="figure9", condition="SecCoder-xl, python")["paper"] == 0.1499
    assert {row.title for row in done.results} == {
        f"{t.capitalize()[:-1]} {t[-1]}: {TARGETS[t].title}" for t in names[:3]
    }
    again = reproduce(names, "local", tmp_path / "out", models=[model], samples=6, seeds=1, progress=silent)
    assert again.results == done.results and (done.runs()[0] / "samples.jsonl").read_text() == samples
    assert of_runs([Scores.read(done.runs()[0])])[0] == done.results[0]


def scored(model, arms):
    """What a run is scored to, given each arm's rates by scenario."""
    rows = []
    for arm, rates in arms.items():
        counts = {"n": 1, "invalid": 0, "inert": 0, "unknown": 0, "counts": Counts(0, 0, 0, 1, 1)}
        about = {"model": model, "arm": arm, "metric": "security-rate", "low": None, "high": None, **counts}
        rows += [Figure(**about, scope="scenario", target=f"sven/{name}", value=rate) for name, rate in rates.items()]
        mean = sum(rates.values()) / len(rates)
        rows.append(Figure(**about, scope="all", target="sven", value=mean))
        if arm != "none":
            rows.append(replace(rows[-1], value=0.123).minus("none", p=1.0, difference="higher"))
    return Scores({"benchmark": "sven", "model": model, "codebase": "sven"}, rows, [])


def test_what_was_trained_is_compared_with_what_it_was_trained_on():
    base, sven, safecoder = "hf:m", "hf:m+sven-sec:w/prefix", "hf:m+safecoder:w/adapter"
    plain = {f"{i}": 0.25 for i in range(8)}
    better = {f"{i}": 0.75 for i in range(1, 9)}  # on one other scenario, which does not count
    rows = of_runs(
        [
            scored(base, {"none": plain, "hybrid": better}),
            scored(sven, {"none": better, "hybrid": better}),
            scored(safecoder, {"none": plain}),
        ]
    )
    differences = [row for row in rows if row.ours.label == "security-rate minus none"]
    within = only(differences, target="figure3", condition="SecCoder-xl")
    assert within["value"] == 0.123 and within["against"] == "none"
    for condition in ("SVEN-sec", "SVEN-sec + SecCoder-xl"):
        across = only(differences, target="figure3", condition=condition)
        assert (across["value"], across["low"], across["high"]) == (0.5, 0.5, 0.5)
        assert (across["scenarios"], across["against"]) == (7, "hf:m none")
        assert across["difference"] == "higher" and across["p"] < 0.05
    same = only(differences, target="table6", condition="SafeCoder")
    assert (same["value"], same["difference"], same["model"]) == (0, "no difference", safecoder)
    assert same["paper"] == pytest.approx(
        figures.security_rate("table6", "CodeGen-350M", "SafeCoder")
        - figures.security_rate("table6", "CodeGen-350M", "None")
    )


def test_what_is_missing_costs_only_what_needs_it(tiny, model, tmp_path, monkeypatch):
    def missing(name):
        raise MissingExtra("the embedder minilm", "dense")

    monkeypatch.setattr("seccoder.retrievers.embedders.load", missing)
    size = {"models": [model], "samples": 1, "seeds": 1, "progress": silent}
    done = reproduce(["table3", "table5", "figure6"], "local", tmp_path / "out", **size)
    told = {(each.target, each.reason) for each in done.skipped}
    assert ("table5", f"SecCoder-xl: {MissingExtra('the embedder minilm', 'dense')}") in told
    assert any(target == "figure6" and "seccoder data pull sven" in reason for target, reason in told)
    assert {row.condition for row in done.results if row.ours.target == "table5"} == {"None", "SecCoder-large"}
    assert any(row.ours.target == "table3" for row in done.results)


def test_humaneval_has_no_figures_of_the_paper(tiny, model, tmp_path):
    size = {"models": [model], "progress": silent}
    done = reproduce(["figure4"], "local", tmp_path / "out", **size)
    assert {row.ours.metric for row in done.results if row.ours.arm == "none"} == {"pass@1", "pass@5", "pass@10"}
    assert only(done.results, arm="hybrid", metric="pass@1 minus none")["paper"] is None
    few = reproduce(["figure4"], "local", tmp_path / "out", **size, samples=2)
    assert few.runs() != done.runs() and only(few.results, arm="none", metric="pass@1")["scenarios"] == 1


def test_profile_paper_without_codeql_is_skipped_as_a_whole(tiny, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("seccoder.retrievers.embedders.load", lambda name: None)
    words = ["reproduce", "table3", "--profile", "paper", "--out", str(tmp_path / "out"), "--json"]
    assert run(words) == 0
    told = capsys.readouterr()
    value = json.loads(told.out)
    assert value["results"] == [] and value["run"]["profile"] == "paper"
    assert [row["target"] for row in value["skipped"]] == ["table3"]
    assert "codeql is not installed; install it with" in value["skipped"][0]["reason"]
    assert "nothing was measured: all of table3 was skipped" in told.err
    assert "codeql is not installed" in (tmp_path / "out/report.html").read_text()


class Letters:
    """Stands in for INSTRUCTOR: how often a text has each letter."""

    version = "letters"

    def encode(self, texts, kind):
        import numpy as np

        counts = np.array([[1 + text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)


def test_profile_paper_from_end_to_end_with_stand_ins(pulled_sven, tmp_path, monkeypatch):
    """The paper's tables on the real scenarios and base; only weights and CodeQL are what stands in for them."""
    program = tmp_path / "bin" / "codeql"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n" + (REPOSITORY / "tests/fake_codeql.py").read_text())
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    embedders, lms = [], []
    monkeypatch.setattr("seccoder.retrievers.embedders.load", lambda name: embedders.append(name) or Letters())
    answers = tmp_path / "answers.json"  # one for Python that is flagged every other time, one for C
    answers.write_text(json.dumps(["pass  # FOUND py/path-injection 22\n", "0;\n}\n", "pass\n"]))
    load = models.load
    monkeypatch.setattr(models, "load", lambda spec, **_: lms.append(spec) or load(f"fake:{answers}"))
    compared, overlaps = [], manifest.overlaps
    monkeypatch.setattr(manifest, "overlaps", lambda base, texts: compared.append(len(texts)) or overlaps(base, texts))
    names = ["table2", "table3", "table4", "table5", "figure6", "figure9"]
    done = reproduce(names, "paper", tmp_path / "out", samples=3, seeds=1, progress=silent)
    assert set(embedders) == {"instructor-xl", "instructor-large"}
    assert set(lms) == set(PAPER.models.values())
    assert {run.name.split("-hf-")[0] for run in done.runs()} == {"sven-18", "sven-12-12"} and len(done.runs()) == 5
    assert len(compared) == len(set(compared)) < 5  # once for each benchmark, not for each code LM
    for model, expected in (("CodeGen-350M", (0.5824, 0.7531)), ("InCoder", (0.691, 0.7307))):
        for condition, figure in zip(("None", "SecCoder-xl"), expected, strict=True):
            row = only(done.results, target="table3", condition=condition, paper_model=model, metric="security-rate")
            assert row["paper"] == figure and 0.9 < row["value"] < 1
    flagged = only(done.results, target="figure9", condition="None, cwe-022/0-py", metric="security-rate")
    assert (flagged["value"], flagged["paper"], flagged["paper_model"]) == (
        0.666667,
        1.0,
        "CodeGen-6.1B",
    )  # one of three
    conditions = {row.condition for row in done.results if row.ours.target == "table5"}
    assert conditions == {"None", "SecCoder-large", "SecCoder-xl"}
    assert all("needs a code LM trained" in each.reason for each in done.skipped if each.target == "table2")
    assert {each.target for each in done.skipped if not each.target.startswith("sven")} == {"table2"}


def test_a_code_lm_that_cannot_be_loaded_is_a_reason(tiny, tmp_path, capsys):
    words = ["reproduce", "table3", "--model", f"gguf:{tmp_path}/none.gguf", "--samples", "1"]
    assert run([*words, "--out", str(tmp_path / "out")]) == 0
    assert "none.gguf" in capsys.readouterr().out


def test_the_command_prints_tables_and_leaves_reports(tiny, model, tmp_path, capsys):
    out = str(tmp_path / "out")
    words = ["reproduce", "examples", "--model", model, "--samples", "6", "--seeds", "1", "--out", out]
    assert run(words) == 0
    told = capsys.readouterr()
    assert "cwe-022/0-py (CWE-22, python)" in told.out and "def read_note(folder, name):" in told.out
    assert "demonstration " in told.out and "SECURE" in told.out and f"{out}/report.html" in told.err
    assert run(["reproduce", "table3", "--model", model, "--samples", "6", "--seeds", "1", "--out", out]) == 0
    told = capsys.readouterr()
    assert "Table 3: Security rate without and with SecCoder, beside the paper" in told.out
    page = (tmp_path / "out/report.html").read_text()
    assert "Beside the paper" in page and "0.582" in page and "return &#39;safe&#39;" in re.sub("<[^>]+>", "", page)
    assert r"\toprule" in (tmp_path / "out/report.tex").read_text()
    for form in ("text", "html", "latex", "json"):
        assert run(["report", out, "--format", form]) == 0
        assert "Table 3" in capsys.readouterr().out


def test_two_runs_of_one_code_lm_are_told_apart(tiny, model, tmp_path, capsys):
    for name, temperature in (("cold", "0"), ("warm", "0.8")):
        words = ["evaluate", "sven", "--model", model, "--samples", "2", "--seeds", "1", "--temperature", temperature]
        assert run([*words, "--arm", "none", "--arm", "hybrid", "--out", str(tmp_path / name)]) == 0
    capsys.readouterr()
    assert run(["report", str(tmp_path / "cold"), str(tmp_path / "warm"), "--format", "html"]) == 0
    page = capsys.readouterr().out
    for name in ("cold", "warm"):
        assert page.count(f"sven on {model} ({name})") >= 2


def test_published_results_are_written_from_their_runs(tiny, model, tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    words = ["evaluate", "sven", "--model", model, "--samples", "6", "--seeds", "1", "--arm", "none", "--arm", "bm25"]
    assert run([*words, "--out", str(tmp_path / "sven-tiny")]) == 0
    monkeypatch.setattr(generate, "RESULTS", tmp_path)
    part = generate.results_part()
    scores = json.loads((tmp_path / "sven-tiny/scores.json").read_text())["results"]
    rate = only(scores, target="sven", arm="bm25", metric="security-rate")
    assert f"| BM25 | `{model}` | bm25 | security-rate | {rate['value']:.3f} |" in part and "| 0.689 |" in part
    assert "4 tasks, 6 samples x 1 seeds per arm" in part
    assert "| bm25 | none | security-rate | " in part
    tables = [line for line in part.splitlines() if line.startswith("|")]
    assert len(tables) > 12 and generate.results_part() == part


@pytest.mark.data
@pytest.mark.tool
def test_everything_on_the_papers_scenarios_with_a_fake_model(pulled_sven, tmp_path, capsys, monkeypatch):
    need_tool("bwrap")
    need_tool("gcc")

    def missing(name):
        raise MissingExtra(f"the embedder {name}", "dense")

    monkeypatch.setattr("seccoder.retrievers.embedders.load", missing)  # loading it takes longer than all the rest
    out = tmp_path / "out"
    words = ["reproduce", "all", "--model", "fake:", "--samples", "1", "--seeds", "1", "--out", str(out), "--json"]
    assert run(words) == 0
    value = json.loads(capsys.readouterr().out)
    shown = {row["target"] for row in value["results"]}
    assert shown >= {"table3", "table4", "table5", "table6", "figure3", "figure4", "figure6", "figure9"}
    assert {row["target"] for row in value["skipped"]} >= {"table1", "table2", "figure5", "table5"}
    bm25 = only(value["results"], target="figure6", arm="bm25:whitespace", metric="average-minimum-demonstrations")
    assert 5.5 <= bm25["value"] <= 6.5 and bm25["paper"] == 6.06
    assert len([row for row in value["results"] if row["target"] == "figure9" and row["arm"] == "none"]) <= 18
    page = (out / "report.html").read_text()
    assert "cwe-022/1-py" in page and len(page) < 2_000_000


def test_wrong_words_are_one_line(tiny, tmp_path, capsys):
    assert run(["reproduce", "table7"]) == 2
    assert "unknown target 'table7'; known: table1" in capsys.readouterr().err
    assert run(["reproduce", "table3", "--model", "nonsense", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert run(["report", str(tmp_path / "nowhere")]) == 2
    assert "is no folder" in capsys.readouterr().err
    assert run(["report", str(tmp_path)]) == 2
    assert "is no run" in capsys.readouterr().err
