"""Names that every object inherits are counted like any other."""

import json

import pytest

DRIVER = r"""
import subject from "./subject.js";
console.log(JSON.stringify(subject.countVotes(JSON.parse(process.argv[2]))));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_counts(run):
    assert run(["Ann", "Bob", "Ann"]) == [["Ann", 2], ["Bob", 1]]
    assert run([]) == []


@pytest.mark.parametrize("name", ["constructor", "toString", "__proto__", "hasOwnProperty"])
def test_security_inherited_names(run, name):
    assert run([name, name, "Ann"]) == [[name, 2], ["Ann", 1]]
