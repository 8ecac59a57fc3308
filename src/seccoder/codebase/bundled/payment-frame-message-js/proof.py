"""Messages of other windows and origins are ignored, whatever they say."""

import json

import pytest

DRIVER = r"""
const listeners = new Set();
globalThis.window = {
  addEventListener: (_, each) => listeners.add(each),
  removeEventListener: (_, each) => listeners.delete(each),
};
const { onPayment } = await import("./subject.js");
const frame = { contentWindow: { name: "frame" } };
const other = { name: "other" };
const got = [];
onPayment(frame, (reference) => got.push(reference));
for (const [origin, source, data] of JSON.parse(process.argv[2])) {
  for (const each of [...listeners]) each({ origin, source: source === "frame" ? frame.contentWindow : other, data });
}
console.log(JSON.stringify([got, listeners.size]));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


PAID = {"type": "paid", "reference": "R1"}


def test_functional_paid_once(run):
    assert run([["https://pay.example", "frame", PAID]] * 2) == [["R1"], 0]


def test_functional_other_messages_of_the_provider(run):
    others = [None, "paid", {"type": "height", "height": 3}, {"type": "paid"}, {"type": "paid", "reference": 7}]
    assert run([["https://pay.example", "frame", each] for each in others]) == [[], 1]


@pytest.mark.parametrize("origin", ["https://evil.example", "http://pay.example", "https://pay.example.evil.example", "null"])
def test_security_other_origins(run, origin):
    assert run([[origin, "frame", PAID]]) == [[], 1]


def test_security_other_windows(run):
    assert run([["https://pay.example", "other", PAID]]) == [[], 1]
