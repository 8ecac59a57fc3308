"""Clients inside and outside, directly and through the proxy, with and without a header they wrote themselves."""

import json

import pytest

DRIVER = """
import { allowed } from "./subject.js";
const ask = (peer, header) => allowed(["10.20.0.0/16", "2001:db8:7::/48"], peer, header, ["10.9.0.2"]);
console.log(JSON.stringify({
  inside: [ask("10.20.3.4"), ask("::ffff:10.20.3.4"), ask("2001:db8:7::5"), ask("10.9.0.2", "10.20.3.4"), ask("10.9.0.2", "2001:db8:7::5")],
  outside: [ask("192.0.2.1"), ask("10.21.0.1"), ask("2001:db8:8::1"), ask("10.9.0.2", "192.0.2.1"), ask("10.9.0.2"), ask("10.9.0.2", "unknown"), ask("")],
  forged: [ask("192.0.2.1", "10.20.3.4"), ask("10.9.0.2", "10.20.3.4, 192.0.2.1"), ask("10.9.0.2", "10.20.3.4,10.20.3.5,192.0.2.1"), ask("2001:db8:8::1", "2001:db8:7::5")],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_inside_and_outside(said):
    assert said["inside"] == [True] * 5 and said["outside"] == [False] * 7


def test_security_a_header_the_caller_wrote(said):
    assert said["forged"] == [False] * 4
