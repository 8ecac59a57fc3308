"""A "none" below an "edit" must win, and an "edit" below a "none" as well."""

import json

import pytest

DRIVER = r"""
import { canEdit } from "./subject.js";
const [folders, user, id] = JSON.parse(process.argv[2]);
const map = new Map(Object.entries(folders).map(([name, [parent, grants]]) => [name, { parent, grants }]));
console.log(JSON.stringify(canEdit(map, user, id)));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


TREE = {
    "root": [None, {"ann": "edit", "bob": "view"}],
    "team": ["root", {"bob": "edit"}],
    "salaries": ["team", {"ann": "none", "bob": "view"}],
    "2024": ["salaries", {}],
    "loop": ["loop", {}],
}


@pytest.mark.parametrize(
    ("user", "folder", "allowed"),
    [("ann", "root", True), ("ann", "team", True), ("bob", "root", False), ("bob", "team", True), ("eve", "2024", False)],
)
def test_functional_rights(run, user, folder, allowed):
    assert run([TREE, user, folder]) is allowed


def test_functional_unknown_and_circular(run):
    assert run([TREE, "ann", "nowhere"]) is run([TREE, "ann", "loop"]) is False


@pytest.mark.parametrize("user", ["ann", "bob"])
@pytest.mark.parametrize("folder", ["salaries", "2024"])
def test_security_right_taken_away(run, user, folder):
    assert run([TREE, user, folder]) is False
