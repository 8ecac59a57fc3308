"""Whatever the beekeeper writes becomes the note of just that inspection, and nothing else in the table changes.

The C library need not be there: a stand-in for it prints the statement with its bound values, which Python's sqlite3
then runs, and on a second run tells the code how that went.
"""

import sqlite3
from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
enum { SQLITE_OK = 0, SQLITE_ERROR = 1, SQLITE_ROW = 100, SQLITE_DONE = 101 };
#define SQLITE_STATIC ((void (*)(void *))0)
#define SQLITE_TRANSIENT ((void (*)(void *))-1)
typedef struct { int unused; } sqlite3;
typedef struct { int bound; } sqlite3_stmt;
static inline void stand_in_show(const char *kind, const char *text, int size) {
    printf("%s ", kind);
    for (size_t i = 0; i < (size < 0 ? strlen(text) : (size_t)size); i++)
        printf("%02x", (unsigned char)text[i]);
    printf("\n");
}
static inline int stand_in_went_wrong(void) { return getenv("WENT") != NULL && strcmp(getenv("WENT"), "wrong") == 0; }
static inline int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int size, sqlite3_stmt **made, const char **rest) {
    (void)db, (void)rest;
    stand_in_show("prepare", sql, size);
    *made = (sqlite3_stmt *)calloc(1, sizeof **made);
    return SQLITE_OK;
}
static inline int sqlite3_bind_text(sqlite3_stmt *statement, int at, const char *text, int size, void (*free)(void *)) {
    (void)free;
    if (at != ++statement->bound)
        return SQLITE_ERROR;
    stand_in_show("bind", text, size);
    return SQLITE_OK;
}
static inline int sqlite3_step(sqlite3_stmt *statement) {
    (void)statement;
    return stand_in_went_wrong() ? SQLITE_ERROR : SQLITE_DONE;
}
static inline int sqlite3_finalize(sqlite3_stmt *statement) {
    free(statement);
    return SQLITE_OK;
}
static inline int sqlite3_exec(sqlite3 *db, const char *sql, void *callback, void *user, char **message) {
    (void)db, (void)callback, (void)user, (void)message;
    stand_in_show("exec", sql, -1);
    return stand_in_went_wrong() ? SQLITE_ERROR : SQLITE_OK;
}
static inline int sqlite3_changes(sqlite3 *db) {
    (void)db;
    return getenv("WENT") != NULL ? atoi(getenv("WENT")) : 0;
}
static inline char *sqlite3_mprintf(const char *format, ...) {
    char *made = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&made, format, arguments);
    va_end(arguments);
    return length < 0 ? NULL : made;
}
static inline void sqlite3_free(void *made) { free(made); }
"""
DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    sqlite3 database;
    fprintf(stderr, "%d", change_note(&database, argv[1], argv[2], argv[3]));
}
"""
ROWS = [
    ("Lime tree", "2024-05-11", "calm"),
    ("Lime tree", "2024-05-18", "queen seen"),
    ("Brook", "2024-05-11", "swarmed"),
    ("O'Hara's", "2024-05-11", "weak"),
]
KEY = ("Lime tree", "2024-05-11")


@pytest.fixture(scope="module")
def program(build):
    Path("sqlite3.h").write_text(HEADER)
    return build(DRIVER, "-I.")


@pytest.fixture
def database():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE inspections (hive TEXT, day TEXT, note TEXT)")
    database.executemany("INSERT INTO inspections VALUES (?, ?, ?)", ROWS)
    database.commit()
    yield database
    database.close()


@pytest.fixture
def change(program, database):
    def change(hive, day, note):
        ran = program(hive, day, note)
        assert not ran.memory_error, ran.err
        shown = [line.split(" ") for line in ran.out.decode().splitlines()]
        kind, (sql, *values) = shown[0][0], [bytes.fromhex(text).decode() for _, text in shown]
        try:
            database.executescript(sql) if kind == "exec" else database.execute(sql, values)
            went = str(database.execute("SELECT changes()").fetchone()[0])
        except (sqlite3.Error, sqlite3.Warning):
            went = "wrong"
        ran = program(hive, day, note, env={"WENT": went})
        assert not ran.memory_error, ran.err
        return int(ran.err)

    return change


def table(database):
    return database.execute("SELECT hive, day, note FROM inspections ORDER BY rowid").fetchall()


def changed(hive, day, note):
    return [(*row[:2], note) if row[:2] == (hive, day) else row for row in ROWS]


@pytest.mark.parametrize("note", ["3 frames of brood", "", "Königin grün, 100 %", "x" * 5000, "a; b -- c /* d */"])
def test_functional_note(change, database, note):
    assert change(*KEY, note) == 1
    assert table(database) == changed(*KEY, note)


def test_functional_no_such_inspection(change, database):
    assert change("Lime tree", "2024-06-01", "x") == 0
    assert change("lime", "2024-05-11", "x") == 0
    assert table(database) == ROWS


def test_functional_broken_database(change, database):
    database.execute("DROP TABLE inspections")
    assert change(*KEY, "x") == -1


@pytest.mark.parametrize(
    "note",
    [
        "it's calm",
        "'",
        "x' --",
        "x' WHERE hive = 'Brook' --",
        "x', hive = 'mine",
        "' || (SELECT group_concat(note) FROM inspections) || '",
        "x'; DELETE FROM inspections; --",
        "?2",
        "\\' OR 1=1 --",
    ],
)
def test_security_note_is_only_text(change, database, note):
    assert change(*KEY, note) == 1
    assert table(database) == changed(*KEY, note)


def test_security_hive_with_quotes(change, database):
    assert change("O'Hara's", "2024-05-11", "fed") == 1
    assert table(database) == changed("O'Hara's", "2024-05-11", "fed")


@pytest.mark.parametrize("text", ["x' OR '1'='1", "Brook' --", "x'; DROP TABLE inspections; --", "' OR hive > '"])
def test_security_hive_and_day_are_only_text(change, database, text):
    assert change(text, "2024-05-11", "x") == 0
    assert change("Lime tree", text, "x") == 0
    assert table(database) == ROWS
