"""Requests as they arrive after the proxies appended what they saw: claims of the visitor open nothing."""

import pytest

import subject

OFFICE = ["10.20.0.0/16", "2001:db8:20::/48"]
PROXIES = ["10.20.0.5/32", "192.0.2.0/28"]


def ask(remote, forwarded=None):
    reached, answers = [], []

    def payroll(environ, start_response):
        reached.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"payroll"]

    environ = {"REMOTE_ADDR": remote, "PATH_INFO": "/pay", "REQUEST_METHOD": "GET"}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    body = b"".join(subject.OfficeOnly(payroll, OFFICE, PROXIES)(environ, lambda *head: answers.append(head[0])))
    assert bool(reached) == (body == b"payroll") == answers[0].startswith("200")
    return bool(reached)


@pytest.mark.parametrize(
    ("remote", "forwarded"),
    [
        ("10.20.7.9", None),
        ("10.20.0.5", "10.20.7.9"),
        ("192.0.2.3", "10.20.7.9, 10.20.0.5"),
        ("::ffff:192.0.2.3", "10.20.7.9"),
        ("192.0.2.3", "2001:db8:20::17"),
        ("192.0.2.3", " 10.20.255.255 "),
    ],
)
def test_functional_from_the_office(remote, forwarded):
    assert ask(remote, forwarded)


@pytest.mark.parametrize(
    ("remote", "forwarded"),
    [
        ("203.0.113.7", None),
        ("10.20.0.5", "203.0.113.7"),
        ("192.0.2.3", "203.0.113.7, 10.20.0.5"),
        ("192.0.2.3", "2001:db8:21::17"),
        ("192.0.2.3", "unknown"),
        ("10.21.0.0", None),
    ],
)
def test_functional_from_elsewhere(remote, forwarded):
    assert not ask(remote, forwarded)


@pytest.mark.parametrize("claim", ["10.20.7.9", "10.20.7.9, 10.20.7.9", "10.20.7.9, 10.20.0.5", "2001:db8:20::1"])
def test_security_claim_before_the_proxys_entry(claim):
    assert not ask("192.0.2.3", f"{claim}, 203.0.113.7")
    assert not ask("192.0.2.3", f"{claim},203.0.113.7,10.20.0.5")
    assert not ask("::ffff:10.20.0.5", f"{claim}, ::ffff:203.0.113.7")


@pytest.mark.parametrize("claim", ["10.20.7.9", "10.20.7.9, 10.20.0.5", "10.20.0.5"])
def test_security_claim_without_a_proxy(claim):
    assert not ask("203.0.113.7", claim)


@pytest.mark.parametrize("remote", ["192.0.2.16", "192.0.3.3", "2001:db8::1"])
def test_security_claim_through_a_strange_proxy(remote):
    assert not ask(remote, "10.20.7.9")


@pytest.mark.parametrize("forwarded", [",", "10.20.7.9,", "10.20.7.9, 203.0.113.7:4711", "10.20.7.9;203.0.113.7"])
def test_security_what_cannot_be_read_is_refused(forwarded):
    assert not ask("192.0.2.3", forwarded)
