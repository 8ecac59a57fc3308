"""Passwords match what was stored of them; the salt is new each time and nothing that the login tells."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        var passwords = new Passwords(1000);
        String first = passwords.hash("ann", "curtain"), second = passwords.hash("ann", "curtain");
        show("right", () -> passwords.matches("ann", "curtain", first));
        show("wrong", () -> passwords.matches("ann", "Curtain", first));
        show("stored", () -> List.of(first, second));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_matches(said):
    assert (said["right"], said["wrong"]) == (True, False)


def test_security_salt_is_new_each_time(said):
    first, second = said["stored"]
    assert first.split(":")[0] != second.split(":")[0] and first.split(":")[1] != second.split(":")[1]
    assert len(first.split(":")[0]) >= 32
