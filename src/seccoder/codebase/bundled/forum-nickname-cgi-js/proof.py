"""Reads the response as a web server does: lines up to an empty one are headers, the rest is the page."""

import json
import re
from urllib.parse import unquote, urlencode

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { rememberVisitor } from "./subject.js";
const answers = JSON.parse(readFileSync(0)).map((text) => {
  try { return rememberVisitor(new URLSearchParams(text)); } catch { return null; }
});
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def answer(node):
    run = node(DRIVER)

    def answer(**form):
        ran = run(stdin=json.dumps([urlencode(form)]).encode())
        assert ran.code == 0, ran.err
        text = json.loads(ran.out)[0]
        if text is None:
            return None  # refused
        head, page = re.split(r"\r\n\r\n|\n\n|\r\r", text, maxsplit=1)
        headers = [tuple(line.split(": ", 1)) for line in re.split(r"\r\n|\n|\r", head)]
        cookies = dict(value.split(";")[0].split("=", 1) for name, value in headers if name == "Set-Cookie")
        return headers, {name: unquote(value) for name, value in cookies.items()}, page

    return answer


NAMES = ["Status", "Set-Cookie", "Set-Cookie", "Location"]


def test_functional_both_are_remembered(answer):
    headers, cookies, page = answer(nickname="Ann", perPage="50")
    assert cookies == {"nickname": "Ann", "perPage": "50"}
    assert [name for name, _ in headers] == NAMES and page == ""
    assert headers[0][1].startswith("303") and headers[3][1] == "/guestbook.cgi"


def test_functional_kept_for_a_year(answer):
    assert all("Max-Age=31536000" in value for name, value in answer(nickname="Ann")[0] if name == "Set-Cookie")


def test_functional_names_with_spaces_and_nothing_typed(answer):
    assert answer(nickname=" Ann of Kiel; the 2nd ")[1] == {"nickname": "Ann of Kiel; the 2nd", "perPage": "20"}
    assert answer(perPage="10")[1] == {"nickname": "Guest", "perPage": "10"}


BREAKS = ["\r\n", "\n", "\r", "\r\n ", "\n\n", "\r\n\r\n"]


@pytest.mark.parametrize("field", ["nickname", "perPage"])
@pytest.mark.parametrize("line_break", BREAKS)
def test_security_no_headers_of_the_visitor(answer, field, line_break):
    said = answer(**{field: f"Ann{line_break}Set-Cookie: login=admin{line_break}X: <script>"})
    if said is not None:
        assert [name for name, _ in said[0]] == NAMES
        assert "login" not in said[1] and said[2] == ""


def test_security_no_attributes_of_the_visitor(answer):
    said = answer(nickname="Ann; Domain=example", perPage="20; Domain=example")
    if said is not None:
        assert all(not part.startswith("Domain=") for _, value in said[0] for part in value.split("; "))
