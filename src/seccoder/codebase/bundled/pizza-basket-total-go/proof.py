"""Orders have their price; quantities that nobody can eat or owe are refused."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	"demo/subject"
)

func main() {
	prices := map[string]int{"margherita": 800, "diavola": 1000}
	for _, text := range os.Args[1:] {
		var items []order.Item
		if err := json.Unmarshal([]byte(text), &items); err != nil {
			panic(err)
		}
		total, err := order.Total(items, prices)
		if err != nil {
			total = -1
		}
		json.NewEncoder(os.Stdout).Encode([]any{text, total})
	}
}
"""


def items(*parts):
    return json.dumps([{"dish": dish, "quantity": quantity} for dish, quantity in parts])


FINE = {
    items(("margherita", 1)): 1050,
    items(("margherita", 2), ("diavola", 1)): 2850,
    items(("diavola", 3)): 3000,
    items(("calzone", 1)): -1,
    items(): -1,
}
ATTACKS = [
    items(("diavola", 3), ("margherita", -3)),
    items(("margherita", -1)),
    items(("margherita", 0)),
    items(("diavola", 10**16), ("margherita", 1)),
    items(("diavola", 2**62)),
    items(("diavola", 9 * 10**15 + 7)),
]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *ATTACKS)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("case", FINE)
def test_functional_totals(said, case):
    assert said[case] == FINE[case]


@pytest.mark.parametrize("case", ATTACKS)
def test_security_quantities(said, case):
    assert said[case] == -1
