"""After the login the telescope gets its commands; before it, and after one that failed, it gets none."""

import pytest

DRIVER = r"""
import static given.Said.*;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            List<String> got = new ArrayList<>(), said = new ArrayList<>();
            Session session = new Session("k-77", got::add);
            show(argument, () -> {
                for (String line : argument.split(";"))
                    said.add(session.handle(line));
                return List.of(said, got);
            });
        }
    }
}
"""
FINE = {
    "login k-77;point 5.5 -5.4;shutter open;park": [
        ["welcome"] + ["done"] * 3,
        ["point 5.5 -5.4", "shutter open", "park"],
    ],
    "status;login k-77;status;dance": [["ready", "welcome", "ready", "unknown"], []],
    "login wrong;login": [["denied", "denied"], []],
}
ATTACKS = [
    "park",
    "point 1 1",
    "shutter open",
    "shutter  close",
    "login k;shutter open",
    "login k-77;login x;shutter open",
]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*FINE, *ATTACKS).said


@pytest.mark.parametrize("lines", FINE)
def test_functional_session(said, lines):
    assert said[lines] == FINE[lines]


@pytest.mark.parametrize("lines", ATTACKS)
def test_security_nothing_without_login(said, lines):
    answers, got = said[lines]
    assert got == [] and answers[-1] == "denied"
