"""A token opens forms of its own session, also a second one, and of no other."""

import pytest

DRIVER = r"""
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        var tokens = new FormTokens("server key".getBytes());
        var others = new FormTokens("another key".getBytes());
        String first = tokens.token("s-ann"), second = tokens.token("s-ann"), bob = tokens.token("s-bob");
        show("own", () -> tokens.check("s-ann", first) && tokens.check("s-ann", second) && tokens.check("s-bob", bob));
        show("null", () -> tokens.check("s-ann", null));
        show("empty", () -> tokens.check("s-ann", ""));
        show("made up", () -> tokens.check("s-ann", "AAAA") || tokens.check("s-ann", "1.AAAA"));
        show("changed", () -> tokens.check("s-ann", first.substring(1)) || tokens.check("s-ann", first + "A"));
        show("other key", () -> tokens.check("s-ann", others.token("s-ann")));
        show("bob's for ann", () -> tokens.check("s-ann", bob));
        show("ann's for bob", () -> tokens.check("s-bob", first));
        show("visitor's for ann", () -> tokens.check("s-ann", tokens.token("")));
        show("session as token", () -> tokens.check("s-ann", "s-ann"));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_own_session(said):
    assert said["own"] is True


@pytest.mark.parametrize("case", ["null", "empty", "made up", "changed", "other key"])
def test_functional_no_tokens(said, case):
    assert said[case] is False


@pytest.mark.parametrize("case", ["bob's for ann", "ann's for bob", "visitor's for ann", "session as token"])
def test_security_other_sessions(said, case):
    assert said[case] is False
