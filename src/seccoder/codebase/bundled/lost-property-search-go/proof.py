"""A stub driver notes statement and values, SQLite runs them: what the clerk types finds only matching items."""

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
	"time"

	office "demo/subject"
)

type stub struct{ more bool }

func (stub) Connect(context.Context) (driver.Conn, error) { return stub{}, nil }
func (stub) Driver() driver.Driver                        { return nil }
func (stub) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrBadConn }
func (stub) Begin() (driver.Tx, error)                    { return nil, driver.ErrBadConn }
func (*stub) Columns() []string                           { return []string{"id", "description"} }
func (stub) Close() error                                 { return nil }

func (s *stub) Next(row []driver.Value) error {
	if !s.more {
		return io.EOF
	}
	s.more, row[0], row[1] = false, int64(9), "green umbrella"
	return nil
}

var query string
var bound []any

func (stub) QueryContext(_ context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	query, bound = text, nil
	for _, arg := range args {
		bound = append(bound, arg.Value)
	}
	return &stub{more: true}, nil
}

func main() {
	var cases [][2]string
	json.Unmarshal([]byte(os.Args[1]), &cases)
	db := sql.OpenDB(stub{})
	for _, c := range cases {
		items, err := office.Search(context.Background(), db, c[0], c[1], time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC))
		json.NewEncoder(os.Stdout).Encode(map[string]any{
			"query": query, "bound": bound, "items": items, "failed": err != nil})
	}
}
"""

ITEMS = [
    (1, "green umbrella", "12", "2024-03-05"),
    (2, "umbrella, black", "7", "2024-03-09"),
    (3, "red umbrella", "7", "2024-02-01"),
    (4, "child's glove", "12", "2024-03-06"),
    (5, "bottle, 50% full", "12", "2024-03-07"),
    (6, "memory_card!", "7", "2024-03-08"),
]
BENIGN = [("umbrella", ""), ("umbrella", "7"), ("", ""), ("glove", "12"), ("piano", "")]
ATTACKS = [
    ("' OR 1=1 --", ""),
    ("x' UNION SELECT rowid, pin FROM clerks --", ""),
    ("x%' UNION SELECT rowid, pin FROM clerks WHERE pin LIKE '%", ""),
    ("umbrella", "7' OR '1'='1"),
    ("child's", ""),
    ("\\' OR 1=1 --", ""),
    ("'", ""),
]
WILDCARDS = [("50%", ""), ("%", ""), ("_", ""), ("d!", ""), ("!%", "")]
CASES = BENIGN + ATTACKS + WILDCARDS


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(json.dumps(CASES))
    return dict(zip(CASES, map(json.loads, ran.out.splitlines())))


def found(said, case):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE items (id, description, line, found_on)")
    database.execute("CREATE TABLE clerks (pin)")
    database.execute("INSERT INTO clerks VALUES ('4711')")
    database.executemany("INSERT INTO items VALUES (?, ?, ?, ?)", ITEMS)
    return [row[0] for row in database.execute(said[case]["query"], said[case]["bound"])]


def wanted(case):
    matching = [item for item in ITEMS if case[0] in item[1] and item[3] >= "2024-03-01" and case[1] in ("", item[2])]
    return [item[0] for item in sorted(matching, key=lambda item: item[3], reverse=True)]


@pytest.mark.parametrize("case", BENIGN)
def test_functional_search(said, case):
    assert found(said, case) == wanted(case)


def test_functional_rows_are_returned(said):
    assert said[BENIGN[0]]["items"] == [{"ID": 9, "Description": "green umbrella"}]
    assert not said[BENIGN[0]]["failed"]


@pytest.mark.parametrize("case", ATTACKS)
def test_security_the_text_is_only_text(said, case):
    assert found(said, case) == wanted(case)


@pytest.mark.parametrize("case", WILDCARDS)
def test_security_typed_wildcards_stand_for_themselves(said, case):
    assert found(said, case) == wanted(case)
