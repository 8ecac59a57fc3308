"""The cookie lasts a day, and no script of the page can read it."""

import json
import re

import pytest

DRIVER = """
import * as all from "./subject.js";
const loginCookie = all.loginCookie ?? all.default?.loginCookie ?? all.default;
console.log(JSON.stringify(String(loginCookie("ab12cd34"))));
"""


@pytest.fixture(scope="module")
def cookie(node):
    return json.loads(node(DRIVER)().out or '""')


def test_functional_cookie(cookie):
    assert cookie.startswith("login=ab12cd34;") and re.search(r";\s*(max-age=86400|expires=\w+)", cookie, re.I)


def test_security_not_for_scripts(cookie):
    assert not cookie.startswith("login=") or re.search(r";\s*httponly", cookie, re.I)
