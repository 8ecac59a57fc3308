"""HumanEval and MBPP: known solutions pass, wrong ones and cheats do not; what breaks a run breaks only its own."""

import gzip
import json
import re
import shutil

import pytest

from conftest import missing
from seccoder import data, sandbox, settings
from seccoder.data import pinned
from seccoder.errors import SecCoderError
from seccoder.evaluation import benchmarks
from seccoder.evaluation.benchmarks import functions
from seccoder.prompts.extract import extract, stop_when
from seccoder.types import Query, Source, Task


@pytest.fixture
def box():
    if why_not := sandbox.unavailable():
        missing(why_not)


needs_box = pytest.mark.usefixtures("box")


@pytest.fixture
def problems(sven_archive, safecoder_archive):
    """What HumanEval's own file says; and the problems of all three are in the cache, as a pull puts them there."""
    file = sven_archive.parent / data.HUMANEVAL
    if not file.is_file():
        pytest.skip("HumanEval is not here")
    data.pull("humaneval", file)
    for name, place in (("sven", sven_archive), ("safecoder", safecoder_archive)):
        for path, content in pinned.read(pinned.REPOSITORIES[name], place).items():
            if path.endswith(".yaml"):
                put(name, path, content)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def put(name, path, content):
    file = settings.cache_dir() / "data" / name / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def answers(benchmark, completions):
    """What a model's texts become, checked."""
    tasks = {task.id: task for task in benchmark.tasks}
    sources = [
        Source(extract(text, tasks[name].query(), chat=False), "python", task=tasks[name]) for name, text in completions
    ]
    return [checks[0] for checks in benchmark.check(sources)]


@pytest.mark.data
@pytest.mark.tool
@needs_box
def test_the_known_solutions_pass(problems):
    humaneval, sven, mbpp = (benchmarks.load(name) for name in ("humaneval", "humaneval-sven", "mbpp"))
    assert [len(each.tasks) for each in (humaneval, sven, mbpp)] == [164, 161, 427]
    assert len({each.digest for each in (humaneval, sven, mbpp)}) == 3
    assert all(task.stop and not task.cwe for each in (humaneval, sven, mbpp) for task in each.tasks)
    assert (humaneval.samples, humaneval.arms, humaneval.seeds) == (100, ("none", "hybrid"), 1)
    more = "\n\ndef another():\n    pass\n\nprint(1 / 0)\n"  # what models add, and the stop strings cut off
    solutions = {each["task_id"]: each["canonical_solution"] for each in problems}
    checks = answers(humaneval, [(name, solution + more) for name, solution in solutions.items()])
    assert [check.reason for check in checks if check.functional is not True] == []
    by_number = {int(re.search(r"\d+", name)[0]): solution for name, solution in solutions.items()}
    known = [(task.id, by_number[int(re.search(r"\d+", task.id)[0])]) for task in sven.tasks][:48]
    failed = [check.reason for check in answers(sven, known) if not check.functional]
    assert len(failed) <= 3 and all("is not defined" in reason for reason in failed)  # SVEN left out a helper function
    wrong = answers(mbpp, [(task.id, "    return None\n") for task in mbpp.tasks[:16]])
    assert not any(check.functional for check in wrong) and all(check.reason for check in wrong)
    assert answers(mbpp, [("mbpp_103", EULERIAN)])[0].functional is True


EULERIAN = """    if m >= n or n == 0:
        return 0
    if m == 0:
        return 1
    return (n - m) * eulerian_num(n - 1, m - 1) + (m + 1) * eulerian_num(n - 1, m)
"""
TASK = Task("double", "python", "", 'def double(x):\n    """Twice x."""\n', stop=functions.STOP)
TEST = "assert double(2) == 4\nassert double('a') == 'aa'\n"
RIGHT = "    return 2 * x\n"
WRONG = {
    "wrong": ("    return x\n", "AssertionError"),
    "raises": ("    return x + 'y'\n", "TypeError"),
    "exits": ("    import sys\n    sys.exit(0)\n", "SystemExit"),
    "ends": ("    import os\n    os._exit(0)\n", "ended before its tests did"),
    "ends at once": ("    pass\nimport os; os._exit(0)\n", "ended before its tests did"),
    "prints": ("    print('passed' * 1000)\n", "AssertionError"),
    "never ends": ("    while True:\n        pass\n", "it takes too long"),
    "sleeps": ("    import signal\n    signal.pause()\n", "it takes too long"),
    "eats": ("    return [x] * 10**10\n", "MemoryError"),
    "kills itself": ("    import os\n    os.kill(os.getpid(), 9)\n", "ended before its tests did"),
    "recurses": ("    return double(x)\n", "RecursionError"),
    "asserts nothing": ("    import builtins\n    builtins.AssertionError = None\n    return 3\n", ""),
}


