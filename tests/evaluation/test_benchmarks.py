"""The benchmarks the oracles judge: the paper's scenarios, their protocol, and what is left out."""

import platform
import shutil
from pathlib import Path

import pytest

import seccoder
from seccoder import cli, data, oracles
from seccoder.code import lazy
from seccoder.errors import SecCoderError, UsageError
from seccoder.evaluation import benchmarks
from seccoder.evaluation.benchmarks import benchmark, sven
from seccoder.evaluation.reports import formats
from seccoder.oracles import versions
from seccoder.types import Source, Task


def test_the_papers_scenarios(pulled_sven):
    every = {name: benchmarks.load(name) for name in ("sven", "sven-12", "sven-validation", "sven-gen1")}
    assert {name: len(each.tasks) for name, each in every.items()} == {
        "sven": 18,
        "sven-12": 12,
        "sven-validation": 6,
        "sven-gen1": 12,
    }
    assert not {task.cwe for task in every["sven-12"].tasks} & set(sven.NOT_IN_12)
    assert len({each.digest for each in every.values()}) == 4
    assert every["sven"].digest == benchmarks.load("sven").digest
    assert {task.language for task in every["sven-gen1"].tasks} == {"python", "c"}
    assert all(text.code for text in every["sven"].texts)


def test_checks_are_one_list_per_source_and_versions_say_who_checked(pulled_sven):
    benchmark = benchmarks.load("sven", ["syntax"])
    task = benchmark.tasks[0]
    sources = [Source(text, task.language, task.cwe, task) for text in ("x = 1\n", "x = (\n")]
    assert [[check.valid for check in checks] for checks in benchmark.check(sources)] == [[True], [False]]
    assert set(benchmark.oracles()) == {"syntax", "seccoder"}


@pytest.fixture
def package(tmp_path):
    """A copy of our own code, to be changed."""
    here, ignored = Path(seccoder.__file__).parent, shutil.ignore_patterns("__pycache__", "bundled*", "own_tasks")
    return shutil.copytree(here, tmp_path / "seccoder", ignore=ignored)


TESTS = ("evaluation/benchmarks/*.py", "codebase/proof*.py", "codebase/proof_given/**/*")


@pytest.mark.parametrize(
    "name",
    [
        "oracles/static/bandit.py",
        "oracles/executed/inside/c/draw.c",
        "oracles/static/semgrep_rules/python.yaml",
        "code/cwe.py",
        "code/parsing.py",
        "sandbox/processes.py",
        "evaluation/benchmarks/functions_runner.py",
        "codebase/proof_conftest.py",
        "codebase/proof_given/Jdbc.java",
    ],
)
def test_our_own_code_is_part_of_the_version(package, name):
    before = versions.code_digest(*TESTS, package=package)
    with (package / name).open("a") as file:
        file.write("\n")
    assert versions.code_digest(*TESTS, package=package) != before


@pytest.mark.parametrize("languages", [("python", "javascript"), ("javascript", "python")])
def test_versions_do_not_depend_on_the_order_of_languages(languages):
    # That of `syntax` is known for Python only; with whichever was told last, a run could not always be continued.
    assert benchmark.versions(oracles.load(["syntax"]), languages)["syntax"] == platform.python_version()


def test_what_decides_no_check_is_no_part_of_the_version(package):
    before = versions.code_digest(package=package)
    assert before == benchmark.versions(benchmark.oracles.load(["syntax"]), ["python"])["seccoder"]
    (package / "oracles/verdict.py").write_text("")  # scores are made of stored checks afresh
    (package / "cli/check.py").write_text("")
    (package / "oracles/__pycache__").mkdir()
    (package / "oracles/__pycache__/x.pyc").write_bytes(b"x")
    (package / "oracles/static/bandit.py").rename(package / "oracles/executed/moved.py")
    assert versions.code_digest(package=package) == before


def test_digests_of_tasks_stay_what_they_were():
    """A run that was begun before a field of `Task` came, or changed, can be continued."""
    digest = benchmark.digest_of([Task("t", "python", None, "x = 1\n")])
    assert digest == "7c378466a511499b06cb08157ed7a25f7d43a410daac7b9676a6bd493c4568ba"


def test_safecoder_leaves_out_what_is_held_out_and_names_other_languages(safecoder_archive):
    data.pull("safecoder", safecoder_archive)
    benchmark = benchmarks.load("safecoder")
    assert len(benchmark.tasks) == 59
    assert {task.language for task in benchmark.tasks} == {"python", "c", "javascript", "java", "go"}
    assert {reason for _, reason in benchmark.skipped} == {
        "unknown language 'rb'; known: python, c, cpp, javascript, typescript, java, go"
    }


def test_every_benchmark_is_in_the_help_and_in_the_message_about_an_unknown_one(capsys):
    every = (*benchmarks.benchmarks, *benchmarks.RETRIEVAL)
    assert list(benchmarks.ABOUT) == list(every)
    with pytest.raises(SystemExit):
        cli.cli.main(["evaluate", "--help"])
    shown = capsys.readouterr().out
    assert cli.run(["evaluate", "nothing"]) == 2
    known = capsys.readouterr().err
    for name in every:
        assert f"\n  {benchmarks.written(name)} " in shown and f" {benchmarks.written(name)}" in known
        assert benchmarks.ABOUT[name] in shown


@pytest.mark.parametrize(("index", "name"), [(i, name) for i in (benchmarks.benchmarks, formats) for name in i])
def test_every_place_in_an_index_is_there(index, name):
    assert callable(lazy.load(index, name))


def test_what_is_not_there_is_one_line():
    with pytest.raises(UsageError, match="unknown benchmark 'svne'; known: sven, sven-12"):
        benchmarks.load("svne")
    with pytest.raises(UsageError, match="unknown benchmark 'sven:x'"):
        benchmarks.load("sven:x")
    with pytest.raises(SecCoderError, match="seccoder data pull sven"):
        benchmarks.load("sven")
