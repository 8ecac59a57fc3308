"""What is divided into shards comes to what one process gives: runs to the byte, checks in every decision."""

import json
from dataclasses import replace

import pytest

import tiny_benchmark
from seccoder.cli import run as command_line
from seccoder.code.shards import Shard
from seccoder.errors import UsageError
from seccoder.evaluation.manifest import Plan
from seccoder.evaluation.merge import merge
from seccoder.evaluation.run import evaluate
from seccoder.evaluation.run_folder import locked
from seccoder.settings import Settings
from tiny_benchmark import ANSWERS, benchmark

FILES = ("prompts", "demonstrations", "samples", "codes", "checks")


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    (folder / "answers.json").write_text(json.dumps(ANSWERS))
    return Settings(model=f"fake:{folder / 'answers.json'}", codebase=tiny_benchmark.codebase(folder / "base.sqlite"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory, settings):
    """A whole run, and the same in three shards."""
    folder = tmp_path_factory.mktemp("runs")
    evaluate(benchmark(), settings, folder / "whole", plan=Plan(None, 3, 2))
    for number in (1, 2, 3):
        evaluate(benchmark(), settings, folder / f"{number}", plan=Plan(None, 3, 2, Shard(number, 3)))
    return folder


def timeless(path):
    """The records of a file without the times that things took."""

    def without(value):
        if isinstance(value, dict):
            return {name: without(each) for name, each in value.items() if name != "seconds"}
        return [without(each) for each in value] if isinstance(value, list) else value

    return [without(json.loads(line)) for line in path.read_text().splitlines()]


def test_merged_shards_are_one_run_and_can_be_extended(runs, settings, tmp_path):
    merged = tmp_path / "new" / "merged"
    merge(benchmark(), [runs / "2", runs / "3", runs / "1"], merged)
    for name in FILES:
        assert timeless(merged / f"{name}.jsonl") == timeless(runs / "whole" / f"{name}.jsonl")
    assert (merged / "scores.json").read_bytes() == (runs / "whole" / "scores.json").read_bytes()
    assert len({each["task"] for each in timeless(runs / "1" / "samples.jsonl")}) < 4
    evaluate(benchmark(), settings, merged, plan=Plan(None, 4, 2))
    assert len(timeless(merged / "samples.jsonl")) == 4 * 3 * 4 * 2
    assert [path.name for path in tmp_path.glob("new/*")] == ["merged"]


def test_what_is_not_there_yet_is_told_and_can_be_drawn(runs, settings, tmp_path):
    cut = tmp_path / "cut"
    cut.mkdir()
    for path in (runs / "1").iterdir():
        (cut / path.name).write_bytes(path.read_bytes())
    lines = (cut / "samples.jsonl").read_bytes().splitlines(keepends=True)
    (cut / "samples.jsonl").write_bytes(b"".join(lines[:-2]) + lines[-2][:30])  # as after a kill
    told = merge(benchmark(), [cut, runs / "2", runs / "3"], tmp_path / "merged").skipped
    assert "2 of 72 samples are not there yet" in [each.reason for each in told]
    evaluate(benchmark(), settings, tmp_path / "merged")
    assert (tmp_path / "merged/scores.json").read_bytes() == (runs / "whole/scores.json").read_bytes()


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (["1", "2"], "not all shards are given; missing: 3/3"),
        (["1", "2", "2", "3"], "/2 is given twice"),
        (["1", "2", "copy", "3"], "copy are both shard 2/3"),
        (["whole"], "is no shard: it has all tasks"),
        (["1", "2", "nothing"], "there is no run in"),
        (["1", "2", "of-two"], "shards of 2 and of 3; they overlap"),
        (["1", "2", "longer"], "have different samples; extend one of them first"),
        (["1", "2", "colder"], "do not belong together: another temperature (0.4, now 0.0)"),
    ],
)
def test_what_is_no_whole_is_refused_in_one_line(runs, settings, tmp_path, parts, told):
    for name, plan, changes in (
        ("copy", Plan(None, 3, 2, Shard(2, 3)), {}),
        ("of-two", Plan(None, 3, 2, Shard(1, 2)), {}),
        ("longer", Plan(None, 4, 2, Shard(3, 3)), {}),
        ("colder", Plan(None, 3, 2, Shard(3, 3)), {"temperature": 0.0}),
    ):
        if name in parts:
            evaluate(benchmark(), replace(settings, **changes), tmp_path / name, plan=plan)
    folders = [tmp_path / part if (tmp_path / part).exists() else runs / part for part in parts]
    with pytest.raises(UsageError) as error:
        merge(benchmark(), folders, tmp_path / "merged")
    assert told in str(error.value) and "\n" not in str(error.value)
    assert not (tmp_path / "merged").exists() and not (runs / "nothing").exists()


