"""The statement that reaches the driver is run in SQLite; no accepted order depends on more than the three columns."""

import json
import sqlite3

import pytest

DRIVER = r"""
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"io"
	"os"

	"demo/subject"
)

type stub struct{}

func (stub) Connect(context.Context) (driver.Conn, error) { return stub{}, nil }
func (stub) Driver() driver.Driver                        { return nil }
func (stub) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrBadConn }
func (stub) Begin() (driver.Tx, error)                    { return nil, driver.ErrBadConn }
func (stub) Columns() []string                            { return []string{"name", "vintage"} }
func (stub) Close() error                                 { return nil }
func (stub) Next([]driver.Value) error                    { return io.EOF }

var sent []any

func (stub) QueryContext(_ context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	sent = []any{text, args[0].Value}
	return stub{}, nil
}

func main() {
	db := sql.OpenDB(stub{})
	for _, order := range os.Args[1:] {
		sent = nil
		if rows, err := cellar.Wines(context.Background(), db, 1, order); err == nil {
			rows.Close()
		}
		json.NewEncoder(os.Stdout).Encode(sent)
	}
}
"""

ROWS = [("Riesling", 2019, 4, 250), ("Merlot", 2015, 5, 90), ("Chianti", 2019, 4, 700), ("Barolo", 2012, 5, 1200)]
BENIGN = {
    "": ["Barolo", "Chianti", "Merlot", "Riesling"],
    "name": ["Barolo", "Chianti", "Merlot", "Riesling"],
    "name desc": ["Riesling", "Merlot", "Chianti", "Barolo"],
    "rating desc, name": ["Barolo", "Merlot", "Chianti", "Riesling"],
    "vintage,name": ["Barolo", "Merlot", "Chianti", "Riesling"],
    "vintage desc,name desc": ["Riesling", "Chianti", "Merlot", "Barolo"],
}
ATTACKS = [
    "paid",
    "paid desc",
    "PAID",
    "name, paid",
    "rating desc, paid desc",
    "case when paid between 80 and 100 then 0 else vintage end",
    "case when paid in (90) then 0 else 1 end",
    "name; DROP TABLE wines",
    "name desc; SELECT 1",
    "name -- ",
    "name LIMIT 1",
    "name desc limit 1",
    "(select pin from owners)",
    "w.paid",
    "4",
    "name,,rating",
    ",",
    "name desc desc",
    "name\ndesc\tlimit\n1",
]


@pytest.fixture(scope="module")
def sent(go):
    orders = [*BENIGN, *ATTACKS]
    return dict(zip(orders, map(json.loads, go(DRIVER)(*orders).out.splitlines())))


@pytest.fixture
def database():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE wines (name, vintage, rating, paid, owner)")
    database.executemany("INSERT INTO wines VALUES (?, ?, ?, ?, 1)", ROWS)
    return database


@pytest.mark.parametrize("order", BENIGN)
def test_functional_orders(sent, database, order):
    sql, owner = sent[order]
    assert [row[0] for row in database.execute(sql, [owner])] == BENIGN[order]


@pytest.mark.parametrize("order", ATTACKS)
def test_security_only_known_columns(sent, order):
    assert sent[order] is None
