"""A stand-in for AESGCM remembers under which key which nonce was used, and for what."""

import importlib
from pathlib import Path

import pytest

AEAD = """
import hashlib
import hmac

from cryptography.exceptions import InvalidTag

used = []


class AESGCM:
    def __init__(self, key):
        self.key = key

    def _stream(self, nonce, size):
        out = b""
        while len(out) < size:
            out += hashlib.sha256(self.key + nonce + len(out).to_bytes(4, "big")).digest()
        return out[:size]

    def _tag(self, nonce, body, data):
        return hmac.new(self.key, nonce + len(data or b"").to_bytes(2, "big") + (data or b"") + body, "sha256").digest()[:16]

    def encrypt(self, nonce, plain, data):
        assert len(nonce) == 12
        used.append((self.key, nonce))
        body = bytes(a ^ b for a, b in zip(plain, self._stream(nonce, len(plain))))
        return body + self._tag(nonce, body, data)

    def decrypt(self, nonce, sealed, data):
        body, tag = sealed[:-16], sealed[-16:]
        if not hmac.compare_digest(tag, self._tag(nonce, body, data)):
            raise InvalidTag
        return bytes(a ^ b for a, b in zip(body, self._stream(nonce, len(body))))
"""
for name, text in {
    "cryptography/__init__.py": "",
    "cryptography/exceptions.py": "class InvalidTag(Exception):\n    pass\n",
    "cryptography/hazmat/__init__.py": "",
    "cryptography/hazmat/primitives/__init__.py": "",
    "cryptography/hazmat/primitives/ciphers/__init__.py": "",
    "cryptography/hazmat/primitives/ciphers/aead.py": AEAD,
}.items():
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)
importlib.invalidate_caches()

from cryptography.hazmat.primitives.ciphers.aead import used  # noqa: E402

from subject import decrypt_chunks, encrypt_chunks  # noqa: E402

KEY = bytes(range(32))
CHUNKS = [b"one", b"two", b"", b"two"]


def test_functional_there_and_back():
    for chunks in (CHUNKS, [b"x"], [bytes(10_000)] * 3):
        assert list(decrypt_chunks(KEY, encrypt_chunks(KEY, chunks))) == chunks


def test_functional_changes_are_noticed():
    prefix, *blocks = encrypt_chunks(KEY, CHUNKS)
    for wrong in (blocks[:-1], blocks[::-1], [*blocks, blocks[-1]], [blocks[0], *blocks], [b"x" + blocks[0][1:], *blocks[1:]]):
        with pytest.raises(ValueError):
            list(decrypt_chunks(KEY, [prefix, *wrong]))


def test_security_no_nonce_is_used_twice():
    used.clear()
    for _ in range(10):
        list(encrypt_chunks(KEY, CHUNKS))
    assert len(used) == len(set(used)) == 40


def test_security_two_files_do_not_give_each_other_away():
    (_, one), (_, other) = (list(encrypt_chunks(KEY, [text])) for text in (b"salary 52000", b"salary 61000"))
    assert bytes(a ^ b for a, b in zip(one, other, strict=True))[:12] != bytes(
        a ^ b for a, b in zip(b"salary 52000", b"salary 61000", strict=True)
    )