def test_a_shard_that_is_worked_on_and_a_folder_in_use_are_refused(runs, settings, tmp_path):
    every = [runs / "1", runs / "2", runs / "3"]
    with locked(runs / "2"), pytest.raises(UsageError, match="another process is working on the run"):
        merge(benchmark(), every, tmp_path / "merged")
    with pytest.raises(UsageError, match="is not empty; give --out a new folder"):
        merge(benchmark(), every, runs / "whole")
    with pytest.raises(UsageError, match="has shard 1/3, not shard 2/3; give --out another folder"):
        evaluate(benchmark(), settings, runs / "1", plan=Plan(None, 3, 2, Shard(2, 3)))
    with pytest.raises(UsageError, match="has all tasks, not shard 2/3"):
        evaluate(benchmark(), settings, runs / "whole", plan=Plan(None, 3, 2, Shard(2, 3)))


@pytest.mark.parametrize("text", ["5/3", "0/2", "1", "1/0", "a/b", "-1/2", "1/2/3", "", "1/2\n", "١/٢"])
def test_no_such_shard(text, capsys):
    assert command_line(["check", "x.py", "--shard", text]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("is no shard; write I/N with I from 1 to N, such as 1/4")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--merge", "a"], "--merge needs --out DIR"),
        (["--merge", "a", "--out", "b", "--shard", "1/2"], "leave out --shard"),
        (["--merge", "a", "--out", "b", "--arm", "none"], "leave out --arm"),
        (["--merge", "a", "--out", "b", "--temperature", "0"], "leave out --temperature"),
    ],
)
def test_what_does_not_go_with_merge(more, told, capsys):
    assert command_line(["evaluate", "seccoder", *more]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_shards_are_disjoint_and_complete():
    names = [f"file {number}" for number in range(300)]
    for count in (1, 2, 7):
        parts = [[name for name in names if Shard(number, count).holds(name)] for number in range(1, count + 1)]
        assert sorted(name for part in parts for name in part) == sorted(names)
        assert all(300 / count / 2 < len(part) <= 300 for part in parts)
    assert Shard.parse("2/7") == Shard(2, 7) and str(Shard(2, 7)) == "2/7"


def test_checked_in_shards_every_file_has_the_result_of_one_check_and_each_content_is_asked_about_once(
    tmp_path, monkeypatch, capsys
):
    from seccoder.oracles.static.syntax import Syntax

    asked = []
    check = Syntax.check
    monkeypatch.setattr(
        Syntax, "check", lambda self, sources: (asked.extend(each.text for each in sources), check(self, sources))[1]
    )
    for number in range(12):
        (tmp_path / f"{number}.py").write_text(f"x = {number % 5}\n" if number % 4 else f"x = (({number % 3}\n")
    (tmp_path / "binary.py").write_bytes(b"\0")
    (tmp_path / "a.txt").write_text("in no language")
    words = ["check", str(tmp_path), "--oracle", "syntax", "--no-cache", "--json"]

    def said(*more):
        assert command_line([*words, *more]) == 0
        return json.loads(capsys.readouterr().out)

    whole = said()
    contents = asked.copy()
    assert len(contents) == len(set(contents)) < 12
    asked.clear()
    parts = [said("--shard", f"{number}/3") for number in (1, 2, 3)]
    by_path = {each["path"]: each for part in parts for each in part["files"]}
    assert sum(len(part["files"]) for part in parts) == len(whole["files"]) == 13
    assert [by_path[each["path"]] for each in whole["files"]] == whole["files"]
    assert sorted(asked) == sorted(contents)
    assert [left for part in parts for left in part["left_out"]] == whole["left_out"]


def test_shards_divide_nothing_of_one_file(capsys):
    assert command_line(["check", "--before", "a.py", "--after", "b.py", "--shard", "1/2"]) == 2
    assert "nothing that --shard could divide" in capsys.readouterr().err
