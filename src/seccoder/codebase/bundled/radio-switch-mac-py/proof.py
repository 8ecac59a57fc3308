"""The attacker has heard one datagram and does not know the key, only its probable length: SHA-256 is continued from
the tag as its state (length extension)."""

import hashlib
import struct

import pytest

import subject

KEY = bytes(range(100, 132))
HEARD = b"switch=3;state=off"


def primes():
    found = []
    number = 2
    while len(found) < 64:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def cube_root_bits(prime):
    """The first 32 bits of the fractional part of the cube root."""
    low, high = 0, prime << 32
    target = prime << 96
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= target else (low, middle - 1)
    return low & 0xFFFFFFFF


K = [cube_root_bits(prime) for prime in primes()]


def compress(state, block):
    def rotate(value, bits):
        return (value >> bits | value << (32 - bits)) & 0xFFFFFFFF

    words = list(struct.unpack(">16I", block))
    for i in range(16, 64):
        x, y = words[i - 15], words[i - 2]
        s0 = rotate(x, 7) ^ rotate(x, 18) ^ x >> 3
        s1 = rotate(y, 17) ^ rotate(y, 19) ^ y >> 10
        words.append((words[i - 16] + s0 + words[i - 7] + s1) & 0xFFFFFFFF)
    a, b, c, d, e, f, g, h = state
    for constant, word in zip(K, words):
        t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + constant + word
        t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (t1 + t2) & 0xFFFFFFFF, a, b, c, (d + t1) & 0xFFFFFFFF, e, f, g
    return [(old + new) & 0xFFFFFFFF for old, new in zip(state, (a, b, c, d, e, f, g, h))]


def padding(length):
    return b"\x80" + b"\0" * (-(length + 9) % 64) + struct.pack(">Q", 8 * length)


def extend(tag, hashed, suffix):
    """SHA-256 of what was hashed to `tag` (that many bytes, with their padding) and the suffix."""
    state = list(struct.unpack(">8I", tag))
    tail = suffix + padding(hashed + len(suffix))
    for start in range(0, len(tail), 64):
        state = compress(state, tail[start : start + 64])
    return struct.pack(">8I", *state)


def test_functional_round_trip():
    assert subject.unpack_command(KEY, subject.pack_command(KEY, HEARD)) == {b"switch": b"3", b"state": b"off"}
    twice = subject.pack_command(KEY, b"state=on;state=off")
    assert subject.unpack_command(KEY, twice) == {b"state": b"off"}


def test_functional_changed_datagrams():
    datagram = subject.pack_command(KEY, HEARD)
    for changed in (datagram[1:], datagram[:-1], datagram.replace(b"off", b"on!"), b"", b"x" * 40):
        with pytest.raises(ValueError):
            subject.unpack_command(KEY, changed)
    with pytest.raises(ValueError):
        subject.unpack_command(b"other key", datagram)


def test_functional_the_attackers_sha256_is_sha256():
    message = b"any" * 20
    glued = message + padding(len(message))
    assert extend(hashlib.sha256(message).digest(), len(glued), b";x") == hashlib.sha256(glued + b";x").digest()


def test_security_no_fields_can_be_appended():
    datagram = subject.pack_command(KEY, HEARD)
    message, tag = datagram[: -subject.TAG_BYTES], datagram[-subject.TAG_BYTES :]
    for key_bytes in range(1, 65):
        glue = padding(key_bytes + len(message))
        suffix = b";switch=1;state=on"
        forged = message + glue + suffix + extend(tag, key_bytes + len(message) + len(glue), suffix)
        with pytest.raises(ValueError):
            subject.unpack_command(KEY, forged)


def test_security_no_plain_digest_of_the_message():
    for guess in (HEARD, b"" + HEARD, HEARD[::-1]):
        with pytest.raises(ValueError):
            subject.unpack_command(KEY, HEARD + hashlib.sha256(guess).digest())


def test_security_bytes_do_not_move_between_key_and_message():
    shorter = subject.pack_command(KEY + b"switch=3;", b"state=off")
    with pytest.raises(ValueError):
        subject.unpack_command(KEY, HEARD + shorter[-subject.TAG_BYTES :])
