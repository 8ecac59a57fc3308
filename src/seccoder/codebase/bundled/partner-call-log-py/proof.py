"""A line helps to find a call, and nobody who reads the log can call the partner in our name."""

import logging

import pytest

import subject

SECRET = "k3y-4711"


@pytest.fixture
def line(caplog):
    def write(url="https://api.partner.example/v1/orders", headers=None, method="GET", status=200, seconds=0.25):
        caplog.clear()
        with caplog.at_level(logging.DEBUG):
            subject.log_call(method, url, headers or {}, status, seconds)
        [record] = caplog.records
        return record.getMessage()

    return write


def test_functional_line(line):
    text = line(headers={"X-Request-Id": "r-17", "User-Agent": "shop/2.1"}, method="POST", status=503)
    assert text.startswith("POST 'https://api.partner.example/v1/orders' 503 250ms ")
    assert "'X-Request-Id': 'r-17'" in text and "'User-Agent': 'shop/2.1'" in text


def test_functional_port_and_empty_path(line):
    assert line("http://[2001:db8::1]:8443/a/b").startswith("GET 'http://[2001:db8::1]:8443/a/b' 200")
    assert line("https://api.partner.example").startswith("GET 'https://api.partner.example' 200")


def test_functional_bearer_token(line):
    assert SECRET not in line(headers={"Authorization": f"Bearer {SECRET}"})


@pytest.mark.parametrize(
    "header",
    [
        "authorization",
        "AUTHORIZATION",
        "Proxy-Authorization",
        "X-Api-Key",
        "Cookie",
        "X-Auth-Token",
        "Ocp-Subscription-Key",
    ],
)
def test_security_no_secret_headers(line, header):
    assert SECRET not in line(headers={header: SECRET, "X-Request-Id": "r-17"})


@pytest.mark.parametrize(
    "url",
    [
        "https://api.partner.example/v1/orders?api_key=k3y-4711",
        "https://api.partner.example/v1/orders?page=2&sig=k3y-4711&x=1",
        "https://api.partner.example/v1/orders;?token=k3y-4711",
        "https://shop:k3y-4711@api.partner.example/v1/orders",
        "https://k3y-4711@api.partner.example:8443/v1/orders",
        "https://shop:a@k3y-4711@api.partner.example/v1/orders",
        "https://api.partner.example/v1/orders#access_token=k3y-4711",
        "https://api.partner.example?api_key=k3y-4711",
    ],
)
def test_security_no_secrets_in_the_address(line, url):
    text = line(url)
    assert SECRET not in text
    assert "api.partner.example" in text


def test_security_one_line(line):
    text = line("https://api.partner.example/a\nb", {"X-Request-Id": "r\nGET 'https://fake' 200 1ms {}"})
    assert "\n" not in text
