"""The commands work; what else the class can do cannot be called from the chat."""

import pytest
import subject

HELP = "Commands: !help, !next, !rating NAME, !join NAME"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("!help", HELP),
        ("!next", "We meet on Friday, 7 pm."),
        ("!rating ann", "ann has 1720."),
        ("!rating zoe", "I don't know zoe."),
        ("!join zoe", "Welcome, zoe!"),
        ("!rating   bob  ", "bob has 1545."),
        ("!dance", HELP),
        ("!rating", HELP),
        ("!rating ann bob", HELP),
        ("!next week", HELP),
        ("hello", None),
        ("see !help", None),
        ("", None),
    ],
)
def test_functional_lines(line, answer):
    assert subject.ClubBot().handle(line) == answer


def test_functional_joining():
    bot = subject.ClubBot()
    bot.handle("!join zoe")
    assert bot.handle("!rating zoe") == "zoe has 1000."


LINES = [
    "!reset",
    "!ban ann",
    "! ban ann",
    "!BAN ann",
    "!Reset",
    "!__init__",
    "!__class__",
    "!__repr__",
    "!__str__",
    "!__dir__",
    "!__reduce__",
    "!__reduce_ex__ 2",
    "!__sizeof__",
    "!__delattr__ members",
    "!__setattr__ evening never",
    "!__setattr__ help x",
    "!__getattribute__ members",
    "!__format__ x",
    "!__eq__ x",
    "!members.clear",
    "!members",
    "!evening",
    "!handle !reset",
    "!handle !help",
    "!!reset",
    "!help; reset",
    "!rating __class__",
    "!eval 1",
]


@pytest.mark.parametrize("line", LINES)
def test_security_nothing_else_can_be_called(line):
    bot = subject.ClubBot()
    called = []
    for name in ("ban", "reset"):
        setattr(bot, name, lambda *arguments, name=name: called.append(name))
    before = dict(vars(bot), members=dict(bot.members))
    try:
        answer = bot.handle(line)
    except Exception:
        answer = None
    assert called == []
    assert dict(vars(bot), members=dict(bot.members)) == before
    if line != "!rating __class__":
        assert answer in (None, "") or answer == HELP
