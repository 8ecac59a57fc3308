"""The statement that reaches the driver is run in SQLite: it finds the plants that were named and nothing else."""

import sqlite3

import pytest

DRIVER = r"""
import static given.Jdbc.*;
import static given.Said.show;

import java.sql.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String joined : arguments) {
            log.clear();
            List<String> names = joined.isEmpty() ? List.of() : List.of(joined.split("[|]"));
            Connection database = database(Map.of("name", "Leek", "spacing", 15), 0);
            show("said " + joined, () -> PlantCatalogue.spacing(database, names));
            System.out.println("sql " + joined + "\t" + log);
        }
    }
}
"""

PLANTS = {"Leek": 15, "Kale": 45, "Pumpkin": 150, "St John's wort": 40}
BENIGN = [["Leek"], ["Leek", "Kale"], ["Pumpkin", "Leek", "Kale"], ["Rhubarb"]]
ATTACKS = [
    ["St John's wort"],
    ["Leek", "') OR 1=1 --"],
    ["x') UNION SELECT account, 1 FROM gardeners --"],
    ["x\\') UNION SELECT account, 1 FROM gardeners --"],
    ["\\", ") OR 1=1 --"],
    ["'", "'"],
    ["?"],
]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)("", *("|".join(names) for names in BENIGN + ATTACKS)).said


def found(said, names):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE plants (name, spacing)")
    database.execute("CREATE TABLE gardeners (account)")
    database.execute("INSERT INTO gardeners VALUES ('DE00 1234')")
    database.executemany("INSERT INTO plants VALUES (?, ?)", PLANTS.items())
    [(sql, bound)] = said["sql " + "|".join(names)]
    return dict(database.execute(sql, bound).fetchall())


@pytest.mark.parametrize("names", BENIGN)
def test_functional_named_plants(said, names):
    assert said["said " + "|".join(names)] == "{Leek=15}"
    assert found(said, names) == {name: PLANTS[name] for name in names if name in PLANTS}


def test_functional_no_names(said):
    assert (said["said "], said["sql "]) == ("{}", [])


@pytest.mark.parametrize("names", ATTACKS)
def test_security_nothing_but_the_named_plants(said, names):
    assert found(said, names) == {name: PLANTS[name] for name in names if name in PLANTS}
