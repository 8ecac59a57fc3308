"""Runs in the sandbox, in a child process: records how sensitive functions of the standard library are used.

Each family asks for its observers by name. A use is recorded only while an attempt runs and the code under test is on
the stack. Foreign code shares this process, so each record is a claim, which is judged outside.
"""
# ruff: noqa: C901, ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D103
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import logging
import mmap
import os
import sys

MOST = 120
# Whether it matches against an expression right now, or may at any time; the process that started this one sees it too.
matching, LATER = mmap.mmap(-1, 1), 2
matched = [0.0]  # the processor time that this took
calls = []  # the calls of the current attempt: [kind, {what is known of it}, line]
where = lambda: None  # noqa: E731


def note(kind, **detail):
    """Record a use, if the code under test is behind it."""
    if len(calls) < MOST and (line := where()) is not None:
        calls.append([kind, {name: told(value) for name, value in detail.items()}, line])


def told(value, depth=0):
    """Return a value as JSON can hold it, cut short."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return value[:4000]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value[:4000]).decode("utf-8", "replace")
    if depth < 5 and isinstance(value, dict):
        return {str(key)[:200]: told(inner, depth + 1) for key, inner in list(value.items())[:20]}
    if depth < 5 and isinstance(value, (list, tuple, set)):
        return [told(inner, depth + 1) for inner in list(value)[:20]]
    try:
        return str(value)[:500]
    except Exception:
        return type(value).__name__


def verifies(context, default=True):
    """Say whether a TLS context checks certificates and names."""
    if context is None:
        return default
    if hasattr(context, "verify_mode"):
        return int(context.verify_mode) != 0 and bool(context.check_hostname)
    return context is not False


def logs():
    """Record what a log gets, as its own formatter writes it."""

    def emit(self, record):
        note("log", text=self.format(record), level=record.levelno)
        return real(self, record)

    def call_handlers(self, record):
        before = len(calls)
        hand(self, record)
        if len(calls) == before:  # no handler listens, so this is what would be written by default
            note("log", text=record.getMessage(), level=record.levelno)

    real, hand = logging.StreamHandler.emit, logging.Logger.callHandlers
    logging.StreamHandler.emit, logging.Logger.callHandlers = emit, call_handlers
    logging.Logger.isEnabledFor = lambda self, level: True
    logging.raiseExceptions = False
    import syslog

    syslog.syslog = lambda *given: note("log", text=str(given[-1]))


def octets(value):
    """Return text or bytes as bytes."""
    return value.encode() if isinstance(value, str) else bytes(value)


def hashes():
    """Record which digests are made of what, how passwords are stretched, and how long new keys are."""
    import hashlib

    keys()

    def wrapped(name, make):
        def digest(data=b"", *, usedforsecurity=True, **options):
            return Digest(name, make(data, **options), bytes(data), usedforsecurity)

        return digest

    class Digest:
        def __init__(self, name, real, data, security):
            self._name, self._real, self._data, self._security, self._told = name, real, data[:500], security, False

        def update(self, data):
            self._data = (self._data + bytes(data))[:500]
            self._real.update(data)

        def _tell(self):
            if not self._told:
                self._told = True
                keyed = sys._getframe(2).f_globals.get("__name__") == "hmac"
                kind, raw = "mac" if keyed else "hash", self._data.decode("latin-1")
                note(kind, name=self._name, data=self._data, raw=raw, security=bool(self._security))

        def digest(self, *length):
            self._tell()
            return self._real.digest(*length)

        def hexdigest(self, *length):
            self._tell()
            return self._real.hexdigest(*length)

        def copy(self):
            return Digest(self._name, self._real.copy(), self._data, self._security)

        def __getattr__(self, name):
            return getattr(self._real, name)

    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s"):
        setattr(hashlib, name, wrapped(name, getattr(hashlib, name)))
    made = hashlib.new

    def new(name, data=b"", *, usedforsecurity=True, **options):
        return Digest(name.lower().replace("-", ""), made(name, data, **options), bytes(data), usedforsecurity)

    hashlib.new = new
    stretch, scrypt = hashlib.pbkdf2_hmac, hashlib.scrypt

    def pbkdf2_hmac(name, password, salt, iterations, *rest, **options):
        note("stretch", name=name, password=bytes(password), salt=bytes(salt), rounds=iterations)
        return stretch(name, password, salt, min(iterations, 2000), *rest, **options)  # what it returns does not matter

    def memory_hard(password, *, salt, n, r, p, **options):
        note("stretch", name="scrypt", password=bytes(password), salt=bytes(salt), rounds=n)
        return scrypt(password, salt=salt, n=min(n, 16), r=1, p=1, **{k: v for k, v in options.items() if k == "dklen"})

    hashlib.pbkdf2_hmac, hashlib.scrypt = pbkdf2_hmac, memory_hard


def keys():
    """Record the length of the keys that `cryptography` makes, if the code under test imports it."""
    if "cryptography" not in imports:
        return
    from cryptography.hazmat.primitives.asymmetric import dsa, rsa

    for name, module in (("RSA", rsa), ("DSA", dsa)):

        def made(*given, _real=module.generate_private_key, _name=name, **options):
            numbers = [value for value in (*given, *options.values()) if isinstance(value, int) and value != 65537]
            note("key", name=_name, bits=options.get("key_size", numbers[-1] if numbers else 0))
            return _real(*given, **options)

        module.generate_private_key = made


def ciphers():
    """Record which ciphers and modes are made, in `cryptography` if it was imported. Others are shells that record."""
    module = sys.modules.get("cryptography.hazmat.primitives.ciphers.base")
    if module is None:
        return
    begin = module.Cipher.__init__

    def init(self, algorithm, mode, *rest, **options):
        bits = getattr(algorithm, "key_size", 0)
        note("cipher", name=type(algorithm).__name__, mode=type(mode).__name__, bits=bits)
        begin(self, algorithm, mode, *rest, **options)

    module.Cipher.__init__ = init


def randomness():
    """Record whether values are drawn from the predictable generator or from the system's."""
    import math
    import random
    import secrets
    import uuid

    for name in ("random randint randrange choice choices sample shuffle getrandbits uniform randbytes").split():
        real = getattr(random, name)

        def drawn(*given, _real=real, _name=name, **options):
            note("random", name=_name)
            return _real(*given, **options)

        setattr(random, name, drawn)

    class Known(random.Random):
        def getrandbits(self, count):
            note("random", name="Random")
            return super().getrandbits(count)

        def random(self):
            note("random", name="Random")
            return super().random()

    random.Random = Known
    inner = []  # what `secrets` does with the system's generator is recorded once

    def strongly(real, name, bits):
        def told(*given, **options):
            inner.append(name)
            try:
                value = real(*given, **options)
            finally:
                inner.pop()
            if not inner:
                try:
                    drawn = bits(value, given[-1] if given else None)
                except (TypeError, ValueError):
                    drawn = None
                note("system-random", name=name, bits=drawn)
            return value

        return told

    def of_bytes(value, _):
        return 8 * len(value)

    def of_range(_, given):
        return math.log2(max(1, given if isinstance(given, int) else len(given)))

    for owner, name, bits in (
        (os, "urandom", of_bytes),
        (os, "getrandom", of_bytes),
        (secrets, "token_bytes", of_bytes),
        (secrets, "token_hex", lambda value, _: 4 * len(value)),
        (secrets, "token_urlsafe", lambda value, _: 6 * len(value)),
        (secrets, "choice", of_range),
        (secrets, "randbelow", of_range),
        (secrets, "randbits", lambda _, given: given),
        (uuid, "uuid4", lambda *_: 122),
        (random.SystemRandom, "getrandbits", lambda _, given: given),
        (random.SystemRandom, "random", lambda *_: 53),
    ):
        if real := getattr(owner, name, None):
            setattr(owner, name, strongly(real, name, bits))
    first = uuid.uuid1

    def uuid1(*given, **options):
        note("random", name="uuid1")
        return first(*given, **options)

    uuid.uuid1 = uuid1


