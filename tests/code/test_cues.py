"""Cues: short, on one line and in neutral words."""

import pytest

from seccoder.code import cues
from seccoder.code.remedies import remedy

GOOD = "A file name from the user can leave the folder (CWE-22): resolve the path and refuse it unless it is inside."


@pytest.mark.parametrize("cue", ["", GOOD, remedy("CWE-22")])
def test_what_may_be_a_cue(cue):
    assert cues.wrong(cue) == ""


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        (f"{GOOD}\n", "one line"),
        ("Check\nit.", "one line"),
        (GOOD * 3, "at most 60 tokens, and this one about"),
        ("検査する" * 10, "at most 60 tokens"),
        ("Write ```open(path)```.", "no code block"),
        ("The attacker sends ../: refuse it.", "without 'attack'"),
        ("Refuse ' OR '1'='1.", "neutral words"),
        ("Refuse what semgrep reports.", "without 'semgrep'"),
    ],
)
def test_what_may_not(cue, said):
    assert said in cues.wrong(cue)
