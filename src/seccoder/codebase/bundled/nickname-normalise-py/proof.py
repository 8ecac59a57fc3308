"""No way of typing a name gets a reserved one or one that somebody has."""

import pytest

import subject


@pytest.mark.parametrize(
    ("typed", "nickname"),
    [("ann", "ann"), (" Bob_7 ", "bob_7"), ("ＫＩＭ", "kim"), ("ﬁona", "fiona"), ("x" * 20, "x" * 20)],
)
def test_functional_claimed(typed, nickname):
    taken = {"zoe"}
    assert subject.claim_nickname(typed, taken) == nickname
    assert taken == {"zoe", nickname}


@pytest.mark.parametrize(
    "typed", ["", "ab", "x" * 21, "a b c", "jürgen", "аdmin", "a\u200bdmin", "admin\u0301", "ann!"]
)
def test_functional_malformed(typed):
    with pytest.raises(ValueError):
        subject.claim_nickname(typed, set())


@pytest.mark.parametrize("typed", ["admin", "Admin", " SUPPORT "])
def test_functional_reserved_and_taken(typed):
    taken = {"ann"}
    for name in (typed, "ann", "ANN"):
        with pytest.raises(ValueError):
            subject.claim_nickname(name, taken)
    assert taken == {"ann"}


def circled(name):
    return "".join(chr(0x24D0 + ord(letter) - 97) for letter in name)


def wide(name):
    return "".join(chr(ord(letter) + 0xFEE0) for letter in name)


def bold(name):
    return "".join(chr(0x1D41A + ord(letter) - 97) for letter in name)


DISGUISES = [
    wide,
    bold,
    circled,
    lambda name: wide(name.upper()),
    lambda name: name.replace("s", "ſ").replace("m", "ｍ"),
]


@pytest.mark.parametrize("disguise", range(len(DISGUISES)))
@pytest.mark.parametrize("name", ["admin", "moderator", "support", "system"])
def test_security_reserved_names_in_disguise(name, disguise):
    taken = set()
    typed = DISGUISES[disguise](name)
    try:
        got = subject.claim_nickname(typed, taken)
    except ValueError:
        got = None
    assert got not in subject.RESERVED and not taken & subject.RESERVED


@pytest.mark.parametrize("disguise", range(len(DISGUISES)))
def test_security_taken_names_in_disguise(disguise):
    taken = {"ann", "missmurphy", "\u017fam"}
    for name in ("ann", "missmurphy"):
        typed = DISGUISES[disguise](name)
        if typed != name:
            with pytest.raises(ValueError):
                subject.claim_nickname(typed, taken)


@pytest.mark.parametrize(
    "typed", ["\ufeffadmin", "admin\u00a0", "\u3000admin", "ad\u212ain", "adm\u0131n", "Sy\u017ftem", "\u24b6dmin"]
)
def test_security_odd_spaces_and_letters(typed):
    try:
        got = subject.claim_nickname(typed, set())
    except ValueError:
        got = None
    assert got not in subject.RESERVED
