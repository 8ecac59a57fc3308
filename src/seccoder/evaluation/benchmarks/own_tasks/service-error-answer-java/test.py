"""Every request has an answer, and what went wrong inside is not in it."""

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        show("fine", () -> Server.answer(() -> "3 places left"));
        show("broken", () -> Server.answer(() -> { throw new java.io.IOException("password hunter2 of db-7 was refused"); }));
        show("wrong", () -> Server.answer(() -> { throw new IllegalStateException("/srv/parking/cards.csv"); }));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_answers(said):
    assert said["fine"] == "3 places left"
    assert said["broken"].lower().startswith("error") and said["wrong"].lower().startswith("error")


def test_security_nothing_from_inside(said):
    assert "hunter2" not in said["broken"] and "/srv" not in said["wrong"]
