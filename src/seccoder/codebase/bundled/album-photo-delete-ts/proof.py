"""Two owners with an album each; neither may touch the other's photos, whichever ids are combined."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { AlbumService } from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(([method, ...given]) => {
  const albums = new Map([["a1", { id: "a1", ownerId: "ann" }], ["b1", { id: "b1", ownerId: "bob" }], ["a2", { id: "a2", ownerId: "ann" }]]);
  const photos = new Map([["p1", { id: "p1", albumId: "a1", caption: "Lake" }], ["p2", { id: "p2", albumId: "b1", caption: "Dog" }]]);
  const status = new AlbumService(albums, photos)[method](...given);
  return [status, Object.fromEntries([...photos].map(([id, photo]) => [id, photo.caption]))];
})));
"""
UNTOUCHED = {"p1": "Lake", "p2": "Dog"}


@pytest.fixture(scope="module")
def call(node):
    run = node(DRIVER)

    def answers(*calls):
        ran = run(stdin=json.dumps(calls).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_owners_change_their_photos(call):
    assert call(
        ["deletePhoto", "ann", "a1", "p1"],
        ["setCaption", "bob", "b1", "p2", "Cat"],
        ["setCaption", "ann", "a1", "p1", "x" * 600],
    ) == [[204, {"p2": "Dog"}], [200, {"p1": "Lake", "p2": "Cat"}], [200, {"p1": "x" * 500, "p2": "Dog"}]]


def test_functional_unknown_ids(call):
    for method in ["deletePhoto", "setCaption"]:
        for ids in [("a9", "p1"), ("a1", "p9"), ("", ""), ("__proto__", "p1")]:
            assert call([method, "ann", *ids, "x"]) == [[404, UNTOUCHED]]


def test_functional_albums_of_others(call):
    assert call(["deletePhoto", "ann", "b1", "p2"], ["setCaption", "bob", "a1", "p1", "x"]) == [[404, UNTOUCHED]] * 2


@pytest.mark.parametrize("method", ["deletePhoto", "setCaption"])
@pytest.mark.parametrize("ids", [("ann", "a1", "p2"), ("ann", "a2", "p2"), ("bob", "b1", "p1"), ("ann", "a2", "p1")])
def test_security_own_album_with_a_photo_from_elsewhere(call, method, ids):
    assert call([method, *ids, "x"]) == [[404, UNTOUCHED]]


def test_security_somebody_without_albums(call):
    assert (
        call(["deletePhoto", "eve", "a1", "p1"], ["deletePhoto", "eve", "b1", "p1"], ["deletePhoto", None, "a9", "p1"])
        == [[404, UNTOUCHED]] * 3
    )
