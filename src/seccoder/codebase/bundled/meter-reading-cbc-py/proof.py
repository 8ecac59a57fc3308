"""A stand-in for the package chains blocks as CBC does, with a toy in place of AES; a listener looks at what is sent."""

import hashlib
import importlib
from pathlib import Path

import pytest

CIPHERS = '''
import hashlib


class algorithms:
    class AES:
        def __init__(self, key):
            self.key = key


class modes:
    class CBC:
        def __init__(self, iv):
            assert len(iv) == 16
            self.iv = iv


def round_(key, half, n):
    return hashlib.sha256(key + bytes([n]) + half).digest()[:8]


def mix(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def block(key, data, order):
    left, right = data[:8], data[8:]
    for n in order:
        left, right = right, mix(left, round_(key, right, n))
    return right + left


class Cipher:
    def __init__(self, algorithm, mode):
        self.key, self.last = algorithm.key, mode.iv

    def encryptor(self):
        self.forward = True
        return self

    def decryptor(self):
        self.forward = False
        return self

    def update(self, data):
        out = b""
        for at in range(0, len(data), 16):
            piece = data[at : at + 16]
            if self.forward:
                self.last = block(self.key, mix(piece, self.last), range(4))
                out += self.last
            else:
                out += mix(block(self.key, piece, range(3, -1, -1)), self.last)
                self.last = piece
        return out

    def finalize(self):
        return b""
'''
for name, text in {
    "cryptography/__init__.py": "",
    "cryptography/hazmat/__init__.py": "",
    "cryptography/hazmat/primitives/__init__.py": "",
    "cryptography/hazmat/primitives/ciphers.py": CIPHERS,
}.items():
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)
importlib.invalidate_caches()

from subject import Meter  # noqa: E402

KEY = hashlib.sha256(b"meter").digest()


@pytest.mark.parametrize("reading", [b"", b"x", b"temperature 61.5", b"a" * 33])
def test_functional_there_and_back(reading):
    meter = Meter(KEY)
    data = meter.wrap(reading)
    assert len(data) % 16 == 0 and meter.unwrap(data) == Meter(KEY).unwrap(data) == reading
    assert meter.wrap(reading) != data


def test_functional_no_reading():
    for data in (b"", bytes(16), bytes(33)):
        with pytest.raises(ValueError):
            Meter(KEY).unwrap(data)


def test_security_the_next_iv_is_not_known_beforehand():
    meter = Meter(KEY)
    sent = [meter.wrap(b"open" * n) for n in range(1, 6)]
    for before, after in zip(sent, sent[1:], strict=False):
        assert after[:16] not in before


def test_security_a_guess_cannot_be_tested():
    meter = Meter(KEY)
    first = meter.wrap(b"valve=1; temp=40")
    known = meter.wrap(b"")[-16:]  # what a listener takes for the next IV
    guess = bytes(a ^ b ^ c for a, b, c in zip(b"valve=1; temp=40", first[:16], known, strict=True))
    assert meter.wrap(guess)[16:32] != first[16:32]
