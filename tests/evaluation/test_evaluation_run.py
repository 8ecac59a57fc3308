"""A run is never lost and never mixed: killed and continued, extended, redone, refused. And what a model may answer."""

import gzip
import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import tiny_benchmark
from seccoder.codebase.codebase import Codebase
from seccoder.errors import ModelError, SecCoderError, UsageError
from seccoder.evaluation import run as runs
from seccoder.evaluation.manifest import Plan, model_digest
from seccoder.evaluation.results import Skipped
from seccoder.evaluation.run import evaluate
from seccoder.evaluation.run_folder import Log, locked
from seccoder.oracles.verdict import combine
from seccoder.settings import Settings
from seccoder.types import Check, Finding, Source, Task, Why
from servers import Server, chunk, dying, stream
from tiny_benchmark import ANSWERS, benchmark

ALL = 4 * 3 * 6 * 2  # tasks, arms, samples, seeds


@pytest.fixture
def model(tmp_path):
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    return f"fake:{tmp_path / 'answers.json'}"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return tiny_benchmark.codebase(tmp_path_factory.mktemp("base") / "base.sqlite")


@pytest.fixture
def settings(model, base):
    return Settings(model=model, codebase=base)


def records(folder, name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]


def keys(folder, name):
    return [(each["task"], each["arm"], each["seed"], each["sample"]) for each in records(folder, name)]


def figure(scores, arm, metric, target="tiny"):
    (row,) = [row for row in scores.results if (row.target, row.arm, row.label) == (target, arm, metric)]
    return row


def command(*arguments):
    program = [sys.executable, Path(tiny_benchmark.__file__), *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, timeout=120)


def test_a_trained_model_is_its_base_and_what_was_trained_on_it(tmp_path):
    weights = tmp_path / "model" / "weights"
    trained = tmp_path / "prefix" / "secure" / "weights"
    for path in (weights, trained):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"1")
    spec = f"hf:{tmp_path / 'model'}+sven-sec:{tmp_path / 'prefix'}"
    seen = {model_digest(spec), model_digest(f"hf:{tmp_path / 'model'}")}
    for path in (weights, trained):
        path.write_bytes(b"2")
        seen.add(model_digest(spec))
    assert len(seen) == 4
    assert all(len(each) == 64 for each in seen)


def test_a_run_says_what_a_model_computed_in(tmp_path, settings, monkeypatch):
    load = runs.models.load

    def loaded(spec, **options):
        lm = load(spec, **options)
        lm.arithmetic = "float32 on cpu"
        return lm

    monkeypatch.setattr(runs.models, "load", loaded)
    for samples in (1, 2):
        evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none",), samples, 1))
    evaluate(benchmark(), settings, tmp_path / "run", redo="score")
    commands = json.loads((tmp_path / "run" / "manifest.json").read_text())["commands"]
    assert [each.get("arithmetic") for each in commands] == ["float32 on cpu", "float32 on cpu", None]


def test_a_run_that_is_killed_again_and_again_gives_the_same_scores_to_the_byte(tmp_path, model, base):
    words = ("evaluate", "tiny", "--model", model, "--codebase", base, "--json")
    whole = command(*words, "--out", tmp_path / "whole")
    assert whole.returncode == 0, whole.stderr
    for write in (2, 3, 9, 20):  # the prompts, the first samples, and somewhere between samples, codes and checks
        done = command("--die-at", write, *words, "--out", tmp_path / "killed")
        assert done.returncode == -signal.SIGKILL
    done = command(*words, "--out", tmp_path / "killed")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "killed/scores.json").read_bytes() == (tmp_path / "whole/scores.json").read_bytes()
    assert json.loads(done.stdout) == json.loads((tmp_path / "whole/scores.json").read_bytes())
    for name in ("samples", "codes", "checks"):
        assert len(keys(tmp_path / "killed", name)) == ALL
        assert sorted(keys(tmp_path / "killed", name)) == sorted(keys(tmp_path / "whole", name))
    assert len(records(tmp_path / "killed", "prompts")) == 4 * 3 * 2


