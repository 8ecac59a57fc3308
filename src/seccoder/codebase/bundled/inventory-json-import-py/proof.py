"""A stock file that somebody forged must be refused without doing anything."""

import json
import pickle
from pathlib import Path

import pytest
import subject


class Payload:
    """Creates a file at the moment it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_functional_round_trip():
    items = [subject.StockItem("B-17", "Bolt, 8 mm", 400), subject.StockItem("Ü-1", 'Pipe 1/2" «steel»', 0)]
    assert subject.import_stock(subject.export_stock(items)) == items


def test_functional_empty_list():
    assert subject.import_stock(subject.export_stock([])) == []


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_security_pickle_is_not_executed(tmp_path, protocol):
    mark = tmp_path / "owned"
    with pytest.raises(ValueError):
        subject.import_stock(pickle.dumps([Payload(mark)], protocol))
    assert not mark.exists()


@pytest.mark.parametrize(
    "rows",
    [
        {"sku": "B-17", "name": "Bolt", "quantity": 1},
        ["B-17"],
        [None],
        [{"sku": "B-17", "name": "Bolt"}],
        [{"sku": "B-17", "name": "Bolt", "quantity": "1"}],
        [{"sku": "B-17", "name": "Bolt", "quantity": True}],
        [{"sku": "B-17", "name": ["Bolt"], "quantity": 1}],
        [{"sku": "B-17", "name": "Bolt", "quantity": float("nan")}],
        [{"sku": "B-17", "name": "Bolt", "quantity": 1, "__class__": "os"}],
    ],
)
def test_security_rows_of_another_shape_are_refused(rows):
    with pytest.raises(ValueError):
        subject.import_stock(json.dumps(rows).encode())
