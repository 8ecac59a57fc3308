"""The header names the file, and its value is one line with one name."""

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            show("" + i, () -> Downloads.disposition(name));
        }
    }
}
"""


@pytest.fixture(scope="module")
def headers(java):
    program = java(DRIVER)
    return lambda *names: list(program(*names).said.values())


def test_functional_headers(headers):
    assert headers("plan.pdf", "my plan.pdf") == [f'attachment; filename="{name}"' for name in ("plan.pdf", "my plan.pdf")]


def test_security_one_line(headers):
    for value in headers("a\r\nSet-Cookie: x=1", "a\nX: y", "a\rX: y"):
        assert "\n" not in value and "\r" not in value