def test_more_samples_seeds_and_arms_extend_a_run_and_repeat_nothing(tmp_path, settings, monkeypatch):
    first = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none",), 2, 1))
    assert figure(first, "none", "proven").n == 8
    before = (tmp_path / "run/samples.jsonl").read_text()
    more = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("hybrid",), 6, 2))
    assert figure(more, "none", "proven").n == figure(more, "hybrid", "proven").n == 48
    assert (tmp_path / "run/samples.jsonl").read_text().startswith(before)
    assert len(set(keys(tmp_path / "run", "samples"))) == len(keys(tmp_path / "run", "samples")) == 96
    at_once = evaluate(benchmark(), settings, tmp_path / "other", plan=Plan(("none", "hybrid"), 6, 2))
    assert more == at_once
    monkeypatch.setattr(runs.models, "load", lambda *_, **__: pytest.fail("nothing is to be sampled"))
    assert evaluate(benchmark(), settings, tmp_path / "run") == more  # without a plan: as it is
    fewer = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(None, 2, 1))
    assert figure(fewer, "none", "proven") == figure(first, "none", "proven")


def test_each_stage_can_be_redone_alone(tmp_path, settings, monkeypatch):
    folder = tmp_path / "run"
    scores = evaluate(benchmark(), settings, folder)
    monkeypatch.setattr(runs.models, "load", lambda *_, **__: pytest.fail("nothing is to be sampled"))
    samples, checks = ((folder / f"{name}.jsonl").read_bytes() for name in ("samples", "checks"))
    checked = []
    counting = benchmark(check=lambda sources: checked.extend(sources) or tiny_benchmark.check(sources))
    assert evaluate(counting, settings, folder, redo="score") == scores
    assert checked == []
    assert evaluate(counting, settings, folder, redo="check") == scores
    assert len(checked) == 4 * 6  # what is the same in several arms and seeds is checked once
    assert sorted((folder / "checks.jsonl").read_bytes().splitlines()) == sorted(checks.splitlines())
    assert evaluate(counting, settings, folder, redo="extract") == scores
    assert (folder / "samples.jsonl").read_bytes() == samples


def test_a_run_that_is_not_complete_can_be_scored_and_says_so(tmp_path, settings):
    folder = tmp_path / "run"
    evaluate(benchmark(), settings, folder, plan=Plan(("none",), 2, 1))
    scores = evaluate(benchmark(), settings, folder, plan=Plan(None, 3, 1), redo="score")
    assert Skipped("tiny", "4 of 12 samples are not there yet") in scores.skipped


def test_oracles_of_another_version_are_refused_until_everything_is_checked_again(tmp_path, settings):
    folder = tmp_path / "run"
    evaluate(benchmark(), settings, folder, plan=Plan(("none",), 2, 1))
    with pytest.raises(UsageError, match=r"marks 1 then, 2 now; use --redo check"):
        evaluate(benchmark("2"), settings, folder, plan=Plan(None, 3, 1))
    scores = evaluate(benchmark("2"), settings, folder, redo="check")
    assert scores.run["oracles"] == {"marks": "2"}
    assert [each["checks"][0]["oracle"] for each in records(folder, "checks")] == ["marks"] * 8


def test_a_redo_that_is_killed_between_forgetting_and_checking_is_no_mix(tmp_path, settings):
    folder = tmp_path / "run"
    evaluate(benchmark(), settings, folder, plan=Plan(("none",), 2, 1))
    (folder / "checks.jsonl").unlink()
    assert evaluate(benchmark("2"), settings, folder).run["oracles"] == {"marks": "2"}


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("content of the benchmark", {"benchmark": benchmark(tasks=tiny_benchmark.TASKS[:3])}),
        (r"temperature \(0.4, now 0.8\)", {"temperature": 0.8}),
        (r"k \(1, now 2\)", {"k": 2}),
        (r"model \('fake:.*', now 'fake:'\)", {"model": "fake:"}),
        ("content of the model", {"answers": ["    return 1\n"]}),
    ],
)
def test_a_run_of_something_else_is_refused(tmp_path, settings, what, change):
    folder = tmp_path / "run"
    evaluate(benchmark(), settings, folder, plan=Plan(("none",), 1, 1))
    if answers := change.pop("answers", None):
        Path(settings.model.removeprefix("fake:")).write_text(json.dumps(answers))
    other = change.pop("benchmark", benchmark())
    with pytest.raises(UsageError, match=f"was made with another {what}; give --out another folder"):
        evaluate(other, replace(settings, **change), folder)


