"""Messages decrypt as the partner does it; no two have a block in common, and none holds part of the key."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"

	"demo/subject"
)

func main() {
	out := json.NewEncoder(os.Stdout)
	key := []byte("0123456789abcdefFEDCBA9876543210")
	for _, text := range []string{"", "x", strings.Repeat("b", 15), strings.Repeat("b", 16), strings.Repeat("c", 1000)} {
		sealed, err := booking.Encrypt(key, []byte(text))
		block, _ := aes.NewCipher(key)
		plain := make([]byte, len(sealed)-16)
		cipher.NewCBCDecrypter(block, sealed[:16]).CryptBlocks(plain, sealed[16:])
		padding := int(plain[len(plain)-1])
		end := len(plain) - padding
		right := bytes.Equal(plain[end:], bytes.Repeat([]byte{byte(padding)}, padding)) && string(plain[:end]) == text
		out.Encode([]any{"round " + text[:len(text)%100], err == nil && right})
	}
	_, err := booking.Encrypt([]byte("short"), []byte("x"))
	out.Encode([]any{"short key", err != nil})
	all := []string{}
	for i := 0; i < 20; i++ {
		sealed, _ := booking.Encrypt(key, []byte(`{"chair": 12, "day": "2024-07-01"}`))
		all = append(all, hex.EncodeToString(sealed))
	}
	out.Encode([]any{"all", all})
}
"""


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)()
    assert ran.code == 0, ran.err
    return dict(json.loads(line) for line in ran.out.splitlines())


def test_functional_messages(said):
    assert all(value for name, value in said.items() if name.startswith("round")) and said["short key"]


def test_security_no_block_twice(said):
    blocks = [sealed[i : i + 32] for sealed in said["all"] for i in range(0, len(sealed), 32)]
    assert len(set(blocks)) == len(blocks)


def test_security_no_part_of_the_key(said):
    assert not any(b"01234567".hex() in sealed for sealed in said["all"])
