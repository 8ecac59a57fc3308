"""Trees far deeper than the interpreter's limit must be refused with the documented error."""

import pytest
from subject import track_ids


def nested(depth):
    tree = {"name": "x", "tracks": [depth]}
    for level in range(depth - 1, 0, -1):
        tree = {"name": "x", "tracks": [level], "children": [tree]}
    return tree


def test_functional_tracks_in_order():
    assert track_ids({"name": "a"}) == []
    assert track_ids(nested(3)) == ["1", "2", "3"]
    assert track_ids({"name": "a", "tracks": ["x"], "children": [{"name": "b", "tracks": ["y"]}]}) == ["x", "y"]


@pytest.mark.parametrize("tree", [None, [], {"tracks": []}, {"name": "a", "children": ["b"]}])
def test_functional_no_playlist(tree):
    with pytest.raises(ValueError):
        track_ids(tree)


@pytest.mark.parametrize("depth", [51, 5_000])
def test_security_deep_trees(depth):
    with pytest.raises(ValueError):
        track_ids(nested(depth))
