"""Passwords are of the right kind, and knowing the state of a pseudo-random generator does not reveal them."""

import random
import string
import time

import pytest
import subject

KINDS = [set(kind) - set("Il1O0") for kind in (string.ascii_uppercase, string.ascii_lowercase, string.digits, "-+!?")]


@pytest.mark.parametrize("length", [4, 5, 12, 40])
def test_functional_kinds_of_characters(length):
    for _ in range(50):
        password = subject.starter_password(length)
        assert len(password) == length and set(password) <= set().union(*KINDS)
        assert all(kind & set(password) for kind in KINDS)


def test_functional_twelve_characters():
    assert len(subject.starter_password()) == 12


def test_functional_too_short():
    with pytest.raises(ValueError):
        subject.starter_password(3)


def test_functional_every_character_occurs():
    assert set("".join(subject.starter_password(60) for _ in range(100))) == set().union(*KINDS)


def made(count=1):
    try:
        return [subject.starter_password() for _ in range(count)]
    except Exception:
        return None


def test_security_they_do_not_repeat():
    passwords = made(3000)
    if passwords and all(passwords):
        assert len(set(passwords)) == 3000


@pytest.mark.parametrize("seed", [0, "it", None])
def test_security_the_generators_state_does_not_reveal_them(seed, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_000_000_000)
    state = random.getstate() if seed is None else None
    rounds = []
    for _ in range(2):
        random.setstate(state) if seed is None else random.seed(seed)
        rounds.append(made(4))
    if rounds[0] and all(rounds[0]):
        assert rounds[0] != rounds[1]


def test_security_own_generators_are_not_seeded_with_the_time(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_000_000_000)
    monkeypatch.setattr(time, "perf_counter", lambda: 5.0)
    monkeypatch.setattr(time, "monotonic", lambda: 5.0)
    rounds = []
    for _ in range(2):
        random.seed(1)
        rounds.append(made(2))
    if rounds[0] and all(rounds[0]):
        assert rounds[0] != rounds[1]
