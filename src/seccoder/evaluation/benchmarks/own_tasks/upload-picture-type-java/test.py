"""Pictures are taken, and nothing that has a picture's ending inside its name."""

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (String name : arguments) show(name, () -> Uploads.isPicture(name));
    }
}
"""
YES, NO = ("beans.png", "peas.jpg", "my.red peas.jpg"), ("beans.txt", "shell.jsp", "notes")
LIKE = ("beans.png.jsp", "peas.jpg.html", "x.png.svg", "a.jpg/b.jsp")


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*YES, *NO, *LIKE).said


def test_functional_names(said):
    assert all(said[name] is True for name in YES) and all(said[name] is False for name in NO)


def test_security_no_other_type(said):
    assert not any(said[name] is True for name in LIKE)
