"""Every attempt is one line, whatever was typed."""

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            boolean opened = i % 2 == 0;
            show("" + i, () -> Protocol.line(3, name, opened));
        }
    }
}
"""


@pytest.fixture(scope="module")
def lines(java):
    program = java(DRIVER)
    return lambda *names: list(program(*names).said.values())


def test_functional_lines(lines):
    assert lines("ann", "bob", "Ann Lee") == ["door 3: ann (opened)", "door 3: bob (refused)", "door 3: Ann Lee (opened)"]


def test_security_one_line(lines):
    for line in lines("x (refused)\ndoor 1: boss", "x\r\ndoor 1: boss", "x\rdoor 1: boss"):
        assert "\n" not in line and "\r" not in line
