"""The form changes name and city, and makes nobody a moderator."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	forum "demo/subject"
)

func main() {
	for _, form := range os.Args[1:] {
		member := &forum.Member{Name: "Bob", City: "Basel"}
		err := forum.Update(member, []byte(form))
		fmt.Println(err == nil, member.Name, member.City, member.Moderator)
	}
}
"""


@pytest.fixture(scope="module")
def update(go):
    program = go(DRIVER)
    return lambda *forms: program(*forms).out.decode().splitlines()


def test_functional_form(update):
    told = update('{"name": "Ann", "city": "Bern"}', '{"city": "Chur"}')
    assert told == ["true Ann Bern false", "true Bob Chur false"]
    assert update('{"name": ')[0].startswith("false")


def test_security_nobody_becomes_a_moderator(update):
    told = update('{"name": "Ann", "moderator": true}', '{"Moderator": true}', '{"MODERATOR": true}')
    assert "true" not in [line.split()[-1] for line in told]
