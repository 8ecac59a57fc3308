"""The online flow with the fake model: what goes in, what comes out, what is counted."""

import json

import pytest

from conftest import need_tool
from seccoder import SecCoder
from seccoder.errors import UsageError
from seccoder.types import Label

QUERY = "import sqlite3\n\n\ndef find_user(db: sqlite3.Connection, name: str):\n"
COMPLETIONS = [
    "\n    return db.execute('SELECT * FROM users WHERE name = ?', (name,)).fetchall()\n",
    "\n    return db.execute(f\"SELECT * FROM users WHERE name = '{name}'\").fetchall()\n",
    "    return db.execute('SELECT * FROM users WHERE name = ?', (name,)).fetchall()\n",  # as if after the newline
    "\n    return db.execute(\n\n) (",
]


@pytest.fixture
def fake(tmp_path):
    path = tmp_path / "completions.json"
    path.write_text(json.dumps(COMPLETIONS))
    return f"fake:{path}"


def test_generate_gives_n_checked_samples_and_says_what_was_in_the_prompt(fake):
    with SecCoder(model=fake, codebase="bundled") as seccoder:
        result = seccoder.generate(QUERY, language="py", task="find a user by name", cwe="cwe-089", n=4)
    assert [sample.duplicate_of for sample in result.samples] == [None, None, 0, None]
    assert all(sample.code.startswith(QUERY) for sample in result.samples)
    assert result.samples[3].verdict.label is Label.INVALID
    assert len(result.prompt.hits) == 1
    assert result.prompt.hits[0].demonstration.language == "python"
    assert "CWE-89" in result.prompt.hits[0].demonstration.cwes
    assert result.prompt.text.endswith(QUERY.rstrip())
    value = json.loads(json.dumps(result.to_json()))
    assert len(value["completions"]) == 4
    assert value["completions"][2]["duplicate_of"] == 0
    assert value["completions"][2]["verdict"] == value["completions"][0]["verdict"]
    assert set(value["demonstrations"][0]) >= {"id", "language", "cwes", "task", "code", "origin", "proof"}


@pytest.mark.tool
def test_execution_tells_the_two_queries_apart(fake):
    need_tool("bwrap")
    with SecCoder(model=fake, retriever="none") as seccoder:
        result = seccoder.generate(QUERY, language="python", cwe="CWE-89", n=2)
    assert [sample.verdict.label for sample in result.samples] == [Label.SECURE, Label.VULNERABLE]
    assert [sample.verdict.evidence for sample in result.samples] == ["executed", "executed"]


def test_without_a_retriever_nothing_is_injected(fake):
    with SecCoder(model=fake, retriever="none") as seccoder:
        result = seccoder.generate(QUERY, language="python")
    assert result.prompt.hits == ()
    assert result.prompt.text == QUERY.rstrip()  # the model writes the line's end itself


def test_a_demonstration_below_the_threshold_is_not_injected_and_that_is_said(fake):
    with SecCoder(model=fake, codebase="bundled", min_score=10_000.0) as seccoder:
        result = seccoder.generate(QUERY, language="python")
    assert result.prompt.hits == ()
    assert any("score" in note for note in result.prompt.notes)


def test_nothing_to_write_is_refused(fake):
    with SecCoder(model=fake) as seccoder, pytest.raises(UsageError):
        seccoder.generate("", language="python")


def test_an_unknown_setting_is_refused():
    with pytest.raises(TypeError):
        SecCoder(modle="fake:")


@pytest.mark.tool
def test_the_best_is_the_proven_one_and_sampling_stops_there(tmp_path):
    need_tool("bwrap")
    path = tmp_path / "completions.json"
    path.write_text(json.dumps([COMPLETIONS[3], COMPLETIONS[1], COMPLETIONS[1], COMPLETIONS[0], COMPLETIONS[3]]))
    with SecCoder(model=f"fake:{path}", retriever="none") as seccoder:
        result = seccoder.generate(QUERY, language="python", cwe="CWE-89", n=10, pick="best")
        assert [sample.verdict.label for sample in result.samples] == [Label.SECURE]
        assert result.drawn == 4
        short = seccoder.generate(QUERY, language="python", cwe="CWE-89", n=2, pick="best")
    # never one that was shown to be vulnerable while there is another, and never without saying so
    assert [sample.verdict.label for sample in short.samples] == [Label.INVALID]
    assert short.drawn == 2
