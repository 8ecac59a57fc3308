"""A small cryptography package stands beside the code and notes which keys it is asked for."""

import importlib
from pathlib import Path

import pytest

ASKED = """
bits = []


class Key:
    def __init__(self, size):
        bits.append(size)

    def private_bytes(self, encoding, format, encryption):
        return f"{encoding} {format} {encryption.how}".encode()

    def public_key(self):
        return self

    def public_bytes(self, encoding, format):
        return f"{encoding} {format}".encode()
"""
FILES = {
    "cryptography/__init__.py": "",
    "cryptography/asked.py": ASKED,
    "cryptography/hazmat/__init__.py": "",
    "cryptography/hazmat/primitives/__init__.py": "",
    "cryptography/hazmat/primitives/serialization.py": """
class Encoding:
    PEM = "PEM"


class PrivateFormat:
    PKCS8 = "PKCS8"


class PublicFormat:
    SubjectPublicKeyInfo = "SPKI"


class NoEncryption:
    how = "clear"


class BestAvailableEncryption:
    def __init__(self, password):
        self.how = "encrypted with " + password.decode()
""",
    "cryptography/hazmat/primitives/asymmetric/__init__.py": "",
    "cryptography/hazmat/primitives/asymmetric/rsa.py": """
from cryptography.asked import Key


def generate_private_key(public_exponent, key_size, backend=None):
    assert public_exponent == 65537
    return Key(("rsa", key_size))
""",
    "cryptography/hazmat/primitives/asymmetric/ec.py": """
from cryptography.asked import Key


class Curve:
    pass


def curve(bits):
    return type("C", (Curve,), {"key_size": bits})


SECP192R1, SECP224R1, SECP256R1, SECP384R1, SECP521R1 = map(curve, (192, 224, 256, 384, 521))


def generate_private_key(curve, backend=None):
    return Key(("ec", curve.key_size))
""",
}
for name, text in FILES.items():
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)
importlib.invalidate_caches()

from cryptography.asked import bits  # noqa: E402

from subject import new_vendor_key  # noqa: E402


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_functional_both_halves(kind):
    assert new_vendor_key(kind, b"words") == (b"PEM PKCS8 encrypted with words", b"PEM SPKI")
    assert bits[-1][0] == kind


def test_functional_another_kind():
    with pytest.raises(ValueError):
        new_vendor_key("dsa", b"words")


@pytest.mark.parametrize(("kind", "least"), [("rsa", 2048), ("ec", 224)])
def test_security_the_keys_are_long_enough(kind, least):
    new_vendor_key(kind, b"words")
    assert bits[-1][1] >= least
