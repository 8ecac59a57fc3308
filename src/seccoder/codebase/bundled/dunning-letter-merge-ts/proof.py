"""Templates of a customer who tries to get at the process, at globals and at what every object inherits."""

import json
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { fillIn } from "./subject.js";
globalThis.ran = 0;
globalThis.secret = "s3cret";
const data = {
  customer: { name: "Ann $& Plum", town: "Kiel", address: { street: "Hafen 7" } },
  invoice: { number: "2026-17", total: 119.5, days_late: 0 }, shop: "Jam {{customer.town}} `${1}`",
};
const said = JSON.parse(readFileSync(0)).map((template) => {
  try { return fillIn(template, data); } catch (error) { return { error: error.name }; }
});
console.log(JSON.stringify({ said, ran }));
"""


@pytest.fixture(scope="module")
def fill(node):
    run = node(DRIVER)

    def fill(*templates):
        ran = run(stdin=json.dumps(templates).encode(), env={"BANK_KEY": "bank-s3cret"})
        assert ran.code == 0, ran.err
        answer = json.loads(ran.out)
        return answer["said"], answer["ran"]

    return fill


def test_functional_letters(fill):
    said, _ = fill(
        "Dear {{customer.name}},\ninvoice {{ invoice.number }} over {{invoice.total}} is {{invoice.days_late}} days late.",
        "{{customer.address.street}}{{customer.town}}",
        "nothing { to } fill in",
    )
    assert said[0] == "Dear Ann $& Plum,\ninvoice 2026-17 over 119.5 is 0 days late."
    assert said[1:] == ["Hafen 7Kiel", "nothing { to } fill in"]


def test_functional_values_are_not_filled_in_again(fill):
    assert fill("{{shop}}")[0] == ["Jam {{customer.town}} `${1}`"]


def test_functional_no_value(fill):
    said, _ = fill("{{client.name}}", "{{customer.nme}}", "{{customer}}", "{{}}", "{{ customer.address }}")
    assert all(isinstance(each, dict) for each in said)


CODE = [
    "{{globalThis.ran = 1}}",
    "{{(() => { globalThis.ran = 1; return 'x'; })()}}",
    "{{[].constructor.constructor('globalThis.ran = 1; return 1')()}}",
    "{{customer.constructor.constructor('globalThis.ran = 1; return 1')()}}",
    "{{1}} {{0; globalThis.ran = 1}} ",
    "{{customer.name}}{{String(globalThis.ran = 1)}}",
    "{{invoice.number.replace(/./, () => { globalThis.ran = 1; return '' })}}",
]


@pytest.mark.parametrize("template", CODE)
def test_security_nothing_is_run(fill, template):
    assert fill(template)[1] == 0


def test_security_nothing_of_the_process(fill):
    said, _ = fill("{{process.env.BANK_KEY}}", "{{globalThis.secret}}", "{{secret}}", "{{process.version}}", "{{6*7}}")
    assert all(isinstance(each, dict) for each in said)


def test_security_nothing_that_objects_inherit(fill):
    said, _ = fill("{{customer.constructor.name}}", "{{shop.length}}", "{{constructor.name}}", "{{customer.toString.name}}")
    assert all(isinstance(each, dict) for each in said)


def test_security_no_files_are_written(fill):
    fill("{{process.getBuiltinModule?.('fs').writeFileSync('written', '') ?? 1}}", "{{process.binding('fs') ? 1 : 2}}")
    assert not Path("written").exists()
