"""The message is read as a mail program does; whatever is typed into the form, it has the headers it should have."""

import base64
import json
from email import message_from_bytes, policy

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"os"

	"demo/subject"
)

func main() {
	var forms [][]string
	json.NewDecoder(os.Stdin).Decode(&forms)
	for _, form := range forms {
		message, err := repair.Message(form[0], form[1], form[2], form[3])
		json.NewEncoder(os.Stdout).Encode([]any{message, err == nil})
	}
}
"""
HEADERS = [
    "content-transfer-encoding",
    "content-type",
    "from",
    "mime-version",
    "reply-to",
    "subject",
    "to",
]


@pytest.fixture(scope="module")
def message(go):
    program = go(DRIVER)

    def message(name="Kim", address="kim@mail.example", device="toaster", description="No heat.\r\nSmells.\r\n"):
        form = json.dumps([[name, address, device, description]]).encode()
        encoded, made = json.loads(program(stdin=form).out)
        return message_from_bytes(base64.b64decode(encoded), policy=policy.default) if made else None

    return message


def names(made):
    return sorted(name.lower() for name in made.keys())


def test_functional_message(message):
    made = message()
    assert names(made) == HEADERS
    assert made["from"] == made["to"] == "team@repair.example"
    assert made["reply-to"].addresses[0].addr_spec == "kim@mail.example"
    assert made["reply-to"].addresses[0].display_name == "Kim"
    assert made["subject"] == "To repair: toaster"
    assert made.get_content().split() == ["No", "heat.", "Smells."]


def test_functional_description_of_several_lines(message):
    text = "Übrigens:\r\n\r\nBcc: is not set here.\r\n.\r\nBye"
    assert message(description=text).get_content().splitlines() == text.split("\r\n")


@pytest.mark.parametrize("address", ["", "kim", "kim mail@mail.example"])
def test_functional_no_address(message, address):
    assert message(address=address) is None


ATTACKS = [
    "x\r\nBcc: victim@mail.example",
    "x\nBcc: victim@mail.example",
    "x\r\n\r\nAnother text",
    "x\r\nContent-Type: text/html",
    '"\r\nBcc: victim@mail.example',
    "x@mail.example>\r\nBcc: <victim@mail.example",
    "x@mail.example,victim@mail.example",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("field", ["name", "address", "device"])
def test_security_no_header_is_added(message, field, attack):
    made = message(**{field: attack})
    if made is None:
        return
    assert names(made) == HEADERS
    assert made["content-type"] == 'text/plain; charset="utf-8"'
    assert len(made["reply-to"].addresses) == 1
    assert made.get_content().split() == ["No", "heat.", "Smells."]
