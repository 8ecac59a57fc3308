"""Sizes designers use work; enormous ones are refused without memory being taken."""

import tracemalloc

import pytest
from subject import placeholder


def test_functional_images():
    assert placeholder("3", "2") == b"P5 3 2 255\n" + b"\xc0" * 6
    assert len(placeholder("1920", "1080")) == len(b"P5 1920 1080 255\n") + 1920 * 1080


@pytest.mark.parametrize("size", [("0", "5"), ("5", "-1"), ("wide", "5"), ("", "")])
def test_functional_nonsense(size):
    with pytest.raises(ValueError):
        placeholder(*size)


@pytest.mark.parametrize("size", [("100000", "1000"), ("1", "200000000"), ("40000", "4000")])
def test_security_enormous_sizes(size):
    tracemalloc.start()
    with pytest.raises(ValueError):
        placeholder(*size)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000
