"""Merges layers of settings; after that no object that had nothing to do with them may have changed."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const layers = JSON.parse(readFileSync(0));
const before = JSON.stringify(layers);
let merged = null, error = null;
try { merged = subject.mergeSettings(...layers); } catch (problem) { error = problem.name; }
const polluted = {}.admin ?? [].admin ?? (() => 0).admin ?? Object.admin ?? null;
const inherited = merged ? (merged.admin ?? merged.editor?.admin ?? null) : null;
delete Object.prototype.admin;
console.log(JSON.stringify({ merged, error, polluted, inherited, untouched: JSON.stringify(layers) === before }));
"""


@pytest.fixture(scope="module")
def merge(node):
    run = node(DRIVER)

    def answer(*layers):
        ran = run(stdin=f"[{','.join(x if isinstance(x, str) else json.dumps(x) for x in layers)}]".encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answer


def test_functional_later_layers_win(merge):
    defaults = {"tabSize": 4, "editor": {"font": "Mono", "rulers": [80, 120]}, "files": {"exclude": {"*.o": True}}}
    answer = merge(defaults, {"tabSize": 2, "editor": {"rulers": [100]}}, {"files": {"exclude": {"*.pyc": True}}})
    assert answer["merged"] == {
        "tabSize": 2,
        "editor": {"font": "Mono", "rulers": [100]},
        "files": {"exclude": {"*.o": True, "*.pyc": True}},
    }
    assert answer["untouched"]


def test_functional_changes_of_kind(merge):
    assert merge({"a": 1, "b": {"x": 1}, "c": [1]}, {"a": {"y": 2}, "b": 3, "c": {"z": None}})["merged"] == {
        "a": {"y": 2},
        "b": 3,
        "c": {"z": None},
    }


def test_functional_no_layers(merge):
    assert merge()["merged"] == merge({})["merged"] == {}


ATTACKS = [
    '{"__proto__": {"admin": true}}',
    '{"editor": {"__proto__": {"admin": true}}}',
    '{"editor": {"__proto__": {"__proto__": {"admin": true}}}}',
    '{"constructor": {"prototype": {"admin": true}}}',
    '{"editor": {"constructor": {"prototype": {"admin": true}}}}',
    '{"toString": {"__proto__": {"admin": true}}}',
    '{"constructor": {"admin": true}}',
    '{"editor": {"__proto__": null}}',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_other_objects_stay_as_they_were(merge, attack):
    answer = merge({"tabSize": 4, "editor": {"font": "Mono"}}, attack)
    assert answer["polluted"] is None
    assert answer["inherited"] is None
    assert answer["merged"]["tabSize"] == 4 and answer["merged"]["editor"]["font"] == "Mono"


def test_security_from_the_first_layer_too(merge):
    answer = merge('{"__proto__": {"admin": true}, "tabSize": 3}', {"a": {}})
    assert answer["polluted"] is None and answer["inherited"] is None
    assert answer["merged"] == {"tabSize": 3, "a": {}}
