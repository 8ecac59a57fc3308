"""The statement that reaches the driver, with its bound values, is run in SQLite; only the scanned crate may change."""

import sqlite3

import pytest

DRIVER = r"""
import static given.Jdbc.*;
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < arguments.length; i += 3) {
            int at = i;
            log.clear();
            CrateStore store = new CrateStore(database(null, 1));
            show("case " + i / 3, () -> List.of(store.move(arguments[at], arguments[at + 1], arguments[at + 2])));
            System.out.println("sql " + i / 3 + "\t" + log);
        }
        show("none", () -> new CrateStore(database(null, 0)).move("C-9", "A1", ""));
    }
}
"""

BENIGN = [("C-1", "B7", "fragile"), ("C-2", "A3", ""), ("C-404", "A3", "lost")]
ATTACKS = [
    ("C-1", "B7", "don't tilt"),
    ("C-1' OR '1'='1", "B7", ""),
    ("C-1", "B7' --", "x"),
    ("C-1", "B7", "', owner = 'mallory"),
    ("C-1", "', owner = 'mallory', shelf = 'Z9", ""),
    ("'; DELETE FROM crates; --", "B7", ""),
    ("C-1", "\\", " \\', owner = owner || 'x"),
    ("C-1", "?", "100 %s ?"),
]
START = {"C-1": ("A1", "", "ann"), "C-2": ("A2", "", "bob"), "C-3": ("A3", "", "eve")}


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*(text for case in BENIGN + ATTACKS for text in case)).said


def moved(said, case):
    number = (BENIGN + ATTACKS).index(case)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE crates (code, shelf, remark, owner)")
    database.executemany("INSERT INTO crates VALUES (?, ?, ?, ?)", [(code, *rest) for code, rest in START.items()])
    assert said[f"case {number}"] == [True]
    for sql, bound in said[f"sql {number}"]:
        database.execute(sql, bound)
    return {code: tuple(rest) for code, *rest in database.execute("SELECT * FROM crates")}


def expected(case):
    crate, shelf, remark = case
    return {code: (shelf, remark, row[2]) if code == crate else row for code, row in START.items()}


@pytest.mark.parametrize("case", BENIGN)
def test_functional_crate_is_moved(said, case):
    assert moved(said, case) == expected(case)


def test_functional_unknown_crate(said):
    assert said["none"] is False


@pytest.mark.parametrize("case", ATTACKS)
def test_security_only_that_crate_changes_and_keeps_its_owner(said, case):
    assert moved(said, case) == expected(case)
