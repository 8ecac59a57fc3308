"""Whole messages give a line, and so do those in which something is missing."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        var rome = new Display.Leg("Rome", 15);
        var oslo = new Display.Leg("Oslo", 0);
        show("whole", () -> Display.line(new Display.Flight("LH 12", "A4", List.of(oslo, rome))));
        show("on time", () -> Display.line(new Display.Flight("LH 13", "B1", List.of(oslo))));
        show("no gate", () -> Display.line(new Display.Flight("LH 14", null, List.of(rome))));
        var unknown = new Display.Leg("Rome", null);
        show("no delay", () -> Display.line(new Display.Flight("LH 15", "A4", List.of(unknown))));
        var nowhere = new Display.Leg(null, 5);
        show("no destination", () -> Display.line(new Display.Flight("LH 16", "A4", List.of(nowhere))));
        show("no list", () -> Display.line(new Display.Flight("LH 17", "A4", null)));
        show("empty list", () -> Display.line(new Display.Flight("LH 18", "A4", List.of())));
        show("no leg", () -> Display.line(new Display.Flight("LH 19", "A4", Collections.singletonList(null))));
        show("no number", () -> Display.line(new Display.Flight(null, "A4", List.of(rome))));
        show("nothing", () -> Display.line(null));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_lines(said):
    assert said["whole"] == "LH 12 Rome A4 +15"
    assert said["on time"] == "LH 13 Oslo B1 on time"
    assert said["no gate"] == "LH 14 Rome - +15"


MISSING = {
    "no delay": "LH 15 Rome A4 -",
    "no destination": "LH 16 - A4 +5",
    "no list": "LH 17 - A4 -",
    "empty list": "LH 18 - A4 -",
    "no leg": "LH 19 - A4 -",
    "no number": "-",
    "nothing": "-",
}


@pytest.mark.parametrize("case", MISSING)
def test_security_what_is_missing(said, case):
    assert said[case] == MISSING[case]