def test_a_changed_codebase_is_refused(tmp_path, settings, monkeypatch):
    evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none",), 1, 1))
    monkeypatch.setattr(runs.Codebase, "digest", lambda self: "another")
    with pytest.raises(UsageError, match="another content of the codebase"):
        evaluate(benchmark(), settings, tmp_path / "run")


def test_prompts_that_are_made_differently_are_refused(tmp_path, settings, monkeypatch):
    folder = tmp_path / "run"
    evaluate(benchmark(), settings, folder, plan=Plan(("none", "hybrid"), 1, 1))
    monkeypatch.setattr("seccoder.prompts.integrate.LINE_COMMENT", {"python": "##", "c": "////"})
    monkeypatch.setattr("seccoder.prompts.frames.before", lambda code, blocks, language: "changed\n" + code)
    with pytest.raises(UsageError, match="were made by another version of this program"):
        evaluate(benchmark(), settings, folder, plan=Plan(None, 2, 1))


def test_a_run_that_sampled_nothing_does_not_stand_in_the_way(tmp_path, settings):
    folder = tmp_path / "run"
    with pytest.raises(ModelError):
        evaluate(benchmark(), replace(settings, model="fake:/nowhere.json"), folder)
    assert evaluate(benchmark(), settings, folder).run["model"] == settings.model


def test_a_folder_that_is_no_run_is_refused(tmp_path, settings):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"cannot use .* as a run's folder"):
        evaluate(benchmark(), settings, tmp_path / "file")
    (tmp_path / "half").mkdir()
    (tmp_path / "half/manifest.json").write_text('{"identity": {"ben')
    with pytest.raises(UsageError, match="the folder is no run, or was damaged"):
        evaluate(benchmark(), settings, tmp_path / "half")
    (tmp_path / "records").mkdir()
    (tmp_path / "records/samples.jsonl").write_text("")
    with pytest.raises(UsageError, match=r"holds records but no manifest\.json"):
        evaluate(benchmark(), settings, tmp_path / "records")
    assert (tmp_path / "records/samples.jsonl").exists()


def test_the_manifest_has_what_it_takes_to_repeat_the_run(tmp_path, settings, monkeypatch):
    monkeypatch.setattr("sys.argv", ["/somewhere/bin/seccoder", "evaluate", "tiny", "--out", f"{Path.cwd()}/runs/x"])
    for samples in (1, 2):
        evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none",), samples, 1))
    manifest = json.loads((tmp_path / "run/manifest.json").read_text())
    sampling = {"temperature": 0.4, "top_p": 0.95, "top_k": 50, "max_tokens": 300, "k": 1, "seed": 0}
    assert manifest["identity"]["settings"] == sampling
    assert all(len(manifest["identity"][f"{what}_digest"]) == 64 for what in ("benchmark", "codebase", "model"))
    assert (manifest["oracles"], manifest["chat"], manifest["samples"]) == ({"marks": "1"}, False, 2)
    assert manifest["contamination"] == {"demonstrations": 10, "texts": 4, "overlaps": []}
    assert {"seccoder", "python", "numpy"} <= set(manifest["versions"])
    assert [each["command"] for each in manifest["commands"]] == ["seccoder evaluate tiny --out ./runs/x"] * 2
    assert set(manifest["commands"][0]) == {"at", "command", "commit"}


def test_two_at_once_are_one_too_many(tmp_path, settings):
    with locked(tmp_path / "run"), pytest.raises(UsageError, match="another process is working on the run"):
        evaluate(benchmark(), settings, tmp_path / "run")


