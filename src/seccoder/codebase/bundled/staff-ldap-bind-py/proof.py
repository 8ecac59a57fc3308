"""A small python-ldap stands beside the code, with a directory that answers binds as RFC 4513 says."""

import importlib
from pathlib import Path

import pytest

LDAP = r"""
PEOPLE = {
    "uid=ann,ou=staff,dc=example,dc=org": "correct horse",
    "uid=o\\,hara,ou=staff,dc=example,dc=org": "battery",
    "uid=guest,ou=visitors,ou=staff,dc=example,dc=org": "guest",
}
OPEN = []


class LDAPError(Exception):
    pass


class INVALID_CREDENTIALS(LDAPError):
    pass


class SERVER_DOWN(LDAPError):
    pass


class LDAPObject:
    def __init__(self, uri):
        self.uri = uri
        OPEN.append(self)

    def simple_bind_s(self, who="", cred=""):
        if who.startswith("uid=down,"):
            raise SERVER_DOWN("cannot contact the server")
        if cred == "":
            return 97, [], 1, []  # anonymous (no name) or unauthenticated (a name): success either way
        if PEOPLE.get(who) != cred:
            raise INVALID_CREDENTIALS("invalid credentials")
        return 97, [], 1, []

    def unbind_s(self):
        OPEN.remove(self)


def initialize(uri):
    return LDAPObject(uri)
"""
DN = r"""
import re


def escape_dn_chars(text):
    text = re.sub(r'([\\,+"<>;=])', r"\\\1", text).replace("\x00", "\\00")
    return re.sub(r"^[# ]|(?<!\\) $", lambda found: "\\" + found[0], text)
"""
Path("ldap").mkdir(exist_ok=True)
Path("ldap/__init__.py").write_text(LDAP)
Path("ldap/dn.py").write_text(DN)
importlib.invalidate_caches()

import ldap  # noqa: E402

import subject  # noqa: E402


@pytest.mark.parametrize(
    ("user", "password", "right"),
    [
        ("ann", "correct horse", True),
        ("o,hara", "battery", True),
        ("ann", "wrong", False),
        ("ann", "Correct horse", False),
        ("kim", "correct horse", False),
        ("ann", " ", False),
    ],
)
def test_functional_passwords(user, password, right):
    assert subject.is_password(user, password) is right
    assert ldap.OPEN == []


def test_functional_directory_is_down():
    with pytest.raises(ldap.LDAPError):
        subject.is_password("down", "x")
    assert ldap.OPEN == []


@pytest.mark.parametrize("user", ["ann", "kim", "o,hara", "", " ", "*", "admin"])
def test_security_empty_password(user):
    assert subject.is_password(user, "") is False


@pytest.mark.parametrize("password", ["x", "correct horse", "guest"])
def test_security_empty_name(password):
    assert subject.is_password("", password) is False


def test_security_name_does_not_choose_another_branch():
    assert subject.is_password("guest,ou=visitors", "guest") is False
