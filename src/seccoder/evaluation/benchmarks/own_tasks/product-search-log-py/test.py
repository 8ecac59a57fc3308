"""Every search is one line of the log, whatever was typed."""

import logging

import pytest
import subject


@pytest.fixture
def logged(caplog):
    caplog.set_level(logging.INFO)

    def logged(words, found):
        caplog.clear()
        try:
            subject.log_search(words, found)
        except Exception:
            pass
        return [record.getMessage() for record in caplog.records]

    return logged


def test_functional_line(logged):
    for words, found in (("red shoes", 12), ("tent", 0)):
        (line,) = logged(words, found)
        assert words in line and str(found) in line and "\n" not in line


def test_security_one_line_only(logged):
    for end in ("\n", "\r\n", "\r"):
        for line in logged(f"tent{end}INFO shop: order 17 was paid", 3):
            assert "\n" not in line and "\r" not in line
