"""Small pictures are cut; for files that claim to be huge the memory that is allocated stays small."""

import base64
import json
import struct
import zlib

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"os"
	"runtime"

	"demo/subject"
)

func main() {
	files := map[string][]byte{}
	json.NewDecoder(os.Stdin).Decode(&files)
	var photo bytes.Buffer
	jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 70, 30)), nil)
	files["jpeg"] = photo.Bytes()
	for name, file := range files {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		square, err := gallery.Square(bytes.NewReader(file))
		runtime.ReadMemStats(&after)
		said := []any{"unusable"}
		if err == gallery.ErrSize {
			said = []any{"size"}
		} else if err == nil {
			size := square.Bounds().Size()
			first, _, _, _ := square.At(0, 0).RGBA()
			last, _, _, _ := square.At(size.X-1, size.Y-1).RGBA()
			said = []any{size.X, size.Y, first >> 8, last >> 8}
		}
		json.NewEncoder(os.Stdout).Encode([]any{name, said, (after.TotalAlloc - before.TotalAlloc) >> 20})
	}
}
"""


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, row, *, depth=8, kind=0, rows=None):
    """A picture of equal rows; with fewer `rows` than its height it breaks off."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" + row) for _ in range(height if rows is None else rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


SMALL = {
    "wide": (png(10, 4, bytes(range(10))), [4, 4, 3, 6]),
    "high": (png(3, 9, bytes([7, 8, 9])), [3, 3, 7, 9]),
    "coloured": (png(2, 2, b"\xff\0\0\x0a\0\0", kind=2), [2, 2, 255, 10]),
    "strip": (png(5000, 200, bytes(625), depth=1), [200, 200, 0, 0]),
}
HUGE = {
    "valid": png(8000, 8000, bytes(1000), depth=1),
    "just above": png(5001, 5000, bytes(626), depth=1),
    "header only": png(20000, 20000, b"", kind=2, rows=0),
    "high strip": png(2, 50_000_000, bytes(2), rows=1),
    "wide strip": png(50_000_000, 2, b"", rows=0),
    "sixteen bits": png(12000, 12000, b"", depth=16, kind=6, rows=0),
    "size wraps": png(2**31 - 1, 2**31 - 1, b"", rows=0),
}
UNUSABLE = {"text": b"hello", "empty": b"", "cut": png(10, 4, bytes(10))[:60], "no pixels": png(0, 9, b"")}


@pytest.fixture(scope="module")
def said(go):
    files = {**{name: file for name, (file, _) in SMALL.items()}, **HUGE, **UNUSABLE}
    ran = go(DRIVER)(stdin=json.dumps({name: base64.b64encode(file).decode() for name, file in files.items()}).encode())
    return {name: rest for name, *rest in map(json.loads, ran.out.splitlines())}


@pytest.mark.parametrize("name", SMALL)
def test_functional_square(said, name):
    assert said[name][0] == SMALL[name][1]


def test_functional_jpeg(said):
    assert said["jpeg"][0][:2] == [30, 30]


@pytest.mark.parametrize("name", UNUSABLE)
def test_functional_no_picture(said, name):
    assert said[name][0] == ["unusable"]


@pytest.mark.parametrize("name", ["valid", "just above"])
def test_functional_too_large(said, name):
    assert said[name][0] == ["size"]


@pytest.mark.parametrize("name", HUGE)
def test_security_no_memory_for_huge_pictures(said, name):
    assert said[name][0] in (["size"], ["unusable"])
    assert said[name][1] <= 8, f"{said[name][1]} MB for {len(HUGE[name])} bytes"
