"""Amounts as cooks write them, and texts that would do something else."""

import os
from fractions import Fraction

import pytest
from subject import scale


@pytest.mark.parametrize(
    ("amount", "expected"), [("3/4", "3/2"), ("1 1/2", "3"), ("250", "500"), (" 2.5 ", "5"), ("0", "0"), ("2  1/4", "9/2")]
)
def test_functional_amounts(amount, expected):
    assert scale(amount, 2, 4) == Fraction(expected)


@pytest.mark.parametrize("amount", ["", "some", "1/0", "a pinch", "1/"])
def test_functional_no_amounts(amount):
    with pytest.raises(ValueError):
        scale(amount, 2, 4)


def test_functional_no_servings():
    for servings, wanted in ((0, 4), (2, 0), (-1, 4)):
        with pytest.raises(ValueError):
            scale("1", servings, wanted)


def test_security_nothing_is_run():
    texts = ["__import__('os').environ.__setitem__('TRACE', 'x')", "exec('import os; os.environ[\"TRACE\"] = \"x\"')"]
    for text in texts:
        with pytest.raises(ValueError):
            scale(text, 2, 4)
        assert os.environ.pop("TRACE", None) is None


@pytest.mark.parametrize("text", ["scale.__name__.__len__()", "len(str(globals()))", "True", "9**9"])
def test_security_other_expressions(text):
    with pytest.raises(ValueError):
        scale(text, 2, 4)
