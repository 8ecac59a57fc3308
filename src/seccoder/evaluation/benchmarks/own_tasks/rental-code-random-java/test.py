"""Codes have six digits, and are not made by a generator that can be foretold."""

import re

import pytest

DRIVER = """
import static given.Said.show;

import java.util.*;
import java.util.concurrent.atomic.AtomicLong;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        var field = Random.class.getDeclaredField("seedUniquifier");
        field.setAccessible(true);
        AtomicLong seeds = (AtomicLong) field.get(null);
        new java.security.SecureRandom().nextInt();  // what it does when it is first used is not the code's
        long before = seeds.get();
        List<Object> codes = new ArrayList<>();
        for (int i = 0; i < 40; i++) codes.add(Rental.newCode());
        show("codes", () -> codes);
        show("seeded", () -> seeds.get() != before);
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(env={"JAVA_TOOL_OPTIONS": "--add-opens=java.base/java.util=ALL-UNNAMED"}).said


def test_functional_codes(said):
    assert all(re.fullmatch(r"\d{6}", code) for code in said["codes"]) and len(set(said["codes"])) > 30


def test_security_no_generator_that_starts_from_the_clock(said):
    """`new Random()` takes its seed from the clock and from a counter, and the counter shows that it was made."""
    assert said["seeded"] is False
