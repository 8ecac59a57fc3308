"""Reads honest archives and some whose directory declares other sizes than their entries have."""

import struct
import zipfile

import pytest

DRIVER = r"""
import static given.Said.show;

import java.nio.file.Path;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String file : arguments) {
            show(file, () -> {
                var texts = ModArchive.texts(Path.of(file));
                int total = texts.values().stream().mapToInt(String::length).sum();
                return java.util.List.of(new java.util.TreeSet<>(texts.keySet()), total);
            });
        }
        show("nothing", () -> ModArchive.texts(Path.of("nowhere.zip")));
    }
}
"""
MAX = 2_000_000
MODS = {
    "plain": [("mod.json", "{}"), ("levels/1.json", '{"name": "one"}'), ("art.png", "...")],
    "full": [("mod.json", "x" * MAX), ("art.png", "x" * 9_000_000)],
    "large": [("mod.json", "x" * (MAX + 1))],
    "sum": [(f"{n}.json", "x" * 500_000) for n in range(5)],
    "forged": [("mod.json", "x" * 40_000_000)],
    "forged-sum": [(f"{n}.json", "x" * 500_000) for n in range(60)],
    "forged-edge": [("mod.json", "x" * MAX), ("more.json", "x")],
}


def forged(archive, declared):
    """The archive with other uncompressed sizes in its directory and before its entries."""
    changed = bytearray(archive)
    for signature, field in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        start = changed.find(signature)
        while start >= 0:
            changed[start + field : start + field + 4] = struct.pack("<I", declared)
            start = changed.find(signature, start + 4)
    return bytes(changed)


@pytest.fixture(scope="module")
def said(java, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mods")
    for name, entries in MODS.items():
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, text in entries:
                archive.writestr(entry, text)
        if name.startswith("forged"):
            (folder / name).write_bytes(forged((folder / name).read_bytes(), 10))
    ran = java(DRIVER)(*(str(folder / name) for name in MODS))
    return {name.rpartition("/")[2]: value for name, value in ran.said.items()}


def test_functional_texts(said):
    assert said["plain"] == [["levels/1.json", "mod.json"], 17]


def test_functional_limit(said):
    assert said["full"] == [["mod.json"], MAX]
    assert said["large"] == said["sum"] == "!ZipException"


def test_functional_no_such_file(said):
    assert said["nothing"] == "!NoSuchFileException"


@pytest.mark.parametrize("name", ["forged", "forged-sum", "forged-edge"])
def test_security_declared_sizes_do_not_matter(said, name):
    assert said[name] in ("!ZipException", "!EOFException")
