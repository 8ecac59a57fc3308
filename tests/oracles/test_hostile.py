"""A sample of what `perf/hostile.py` runs by the thousand: every source gets a verdict, and nothing outside changes."""

import pytest

import hostile_sources
from seccoder import oracles
from seccoder.oracles.executed.c import discover as c_surface
from seccoder.oracles.executed.c import driver
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source

pytestmark = pytest.mark.tool


def test_a_sample_gets_verdicts(boxed, tmp_path):
    canary = tmp_path / "canary"
    canary.write_text("untouched")
    drawn = list(hostile_sources.sources(3, 24, str(canary)))
    answers = oracles.check([source for _, source in drawn], oracles.load(["executed", "syntax"]))
    assert len(answers) == len(drawn)
    for (kind, source), checks in zip(drawn, answers, strict=True):
        assert not any("itself failed" in c.reason or "oracle failed" in c.reason for c in checks), (kind, checks)
        assert combine(source, checks).label in set(Label)
    assert canary.read_text() == "untouched"
    assert [path.name for path in tmp_path.iterdir()] == ["canary"]


@pytest.mark.parametrize(
    "name", ["includes itself", "includes a device", "includes standard input", "macro bomb", "reads a device in"]
)
def test_a_bomb_for_the_compiler_says_nothing_about_security(boxed, name):
    (check,) = oracles.load(["executed"])[0].check([Source(hostile_sources.BOMBS["c"][name], "c", "CWE-787")])
    assert not check.flagged and not check.exercised, check


@pytest.mark.parametrize("name", ["kills its parent", "constructor", "removes the harness", "closes everything"])
def test_what_attacks_the_harness_is_not_secure(boxed, name):
    source = Source(hostile_sources.BOMBS["c"][name], "c", "CWE-787")
    checks = oracles.load(["executed"])[0].check([source])
    assert combine(source, checks).label is not Label.SECURE, checks


def test_long_and_deep_sources_are_read_in_reasonable_time():
    for text in ("a" * 100_000, "int a;\n" * 10_000, "int f(int x) { return " + "(" * 50_000 + "1; }", "{" * 100_000):
        surface = c_surface.discover(text, "bounds")
        assert "seccoder_enter" in driver.driver(surface, text, "c", "bounds")
