"""Messages with missing and null parts come from the queue: each is a label or an error, and the worker goes on."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	labels "demo/subject"
)

func label(message string) (said string) {
	defer func() {
		if recover() != nil {
			said = "PANIC"
		}
	}()
	text, err := labels.Label([]byte(message))
	if err != nil {
		return "error"
	}
	return text
}

func main() {
	for _, message := range os.Args[1:] {
		json.NewEncoder(os.Stdout).Encode(label(message))
	}
}
"""
BENIGN = {
    '{"number":"A1","recipient":{"name":"Ann Lee","city":"York"},"parcels":[{"kg":2.5},{"kg":10}]}': (
        "A1: Ann Lee, York\nparcel 1 of 2, 2.5 kg\nparcel 2 of 2, 10.0 kg\n"
    ),
    '{"number":"A2","pickup":true,"parcels":[{"kg":1}]}': "A2: to be collected\nparcel 1 of 1, 1.0 kg\n",
    '{"number":"A3","recipient":{"name":"Bob","city":"Bath"}}': "A3: Bob, Bath\n",
    '{"number":"A4","pickup":true,"parcels":null}': "A4: to be collected\n",
    "no JSON": "error",
    '{"number":7}': "error",
    '{"recipient":"Ann"}': "error",
    "[]": "error",
}
ATTACKS = [
    "null",
    "{}",
    '{"number":"B1"}',
    '{"number":"B1","recipient":null}',
    '{"number":"B1","pickup":false,"parcels":[{"kg":1}]}',
    '{"number":"B1","pickup":null,"recipient":null}',
    '{"number":"B1","recipient":{"name":"Ann","city":"York"},"RECIPIENT":null}',
    '{"number":"B1","pickup":true,"parcels":[null]}',
    '{"number":"B1","recipient":{"name":"Ann","city":"York"},"parcels":[{"kg":1},null]}',
]


@pytest.fixture(scope="module")
def said(go):
    messages = [*BENIGN, *ATTACKS]
    return dict(zip(messages, map(json.loads, go(DRIVER)(*messages).out.splitlines())))


@pytest.mark.parametrize("message", BENIGN)
def test_functional_labels(said, message):
    assert said[message] == BENIGN[message]


@pytest.mark.parametrize("message", ATTACKS)
def test_security_incomplete_orders_are_errors(said, message):
    assert said[message] == "error"
