"""The update that reaches the driver is run in SQLite: it touches the named messages of user 1 and nothing else."""

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
	"os"

	"demo/subject"
)

type stub struct{}

func (stub) Connect(context.Context) (driver.Conn, error) { return stub{}, nil }
func (stub) Driver() driver.Driver                        { return nil }
func (stub) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrBadConn }
func (stub) Begin() (driver.Tx, error)                    { return nil, driver.ErrBadConn }
func (stub) Close() error                                 { return nil }

var sent []any

func (stub) ExecContext(_ context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	sent = []any{text}
	for _, arg := range args {
		sent = append(sent, arg.Value)
	}
	return driver.RowsAffected(3), nil
}

func main() {
	var cases [][]string
	json.Unmarshal([]byte(os.Args[1]), &cases)
	db := sql.OpenDB(stub{})
	for _, ids := range cases {
		sent = nil
		count, _ := inbox.MarkRead(context.Background(), db, 1, ids)
		json.NewEncoder(os.Stdout).Encode([]any{sent, count})
	}
}
"""

MESSAGES = [(1, 1), (2, 1), (3, 2), (4, 1), (5, 2)]
BENIGN = [["1"], ["1", "4"], ["4", "2", "1"], ["3"], ["99"]]
ATTACKS = [
    ["1) OR (1=1"],
    ["1", "2) OR user_id IN (2"],
    ["SELECT id FROM messages"],
    ["id"],
    ["1); DELETE FROM messages --"],
    ["1) OR 1=1 --"],
    ["2 OR 1"],
    ["id, id"],
    ["1/*", "*/) OR (1"],
    ["", "?"],
]


@pytest.fixture(scope="module")
def said(go):
    cases = [*BENIGN, *ATTACKS, []]
    ran = go(DRIVER)(json.dumps(cases))
    return {tuple(case): json.loads(line) for case, line in zip(cases, ran.out.splitlines())}


def seen(said, ids):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, user_id INTEGER, seen INTEGER DEFAULT 0)")
    database.executemany("INSERT INTO messages (id, user_id) VALUES (?, ?)", MESSAGES)
    [sql, *bound], _ = said[tuple(ids)]
    try:
        database.execute(sql, bound)
    except sqlite3.Error as error:
        return str(error)
    return [id for (id,) in database.execute("SELECT id FROM messages WHERE seen ORDER BY id")]


def wanted(ids):
    return [id for id, user in MESSAGES if user == 1 and str(id) in ids]


@pytest.mark.parametrize("ids", BENIGN)
def test_functional_marks_own_messages(said, ids):
    assert seen(said, ids) == wanted(ids)
    assert said[tuple(ids)][1] == 3


def test_functional_nothing_ticked(said):
    assert said[()] == [None, 0]


@pytest.mark.parametrize("ids", ATTACKS)
def test_security_ids_stay_values(said, ids):
    assert seen(said, ids) == wanted(ids)
