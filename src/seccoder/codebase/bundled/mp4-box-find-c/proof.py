"""Boxes are found by going from one to the next; a size that is smaller than a box's header ends the search."""

import struct

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

int main(int argc, char **argv) {
    struct rlimit seconds = {1, 2}; // of processor time, for what takes microseconds
    setrlimit(RLIMIT_CPU, &seconds);
    size_t size = strtoul(argv[2], NULL, 10), length;
    uint8_t *file = malloc(size);
    if (fread(file, 1, size, stdin) != size)
        return 1;
    const uint8_t *content = find_box(file, size, argv[1], &length);
    if (content == NULL)
        return printf("none"), free(file), 0;
    printf("%zu ", length);
    fwrite(content, 1, length, stdout);
    free(file);
}
"""


@pytest.fixture(scope="module")
def find(build):
    program = build(DRIVER)

    def find(file, kind="moov"):
        ran = program(kind, str(len(file)), stdin=file)
        assert ran.code == 0, "it hangs" if not ran.err else ran.err
        return ran.out.decode()

    return find


def box(kind, content=b"", size=None):
    return struct.pack(">I", 8 + len(content) if size is None else size) + kind + content


FILE = box(b"ftyp", b"isom") + box(b"free") + box(b"moov", b"movie") + box(b"mdat", b"x" * 1000) + box(b"moov", b"2")


def test_functional_boxes(find):
    assert find(FILE) == "5 movie"
    assert find(FILE, "ftyp") == "4 isom"
    assert find(FILE, "free") == "0 "
    assert find(FILE, "mdat") == "1000 " + "x" * 1000


def test_functional_not_there(find):
    assert find(FILE, "uuid") == find(b"") == find(b"\0\0\0\x08moo") == "none"
    assert find(box(b"udta", box(b"moov", b"inner"))) == "none"


@pytest.mark.parametrize("size", [14, 1000, 2**31, 2**32 - 1])
def test_functional_box_is_cut(find, size):
    assert find(box(b"moov", b"movie", size)) == find(box(b"free", b"movie", size)) == "none"


def test_security_size_0_does_not_stand_still(find):
    assert find(box(b"free", b"", 0) + box(b"moov", b"movie")) == "none"


@pytest.mark.parametrize("size", [0, 1, 7])
def test_security_size_below_the_header(find, size):
    assert find(box(b"moov", b"movie", size)) == "none"
