"""A scan is exchanged for another one that was made to have the same MD5 checksum (the pair of Wang and others)."""

import hashlib
import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing/fstest"

	"demo/subject"
)

type broken struct{ fstest.MapFS }

func (b broken) Open(name string) (fs.File, error) {
	if name == "1720/b.tif" {
		return nil, errors.New("unreadable sector")
	}
	return b.MapFS.Open(name)
}

func main() {
	one, _ := hex.DecodeString(os.Args[1])
	other, _ := hex.DecodeString(os.Args[2])
	page := func(start []byte) *fstest.MapFile {
		return &fstest.MapFile{Data: append(append([]byte{}, start...), "the rest of the page"...)}
	}
	scans := fstest.MapFS{"1719/a.tif": page(one), "1720/b.tif": page(nil), "1720/c \"d\".tif": page([]byte("x"))}
	manifest, err := archive.Manifest(scans)
	if err != nil {
		panic(err)
	}
	say := func(value any) { json.NewEncoder(os.Stdout).Encode(value) }
	paths := map[string]int{}
	for path, sum := range manifest {
		paths[path] = len(sum)
	}
	say(paths)
	say(archive.Changed(manifest, scans))

	scans["1720/b.tif"] = page([]byte("y"))
	scans["new.tif"] = page(nil)
	delete(scans, "1720/c \"d\".tif")
	say(archive.Changed(manifest, scans))

	scans["1719/a.tif"] = page(other)
	say(archive.Changed(manifest, scans))

	_, err = archive.Manifest(broken{scans})
	say(err != nil)
	say(archive.Changed(manifest, broken{scans}))
}
"""
ONE = (
    "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a"
    "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70"
)
OTHER = (
    "d131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f8955ad340609f4b30283e4888325f1415a"
    "085125e8f7cdc99fd91dbd7280373c5bd8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70"
)
A, B, C = "1719/a.tif", "1720/b.tif", '1720/c "d".tif'


@pytest.fixture(scope="module")
def said(go):
    return [json.loads(line) for line in go(DRIVER)(ONE, OTHER).out.splitlines()]


def test_functional_the_manifest_has_all_files(said):
    assert set(said[0]) == {A, B, C}


def test_functional_nothing_has_changed(said):
    assert said[1] == []


def test_functional_changed_and_missing_files(said):
    assert said[2] == [B, C]


def test_functional_unreadable_files(said):
    assert said[4] is True and B in said[5]


def test_security_a_page_with_the_same_md5_is_another(said):
    assert ONE != OTHER
    assert len({hashlib.md5(bytes.fromhex(page)).digest() for page in (ONE, OTHER)}) == 1  # noqa: S324
    assert said[3] == [A, B, C]


def test_security_checksums_are_long_enough(said):
    assert min(said[0].values()) >= 43  # 256 bits in base64
