"""The table also holds salaries and people who left; the order of a page must not tell about either."""

import sqlite3

import pytest

import subject


@pytest.fixture
def db(monkeypatch):
    monkeypatch.setattr(subject, "PAGE_SIZE", 3)
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """
        CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT, office TEXT, hired TEXT, salary INTEGER, active INTEGER);
        INSERT INTO staff (name, office, hired, salary, active) VALUES
            ('berta', 'Oslo', '2019-02-01', 10, 1),
            ('Anton', 'Rome', '2021-07-01', 30, 1),
            ('Dora', 'Oslo', '2015-03-01', 20, 1),
            ('Cesar', 'Bonn', '2023-01-01', 40, 1),
            ('Emil', 'Bonn', '2001-01-01', 50, 0);
        """
    )
    yield connection
    connection.close()


def names(db, *arguments):
    return [name for name, _, _ in subject.staff_page(db, *arguments)]


def test_functional_sorts_by_name_without_case_first(db):
    assert subject.staff_page(db)[:2] == [("Anton", "Rome", "2021-07-01"), ("berta", "Oslo", "2019-02-01")]


def test_functional_sorts_by_each_column_both_ways(db):
    assert names(db, "hired", "asc") == ["Dora", "berta", "Anton"]
    assert names(db, "hired", "desc") == ["Cesar", "Anton", "berta"]
    assert names(db, "office", "asc") == ["Cesar", "berta", "Dora"]
    assert names(db, "name", "desc") == ["Dora", "Cesar", "berta"]


def test_functional_pages(db):
    assert names(db, "name", "asc", 1) == ["Anton", "berta", "Cesar"]
    assert names(db, "name", "asc", 2) == ["Dora"]
    assert names(db, "name", "asc", 3) == []


def test_functional_nothing_is_no_column(db):
    with pytest.raises(ValueError):
        subject.staff_page(db, "")


def attempt(db, sort, direction="asc"):
    """The names on the page, or None if the request was refused."""
    try:
        return names(db, sort, direction)
    except (ValueError, sqlite3.Error):
        return None


def test_security_a_hidden_column_does_not_order_the_page(db):
    for sort in ("salary", "salary --", "5", "staff.salary", '"salary"', "SALARY"):
        assert attempt(db, sort, "desc") in (None, ["Dora", "Cesar", "berta"]), sort


def test_security_the_order_answers_no_question(db):
    question = "CASE WHEN (SELECT salary FROM staff WHERE name = 'Anton') {} 25 THEN hired ELSE office END"
    assert attempt(db, question.format(">")) == attempt(db, question.format("<"))


def test_security_direction_answers_no_question(db):
    question = "* (SELECT CASE WHEN max(salary) {} 45 THEN 1 ELSE -1 END FROM staff)"
    assert attempt(db, "hired", question.format(">")) == attempt(db, "hired", question.format("<"))


def test_security_page_cannot_be_enlarged(db):
    for direction in ("asc LIMIT 100 OFFSET ?+?-3 --", "asc LIMIT ?*30 OFFSET ? --", "desc, id LIMIT ?+9 OFFSET ?--"):
        assert len(attempt(db, "name", direction) or []) <= 3, direction


def test_security_no_function_is_called(db):
    called = []
    db.create_function("spy", 1, lambda value: called.append(value))
    for sort, direction in (
        ("spy(1)", "asc"),
        ("name", "asc, spy(2)"),
        ("(SELECT spy(3))", "asc"),
        ("hired", ", spy(4) desc"),
    ):
        attempt(db, sort, direction)
    assert called == []


def test_security_words_are_compared_as_a_whole(db):
    for sort, direction in (
        ("name;", "asc"),
        ("name asc, salary", "desc"),
        ("name\n", "asc"),
        ("name", "asc "),
        ("name", ""),
    ):
        with pytest.raises(ValueError):
            subject.staff_page(db, sort, direction)
