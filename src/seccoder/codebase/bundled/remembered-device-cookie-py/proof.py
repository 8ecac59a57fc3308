"""What a browser does with the cookie follows from its attributes, so Set-Cookie is read as a browser does."""

import pytest

import subject

HTTPS = "https://shop.example"


@pytest.fixture
def app():
    return subject.create_app(lambda code: code == "123456")


def cookie(response):
    """Name, value and attributes (lower case) of the one cookie that is set."""
    [header] = response.headers.getlist("Set-Cookie")
    pair, *rest = [part.strip() for part in header.split(";")]
    name, _, value = pair.partition("=")
    return name, value, {part.partition("=")[0].lower(): part.partition("=")[2] for part in rest}


def test_functional_device_is_remembered_and_forgotten(app):
    client = app.test_client()
    assert client.get("/login", base_url=HTTPS).json == {"known": False}
    assert client.post("/verify", data={"code": "123456"}, base_url=HTTPS).json == {"remembered": True}
    assert client.get("/login", base_url=HTTPS).json == {"known": True}
    assert client.post("/forget", base_url=HTTPS).json == {"remembered": False}
    assert client.get("/login", base_url=HTTPS).json == {"known": False}


def test_functional_cookie_lasts_30_days_and_a_wrong_code_sets_none(app):
    name, value, attributes = cookie(app.test_client().post("/verify", data={"code": "123456"}))
    assert name == "device" and len(value) >= 32 and attributes["max-age"] == "2592000"
    refused = app.test_client().post("/verify", data={"code": "000000"})
    assert refused.status_code == 403 and "Set-Cookie" not in refused.headers


def test_functional_invented_and_forgotten_tokens(app):
    client = app.test_client()
    token = cookie(client.post("/verify", data={"code": "123456"}, base_url=HTTPS))[1]
    client.post("/forget", base_url=HTTPS)
    for value in (token, "", "x"):
        other = app.test_client()
        other.set_cookie("device", value, domain="shop.example")
        assert other.get("/login", base_url=HTTPS).json == {"known": False}


@pytest.fixture
def attributes(app):
    return cookie(app.test_client().post("/verify", data={"code": "123456"}, base_url=HTTPS))[2]


def test_security_cookie_is_not_sent_over_plain_http(attributes):
    assert "secure" in attributes


def test_security_scripts_cannot_read_the_cookie(attributes):
    assert "httponly" in attributes


def test_security_other_sites_and_subdomains(attributes):
    assert attributes.get("samesite", "").lower() in ("lax", "strict")
    assert "domain" not in attributes
