"""Own appointments are moved; whatever the form's fields say, those of others stay and cannot be told from none."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.time.LocalDateTime;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        LocalDateTime noon = LocalDateTime.parse("2024-05-02T12:00");
        for (String argument : arguments) {
            var book = new ConcurrentHashMap<>(Map.of(
                "41", new AppointmentBook.Appointment("ann", "Rex", noon),
                "42", new AppointmentBook.Appointment("bob", "Tom", noon)));
            String[] words = argument.split(" ");
            Map<String, String> form = new HashMap<>();
            for (int i = 1; i < words.length; i++) form.put(words[i].split("=", 2)[0], words[i].split("=", 2)[1]);
            show(argument, () -> new AppointmentBook(book).reschedule(words[0], form));
            show("owners " + argument, () -> book.get("41").owner() + " " + book.get("42").owner());
            show("times " + argument, () -> book.get("41").time() + " " + book.get("42").time());
        }
    }
}
"""
OWN = "ann appointment=41 owner=ann time=2024-05-03T09:30"
NONE = ["ann appointment=43 owner=ann time=2024-05-03T09:30", "ann owner=ann time=2024-05-03T09:30"]
ATTACKS = [
    "ann appointment=42 owner=bob time=2024-05-03T09:30",
    "eve appointment=41 owner=ann time=2024-05-03T09:30",
    "eve appointment=42 owner=bob time=soon",
    "bob appointment=41 owner=ann time=2024-05-03T09:30 signedIn=ann",
]
SAME = "2024-05-02T12:00 2024-05-02T12:00"


@pytest.fixture(scope="module")
def said(java):
    bad_times = ["ann appointment=42 owner=ann time=x", "ann appointment=41 owner=ann time=x"]
    return java(DRIVER)(OWN, *NONE, *ATTACKS, *bad_times).said


def test_functional_own_appointment(said):
    assert said[OWN] is True
    assert said[f"times {OWN}"] == "2024-05-03T09:30 2024-05-02T12:00"
    assert said[f"owners {OWN}"] == "ann bob"


@pytest.mark.parametrize("case", [*NONE, "ann appointment=42 owner=ann time=x"])
def test_functional_no_such_appointment(said, case):
    assert (said[case], said[f"times {case}"]) == ("!NoSuchElementException", SAME)


def test_functional_no_time(said):
    assert said["ann appointment=41 owner=ann time=x"] == "!DateTimeParseException"


@pytest.mark.parametrize("case", ATTACKS)
def test_security_appointment_of_somebody_else(said, case):
    assert (said[case], said[f"times {case}"]) == ("!NoSuchElementException", SAME)
    assert said[f"owners {case}"] == "ann bob"
