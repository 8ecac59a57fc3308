"""States come back; what a player made, changed or packed with another key is not decoded."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/json"
	"os"
	"reflect"

	"demo/subject"
)

func main() {
	out := json.NewEncoder(os.Stdout)
	key, other := []byte("our key"), []byte("a player's key")
	for name, state := range map[string]game.State{"small": {"ann", 7, []int{1, 2}}, "empty": {}, "long": {"bob", -3, make([]int, 500)}} {
		text, err := game.Pack(state, key)
		back, err2 := game.Unpack(text, key)
		out.Encode([]any{name, err == nil && err2 == nil && back.Score == state.Score && back.Player == state.Player &&
			(len(state.Moves) == 0 || reflect.DeepEqual(back.Moves, state.Moves))})
	}
	refused := func(name, text string) {
		_, err := game.Unpack(text, key)
		out.Encode([]any{name, err != nil})
	}
	refused("nothing", "")
	refused("no base64", "!!!")
	refused("noise", "AAAA")
	var own bytes.Buffer
	gob.NewEncoder(&own).Encode(game.State{"eve", 999999, nil})
	refused("own gob", base64.RawURLEncoding.EncodeToString(own.Bytes()))
	refused("own gob, padded", base64.RawURLEncoding.EncodeToString(append(make([]byte, 32), own.Bytes()...)))
	foreign, _ := game.Pack(game.State{"eve", 999999, nil}, other)
	refused("other key", foreign)
	text, _ := game.Pack(game.State{"ann", 7, nil}, key)
	data, _ := base64.RawURLEncoding.DecodeString(text)
	all := true
	for i := range data {
		data[i] ^= 1
		_, err := game.Unpack(base64.RawURLEncoding.EncodeToString(data), key)
		all = all && err != nil
		data[i] ^= 1
	}
	out.Encode([]any{"changed", all})
}
"""


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)()
    assert ran.code == 0, ran.err
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("name", ["small", "empty", "long", "nothing", "no base64", "noise"])
def test_functional_states(said, name):
    assert said[name] is True


@pytest.mark.parametrize("name", ["own gob", "own gob, padded", "other key", "changed"])
def test_security_states_of_players(said, name):
    assert said[name] is True
