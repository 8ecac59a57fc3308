"""Writes what is returned as a serialiser does, which is every component of a record: three of them and no more."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.time.LocalDate;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        LocalDate later = LocalDate.of(2024, 5, 9), soon = LocalDate.of(2024, 5, 2);
        var guests = List.of(new GuestController.Guest("Rex", "Beagle", later, "0171 55", "V-9", "bites"),
            new GuestController.Guest("Uma", "Poodle", soon, "0172 66", "V-8", ""));
        List<?> sent = new GuestController(() -> guests).guests();
        show("count", () -> sent.size());
        show("none", () -> new GuestController(List::of).guests().size());
        for (int i = 0; i < sent.size(); i++) {
            Object one = sent.get(i);
            var components = one.getClass().getRecordComponents();
            show("names " + i, () -> Arrays.stream(components).map(each -> each.getName()).toList());
            for (var component : components)
                show(component.getName() + " " + i, () -> component.getAccessor().invoke(one));
        }
    }
}
"""


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