def test_a_torn_line_is_cut_and_a_damaged_one_refused(tmp_path):
    path = tmp_path / "x.jsonl"
    log = Log(path)
    log.append([{"a": 1}, {"text": "half a pair: \ud83d", "b": "Straße"}])
    with path.open("ab") as file:
        file.write(b'{"a": 2, "b"')
    again = Log(path)
    assert again.records == [{"a": 1}, {"text": "half a pair: \ud83d", "b": "Straße"}]
    again.append([{"a": 3}])
    assert [each.get("a") for each in Log(path).records] == [1, None, 3]
    path.write_bytes(path.read_bytes().replace(b'{"a": 1}', b'{"a": 1'))
    with pytest.raises(SecCoderError, match=r"x.jsonl, line 1: not a record"):
        Log(path)


def test_a_packed_run_is_read_and_extended(tmp_path, settings):
    folder = tmp_path / "run"
    scores = evaluate(benchmark(), settings, folder, plan=Plan(("none",), 2, 1))
    for path in list(folder.glob("*.jsonl")):
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    assert evaluate(benchmark(), settings, folder) == scores
    assert not list(folder.glob("*.jsonl"))
    evaluate(benchmark(), settings, folder, plan=Plan(None, 3, 1))
    assert len(records(folder, "samples")) == 12
    assert not (folder / "samples.jsonl.gz").exists()
    (folder / "codes.jsonl").unlink()
    (folder / "codes.jsonl.gz").write_bytes(b"no archive")
    with pytest.raises(SecCoderError, match=r"cannot read .*codes.jsonl.gz"):
        evaluate(benchmark(), settings, folder)


def test_nothing_and_garbage_are_samples_like_any_other(tmp_path, settings):
    (tmp_path / "garbage.json").write_text(json.dumps(["", "\x00\ud83d((", "   \n"]))
    settings = replace(settings, model=f"fake:{tmp_path / 'garbage.json'}")
    scores = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none",), 3, 1))
    row = figure(scores, "none", "proven")
    assert (row.value, row.n, row.invalid) == (0, 12, 12)
    assert [each.reason for each in scores.skipped].count(
        "arm none, seed 0: no valid completion that was decided; left out"
    ) == 4


def test_a_model_that_fails_ends_the_run_and_loses_nothing(tmp_path, settings, monkeypatch):
    from seccoder.models.fake import FakeLM

    real, calls = FakeLM.generate, []

    def failing(self, prompt, n, sampling):
        calls.append(n)
        if len(calls) == 5:
            raise ModelError("the server is gone")
        return real(self, prompt, n, sampling)

    monkeypatch.setattr(FakeLM, "generate", failing)
    with pytest.raises(ModelError, match="the server is gone"):
        evaluate(benchmark(), settings, tmp_path / "run")
    assert len(records(tmp_path / "run", "samples")) == len(records(tmp_path / "run", "checks")) == 4 * 6
    evaluate(benchmark(), settings, tmp_path / "run")
    assert sorted(set(keys(tmp_path / "run", "samples"))) == sorted(keys(tmp_path / "run", "samples"))
    assert len(calls) == 5 + ALL // 6 - 4


