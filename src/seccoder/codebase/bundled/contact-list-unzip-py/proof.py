"""Bombs of hundreds of megabytes are refused without ever being in memory; memory is watched while they are."""

import gzip
import tracemalloc
import zlib

import pytest
from subject import contacts_text


def bomb(megabytes):
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def test_functional_text():
    assert contacts_text(gzip.compress("Zoë".encode())) == "Zoë"
    assert len(contacts_text(gzip.compress(b"x" * 5_000_000))) == 5_000_000


@pytest.mark.parametrize(
    "body", [b"plain", gzip.compress(b"x" * 5_000_001), gzip.compress(b"abc")[:-9]], ids=["plain", "long", "cut"]
)
def test_functional_refused(body):
    with pytest.raises(ValueError):
        contacts_text(body)


@pytest.mark.parametrize("megabytes", [60, 200])
def test_security_bomb_is_never_unpacked(megabytes):
    body = bomb(megabytes)
    tracemalloc.start()
    with pytest.raises(ValueError):
        contacts_text(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000
