"""Runs in the sandbox, in a child process: stands in for pycryptodome, which is imported as `Crypto` or `Cryptodome`.

Ciphers encipher nothing, but give back bytes of the right length, and each use is recorded with its mode and the length
of its key. Digests are the real ones.
"""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D102
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import hashlib
import os
import sys
import types

import observe

MODES = {
    1: "ECB",
    2: "CBC",
    3: "CFB",
    5: "OFB",
    6: "CTR",
    7: "OPENPGP",
    8: "CCM",
    9: "EAX",
    10: "SIV",
    11: "GCM",
    12: "OCB",
}
BLOCKS = {
    "AES": 16,
    "DES": 8,
    "DES3": 8,
    "Blowfish": 8,
    "CAST": 8,
    "ARC2": 8,
    "ARC4": 1,
    "ChaCha20": 1,
    "ChaCha20_Poly1305": 1,
    "Salsa20": 1,
}


class Cipher:
    """Is a cipher with a key."""

    def __init__(self, block, given):
        self.block_size = block
        self.nonce = given.get("nonce") or os.urandom(12)
        self.iv = given.get("iv") or os.urandom(block)

    def encrypt(self, text):
        return bytes(255 - byte for byte in bytes(text))

    decrypt = encrypt

    def digest(self):
        return os.urandom(16)

    def hexdigest(self):
        return self.digest().hex()

    def encrypt_and_digest(self, text):
        return self.encrypt(text), self.digest()

    def decrypt_and_verify(self, text, _):
        return self.decrypt(text)

    def update(self, _):
        return self

    def verify(self, _):
        pass


def _cipher(name, block):
    module = types.ModuleType(name)
    module.block_size, module.key_size = block, (16, 24, 32)
    for number, mode in MODES.items():
        setattr(module, f"MODE_{mode}", number)

    def new(key=b"", mode=None, *rest, **given):
        stream = block == 1
        observe.note("cipher", name=name, mode="" if stream else MODES.get(mode, "ECB"), bits=8 * len(bytes(key)))
        if rest and isinstance(rest[0], (bytes, bytearray)):
            given.setdefault("iv", bytes(rest[0]))
        return Cipher(block, given)

    module.new = new
    return module


def _digest(name):
    module = types.ModuleType(name)
    module.new = lambda data=b"", **_: hashlib.new(name.lower().replace("_", "-"), bytes(data))
    return module


def _key(name):
    module = types.ModuleType(name)

    class Key:
        def export_key(self, *_, **__):
            return b"key"

        def public_key(self):
            return self

        publickey, exportKey = public_key, export_key

    def generate(bits=2048, *_, **__):
        observe.note("key", name=name, bits=int(bits))
        return Key()

    module.generate, module.import_key, module.importKey = generate, lambda *_, **__: Key(), lambda *_, **__: Key()
    return module


def pad(text, size, *_):
    """Pad as PKCS #7 does."""
    more = size - len(text) % size
    return bytes(text) + bytes([more]) * more


def install():
    """Install the stand-ins, under both names."""
    for top in ("Crypto", "Cryptodome"):
        modules = {f"{top}.Cipher.{name}": _cipher(name, block) for name, block in BLOCKS.items()}
        modules |= {
            f"{top}.Hash.{name}": _digest(name)
            for name in ("MD5", "SHA1", "SHA", "SHA224", "SHA256", "SHA384", "SHA512")
        }
        modules |= {f"{top}.PublicKey.{name}": _key(name) for name in ("RSA", "DSA")}
        drawn, padding, derived = (types.ModuleType(name) for name in ("Random", "Padding", "KDF"))
        drawn.get_random_bytes, drawn.new = os.urandom, lambda: types.SimpleNamespace(read=os.urandom)
        padding.pad, padding.unpad = pad, lambda text, *_: bytes(text)[: -bytes(text)[-1]]
        derived.PBKDF2 = lambda password, salt, dkLen=16, count=1000, **_: hashlib.pbkdf2_hmac(
            "sha1", observe.octets(password), observe.octets(salt), count, dkLen
        )
        derived.scrypt = lambda password, salt, key_len=32, N=16, r=1, p=1, **_: hashlib.scrypt(
            observe.octets(password), salt=observe.octets(salt), n=N, r=r, p=p, dklen=key_len
        )
        modules |= {f"{top}.Random": drawn, f"{top}.Util.Padding": padding, f"{top}.Protocol.KDF": derived}
        for name in (top, *(f"{top}.{part}" for part in ("Cipher", "Hash", "PublicKey", "Util", "Protocol"))):
            sys.modules[name] = types.ModuleType(name)
            sys.modules[name].__path__ = []
        for name, module in modules.items():
            sys.modules[name] = module
        for name in sorted(sys.modules):
            parent, _, last = name.rpartition(".")
            if name.startswith(f"{top}.") and parent in sys.modules:
                setattr(sys.modules[parent], last, sys.modules[name])
