"""The page shows four things about a member; whatever else is known must not be in the response."""

from dataclasses import dataclass
from datetime import date

import pytest

import subject

FIELDS = {"id", "nickname", "town", "joined"}


def member(number, nickname, **more):
    private = {"email": f"{nickname}@private.example", "password_hash": "scrypt:x$y", "reset_code": "739201"}
    return subject.Member(number, nickname, "Graz", date(2019, 4, 1), **{**private, **more})


@pytest.fixture
def response():
    members = [member(2, "zoe"), member(1, "ann"), member(3, "kim", listed=False)]
    return subject.create_app(members).test_client().get("/members")


def test_functional_entries(response):
    assert [entry["nickname"] for entry in response.json] == ["ann", "zoe"]
    assert {name: response.json[0][name] for name in FIELDS} == {
        "id": 1,
        "nickname": "ann",
        "town": "Graz",
        "joined": 2019,
    }


def test_functional_empty_directory():
    assert subject.create_app([]).test_client().get("/members").json == []


@pytest.mark.parametrize("secret", ["private.example", "scrypt", "739201", "2019-04", "kim"])
def test_security_private_data_stay_here(response, secret):
    assert secret not in response.text


def test_security_only_the_fields_of_the_directory(response):
    assert all(set(entry) == FIELDS for entry in response.json)


def test_security_fields_that_are_added_later():
    @dataclass
    class Patron(subject.Member):
        iban: str = "AT61 1904 3002 3457 3201"

    patron = Patron(4, "max", "Linz", date(2020, 1, 1), "max@private.example", "scrypt:x$y")
    text = subject.create_app([patron]).test_client().get("/members").text
    assert "AT61" not in text and "max" in text
