"""The token, cookie and key must be nowhere in the log, in whatever case the header's name is written."""

import logging

import pytest
from subject import log_request


@pytest.fixture
def logged(caplog):
    def logged(*arguments):
        with caplog.at_level(logging.INFO, "delivery"):
            log_request(*arguments)
        return caplog.text

    return logged


def test_functional_what_support_needs(logged):
    text = logged("POST", "https://api.example/parcels?page=2", {"Accept": "application/json", "X-Request-Id": "r17"})
    assert "POST https://api.example/parcels?page=2" in text and "application/json" in text and "r17" in text


@pytest.mark.parametrize("name", ["Authorization", "authorization", "COOKIE", "X-Api-Key", "Set-Cookie"])
def test_security_headers(logged, name):
    text = logged("GET", "https://api.example/", {name: "Bearer s3cr3t", "Accept": "*/*"})
    assert "s3cr3t" not in text and "*/*" in text


@pytest.mark.parametrize("url", ["https://api.example/?token=s3cr3t&page=2", "https://shop:s3cr3t@api.example/?api_key=s3cr3t"])
def test_security_url(logged, url):
    assert "s3cr3t" not in logged("GET", url, {})
