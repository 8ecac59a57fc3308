"""A small ldap3 stands beside the code: a directory in memory that evaluates search filters as RFC 4515 writes them."""

import importlib
from pathlib import Path

import pytest

LDAP3 = r'''
import re
from types import SimpleNamespace


class LDAPInvalidFilterError(Exception):
    pass


def parse(text, at=0):
    """A predicate and the place behind it."""
    if text[at : at + 1] != "(":
        raise LDAPInvalidFilterError(text)
    if text[at + 1] in "&|!":
        parts, place = [], at + 2
        while text[place : place + 1] == "(":
            part, place = parse(text, place)
            parts.append(part)
        if not parts or text[place : place + 1] != ")":
            raise LDAPInvalidFilterError(text)
        sign = text[at + 1]
        if sign == "!":
            return (lambda person: not parts[0](person)), place + 1
        return (lambda person: (all if sign == "&" else any)(part(person) for part in parts)), place + 1
    match = re.compile(r"\((\w+)=([^()\x00]*)\)").match(text, at)
    if match is None:
        raise LDAPInvalidFilterError(text)
    name, value = match.groups()
    if re.search(r"\\(?![0-9a-fA-F]{2})", value):
        raise LDAPInvalidFilterError(text)
    unescape = lambda piece: re.sub(r"\\(..)", lambda found: chr(int(found[1], 16)), piece)
    pattern = ".*".join(re.escape(unescape(piece)) for piece in value.split("*"))
    return (lambda person: name in person and re.fullmatch(pattern, person[name], re.I | re.S) is not None), match.end()


class Connection:
    def __init__(self, people):
        self.people, self.entries = people, []

    def search(self, base, search_filter, attributes=()):
        predicate, end = parse(search_filter)
        if end != len(search_filter):
            raise LDAPInvalidFilterError(search_filter)
        found = [person for person in self.people if predicate(person)]
        self.entries = [
            SimpleNamespace(**{name: SimpleNamespace(value=person.get(name)) for name in attributes}) for person in found
        ]
        return bool(found)
'''
CONV = r"""
def escape_filter_chars(text, encoding=None):
    for character in "\\*()\x00":
        text = text.replace(character, f"\\{ord(character):02x}")
    return text
"""
Path("ldap3/utils").mkdir(parents=True, exist_ok=True)
Path("ldap3/__init__.py").write_text(LDAP3)
Path("ldap3/utils/__init__.py").write_text("")
Path("ldap3/utils/conv.py").write_text(CONV)
importlib.invalidate_caches()

import ldap3  # noqa: E402

import subject  # noqa: E402


def person(uid, name, extension, listed="TRUE", **more):
    return {"objectClass": "person", "uid": uid, "cn": name, "extension": extension, "listed": listed, **more}


PEOPLE = [
    person("ann", "Ann Archer", "100", door="4711"),
    person("bob", "Bob Brown", "200", door="1999"),
    person("eve", "Eve Hidden", "999", listed="FALSE", door="7777"),
    person("cy(2)", "Cy Two", "201"),
    person("star*", "Stella *", "202"),
]


def found(typed):
    try:
        return subject.look_up(ldap3.Connection(PEOPLE), typed)
    except ldap3.LDAPInvalidFilterError:
        return "error"


def test_functional_by_extension_and_user_name():
    assert found("100") == [("Ann Archer", "100")]
    assert found(" bob ") == [("Bob Brown", "200")]


@pytest.mark.parametrize("typed", ["", "300", "eve", "999", "an", "Ann Archer"])
def test_functional_nobody(typed):
    assert found(typed) == []


@pytest.mark.parametrize("typed", ["*", "a*", "*b", "10*", "**", "*0*"])
def test_security_no_wildcards(typed):
    assert found(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "x)(door=4*",
        "x)(door=47*)(uid=y",
        "x)(cn=Ann*",
        "x)(!(uid=nobody))(uid=x",
        "x)(&(listed=TRUE)(door=1999))(uid=x",
        "*)(uid=*))(|(uid=*",
        "\\2a",
        "x\\",
        "a\0b",
    ],
)
def test_security_no_conditions_are_added(typed):
    assert found(typed) == []


def test_security_special_characters_are_found():
    assert found("cy(2)") == [("Cy Two", "201")]
    assert found("star*") == [("Stella *", "202")]
