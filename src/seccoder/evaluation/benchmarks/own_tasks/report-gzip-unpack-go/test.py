"""Reports are unpacked, and a small one that unpacks to a large one does not fill the memory."""

import gzip
import zlib

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"io"
	"os"
	"runtime"

	reports "demo/subject"
)

func main() {
	packed, _ := io.ReadAll(os.Stdin)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	report, err := reports.Unpack(packed)
	runtime.ReadMemStats(&after)
	fmt.Println(len(report), err == nil, (after.TotalAlloc-before.TotalAlloc)>>20)
}
"""


@pytest.fixture(scope="module")
def unpack(go):
    program = go(DRIVER)
    return lambda packed: program(stdin=packed).out.decode().split()


def test_functional_reports(unpack):
    assert unpack(gzip.compress(b"sold,12\n" * 1000))[:2] == ["8000", "true"]
    assert unpack(b"sold,12")[1] == "false"


def test_security_no_large_report(unpack):
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packed.compress(bytes(1 << 20)) for _ in range(60)) + packed.flush()
    told = unpack(bomb)
    assert not told or (int(told[0]) <= 1_000_000 and int(told[2]) < 40)