def paths():
    """Record the path expressions that select parts of an XML document."""
    from xml.etree import ElementPath

    for name in ("find", "findall", "findtext", "iterfind"):
        real = getattr(ElementPath, name)

        def asked(elem, path, *rest, _real=real, **options):
            note("xpath", text=str(path))
            return _real(elem, path, *rest, **options)

        setattr(ElementPath, name, asked)


def expressions():
    """Record which texts the source's own code matches against regular expressions."""
    import re
    import time

    def timed(name, real, given, options):
        note("regex", text=str(given[-1])[:100])
        before, began = matching[0], time.process_time()
        matching[0] = LATER if name == "finditer" else max(1, before)
        try:
            return real(*given, **options)
        finally:
            matched[0] += time.process_time() - began
            matching[0] = LATER if matching[0] == LATER else before

    class Watched:
        def __init__(self, real):
            self._real = real

        def __getattr__(self, name):
            found = getattr(self._real, name)
            if name in {"match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"}:
                return lambda *given, **options: timed(name, found, given, options)
            return found

    compiled = re.compile

    def compile_(pattern, flags=0):
        real = compiled(pattern, flags)
        return Watched(real) if sys._getframe(1).f_code.co_filename == "/box/app/app.py" else real

    for name in ("match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"):
        real = getattr(re, name)

        def watched(pattern, *given, _real=real, **options):
            return timed(_real.__name__, _real, (getattr(pattern, "_real", pattern), *given), options)

        setattr(re, name, watched)
    re.compile = compile_


def loads():
    """Record the values that come from loading documents."""
    import json
    import marshal
    import pickle

    def watch(owner, name):
        real = getattr(owner, name, None)
        if real is None:
            return

        def loaded(*given, **options):
            found = real(*given, **options)
            if name.endswith("_all"):
                found = list(found)
            if where() is not None:
                note("load", name=f"{owner.__name__}.{name}", text=repr(found)[:4000])
            return found

        setattr(owner, name, loaded)

    for owner in (json, pickle, marshal):
        for name in ("load", "loads"):
            watch(owner, name)
    if "yaml" not in imports:
        return
    try:
        import yaml
    except ImportError:
        return
    for name in (
        "load",
        "safe_load",
        "full_load",
        "unsafe_load",
        "load_all",
        "safe_load_all",
        "full_load_all",
        "unsafe_load_all",
    ):
        watch(yaml, name)


OBSERVERS = {
    "loads": loads,
    "expressions": expressions,
    "logs": logs,
    "hashes": hashes,
    "randomness": randomness,
    "paths": paths,
}
AFTER = {"hashes": ciphers}  # the observers that are installed once the code is loaded


imports = frozenset()  # what the code under test imports


def install(names, imported=()):
    """Install observers by name."""
    globals()["imports"] = frozenset(imported)
    for name in names:
        OBSERVERS[name]()


def install_after(names):
    for name in names:
        if name in AFTER:
            AFTER[name]()
