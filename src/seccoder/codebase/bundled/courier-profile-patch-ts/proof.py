"""Sends changes as JSON, also of fields that are not the courier's to change."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { updateProfile } from "./subject.js";
const [courier, bodies] = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(bodies.map((text) => {
  const stored = structuredClone(courier);
  try {
    const updated = updateProfile(stored, JSON.parse(text));
    return { updated, keys: Object.keys(updated).sort(), rate: updated.hourlyRate, admin: updated.admin ?? null,
             stored, polluted: {}.admin ?? null };
  } catch (error) { return { error: error.name, stored }; }
})));
"""
COURIER = {"id": 5, "phone": "0151", "vehicle": "bike", "area": "North", "verified": False, "hourlyRate": 14}


@pytest.fixture(scope="module")
def patch(node):
    run = node(DRIVER)

    def answers(*bodies):
        texts = [body if isinstance(body, str) else json.dumps(body) for body in bodies]
        ran = run(stdin=json.dumps([COURIER, texts]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_changes_what_was_sent(patch):
    one, all_three, none = patch({"phone": " 0170 "}, {"phone": "1", "vehicle": "car", "area": "West"}, {})
    assert one["updated"] == COURIER | {"phone": "0170"}
    assert all_three["updated"] == COURIER | {"phone": "1", "vehicle": "car", "area": "West"}
    assert none["updated"] == COURIER
    assert one["stored"] == COURIER


@pytest.mark.parametrize("value", [5, "", "  ", "x" * 101, None, ["a"], {"a": 1}, True])
def test_functional_only_text_is_accepted(patch, value):
    assert patch({"vehicle": value})[0]["error"] == "TypeError"


@pytest.mark.parametrize(
    "extra",
    [
        {"verified": True},
        {"hourlyRate": 99},
        {"id": 1},
        {"isAdmin": True},
        {"verified": "yes", "hourlyRate": None},
        {"Verified": True, "hourlyrate": 99},
        {"constructor": {"prototype": {"admin": 1}}},
    ],
)
def test_security_other_fields_are_not_copied(patch, extra):
    (answer,) = patch({"phone": "0170", **extra})
    assert answer["updated"] == COURIER | {"phone": "0170"}


def test_security_prototype(patch):
    (answer,) = patch('{"phone": "0170", "__proto__": {"admin": true, "vehicle": "tank"}}')
    assert answer["keys"] == sorted(COURIER)
    assert answer["admin"] is None and answer["polluted"] is None
    assert answer["updated"]["vehicle"] == "bike"
