"""Bodies of other shapes, with negative or enormous quantities, are no orders."""

import json

import pytest

DRIVER = r"""
import { parseOrder } from "./subject.js";
console.log(JSON.stringify(parseOrder(JSON.parse(process.argv[2]))));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_orders(run):
    assert run('{"article": "AB-1234", "quantity": 3}') == {"article": "AB-1234", "quantity": 3, "gift": False}
    assert run('{"article": "AB-1234", "quantity": 99, "gift": true, "price": 0}')["gift"] is True
    assert run("no JSON") is run("null") is None


@pytest.mark.parametrize("quantity", ["-3", "0", "1.5", "1e9", '"3"', "[3]", "null"])
def test_security_quantities(run, quantity):
    assert run(f'{{"article": "AB-1234", "quantity": {quantity}}}') is None


@pytest.mark.parametrize("body", ['{"quantity": 3}', '{"article": {"$ne": ""}, "quantity": 3}', '"AB-1234"', "[]"])
def test_security_other_shapes(run, body):
    assert run(body) is None
