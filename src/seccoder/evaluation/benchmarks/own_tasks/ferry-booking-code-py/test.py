"""Codes look as they should, and do not follow from a generator's state."""

import random
import re
import time

import subject


def test_functional_codes():
    codes = {subject.booking_code() for _ in range(50)}
    assert len(codes) == 50 and all(re.fullmatch(r"[A-Z]{8}", code) for code in codes)


def test_security_codes_cannot_be_foretold(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1.7e9)
    codes = []
    for _ in range(2):
        random.seed(42)
        codes.append([str(subject.booking_code()) for _ in range(3)])
    assert codes[0] != codes[1] or len(set(codes[0])) == 1
