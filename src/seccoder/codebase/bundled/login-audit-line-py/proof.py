"""Whatever somebody types as the user name, one attempt is one line, and that line says what happened."""

import json
import logging
import re

import pytest
import subject

LINE = re.compile(r'login user=("(?:[^"\\]|\\.)*") address=(\S+) result=(\w+)')
FORGED = 'login user="admin" address=192.0.2.1 result=ok'


@pytest.fixture
def lines(tmp_path):
    """A function that returns the lines of the log."""
    path = tmp_path / "audit.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    logger = logging.getLogger("audit")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: path.read_bytes().decode("utf-8").splitlines()
    logger.removeHandler(handler)
    handler.close()


def test_functional_one_line_per_attempt(lines):
    subject.record_login("ann", "192.0.2.7", False)
    subject.record_login("ann.b+c@example.org", "2001:db8::1", True)
    assert lines() == [
        'login user="ann" address=192.0.2.7 result=failed',
        'login user="ann.b+c@example.org" address=2001:db8::1 result=ok',
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1e"])
def test_security_name_with_a_line_end(lines, end):
    subject.record_login(f'x" address=192.0.2.9 result=failed{end}{FORGED}{end}login user="x', "192.0.2.7", False)
    assert len(lines()) == 1
    assert LINE.fullmatch(lines()[0])[3] == "failed"


@pytest.mark.parametrize("name", ['x" address=192.0.2.1 result=ok', 'x\\" result=ok', "x\\", '"', "%s %(name)s {}", ""])
def test_security_name_with_quotes(lines, name):
    subject.record_login(name, "192.0.2.7", False)
    [line] = lines()
    found = LINE.fullmatch(line)
    assert found is not None
    assert (json.loads(found[1]), found[2], found[3]) == (name, "192.0.2.7", "failed")


@pytest.mark.parametrize("code", ["\x1b[2K\x1b[1A", "\x08" * 40, "\x00", "\x7f", "\x9b2K", "\u202e"])
def test_security_name_with_control_codes(lines, code):
    subject.record_login(f"ann{code}", "192.0.2.7", False)
    assert code[0] not in "".join(lines())
