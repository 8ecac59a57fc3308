"""Levels open boxes to those they should; a box without a level, or sealed without a year, stays with the staff."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        Map<String, Boxes.Reader> readers = Map.of("visitor", new Boxes.Reader(false, false),
            "reader", new Boxes.Reader(true, false), "staff", new Boxes.Reader(false, true));
        Map<String, Boxes.Box> boxes = new LinkedHashMap<>();
        boxes.put("open", new Boxes.Box("Maps", Boxes.Level.OPEN, null));
        boxes.put("room", new Boxes.Box("Letters", Boxes.Level.READING_ROOM, null));
        boxes.put("sealed", new Boxes.Box("Diary", Boxes.Level.SEALED, 2040));
        boxes.put("was sealed", new Boxes.Box("Old diary", Boxes.Level.SEALED, 2023));
        boxes.put("sealed for ever", new Boxes.Box("Files", Boxes.Level.SEALED, null));
        boxes.put("no level", new Boxes.Box("New", null, null));
        boxes.put("no level, a year", new Boxes.Box("New", null, 2040));
        boxes.forEach((name, box) -> readers.forEach((who, reader) ->
            show(name + " " + who, () -> Boxes.mayRead(box, reader, 2024))));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


EXPECTED = {"open": (1, 1, 1), "room": (0, 1, 1), "sealed": (0, 0, 1), "was sealed": (0, 1, 1)}


@pytest.mark.parametrize("box", EXPECTED)
def test_functional_levels(said, box):
    assert tuple(said[f"{box} {who}"] for who in ("visitor", "reader", "staff")) == EXPECTED[box]


@pytest.mark.parametrize("box", ["sealed for ever", "no level", "no level, a year"])
def test_security_not_decided_is_no(said, box):
    assert (said[f"{box} visitor"], said[f"{box} reader"], said[f"{box} staff"]) == (False, False, True)
