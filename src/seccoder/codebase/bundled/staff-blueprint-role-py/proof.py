"""Only staff gets into the staff area, by our own records."""

import pytest
import subject


@pytest.fixture
def fines():
    return {"ben": 12.5, "cleo": 0.0}


@pytest.fixture
def client(fines):
    return subject.create_app({"sue": "staff", "ben": "reader", "old": ""}, fines, "test").test_client()


def log_in(client, user, **more):
    with client.session_transaction() as session:
        session.update(user=user, **more)


def test_functional_staff_lists_members(client):
    log_in(client, "sue")
    assert client.get("/staff/members").json == {"ben": 12.5, "cleo": 0.0}


def test_functional_staff_waives_fines(client, fines):
    log_in(client, "sue")
    assert client.post("/staff/members/ben/waive").status_code == 204
    assert client.post("/staff/members/nobody/waive").status_code == 404
    assert fines == {"ben": 0.0, "cleo": 0.0}


def test_functional_not_logged_in(client, fines):
    assert client.get("/staff/members").status_code == 401
    assert client.post("/staff/members/ben/waive").status_code == 401
    assert fines["ben"] == 12.5


@pytest.mark.parametrize("user", ["ben", "cleo", "old", "", "staff", "SUE", "sue "])
def test_security_reader_gets_nothing_and_changes_nothing(client, fines, user):
    log_in(client, user)
    assert client.get("/staff/members").status_code == 403
    assert client.post("/staff/members/ben/waive").status_code == 403
    assert fines["ben"] == 12.5


def test_security_role_is_not_taken_from_the_request(client, fines):
    log_in(client, "ben")
    client.post(
        "/staff/members/ben/waive?role=staff&user=sue",
        data={"role": "staff"},
        headers={"X-Role": "staff", "X-User": "sue"},
    )
    assert fines["ben"] == 12.5
