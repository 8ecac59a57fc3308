"""PINs open their box; what is stored of equal PINs differs, and no digest of a PIN without a salt is in it."""

import base64
import hashlib

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        String first = Lockbox.seal("4711"), second = Lockbox.seal("4711");
        show("right", () -> Lockbox.opens("4711", first) && Lockbox.opens("4711", second));
        show("wrong", () -> Lockbox.opens("4712", first) || Lockbox.opens("", first));
        show("short", () -> Lockbox.seal("12"));
        show("stored", () -> List.of(first, second));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_pins(said):
    assert (said["right"], said["wrong"], said["short"]) == (True, False, "!IllegalArgumentException")


def test_security_equal_pins_look_different(said):
    assert said["stored"][0] != said["stored"][1]


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_security_no_bare_digest(said, name):
    digest = hashlib.new(name, b"4711").digest()
    for stored in said["stored"]:
        assert digest.hex() not in stored and base64.b64encode(digest).decode() not in stored
