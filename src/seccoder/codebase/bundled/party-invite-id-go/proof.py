"""Two starts of the server, and two whose shared random numbers begin at a known place, give out different links."""

import json
import re

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"

	"demo/subject"
)

func main() {
	if os.Args[1] == "seeded" {
		rand.Seed(7) // as if the attacker knew how another part of the server did it
	}
	all := []map[string]string{}
	for i := 0; i < 40; i++ {
		guests := []string{}
		for j := 0; j < 25; j++ {
			guests = append(guests, fmt.Sprint("guest ", j))
		}
		links, err := party.InviteLinks(guests)
		if err != nil {
			panic(err)
		}
		all = append(all, links)
	}
	none, err := party.InviteLinks(nil)
	if err != nil || len(none) != 0 {
		panic(err)
	}
	json.NewEncoder(os.Stdout).Encode(all)
}
"""


@pytest.fixture(scope="module")
def links(go):
    program = go(DRIVER)

    def links(how):
        # Later versions of Go seed by themselves; this asks for what Go 1.19 does.
        return json.loads(program(how, env={"GODEBUG": "randautoseed=0,randseednop=0"}).out)

    return links


def ids(parties):
    return [link.rpartition("/")[2] for party in parties for link in party.values()]


def test_functional_links_of_all_guests(links):
    parties = links("as it is")
    assert len(parties) == 40
    assert all(set(party) == {f"guest {j}" for j in range(25)} for party in parties)
    form = re.compile(r"https://party\.example/i/[A-Za-z0-9_-]+")
    assert all(form.fullmatch(link) for party in parties for link in party.values())


def test_functional_links_differ(links):
    assert len(set(ids(links("as it is")))) == 1000


def test_security_links_are_long_enough(links):
    assert min(map(len, ids(links("as it is")))) >= 20


@pytest.mark.parametrize("how", ["as it is", "seeded"])
def test_security_another_start_gives_other_links(links, how):
    assert not set(ids(links(how))) & set(ids(links(how)))
