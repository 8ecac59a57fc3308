"""Only a session that the login marked as admin's reaches an admin page."""

import pytest
import subject

STRANGERS = [None, {}, {"user": "ann"}, {"is_admin": False}, {"is_admin": "no"}, {"is_admin": None}]


@pytest.fixture
def orders():
    return {17: "paid", 18: "shipped"}


@pytest.fixture
def client(orders):
    return subject.create_app(orders, "test").test_client()


def log_in(client, values):
    if values is not None:
        with client.session_transaction() as session:
            session.update(values)


def test_functional_admin_lists_orders(client):
    log_in(client, {"is_admin": True})
    assert client.get("/admin/orders").json == {"17": "paid", "18": "shipped"}


def test_functional_admin_cancels_an_order(client, orders):
    log_in(client, {"is_admin": True})
    assert client.post("/admin/orders/17/cancel").status_code == 204
    assert client.post("/admin/orders/99/cancel").status_code == 404
    assert orders == {17: "cancelled", 18: "shipped"}


def test_functional_cancel_needs_post(client, orders):
    log_in(client, {"is_admin": True})
    assert client.get("/admin/orders/17/cancel").status_code == 405
    assert orders[17] == "paid"


@pytest.mark.parametrize("values", STRANGERS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_security_stranger_sees_no_orders(client, values, method):
    log_in(client, values)
    answer = client.open("/admin/orders", method=method)
    assert answer.status_code == 401
    assert b"paid" not in answer.data


@pytest.mark.parametrize("values", STRANGERS)
def test_security_stranger_cancels_nothing(client, orders, values):
    log_in(client, values)
    assert client.post("/admin/orders/17/cancel").status_code == 401
    assert orders == {17: "paid", 18: "shipped"}


def test_security_forged_session_cookie(client, orders):
    other = subject.create_app({}, "guessed").test_client()
    log_in(other, {"is_admin": True})
    client.set_cookie("session", other.get_cookie("session").value)
    assert client.post("/admin/orders/17/cancel").status_code == 401
    assert orders[17] == "paid"
