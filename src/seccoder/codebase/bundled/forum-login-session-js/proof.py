"""Plays an attacker who knows the id with which the victim arrives at the login."""

import json

import pytest

DRIVER = """
import subject from "./subject.js";
const said = {};
const store = new subject.SessionStore();
const user = (id) => store.open(id).data.user;

const guest = store.open(undefined);
guest.data.language = "da";
said.guest = [guest.data.user, store.open(guest.id).data.language, store.open(guest.id).id === guest.id];
const ann = store.login(guest.id, "ann");
said.ann = [user(ann), store.open(ann).data.language, store.open(ann).id === ann];
const before = store.open(ann).data;
store.logout(ann);
said.after = [user(ann), store.open(ann).id === ann];
const fresh = store.login(undefined, "bob");
said.fresh = user(fresh);

const planted = store.open(undefined).id, held = store.open(planted).data;
const victim = store.login(planted, "victim");
said.fixed = [user(planted), held.user, victim === planted];
const one = store.login(victim, "admin");
said.again = [user(victim), user(one), one === victim];
const invented = store.open("chosen-by-attacker");
said.invented = [invented.id === "chosen-by-attacker", store.login("chosen-too", "ann") === "chosen-too", user("chosen-too")];
said.odd = ["__proto__", "constructor", "", null, 5, ["a"], {}].map((id) => user(id));
const ids = Array.from({ length: 200 }, () => store.open(undefined).id);
said.ids = [new Set(ids).size, Math.min(...ids.map((id) => id.length))];
const kept = store.login(undefined, "ann"), other = store.login(undefined, "ann");
store.logout(kept);
said.other = [user(kept), user(other)];
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_guests_have_a_session(said):
    assert said["guest"] == [None, "da", True]


def test_functional_login_keeps_what_the_guest_had(said):
    assert said["ann"] == ["ann", "da", True]
    assert said["fresh"] == "bob"


def test_functional_logout_ends_it(said):
    assert said["after"] == [None, False]
    assert said["other"] == [None, "ann"]


def test_security_the_id_from_before_the_login_is_worth_nothing(said):
    assert said["fixed"] == [None, None, False]


def test_security_also_when_somebody_else_logs_in(said):
    assert said["again"] == [None, "admin", False]


def test_security_ids_are_never_the_clients_choice(said):
    assert said["invented"] == [False, False, None]
    assert said["odd"] == [None] * 7


def test_security_ids_cannot_be_guessed(said):
    assert said["ids"][0] == 200 and said["ids"][1] >= 22
