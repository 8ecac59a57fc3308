"""Figures as data: what is stored is read back and written as it was, and every fact is a field."""

import json
from dataclasses import replace

import pytest

from conftest import REPOSITORY
from seccoder.evaluation.reports.text import of_retrieval, of_run
from seccoder.evaluation.results import (
    Comparison,
    Counts,
    Figure,
    Reproduced,
    Scores,
    Skipped,
    comparisons,
    figures,
    from_json,
    reproduced_from_json,
)

PUBLISHED = sorted((REPOSITORY / "results").rglob("scores.json"))
FIGURE = Figure(
    target="sven",
    model="hf:m",
    arm="hybrid",
    metric="security-rate",
    value=0.5,
    low=0.25,
    high=None,
    n=60,
    invalid=31,
    inert=5,
    unknown=4,
    scope="all",
    counts=Counts(secure=10, vulnerable=10, duplicates=9, scenarios=18, seeds=3),
)
RETRIEVED = replace(FIGURE, model=None, high=0.75, counts=None, paper=6.06)
ROWS = {
    "figure": FIGURE,
    "of a language": replace(FIGURE, target="sven/python", scope="language"),
    "comparison": FIGURE.minus("none", p=0.25, difference="no difference"),
    "comparison with another code LM": FIGURE.minus("none", base_model="hf:m+x:a b", p=0.25, difference="higher"),
    "retrieval": RETRIEVED,
    "comparison of retrievers": RETRIEVED.minus("bm25:whitespace"),
}


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.name)
def test_published_scores_are_written_as_they_were_read(path):
    scores = Scores.read(path.parent)
    assert json.dumps(scores.to_json()) == json.dumps(json.loads(path.read_text()))
    assert figures(scores.results) and not any(" minus " in row.metric for row in scores.results)
    assert all(isinstance(row, Comparison) == ("against" in row.to_json()) for row in scores.results)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_is_read_back_as_it_was(row):
    written = row.to_json()
    assert from_json(json.loads(json.dumps(written))) == row
    beside = Reproduced(row, "Table 3", "SecCoder-xl", "CodeGen-350M")
    assert reproduced_from_json(json.loads(json.dumps(beside.to_json()))) == beside


def test_the_shapes_of_rows():
    plain = "target model arm metric value low high n invalid inert unknown".split()
    more = "secure vulnerable duplicates scope scenarios seeds".split()
    compared = ROWS["comparison with another code LM"].to_json()
    assert list(FIGURE.to_json()) == [*plain, *more, "paper"]
    assert list(compared) == [*plain, *more, "paper", "p", "difference", "against"]
    assert (compared["metric"], compared["against"]) == ("security-rate minus none", "hf:m+x:a b none")
    assert list(ROWS["comparison of retrievers"].to_json()) == [*plain, "paper"]
    beside = Reproduced(replace(FIGURE, paper=0.75), "Table 3", "None", None).to_json()
    assert list(beside)[-4:] == ["title", "condition", "paper_model", "paper_difference"]
    assert beside["paper_difference"] == {"value": -0.25, "low": -0.5, "high": None}


def test_figures_and_comparisons_of_a_scope():
    rows = list(ROWS.values())
    assert figures(rows) == [FIGURE, RETRIEVED] and figures(rows, "language") == [ROWS["of a language"]]
    assert len(comparisons(rows)) == 3 and comparisons(rows, "language") == []


def test_a_run_in_text_has_a_line_for_each_arm_and_comparison():
    run = {"benchmark": "sven", "tasks": 18, "samples": 25, "seeds": 3, "model": "hf:m\x1b[31m", "codebase": "sven"}
    none = replace(FIGURE, arm="none", value=0.25)
    rows = [none, FIGURE, replace(FIGURE, metric="seconds"), ROWS["comparison"], ROWS["of a language"]]
    told = of_run(Scores(run, rows, [Skipped("sven/x", "why")]))
    assert told.startswith("sven: 18 tasks, 25 samples x 3 seeds an arm, model hf:m\\u001b[31m, codebase sven")
    assert [line.split() for line in told.splitlines()[2:5]] == [
        ["arm", "security-rate", "n", "secure", "vulnerable", "invalid", "inert", "unknown", "duplicates"],
        ["none", "0.250", "[0.250,", "?]", "60", "10", "10", "31", "5", "4", "9"],
        ["hybrid", "0.500", "[0.250,", "?]", "60", "10", "10", "31", "5", "4", "9"],
    ]
    assert "hybrid against none" in told and told.rstrip().endswith("0.250  no difference")


def test_retrieval_in_text_has_a_table_for_each_reading():
    run = {"benchmark": "retrieval-a", "queries": 18, "demonstrations": 596, "resamples": 1000}
    rows = [RETRIEVED, ROWS["comparison of retrievers"], replace(RETRIEVED, target="sven/one-per-cwe", paper=None)]
    told = of_retrieval(Scores(run, rows, []))
    assert told.startswith("retrieval-a: 18 queries, 596 demonstrations, 95 % intervals from 1000 resamples")
    assert [line for line in told.splitlines() if line and not line.startswith(" ")][1:] == ["sven", "sven/one-per-cwe"]
    assert "security-rate minus bm25:whitespace" in told and "6.060" in told


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.2, -0.001, "lower"),
        (-0.2, -0.0, "no difference"),
        (-0.2, -0.0004, "no difference"),  # it is shown as 0.000
        (0.0, 0.2, "no difference"),
        (0.001, 0.2, "higher"),
        (-0.2, None, "no difference"),
    ],
)
def test_an_interval_that_touches_0_is_no_difference(low, high, said):
    outcome = "higher" if (low or 0) >= 0 else "lower"
    assert replace(FIGURE, low=low, high=high).minus("none", p=0.1, difference=outcome).said == said
