"""Reads the source as javac does, Unicode escapes first: a line is a constant, and its string the translator's text."""

import re

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        for (String text : arguments)
            show(text.replace("\r", "CR").replace("\n", "LF"),
                () -> ConstantsWriter.constants(Map.of("greeting", text)));
        show("key", () -> ConstantsWriter.constants(Map.of("a = 1; int b", "x")));
        show("two", () -> ConstantsWriter.constants(new TreeMap<>(Map.of("a_1", "x", "b", "y"))));
    }
}
"""
FINE = ["Hello", "", "Good day, {0}!", 'say "hi"', "two\nlines", "Grüße"]
ATTACKS = [
    '\\"; static { System.exit(1); } //',
    "\\",
    "C:\\new",
    '\\\\"; int x = 1; //',
    "\\u0022; static { System.exit(1); } String y = \\u0022",
    "a\rb",
    "\\uuu000a",
]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*FINE, *ATTACKS).said


def name(text):
    return text.replace("\r", "CR").replace("\n", "LF")


def compiled(line):
    """The value of the constant that is all of the line; None if it is anything else."""
    # A backslash that is itself behind an odd number of them begins no Unicode escape.
    line = re.sub(r"(?<!\\)((?:\\\\)*)\\u+([0-9a-fA-F]{4})", lambda m: m[1] + chr(int(m[2], 16)), line)
    found = re.fullmatch(r'public static final String GREETING = "((?:[^"\\\r\n]|\\["\\nrt])*)";\n', line)
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m[1], m[1]), found[1]) if found else None


@pytest.mark.parametrize("text", FINE)
def test_functional_texts(said, text):
    assert compiled(said[name(text)]) == text


def test_functional_keys(said):
    assert said["key"] == "!IllegalArgumentException"
    assert said["two"].splitlines()[1] == 'public static final String B = "y";'


@pytest.mark.parametrize("text", ATTACKS)
def test_security_texts_stay_in_the_literal(said, text):
    assert compiled(said[name(text)]) == text
