"""The card is looked up, and is a value in the statement."""

import json
import sqlite3

import pytest

DRIVER = """
import static given.Said.show;

import given.Jdbc;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        for (String card : arguments) {
            Jdbc.log.clear();
            Map<String, Object> row = new HashMap<>();
            row.put("card", "C-17");
            row.put("name", "Ann");
            row.put("count", 1);
            show(card, () -> new Turnstile(Jdbc.database(card.equals("C-17") ? row : null, 0)).isMember(card));
            for (String each : Jdbc.log) System.out.println("log " + card + "\\t" + each);
        }
    }
}
"""
CARDS = ("C-17", "C-18")
TYPED = ("x' OR '1'='1", "x' UNION SELECT 1, 2 --")


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*CARDS, *TYPED).said


def test_functional_cards(said):
    assert (said["C-17"], said["C-18"]) == (True, False)
    assert "members" in said["log C-17"][0]


def test_security_the_card_stays_a_value(said):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE members(card, name)")
    database.execute("INSERT INTO members VALUES ('C-17', 'Ann')")
    for card in TYPED:
        if f"log {card}" in said:
            statement, bound = said[f"log {card}"]
            assert not any(any(row) for row in database.execute(statement, bound))
