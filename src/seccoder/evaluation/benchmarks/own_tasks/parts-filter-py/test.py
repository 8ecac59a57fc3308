"""Conditions find parts; what pretends to be a column, an operator or a value never reaches the statement."""

import sqlite3

import pytest
import subject


@pytest.fixture
def db():
    connection = sqlite3.connect(":memory:")
    connection.executescript("""
        CREATE TABLE parts(name TEXT, maker TEXT, stock INTEGER, price REAL);
        INSERT INTO parts VALUES ('brake pad', 'Bosch', 12, 24.5), ('spark plug', 'NGK', 0, 4.9),
            ('wiper', 'Bosch', 3, 9.0), ('clutch', 'O''Neill & Sons', 1, 120.0);
        CREATE TABLE users(login TEXT, password TEXT);
        INSERT INTO users VALUES ('boss', 's3cr3t-of-boss');
    """)
    return connection


def condition(field, op, value):
    return {"field": field, "op": op, "value": value}


@pytest.mark.parametrize(
    ("conditions", "names"),
    [
        ([], ["brake pad", "clutch", "spark plug", "wiper"]),
        ([condition("maker", "=", "Bosch")], ["brake pad", "wiper"]),
        ([condition("maker", "=", "Bosch"), condition("stock", ">=", 5)], ["brake pad"]),
        ([condition("price", "<", 10)], ["spark plug", "wiper"]),
        ([condition("stock", "!=", 0), condition("price", "<=", 24.5)], ["brake pad", "wiper"]),
        ([condition("name", "contains", "pe")], ["wiper"]),
        ([condition("maker", "contains", "O'Neill")], ["clutch"]),
        ([condition("maker", "=", "O'Neill & Sons")], ["clutch"]),
        ([condition("price", ">", 1000)], []),
    ],
)
def test_functional_conditions(db, conditions, names):
    assert subject.find_parts(db, conditions) == names


@pytest.mark.parametrize("wrong", [{"field": "stock", "value": 1}, condition("stock", "between", 1)])
def test_functional_makes_no_sense(db, wrong):
    with pytest.raises(ValueError):
        subject.find_parts(db, [wrong])


def attempt(db, *conditions):
    try:
        return str(subject.find_parts(db, list(conditions)))
    except Exception as error:
        return f"{type(error).__name__}"


UNION = "UNION SELECT password FROM users"


@pytest.mark.parametrize(
    "hostile",
    [
        condition(f"stock = ? {UNION} --", "=", 1),
        condition(f'stock" = ? {UNION} --', "=", 1),
        condition(f"stock] = ? {UNION} --", "=", 1),
        condition(f"stock` = ? {UNION} --", "=", 1),
        condition(f"name LIKE ? {UNION} --", "contains", "x"),
        condition(f"lower(name)) LIKE ? {UNION} --", "contains", "x"),
        condition("stock", f"= 1 {UNION} --", 1),
        condition("stock", f"= ? {UNION} --", 1),
        condition("maker", "=", f"x' {UNION} --"),
        condition("maker", "contains", f"x' {UNION} --"),
        condition("maker", "contains", f"x%' {UNION} --"),
        condition("maker", "=", f'x" {UNION} --'),
        condition("maker", "contains", f'x%" {UNION} --'),
        condition("stock", ">", f"1000 {UNION} --"),
    ],
)
def test_security_nothing_of_another_table(db, hostile):
    assert "s3cr3t" not in attempt(db, hostile)


@pytest.mark.parametrize("shape", ["{}", "stock = -1 OR {}", "({})", 'stock" = -1 OR "stock" >= 0 AND {}'])
def test_security_no_question_about_another_table(db, shape):
    """A right and a wrong guess of the first letter of a password must not be told apart."""
    guess = shape.format("(SELECT substr(password, 1, 1) FROM users)")
    assert attempt(db, condition(guess, "=", "s")) == attempt(db, condition(guess, "=", "x"))
