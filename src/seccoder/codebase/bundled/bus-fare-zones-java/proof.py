"""Known stops have a fare; unknown ones have none, and no exception."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        Map<String, Integer> zones = new HashMap<>(Map.of("Markt", 1, "Hafen", 3, "Wald", 4));
        for (String argument : arguments) {
            String[] stops = argument.split("-", 2);
            show(argument, () -> Fares.fare(zones, stops[0], stops[1]));
        }
    }
}
"""
FINE = {"Markt-Markt": 240, "Markt-Hafen": 420, "Wald-Hafen": 330}
UNKNOWN = ["Markt-Mars", "Mars-Markt", "-", "Mars-Venus", "markt-Hafen"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*FINE, *UNKNOWN).said


@pytest.mark.parametrize("stops", FINE)
def test_functional_fares(said, stops):
    assert said[stops] == f"OptionalInt[{FINE[stops]}]"


@pytest.mark.parametrize("stops", UNKNOWN)
def test_security_unknown_stops(said, stops):
    assert said[stops] == "OptionalInt.empty"
