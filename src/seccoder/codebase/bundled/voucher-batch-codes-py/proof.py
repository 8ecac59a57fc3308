"""An attacker who knows the state of Python's own generator (some hundred codes give it away) or its seed, or the time,
must not be able to make the same codes."""

import random
import re
import time

import pytest

import subject


def test_functional_codes():
    codes = subject.make_batch(200, set())
    assert len(codes) == 200
    assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{4}(-[A-HJKMNP-Z2-9]{4}){2}", code) for code in codes)
    assert subject.make_batch(0, set()) == set()


def test_functional_used_codes_are_left_out():
    class Used:
        refused = set()

        def __contains__(self, code):
            if len(self.refused) < 5:
                self.refused.add(code)
            return code in self.refused

    used = Used()
    codes = subject.make_batch(10, used)
    assert len(codes) == 10 and not codes & used.refused


def test_functional_all_characters_occur():
    text = "".join(subject.make_batch(300, set()))
    assert set(text) == set(subject.ALPHABET) | {"-"}


def test_security_state_of_the_generator_predicts_nothing():
    state = random.getstate()
    first = subject.make_batch(5, set())
    random.setstate(state)
    assert not first & subject.make_batch(5, set())


@pytest.mark.parametrize("seed", [0, 1700000000, "spring-sale"])
def test_security_seed_predicts_nothing(seed):
    random.seed(seed)
    first = subject.make_batch(5, set())
    random.seed(seed)
    assert not first & subject.make_batch(5, set())


def test_security_time_predicts_nothing(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1700000000.0)
    monkeypatch.setattr(time, "time_ns", lambda: 1700000000 * 10**9)
    assert not subject.make_batch(5, set()) & subject.make_batch(5, set())
