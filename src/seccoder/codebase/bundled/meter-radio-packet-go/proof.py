"""Packets come back whole; a listener does not see that a house stands empty, and forged packets are refused."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"

	"demo/subject"
)

func say(name string, value any) { json.NewEncoder(os.Stdout).Encode([]any{name, value}) }

func main() {
	key, other := bytes.Repeat([]byte{7}, 16), bytes.Repeat([]byte{8}, 32)
	var empty, lived [48]byte // an empty house uses nothing
	for i := range lived {
		lived[i] = byte(i * 5)
	}
	for _, used := range [][]byte{key, other} {
		for _, values := range [][48]byte{empty, lived} {
			packet, err := meter.Pack(used, 0x01020304, values)
			back, err2 := meter.Unpack(used, packet)
			say("round", err == nil && err2 == nil && back == values && string(packet[:4]) == "\x01\x02\x03\x04")
		}
	}
	packet, _ := meter.Pack(key, 7, lived)
	back, err := meter.Unpack(other, packet)
	say("other key", err != nil || back != lived)
	_, err = meter.Pack([]byte("short"), 7, lived)
	say("short key", err != nil)
	cut := 0
	for i := range packet {
		if _, err := meter.Unpack(key, packet[:i]); err != nil {
			cut++
		}
	}
	say("cut short", cut == len(packet))

	packets := []string{}
	for i := 0; i < 3; i++ {
		packet, _ := meter.Pack(key, 7, empty)
		packets = append(packets, hex.EncodeToString(packet))
	}
	say("empty house", packets)

	accepted := []int{}
	for i := range packet {
		changed := append([]byte{}, packet...)
		changed[i] ^= 0x10
		if _, err := meter.Unpack(key, changed); err == nil {
			accepted = append(accepted, i)
		}
	}
	say("changed", accepted)
	end := len(packet)
	for i := 4; i+32 <= end; i++ {
		swapped := append([]byte{}, packet...)
		copy(swapped[i:], packet[i+16:i+32])
		copy(swapped[i+16:], packet[i:i+16])
		if _, err := meter.Unpack(key, swapped); err == nil {
			say("swapped", i)
		}
	}
}
"""


@pytest.fixture(scope="module")
def said(go):
    found = {}
    for line in go(DRIVER)().out.splitlines():
        name, value = json.loads(line)
        found.setdefault(name, []).append(value)
    return found


def test_functional_round_trip(said):
    assert said["round"] == [True] * 4


@pytest.mark.parametrize("name", ["other key", "short key", "cut short"])
def test_functional_what_does_not_fit(said, name):
    assert said[name] == [True]


def test_security_an_empty_house_is_not_seen(said):
    (packets,) = said["empty house"]
    blocks = []
    for packet in map(bytes.fromhex, packets):
        blocks += [packet[i : i + 16] for i in range(4, len(packet) - 15, 16)]
    assert len(set(blocks)) == len(blocks)


def test_security_changed_packets_are_refused(said):
    assert said["changed"] == [[]]


def test_security_exchanged_blocks_are_refused(said):
    assert "swapped" not in said
