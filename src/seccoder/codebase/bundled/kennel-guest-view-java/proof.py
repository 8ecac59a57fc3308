"""Writes what is returned as a serialiser does, which is every component of a record: three of them and no more."""

DRIVER = r"""
import static given.Said.show;

import java.time.LocalDate;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        var guests = List.of(new GuestController.Guest("Rex", "Beagle", LocalDate.of(2024, 5, 9), "0171 55", "V-9", "bites"),
            new GuestController.Guest("Uma", "Poodle", LocalDate.of(2024, 5, 2), "0172 66", "V-8", ""));
        List<?> sent = new GuestController(() -> guests).guests();
        show("count", () -> sent.size());
        show("none", () -> new GuestController(List::of).guests().size());
        for (int i = 0; i < sent.size(); i++) {
            Object one = sent.get(i);
            show("names " + i, () -> Arrays.stream(one.getClass().getRecordComponents()).map(c -> c.getName()).toList());
            for (var component : one.getClass().getRecordComponents())
                show(component.getName() + " " + i, () -> component.getAccessor().invoke(one));
        }
    }
}
"""


import pytest


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said

def test_functional_list(said):
    assert (said["count"], said["none"]) == (2, 0)
    assert (said["name 0"], said["breed 0"], said["leaves 0"]) == ("Rex", "Beagle", "2024-05-09")
    assert said["name 1"] == "Uma"


def test_security_public_fields_only(said):
    assert set(said["names 0"]) == set(said["names 1"]) == {"name", "breed", "leaves"}


def test_security_no_private_value(said):
    assert not {"0171 55", "V-9", "bites", "0172 66"} & {value for value in said.values() if isinstance(value, str)}
