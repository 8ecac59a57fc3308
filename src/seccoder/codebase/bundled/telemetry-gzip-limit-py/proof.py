"""However a body is compressed, reading it takes memory in proportion to the limit; memory is traced, not timed."""

import gzip
import json
import tracemalloc

import pytest
import subject


def compress(data):
    return gzip.compress(data, 6, mtime=0)


def peak_of(body):
    """Bytes of memory that reading `body` took at most; the body must be refused."""
    tracemalloc.start()
    try:
        with pytest.raises(ValueError):
            subject.read_measurements(body)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("count", [0, 1, 500])
def test_functional_reads_records(count):
    records = [{"device": f"d{i}", "celsius": i / 10} for i in range(count)]
    body = compress("".join(json.dumps(record) + "\n" for record in records).encode())
    assert subject.read_measurements(body) == records


def test_functional_exactly_at_the_limit():
    line = b'{"note": "' + b"x" * (subject.MAX_BYTES - 12) + b'"}'
    assert len(line) == subject.MAX_BYTES
    assert len(subject.read_measurements(compress(line))) == 1
    with pytest.raises(ValueError):
        subject.read_measurements(compress(line + b" "))


@pytest.mark.parametrize("body", [b"{}", compress(b'{"a": 1}\n')[:-5], compress(b"not json"), b"\x1f\x8b"])
def test_functional_damaged_body(body):
    with pytest.raises(ValueError):
        subject.read_measurements(body)


@pytest.mark.parametrize("filler", [b" ", b"\n", b"\0", b'{"a": 1}\n'])
def test_security_bomb_takes_little_memory(filler):
    body = compress(filler * (20_000_000 // len(filler)))
    assert len(body) < 200_000
    assert peak_of(body) < 10 * subject.MAX_BYTES


def test_security_bomb_in_many_members():
    body = compress(b" " * 900_000) * 25
    tracemalloc.start()
    try:
        subject.read_measurements(body)
    except ValueError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 10 * subject.MAX_BYTES
