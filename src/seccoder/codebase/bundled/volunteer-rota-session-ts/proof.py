"""A visitor whose browser got its session id from somebody else signs in; that somebody must stay a guest."""

import json

import pytest

DRIVER = """
import { Sessions } from "./subject.js";
const MINUTE = 60_000, said = {};
const rota = new Sessions();
const guest = rota.begin(0), ann = rota.login(guest, "ann", 1);
said.works = [rota.user(guest === ann ? "" : ann, 2) ?? rota.user(ann, 2), rota.user(rota.begin(0), 1), rota.user("", 1), rota.user("nobody", 1)];
said.idle = [rota.user(ann, 29 * MINUTE), rota.user(ann, 58 * MINUTE), rota.user(ann, 89 * MINUTE), rota.user(ann, 89 * MINUTE)];
const planted = rota.begin(0);
const own = rota.login(planted, "bob", 1);
said.planted = [rota.user(planted, 2), rota.user(own, 2), own !== planted];
const made = rota.login("thought-up", "eve", 1);
said.foreign = [rota.user("thought-up", 2), rota.user(made, 2), made.length >= 22];
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_sign_in(said):
    assert said["works"] == ["ann", None, None, None]


def test_functional_it_ends_without_use(said):
    assert said["idle"] == ["ann", "ann", None, None]


def test_security_an_id_from_before(said):
    assert said["planted"] == [None, "bob", True]


def test_security_an_id_of_somebodys_own(said):
    assert said["foreign"] == [None, "eve", True]
