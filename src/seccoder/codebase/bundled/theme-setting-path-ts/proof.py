"""After each path, an unrelated empty object must not have gained a property."""

import json

import pytest

DRIVER = r"""
import { setByPath } from "./subject.js";
const theme = { title: "Shop", colors: { header: {} } };
const set = setByPath(theme, JSON.parse(process.argv[2]), "red");
console.log(JSON.stringify([set, theme, "polluted" in {}, "polluted" in function () {}]));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_paths(run):
    assert run("colors.header.background")[:2] == [True, {"title": "Shop", "colors": {"header": {"background": "red"}}}]
    assert run("fonts.body")[1]["fonts"] == {"body": "red"}
    assert run("title.x")[0] is False and run("a..b")[0] is False


@pytest.mark.parametrize(
    "path",
    ["__proto__.polluted", "constructor.prototype.polluted", "colors.__proto__.polluted", "toString.__proto__.polluted"],
)
def test_security_nothing_shared_changes(run, path):
    assert run(path)[2:] == [False, False]