def test_an_interrupted_run_goes_on(tmp_path, settings, monkeypatch):
    from seccoder.models.fake import FakeLM

    real, calls = FakeLM.generate, []

    def interrupted(self, prompt, n, sampling):
        calls.append(n)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, prompt, n, sampling)

    monkeypatch.setattr(FakeLM, "generate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        evaluate(benchmark(), settings, tmp_path / "run")
    assert len(records(tmp_path / "run", "samples")) == 2 * 6
    evaluate(benchmark(), settings, tmp_path / "run")
    for name in ("samples", "codes", "checks"):
        assert len(set(keys(tmp_path / "run", name))) == len(keys(tmp_path / "run", name)) == ALL


def test_a_check_that_fails_as_a_whole_ends_the_run(tmp_path, settings):
    def broken(sources):
        raise SecCoderError("the tests are gone")

    with pytest.raises(SecCoderError, match="the tests are gone"):
        evaluate(benchmark(check=broken), settings, tmp_path / "run")
    assert len(evaluate(benchmark(), settings, tmp_path / "run").skipped) == 0


def test_progress_counts_what_is_checked_to_the_end(tmp_path, settings):
    told = []
    evaluate(benchmark(), settings, tmp_path / "run", on_progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, ALL)
    assert told[-1] == (ALL, ALL)


def test_models_that_take_several_calls_at_a_time_give_the_same(tmp_path, settings, monkeypatch):
    from seccoder.models.fake import FakeLM

    one = evaluate(benchmark(), settings, tmp_path / "one")
    monkeypatch.setattr(FakeLM, "calls_at_a_time", 3, raising=False)
    assert evaluate(benchmark(), settings, tmp_path / "three") == one


def test_a_model_that_takes_all_requests_and_answers_in_any_order_gives_the_same(tmp_path, settings, monkeypatch):
    from seccoder.models.fake import FakeLM

    def generate_all(self, requests):
        numbered = list(enumerate(requests))
        for number, (prompt, n, sampling) in reversed(numbered):
            yield number, self.generate(prompt, n, sampling), 3.0 * n

    one = evaluate(benchmark(), settings, tmp_path / "one")
    monkeypatch.setattr(FakeLM, "generate_all", generate_all, raising=False)
    other = evaluate(benchmark(), settings, tmp_path / "other")

    def without_seconds(scores):
        return [row for row in scores.results if not row.metric.startswith("seconds")]

    assert without_seconds(other) == without_seconds(one)
    assert sorted(keys(tmp_path / "other", "samples")) == sorted(keys(tmp_path / "one", "samples"))
    assert {each["seconds"] for each in records(tmp_path / "other", "samples")} == {3.0}


def test_a_server_that_is_killed_in_the_middle_of_a_run_costs_no_sample(tmp_path, settings, monkeypatch):
    first, second = Server(), Server()
    answer = stream(chunk("    return 'safe'\n", "stop"))
    first.answers, second.answers = [*[answer] * 20, dying(first)], [answer]
    monkeypatch.setenv("OPENAI_BASE_URL", f"{first.url},{second.url}")
    settings = replace(settings, model="openai:m?completions")
    scores = evaluate(benchmark(), settings, tmp_path / "run", plan=Plan(("none", "hybrid")))
    assert sorted(set(keys(tmp_path / "run", "samples"))) == sorted(keys(tmp_path / "run", "samples"))
    assert figure(scores, "none", "proven").n == figure(scores, "hybrid", "proven").n == 48
    assert len(first.requests) > 20
    assert len(second.requests) >= 96 - 20
    second.http.shutdown()
    second.http.server_close()


def test_a_codebase_that_holds_a_task_is_refused(tmp_path, settings):
    with Codebase.open(settings.codebase) as codebase:
        code = codebase.demonstrations()[0].code
    task = tiny_benchmark.TASKS[0].__class__("leak", "python", "CWE-89", code)
    with pytest.raises(UsageError, match=r"the codebase gives the benchmark away \(1 times\)"):
        evaluate(benchmark(tasks=(task,)), settings, tmp_path / "run")


@pytest.mark.parametrize(
    "check",
    [
        Check("gcc", "", "static", analysed=False, reason="does not cover go", why=Why.NOT_COVERED),
        Check("executed", "1", "executed", analysed=False, reason="bubblewrap is not installed", why=Why.MISSING_TOOL),
        Check("executed", "1", "executed", analysed=True, exercised=True, valid=True),
        Check("bandit", "1", "static", analysed=True, flagged=True, findings=(Finding("bandit", "B1", None, 1, "no"),)),
    ],
    ids=lambda check: check.reason or check.oracle,
)
def test_a_stored_check_says_the_same_again(check):
    stored = json.loads(json.dumps(check.to_json()))
    assert Check.from_json(stored) == check
    del stored["why"]  # as it was stored before there was one
    old, task = Check.from_json(stored), Task("t", "go", "CWE-22", "x")
    source = Source("x", "go", "CWE-22", task)
    for others in ([], [Check("syntax", "", "static", analysed=False, reason="it crashed")]):
        assert combine(source, [old, *others]) == combine(source, [check, *others])
