"""Widgets, a tool of ours that does something when it is loaded, and a script among the uploaded files."""

import json
from pathlib import Path

import pytest

WIDGETS = {
    "chart": "export default class Chart { constructor({ values = [] }) { this.values = values; } render() { return `chart ${this.values}`; } }",
    "clock": "export default class Clock { constructor({ zone = 'UTC' }) { this.zone = zone; } render() { return `clock ${this.zone}`; } }",
    "note": "export default class Note { constructor({ text = '' }) { this.text = text; } render() { return `note ${this.text}`; } }",
    "admin/reset": "import { appendFileSync } from 'node:fs'; export default class Reset { constructor() { appendFileSync('traces', 'reset'); } render() { return ''; } }",
}
LOADED = "import { appendFileSync } from 'node:fs'; appendFileSync('traces', 'loaded'); export default class { render() { return ''; } }"

DRIVER = """
import { readFileSync } from "node:fs";
import { restoreDashboard } from "./subject.js";
const said = [];
for (const text of JSON.parse(readFileSync(0))) {
  try { said.push((await restoreDashboard(text)).map((widget) => widget.render())); } catch (error) { said.push(error.name); }
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def restore(node):
    for name, text in WIDGETS.items():
        path = Path(f"widgets/{name}.js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name in ("uploads/picture.js", "migrate.js"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(LOADED)
    run = node(DRIVER)

    def restore(*texts):
        Path("traces").unlink(missing_ok=True)
        ran = run(stdin=json.dumps(texts).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return restore


def widget(kind, **options):
    return json.dumps([{"kind": kind, "options": options}])


def test_functional_a_dashboard(restore):
    entries = [
        {"kind": "clock", "options": {"zone": "Europe/Berlin"}},
        {"kind": "chart", "options": {"values": [1, 2]}},
        {"kind": "note"},
        {"kind": "clock", "options": {}},
    ]
    assert restore(json.dumps(entries), "[]") == [["clock Europe/Berlin", "chart 1,2", "note ", "clock UTC"], []]


def test_functional_no_dashboard(restore):
    assert restore("", "{", "{}", "3", widget("map"), widget(""), '[{"options": {}}]', "[null]") == ["TypeError"] * 8


KINDS = ["../uploads/picture", "../migrate", "../widgets/../uploads/picture", "..//migrate", "../uploads/picture.js?", "../migrate.js#"]


@pytest.mark.parametrize("kind", KINDS)
def test_security_no_other_module_is_loaded(restore, kind):
    assert restore(widget(kind)) == ["TypeError"]
    assert not Path("traces").exists()


def test_security_no_other_class_is_made(restore):
    assert restore(widget("admin/reset")) == ["TypeError"]
    assert not Path("traces").exists()


@pytest.mark.parametrize("kind", ["constructor", "__proto__", "toString", "Function", ["clock"], {"kind": "clock"}])
def test_security_no_inherited_names(restore, kind):
    assert restore(widget(kind)) == ["TypeError"]
