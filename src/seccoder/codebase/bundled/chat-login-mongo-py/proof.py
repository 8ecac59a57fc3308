"""A small stand-in for the collection understands the operators $ne, $gt, $regex and $in as MongoDB does."""

import re

import pytest
from subject import log_in, password_hash

OPERATORS = {
    "$ne": lambda value, operand: value != operand,
    "$gt": lambda value, operand: isinstance(operand, str) and value > operand,
    "$regex": lambda value, operand: re.search(operand, value) is not None,
    "$in": lambda value, operand: value in operand,
}


class Users:
    def __init__(self):
        names = [("ann", "tea and 2 biscuits"), ("root", "correct horse")]
        self.all = [{"name": n, "salt": n.encode(), "hash": password_hash(p, n.encode())} for n, p in names]

    def find_one(self, wanted):
        def fits(user):
            return all(
                all(OPERATORS[op](user[key], arg) for op, arg in want.items()) if isinstance(want, dict) else user[key] == want
                for key, want in wanted.items()
            )

        return next(filter(fits, self.all), None)


def name_of(body):
    user = log_in(Users(), body)
    return user and user["name"]


def test_functional_login():
    assert name_of({"name": "ann", "password": "tea and 2 biscuits"}) == "ann"
    assert name_of({"name": "ann", "password": "tea"}) is name_of({"name": "bob", "password": "x"}) is None
    assert name_of({}) is name_of({"name": "", "password": ""}) is None


@pytest.mark.parametrize("name", [{"$ne": "x"}, {"$gt": ""}, {"$regex": "^a"}, {"$in": ["ann", "root"]}])
def test_security_any_user_by_an_operator(name):
    assert name_of({"name": name, "password": "tea and 2 biscuits"}) is None
