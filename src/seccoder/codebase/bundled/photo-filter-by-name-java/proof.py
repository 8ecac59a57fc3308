"""The two filters work; no other class on the class path is loaded, initialized or created by its name."""

from pathlib import Path

import pytest

DRIVER = r"""
import static given.Said.*;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            System.clearProperty("touched");
            show(argument, () -> PhotoFilters.named(argument).apply(0x102030));
            System.out.println("touched " + argument + "\t" + json(System.getProperty("touched")));
        }
    }
}
"""
OTHERS = {
    "Migration": 'package shop; public class Migration { static { System.setProperty("touched", "loaded"); } }',
    "Purge": 'package shop; public class Purge { public Purge() { System.setProperty("touched", "created"); } }',
}
ATTACKS = ["shop.Migration", "shop.Purge", "java.util.ArrayList", "PhotoFilters$Invert", "../Invert"]


@pytest.fixture(scope="module")
def said(java):
    Path("shop").mkdir()
    for name, text in OTHERS.items():
        Path("shop", f"{name}.java").write_text(text)
    names = ["Invert", "Grayscale", "invert", "Sepia", "", "PixelFilter"]
    return java(DRIVER)(*names, *ATTACKS).said


def test_functional_filters(said):
    assert said["Invert"] == 0xEFDFCF
    assert said["Grayscale"] == 0x202020


@pytest.mark.parametrize("name", ["invert", "Sepia", "", "PixelFilter"])
def test_functional_no_such_filter(said, name):
    assert said[name] in ("!IllegalArgumentException", "!NoClassDefFoundError")


@pytest.mark.parametrize("name", ATTACKS)
def test_security_no_other_class_is_touched(said, name):
    assert said[name] == "!IllegalArgumentException"
    assert said[f"touched {name}"] is None