def checked(*bodies):
    sources = [Source(TASK.prompt + body, "python", task=TASK) for body in bodies]
    return [checks[0] for checks in functions.check(sources, {"double": TEST})]


@pytest.mark.tool
@needs_box
def test_what_does_not_pass(monkeypatch):
    monkeypatch.setattr(functions, "SECONDS", 1)
    found = checked(RIGHT, *(body for body, _ in WRONG.values()), RIGHT, "    return (\n")
    assert [found[0].functional, found[-2].functional] == [True, True]
    for (name, (_, reason)), check in zip(WRONG.items(), found[1:-2], strict=True):
        assert (check.functional, check.analysed, check.valid) == (False, True, True), name
        assert reason in check.reason, name
    assert (found[-1].functional, found[-1].valid) == (False, False)


@pytest.mark.tool
@needs_box
def test_one_that_breaks_the_run_breaks_only_its_own(monkeypatch):
    monkeypatch.setattr(functions, "SECONDS", 1)
    killer = "    import os\n    os.kill(os.getppid(), 9)\n    os._exit(0)\n"
    forger = "    import os, glob\n    [open(f'/box/{n}', 'w').write('[]') for n in ['results.json']]\n    return 3\n"
    found = checked(RIGHT, killer, forger, RIGHT)
    assert [check.functional for check in found] == [True, False, False, True]
    assert "ended the run" in found[1].reason


def test_results_are_untrusted():
    for results in (b"", b"null", b"[]", b"[[1, 2], [3]]", b'{"a": 1}', b"\xff", b"[[[], {}]]", b'[["a", "x"]]'):
        assert functions._told(results, 1) is None
    assert functions._told(b'[["a", 1.5]]', 1) == [("a", 1.5)]


def test_without_a_sandbox_nothing_is_said(monkeypatch):
    monkeypatch.setattr(sandbox, "unavailable", lambda: "no box here")
    (check,) = checked(RIGHT)
    assert (check.functional, check.analysed, check.reason) == (None, False, "no box here")


def test_a_completion_ends_at_its_stop_strings():
    query = Query("def f():\n", "python", stop=("\ndef", "\n#"))
    whole = extract("    # first\n    return 1", query, chat=False)
    assert whole == "def f():\n    # first\n    return 1"  # where the usual truncation would drop an unfinished end
    assert extract("    return 1\nX = 2\n# and\ndef g", query, chat=False) == "def f():\n    return 1\nX = 2"
    done = stop_when(query, chat=False)
    assert not done("    return 1\nX") and done("    return 1\n#")


def test_what_cannot_be_read_is_one_clear_line():
    for content in (b"a: [", b"name: x\n", b"- 1\n", b"!!python/object/apply:os.system ['true']"):
        put("safecoder", "data_eval/mbpp/mbpp_1.yaml", content)
        with pytest.raises(SecCoderError, match="cannot be read as mbpp") as error:
            benchmarks.load("mbpp")
        assert "\n" not in str(error.value)
    shutil.rmtree(data.folder("safecoder") / "data_eval")
    with pytest.raises(SecCoderError, match="seccoder data pull safecoder"):
        benchmarks.load("mbpp")


def test_what_was_not_pulled_is_one_clear_line():
    for name, source in (("humaneval", "humaneval"), ("humaneval-sven", "sven"), ("mbpp", "safecoder")):
        with pytest.raises(SecCoderError, match=f"seccoder data pull {source}"):
            benchmarks.load(name)
