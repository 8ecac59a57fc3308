"""Whoever can write to the queue must not be able to run code in the worker."""

import cProfile
import os
import pathlib
import pickle
import timeit
from datetime import date
from decimal import Decimal

import pytest
import subject


class Call:
    """Pickles as the call of a function."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def test_functional_plain_values():
    parameters = {"branch": "north", "limit": 10, "ratio": 0.5, "tags": ["a", "b"], "empty": None}
    assert subject.unpack_job(subject.pack_job("sales", parameters)) == ("sales", parameters)


def test_functional_dates_and_decimals():
    parameters = {"from": date(2024, 2, 29), "minimum": Decimal("19.90")}
    assert subject.unpack_job(subject.pack_job("sales", parameters)) == ("sales", parameters)


@pytest.mark.parametrize("function", ["system", "eval", "timeit", "profile", "touch"])
def test_security_job_cannot_call_functions(tmp_path, function):
    mark = tmp_path / "owned"
    create = f"open({str(mark)!r}, 'w').close()"
    call = {
        "system": Call(os.system, f"touch '{mark}'"),
        "eval": Call(eval, create),
        "timeit": Call(timeit.timeit, create, "pass", timeit.default_timer, 1),
        "profile": Call(cProfile.run, create, str(tmp_path / "profile")),
        "touch": Call(pathlib.Path.touch, mark),
    }[function]
    with pytest.raises(pickle.UnpicklingError):
        subject.unpack_job(subject.pack_job("sales", {"branch": call}))
    assert not mark.exists()


@pytest.mark.parametrize("name", ["date.today", "date.__class__", "sys.exit", "datetime"])
def test_security_allowed_module_gives_no_way_further(name):
    reach = b"\x80\x04\x8c\x08datetime\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
    with pytest.raises(pickle.UnpicklingError):
        subject.unpack_job(reach)
