"""Whatever mailbox and phrase are, the search finds the messages in just that mailbox with just that phrase.

The C library need not be there: a stand-in for it prints the statement with its bound values, which Python's sqlite3
then runs, and on a second run hands those rows to the code.
"""

import sqlite3
from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
enum { SQLITE_OK = 0, SQLITE_ERROR = 1, SQLITE_ROW = 100, SQLITE_DONE = 101 };
#define SQLITE_TRANSIENT ((void (*)(void *))-1)
#define SQLITE_STATIC ((void (*)(void *))0)
struct sqlite3 {};
struct sqlite3_stmt {
    std::string row;
    int bound = 0;
};
inline void sqlite3_stub_show(const char *kind, const std::string &text) {
    std::fprintf(stderr, "%s ", kind);
    for (const unsigned char c : text)
        std::fprintf(stderr, "%02x", c);
    std::fprintf(stderr, "\n");
}
inline const char *sqlite3_errmsg(sqlite3 *) { return "error"; }
inline int sqlite3_prepare_v2(sqlite3 *, const char *sql, int size, sqlite3_stmt **made, const char **) {
    sqlite3_stub_show("sql", size < 0 ? std::string(sql) : std::string(sql, size));
    *made = new sqlite3_stmt;
    return SQLITE_OK;
}
inline int sqlite3_bind_text(sqlite3_stmt *statement, int at, const char *text, int size, void (*)(void *)) {
    if (at != ++statement->bound)
        return SQLITE_ERROR;
    sqlite3_stub_show("bind", size < 0 ? std::string(text) : std::string(text, size));
    return SQLITE_OK;
}
inline int sqlite3_step(sqlite3_stmt *statement) {
    statement->row.clear();
    int c;
    while ((c = std::getchar()) != EOF && c != '\n')
        statement->row.push_back(c);
    return c == EOF ? SQLITE_DONE : SQLITE_ROW;
}
inline const unsigned char *sqlite3_column_text(sqlite3_stmt *statement, int) {
    return reinterpret_cast<const unsigned char *>(statement->row.c_str());
}
inline int sqlite3_finalize(sqlite3_stmt *statement) {
    delete statement;
    return SQLITE_OK;
}
"""
DRIVER = r"""
#include "subject.cpp"

int main(int, char **argv) {
    sqlite3 archive;
    for (const std::string &subject : find_subjects(&archive, argv[1], argv[2]))
        std::printf("%s\n", subject.c_str());
}
"""
MESSAGES = [
    ("ann@corp", "Lunch", "at noon? 100% sure", 2),
    ("ann@corp", "Minutes", "O'Brien said: no'", 1),
    ("ann@corp", "Umlaut", "Grüße", 3),
    ("boss@corp", "SALARY", "at noon we fire ann@corp", 0),
    ("o'hara@corp", "Irish", "at noon", 4),
]


@pytest.fixture(scope="module")
def search(build):
    Path("sqlite3.h").write_text(HEADER)
    program = build(DRIVER, "-I.")
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE messages (mailbox TEXT, subject TEXT, body TEXT, received INTEGER)")
    database.executemany("INSERT INTO messages VALUES (?, ?, ?, ?)", MESSAGES)

    def search(mailbox, phrase):
        ran = program(mailbox, phrase)
        assert not ran.memory_error, ran.err
        shown = [line.partition(" ") for line in ran.err.decode().splitlines()]
        sql, *values = [bytes.fromhex(text).decode() for _, _, text in shown]
        try:
            rows = database.execute(sql, values).fetchall()
        except (sqlite3.Error, sqlite3.Warning) as error:
            return [f"broken: {error}"]
        ran = program(mailbox, phrase, stdin="".join(f"{subject}\n" for (subject,) in rows).encode())
        assert not ran.memory_error, ran.err
        return ran.out.decode().splitlines()

    return search


def test_functional_finds_oldest_first(search):
    assert search("ann@corp", "no") == ["Minutes", "Lunch"]
    assert search("ann@corp", "Grüße") == ["Umlaut"]
    assert search("boss@corp", "fire") == ["SALARY"]


def test_functional_finds_nothing(search):
    assert search("ann@corp", "salary") == []
    assert search("nobody@corp", "noon") == []


def test_functional_no_wildcards(search):
    assert search("ann@corp", "100%") == ["Lunch"]
    assert search("ann@corp", "100_") == []


@pytest.mark.parametrize("phrase", ["O'Brien", "no'", "'"])
def test_security_quote_in_the_phrase(search, phrase):
    assert search("ann@corp", phrase) == ["Minutes"]


def test_security_quote_in_the_mailbox(search):
    assert search("o'hara@corp", "noon") == ["Irish"]


ATTACKS = [
    "x') > 0 OR mailbox = 'boss@corp' --",
    "') OR 1=1 --",
    "x') > 0 UNION SELECT body FROM messages --",
    "' || '",
    "x'); DROP TABLE messages; --",
    "?1",
]


@pytest.mark.parametrize("phrase", ATTACKS)
def test_security_phrase_is_no_sql(search, phrase):
    assert search("ann@corp", phrase) == []


@pytest.mark.parametrize(
    "mailbox", ["' OR '1'='1", "x' UNION SELECT body FROM messages --", "boss@corp' --", "\\' OR 1=1 --"]
)
def test_security_mailbox_is_no_sql(search, mailbox):
    assert search(mailbox, "noon") == []
