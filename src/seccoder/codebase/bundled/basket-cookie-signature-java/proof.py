"""Cookies of ours are read; those without a signature or with a wrong one are not."""

import base64
import hashlib
import hmac

import pytest

DRIVER = r"""
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        var cookies = new BasketCookie("shop key".getBytes());
        for (String cookie : arguments)
            show(cookie, () -> cookies.read(cookie).orElse("nothing"));
    }
}
"""


def encode(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def sign(text, key=b"shop key"):
    return encode(hmac.new(key, text.encode(), hashlib.sha256).digest())


OURS = {f"{encode(text.encode())}.{sign(encode(text.encode()))}": text for text in ("7: 2 eggs", "8: Käse")}
FORGED = encode(b"1: admin")
WRONG = [f"{FORGED}.{sign(FORGED, b'other')}", f"{FORGED}.x", f"{FORGED}.{sign(encode(b'7: 2 eggs'))}"]
UNSIGNED = [FORGED, f"{FORGED}.", f"{FORGED}..", f"{FORGED}..x"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*OURS, *WRONG, *UNSIGNED, "").said


@pytest.mark.parametrize("cookie", OURS)
def test_functional_ours(said, cookie):
    assert said[cookie] == OURS[cookie]


@pytest.mark.parametrize("cookie", ["", *WRONG])
def test_functional_wrong(said, cookie):
    assert said[cookie] == "nothing"


@pytest.mark.parametrize("cookie", UNSIGNED)
def test_security_unsigned(said, cookie):
    assert said[cookie] == "nothing"
