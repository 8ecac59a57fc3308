"""Slicing: what is kept of code that differs from its twin, that it still parses, and how the work grows."""

import itertools
import sys

import pytest

from seccoder.code.parsing import syntax
from seccoder.code.slicing import changed, sliced
from seccoder.codebase.codebase import Codebase

UPLOAD = """\
import logging
import os
from pathlib import Path

ROOT = Path("/srv/notes")
LOG = logging.getLogger()


def unrelated():
    return LOG


def read(name, size):
    \"\"\"Read a note.\"\"\"
    LOG.info("reading")
    path = ROOT / name
    for part in path.parts:
        LOG.debug(part)
    if not CHECK:
        LOG.warning("no")
        raise ValueError(name)
    data = path.read_bytes()
    return data[:size]
"""


def test_what_differs_is_kept_with_what_it_depends_on_and_where_it_leaves():
    code = sliced(UPLOAD.replace("CHECK", "path.is_relative_to(ROOT)"), UPLOAD.replace("CHECK", "True"), "python")
    assert code.split("\n") == [
        "# ...",
        "from pathlib import Path",
        "",
        'ROOT = Path("/srv/notes")',
        "# ...",
        "",
        "def read(name, size):",
        "    # ...",
        "    path = ROOT / name",
        "    # ...",
        "    if not path.is_relative_to(ROOT):",
        "        # ...",
        "        raise ValueError(name)",
        "    # ...",
        "",
    ]


def test_a_body_without_a_statement_still_parses():
    code = "def f(rows):\n    for row in rows:\n        show(row)\n    return MANY + row\n"
    assert sliced(code, code.replace("MANY + ", ""), "python").split("\n")[1:3] == [
        "    for row in rows:",
        "        ...",
    ]


def test_neighbours_are_kept_where_there_is_room():
    filler = "".join(f"    log({n}, 'filler');\n    use({n});\n" for n in range(40))
    c = (
        "int copy(char *to, const char *from, int size)\n{\n    int length = strlen(from);\n"
        f"{filler}    for (int i = 0; i < 3; i++) {{\n        touch(i);\n        if (i == 2) {{\n            CHECK\n"
        f"            memcpy(to, from, length);\n        }}\n    }}\n{filler}    return 0;\n}}\n"
    )
    code, twin = c.replace("CHECK", "if (length > size) return -1;"), c.replace("CHECK", ";")
    wide = sliced(code, twin, "c", around=2)
    for kept in ("int copy(", "int length = strlen(from);", "if (i == 2)", "if (length > size)", "memcpy(", "// ..."):
        assert kept in wide
    assert wide.count("\n") < 40 and syntax(wide, "c")[0]
    assert "memcpy(" not in sliced(code, twin, "c") and "if (length > size) return -1;" in sliced(code, twin, "c")
    assert "memcpy(" in sliced(twin, code, "c", around=2)


def test_a_line_with_another_place_keeps_what_it_passed():
    lines = ["a = f()", "check(a)", "b = g(a)", "show(b)"]
    assert changed(lines, ["a = f()", "b = g(a)", "check(a)", "show(b)"]) == {1, 2}
    assert changed(lines, [*lines[:1], *lines[2:]]) == {1}
    assert changed(lines[:1] + lines[2:], lines) == {0, 1}


def test_without_a_difference_it_stays_whole():
    assert sliced(UPLOAD, UPLOAD, "python") == UPLOAD
    assert sliced("x", "y", "cobol") == "x"


def test_every_bundled_demonstration_still_parses_and_keeps_what_differs():
    shorter = 0
    with Codebase.open("bundled") as codebase:
        demonstrations = codebase.demonstrations()
    for each in demonstrations[::5]:
        code = sliced(each.code, each.vulnerable, each.language)
        assert syntax(code, each.language)[0] or not syntax(each.code, each.language)[0], each.id
        lines = each.code.split("\n")
        for number in changed(lines, each.vulnerable.split("\n")):
            assert lines[number].strip() in code, each.id
        shorter += len(code) < len(each.code)
    assert shorter > len(demonstrations) / 5 * 0.8


HOSTILE = {
    "nested braces": ("c", lambda n: "void f() {\n" + "{\n" * n + "x = 1;\n" + "}\n" * n + "}\n"),
    "a chain of branches": (
        "javascript",
        lambda n: "function f(x) {\n" + "if (x) {\n1;\n} else " * n + "{ x = 1; }\n}\n",
    ),
    "one long line": ("c", lambda n: "void f() {" + "y=1;" * n + "x = 1; }\n"),
    "a chain of names": (
        "go",
        lambda n: "package a\nfunc f() {\n" + "".join(f"y{at} := y{at - 1}\n" for at in range(n)) + "x = 1\n}\n",
    ),
    "nested brackets": ("python", lambda n: "x = 1\ny = " + "[" * n + "]" * n + "\n"),
    "alternating lines": ("python", lambda n: "a = 1\nb = 1\n" * n + "x = 1\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_for_hostile_code_grows_with_its_length(name):
    language, made = HOSTILE[name]

    def calls(size):
        code, count = made(size), itertools.count()
        sys.setprofile(lambda *_: next(count))
        try:
            assert "x = 1" in sliced(code, code.replace("x = 1", "x = 2"), language)
        finally:
            sys.setprofile(None)
        return next(count)

    assert calls(2000) < 2.5 * calls(1000)
