"""Placeholders stand for the guest's fields; nothing else of the program can be read through them."""

import pytest
import subject
from subject import Guest

SECRET = "hunter2-of-the-mail-server"


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setattr(subject, "SMTP_PASSWORD", SECRET)
    monkeypatch.setenv("SMTP_PASSWORD", SECRET)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Dear {guest.name}, you have {guest.seats} seats at table {guest.table}.", "Dear Ann, you have 2 seats at table 4."),
        ("{guest.name}{guest.name}", "AnnAnn"),
        ("No placeholder: 50 % off!", "No placeholder: 50 % off!"),
        ("", ""),
        ("Line one\n\tLine two: {guest.table}\n", "Line one\n\tLine two: 4\n"),
    ],
)
def test_functional_texts(template, text):
    assert subject.fill_in(template, Guest("Ann", 4, 2)) == text


def test_functional_a_name_is_taken_as_it_is():
    assert subject.fill_in("Hi {guest.name}", Guest("{guest.table} $name \\1 %s", 4)) == "Hi {guest.table} $name \\1 %s"


@pytest.mark.parametrize("template", ["{guest.age}", "{host}", "Dear {guest.nmae}"])
def test_functional_unknown_placeholder(template):
    with pytest.raises(ValueError):
        subject.fill_in(template, Guest("Ann", 4))


PATHS = [
    "guest.__init__.__globals__[SMTP_PASSWORD]",
    "guest.__class__.__init__.__globals__[SMTP_PASSWORD]",
    "guest.__eq__.__globals__[SMTP_PASSWORD]",
    "guest.__init__.__globals__[os].environ[SMTP_PASSWORD]",
    "guest.__init__.__globals__[os].environ",
    "guest.__init__.__globals__",
    "guest.__init__.__builtins__",
    "guest.__dict__",
    "guest.__class__.__mro__",
    "guest.__module__",
    "guest.name.__class__",
    "guest.name.__doc__",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("shape", ["{%s}", "{%s!s}", "{ %s }", "{guest.name:{%s}}", "{0.%s}", "${%s}", "%%(%s)s", "{{%s}}"])
def test_security_nothing_else_can_be_read(path, shape):
    template = shape % path
    try:
        text = str(subject.fill_in(template, Guest("Ann", 4)))
    except Exception as error:
        text = str(error)
    text = text.replace(template, "").replace(path, "")
    assert SECRET not in text
    for internal in ("<class", "<module", "<built-in", "{'", "environ(", "str(object=", "subject"):
        assert internal not in text
