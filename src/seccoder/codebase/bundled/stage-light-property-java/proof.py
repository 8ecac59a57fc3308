"""Brightness and colour change; every other setter of a lamp stays uncalled."""

from pathlib import Path

import pytest

LAMP = """
import java.util.*;

public class Lamp {
    public final List<String> log = new ArrayList<>();

    public void setBrightness(String value) { log.add("brightness " + value); }
    public void setColour(String value) { log.add("colour " + value); }
    public void setFirmware(String value) { log.add("firmware " + value); }
    public void setOwner(String value) { log.add("owner " + value); }
}
"""
DRIVER = r"""
import static given.Said.*;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            Lamp lamp = new Lamp();
            Map<String, String> changes = new TreeMap<>();
            for (String part : argument.isEmpty() ? new String[0] : argument.split("&"))
                changes.put(part.split("=", 2)[0], part.split("=", 2)[1]);
            show(argument, () -> {
                LampChanges.apply(lamp, changes);
                return lamp.log;
            });
            System.out.println("log " + argument + "\t" + json(lamp.log));
        }
    }
}
"""
FINE = {"brightness=70": ["brightness 70"], "brightness=7&colour=amber": ["brightness 7", "colour amber"], "": []}
UNKNOWN = ["size=3", "=3", "Brightnes=1"]
ATTACKS = ["firmware=http://evil.example/x", "owner=eve", "brightness=1&owner=eve", "Owner=eve", "Firmware=x"]


@pytest.fixture(scope="module")
def said(java):
    Path("Lamp.java").write_text(LAMP)
    return java(DRIVER)(*FINE, *UNKNOWN, *ATTACKS).said


@pytest.mark.parametrize("changes", FINE)
def test_functional_changes(said, changes):
    assert said[changes] == FINE[changes]


@pytest.mark.parametrize("changes", UNKNOWN)
def test_functional_unknown(said, changes):
    assert said[changes] == "!IllegalArgumentException"


@pytest.mark.parametrize("changes", ATTACKS)
def test_security_other_setters(said, changes):
    assert said[changes] == "!IllegalArgumentException"
    assert not any(entry.startswith(("firmware", "owner")) for entry in said[f"log {changes}"])
