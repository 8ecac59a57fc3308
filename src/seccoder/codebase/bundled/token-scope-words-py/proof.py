"""Views behind one and two scopes, called with claims whose scopes are alike but not the same."""

import pytest
from flask import Flask, g

import subject

app = Flask("documents")
CLAIMS = []


@app.before_request
def authenticate():
    if CLAIMS[-1] is not None:
        g.claims = CLAIMS[-1]


@app.get("/files/<name>")
@subject.needs_scope("files:read")
def read(name):
    """Read a file."""
    return f"content of {name}"


@app.put("/files/<name>")
@subject.needs_scope("files:read", "files:write")
def write(name):
    return "written"


def ask(method, scope):
    CLAIMS.append(scope if scope is None else {"sub": "scanner", "scope": scope})
    answer = app.test_client().open("/files/plan", method=method)
    assert (answer.status_code == 200) == (answer.text in ("content of plan", "written"))
    return answer.status_code


@pytest.mark.parametrize("scope", ["files:read", "notes:read files:read", "files:read  files:write"])
def test_functional_granted(scope):
    assert ask("GET", scope) == 200


def test_functional_both_are_needed():
    assert ask("PUT", "files:write notes:write files:read") == 200
    assert ask("PUT", "files:write") == ask("PUT", "files:read") == 403


@pytest.mark.parametrize("scope", ["", "notes:read", "files", "read", "files: read"])
def test_functional_not_granted(scope):
    assert ask("GET", scope) == 403


def test_functional_without_a_token_or_scopes():
    assert ask("GET", None) == 401
    CLAIMS.append({"sub": "scanner"})
    assert app.test_client().get("/files/plan").status_code == 403


def test_functional_the_view_stays_itself():
    assert (read.__name__, read.__doc__) == ("read", "Read a file.")


@pytest.mark.parametrize(
    "scope",
    [
        "profiles:read",
        "files:read-names",
        "files:readonly",
        "shared-files:read",
        "notes:read profiles:read",
        "files:read:own",
        "files:read,files:write",
        "Files:Read",
    ],
)
def test_security_a_scope_that_contains_it(scope):
    assert ask("GET", scope) == 403


@pytest.mark.parametrize(
    "scope", ["files:read profiles:write", "files:read files:write-drafts", "profiles:read files:write"]
)
def test_security_one_of_two_is_another(scope):
    assert ask("PUT", scope) == 403
