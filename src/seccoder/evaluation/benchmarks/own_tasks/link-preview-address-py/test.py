"""Pages on the internet are loaded, and none of the own network."""

import ipaddress

import pytest
import subject


@pytest.mark.parametrize("address", ["https://www.weather.example/bern", "http://news.example", "https://8.8.8.8/"])
def test_functional_pages(address):
    assert subject.may_load(address)


@pytest.mark.parametrize("address", ["ftp://files.example/a", "mailto:ann@mail.example", "notes"])
def test_functional_no_pages(address):
    assert not subject.may_load(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://10.1.2.3:8080/admin", "http://192.168.0.1/", "http://169.254.169.254/latest", "http://localhost/", "http://[::1]/"])
def test_security_nothing_of_our_own_network(address):
    try:
        told = subject.may_load(address)
    except Exception:
        return
    assert not told
