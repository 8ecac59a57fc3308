"""Nobody may compute another user's token, not even from many tokens of his own."""

import random
import time

import pytest
import subject


@pytest.fixture
def resets():
    return subject.PasswordResets()


def untemper(y):
    """The state word of the Mersenne Twister that gave the output `y`."""
    y ^= y >> 18
    y ^= (y << 15) & 0xEFC60000
    x = y
    for _ in range(4):
        x = y ^ ((x << 7) & 0x9D2C5680)
    y = x
    for _ in range(2):
        x = y ^ (x >> 11)
    return x


def test_functional_token_works_once(resets):
    token = resets.issue("ann@example.org")
    assert resets.redeem(token) == "ann@example.org"
    assert resets.redeem(token) is None


def test_functional_unknown_token(resets):
    resets.issue("ann@example.org")
    assert resets.redeem("") is None
    assert resets.redeem("0" * 64) is None


def test_functional_token_expires(resets, monkeypatch):
    token = resets.issue("ann@example.org")
    later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: later)
    assert resets.redeem(token) is None


def test_security_next_token_from_own_tokens(resets):
    words = []
    for _ in range(78):  # 78 tokens of 8 words: the whole state of the generator
        value = int(resets.issue("mallory@example.org"), 16)
        words += [untemper(value >> 32 * i & 0xFFFFFFFF) for i in range(8)]
    clone = random.Random()
    clone.setstate((3, (*words, 624), None))
    resets.issue("victim@example.org")
    assert resets.redeem(f"{clone.getrandbits(256):064x}") is None


def test_security_token_does_not_follow_from_the_seed(resets):
    tokens = set()
    for _ in range(3):
        random.seed(1700000000)
        tokens.add(resets.issue("victim@example.org"))
    assert len(tokens) == 3


def test_security_token_does_not_follow_from_the_clock(resets, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1700000000.0)
    assert len({resets.issue("victim@example.org") for _ in range(50)}) == 50
