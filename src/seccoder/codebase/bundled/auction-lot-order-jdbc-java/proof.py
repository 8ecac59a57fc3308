"""The statement that reaches the driver is run in SQLite; an order that is none of the three never gets that far."""

import sqlite3

import pytest

DRIVER = r"""
import static given.Jdbc.*;
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String order : arguments) {
            log.clear();
            show("said " + order, () -> LotList.unsold(database(Map.of("title", "Clock"), 0), 7, order));
            System.out.println("sql " + order + "\t" + log);
        }
    }
}
"""

ORDERS = {
    "title": ["Clock", "Lamp", "Vase"],
    "-title": ["Vase", "Lamp", "Clock"],
    "estimate": ["Vase", "Clock", "Lamp"],
    "-closes": ["Lamp", "Vase", "Clock"],
}
ATTACKS = [
    "reserve",  # a column that bidders must not be able to sort by
    "-reserve",
    "TITLE, reserve",
    "1",
    "title LIMIT 1",
    "title DESC",
    "(SELECT reserve FROM lots AS other WHERE other.id = lots.id)",
    "CASE WHEN (SELECT count(*) FROM bidders WHERE name LIKE char(97) || char(37)) > 0 THEN title ELSE estimate END",
    "title/**/",
    " title",
    "--title",
    "$1",
    "name",
]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*ORDERS, "nothing", "", *ATTACKS).said


@pytest.mark.parametrize("order", ORDERS)
def test_functional_order(said, order):
    assert said[f"said {order}"] == ["Clock"]
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE lots (id, auction, title, estimate, closes, reserve, buyer)")
    lots = [(1, 7, "Lamp", 90, 30, 5, None), (2, 7, "Vase", 10, 20, 8, None), (3, 7, "Clock", 50, 10, 1, None)]
    others = [(4, 7, "Chair", 1, 1, 1, "eve"), (5, 8, "Table", 1, 1, 1, None)]
    database.executemany("INSERT INTO lots VALUES (?, ?, ?, ?, ?, ?, ?)", lots + others)
    [(sql, bound)] = said[f"sql {order}"]
    assert [title for (title,) in database.execute(sql, bound)] == ORDERS[order]


def test_functional_no_order(said):
    assert said["said "] == "!IllegalArgumentException"


@pytest.mark.parametrize("order", ATTACKS)
def test_security_anything_else_is_refused_before_the_database(said, order):
    assert said[f"said {order}"] == "!IllegalArgumentException"
    assert said[f"sql {order}"] == []
