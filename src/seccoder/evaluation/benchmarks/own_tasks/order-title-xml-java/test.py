"""Titles are read, and no file is read with them."""

from pathlib import Path

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String xml = arguments[i];
            show("" + i, () -> Orders.title(xml));
        }
    }
}
"""


@pytest.fixture(scope="module")
def titles(java):
    program = java(DRIVER)
    return lambda *orders: list(program(*orders).said.values())


def test_functional_titles(titles):
    assert titles("<order><title>Flyer</title></order>", "<order><n>3</n><title>A &amp; B</title></order>") == ["Flyer", "A & B"]


def test_security_no_file_is_read(titles):
    Path("private.txt").write_text("hunter2")
    entity = f'<!DOCTYPE order [<!ENTITY e SYSTEM "{Path("private.txt").resolve().as_uri()}">]>'
    assert "hunter2" not in titles(f"{entity}<order><title>&e;</title></order>")[0]
