"""The keys are a pair for RSA, and long enough for today."""

import pytest

DRIVER = """
import static given.Said.show;

import java.security.*;
import java.security.interfaces.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        Venue venue = new Venue("Opera", 900);
        venue.makeKeys();
        KeyPair pair = venue.keys();
        show("bits", () -> ((RSAPublicKey) pair.getPublic()).getModulus().bitLength());
        show("pair", () -> ((RSAPublicKey) pair.getPublic()).getModulus().equals(((RSAPrivateKey) pair.getPrivate()).getModulus()));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_pair(said):
    assert said["pair"] is True and said["bits"] > 0


def test_security_long_enough(said):
    assert said["bits"] >= 2048
