"""Parsing: what parses, also hostile text; where incomplete code stands; brackets read from left to right."""

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import REPOSITORY, need_tool
from seccoder import sandbox
from seccoder.code import standards
from seccoder.code.parsing import closing, inside_body, syntax, top_level_breaks
from seccoder.oracles.static import compiling
from seccoder.oracles.static.compiling import parses

GOOD = {
    "python": "def f():\n    return 1\n",
    "javascript": "const f = (x) => { return `${x}`; };\n",
    "typescript": "const f = (x: number): string => { return `${x}`; };\n",
    "java": "class A { int f() { return 1; } }\n",
    "go": "package a\n\nfunc f() int {\n\treturn 1\n}\n",
}
BAD = {
    "python": "def f(:\n",
    "javascript": "const = 1;\n",
    "typescript": "const f = (x: ) => ;\n",
    "java": "class A { int f( { }\n",
    "go": "package a\n\nfunc f( {\n",
}


OWN = {"javascript": "node", "typescript": "esbuild", "go": "gofmt"}


@pytest.mark.parametrize("language", GOOD)
def test_good_and_bad_code(language, boxed):
    if language in OWN:
        need_tool(OWN[language])
    assert parses(GOOD[language], language) == (True, "")
    valid, reason = parses(BAD[language], language)
    assert valid is (None if language == "java" else False)  # javac is not asked about syntax alone
    assert "line " in reason


# Valid code that the grammars of tree-sitter refuse, each with the version of the language that has it.
NEWER = [
    ("typescript", "const a = <string>value;\n"),  # TypeScript 1.0, in a .ts file
    ("typescript", "const a = <p>{value}</p>;\n"),  # TypeScript 1.6, in a .tsx file
    ("typescript", "interface Source<out T> { get(): T }\n"),  # TypeScript 4.7
    ("typescript", 'export type * from "./types";\n'),  # TypeScript 5.0
    ("go", "package a\n\nconst (A = 1; B = 2)\n"),  # Go 1.0
    ("java", "import module java.base;\n\nclass A {}\n"),  # Java 25 (JEP 511)
]


@pytest.mark.parametrize(("language", "text"), NEWER)
def test_what_only_a_grammar_refuses_is_not_invalid(language, text, boxed, monkeypatch):
    if language in OWN:
        need_tool(OWN[language])
    assert parses(text, language) == (True, "")
    monkeypatch.setattr(compiling, "_PARSERS", {})  # as where the language's own parser is not installed
    valid, reason = parses(text, language)
    assert valid or (valid is None and "only a compiler can tell" in reason)


def test_a_missing_parser_is_named(boxed, monkeypatch):
    monkeypatch.setattr(compiling, "_PARSERS", {"go": [["no-such-program", "a.go"]]})
    valid, reason = parses(BAD["go"], "go")
    assert valid is None
    assert reason.endswith("no-such-program is not installed")


def test_an_error_in_python_says_by_which_version():
    assert parses("def f(:\n", "python")[1].endswith(f"(Python {sys.version_info.major}.{sys.version_info.minor})")


def test_an_empty_file_parses_and_an_unknown_language_cannot_be_told():
    assert parses("", "python") == (True, "")
    assert parses("x", "cobol")[0] is None
    assert parses("x", None)[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\0",
        "\0",
        "x = '\ud800'",
        "(" * 100_000,
        "-" * 500_000 + "1",
        "x" + ".a" * 200_000,
        "\n".join(" " * depth + "if 1:" for depth in range(200)) + "pass",
        "f'" + "{" * 1000,
    ],
    ids=lambda text: repr(text[:10]),
)
def test_hostile_python_does_not_parse_and_does_not_crash(text):
    valid, reason = parses(text, "python")
    assert valid is False
    assert reason


@pytest.mark.parametrize("language", ["javascript", "java", "go", "typescript"])
def test_hostile_text_does_not_crash_tree_sitter(language, monkeypatch):
    monkeypatch.setattr(compiling, "_PARSERS", {})
    for text in ("(" * 20_000, "\0", "\ud800", "{" * 20_000 + "}" * 20_000, "/*" * 1000, "`" * 1001):
        assert parses(text, language)[0] in {True, False, None}


def test_huge_text_is_not_parsed():
    valid, reason = parses("x" * 1_000_001, "python")
    assert valid is None
    assert "1,000,000" in reason


def test_warnings_of_the_code_stay_quiet():
    assert parses("x = '\\d'\nassert (1, 'always')\nx is 1\n", "python") == (True, "")


def test_python_says_what_only_compiling_finds():
    assert parses("return 1\n", "python")[0] is False


@pytest.mark.tool
@pytest.mark.usefixtures("boxed")
@pytest.mark.parametrize(
    ("language", "text", "valid", "told"),
    [
        ("c", "#include <stdio.h>\nint main(void) { puts(1); return 0; }\n", True, ""),
        ("c", "int main(void) { return 0 }\n", False, "line 1: expected"),
        ("c", "struct x y;\n", False, "line 1"),
        ("c", '#include "not_here.h"\nint x;\n', None, "not_here.h"),
        ("c", "int x;\0", False, "NUL"),
        ("c", "", True, ""),
        ("cpp", "#include <vector>\nint main() { std::vector<int> v; for (auto x : v) return x; }\n", True, ""),
        ("cpp", "int main() { foo(); }\n", False, "foo"),
        ("cpp", "#include <span>\nint first(std::span<int> v) { return v[0]; }\n", True, ""),  # C++20
        ("c", "int length(char *s) { return strlen(s); }\n", True, ""),  # an error for gcc 14, and run all the same
        ("c", "int old(a, b) int a; char *b; { return a; }\n", True, ""),  # no C23, gcc 15's default
    ],
)
def test_c_is_compiled(language, text, valid, told):
    need_tool("g++" if language == "cpp" else "gcc")
    found, reason = parses(text, language)
    assert found is valid, reason
    assert told in reason


@pytest.mark.tool
@pytest.mark.usefixtures("boxed")
def test_a_compiler_that_is_stopped_cannot_tell():
    need_tool("gcc")
    # Expands to 2 ** 40 tokens: the compiler runs into the limits.
    bomb = (
        "#define A0 0,\n" + "".join(f"#define A{i} A{i - 1} A{i - 1}\n" for i in range(1, 41)) + "int x[] = { A40 };\n"
    )
    valid, reason = parses(bomb, "c")
    assert valid is None
    assert "stopped" in reason


def test_without_a_sandbox_c_is_not_compiled(monkeypatch):
    monkeypatch.setattr(sandbox, "unavailable", lambda: "there is no bubblewrap")
    assert parses("int x;\n", "c") == (None, "not compiled: there is no bubblewrap")


# --- where incomplete code stands -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("", False),
        ("   \n", False),
        ("import os\n", False),
        ("# write a function\n", False),
        ("def f():\n", True),
        ("def f():", True),
        ("def f(x: int) -> dict[str, int]:  # why\n", True),
        ("def f():\n    # do it", True),
        ("def f():\n    x = 1\n    ", True),
        ("def f():\n    x = 1\n\n", True),
        ("def f():\n    x = 1\n\n\n", False),
        ("def f():\n    x = 1\nf()\n", False),
        ("def f():\n    x = 1\n# now another one\n", False),
        ('def f():\n    """Do.\n\ntext at the margin\n', True),
        ('def f():\n    """Do."""\n', True),
        ("class A:\n    def f(self):\n        pass\n", True),
        ("x = foo(\n    1,\n", False),
        ("def f():\n    x = foo(\n", True),
        ("x = {'a':\n", False),
        ("x = a[1:\n", False),
        ("@app.route('/')\n", False),
        ("if x:\n    y = 1\n  z = 2\n", True),
        ("for x in y:\n    pass\nelse:\n", True),
    ],
)
def test_python_inside_or_not(code, inside):
    assert inside_body(code, "python") is inside


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("", False),
        ("#include <stdio.h>\n", False),
        ("int f(void);\n// write f\n", False),
        ("int f(void) {\n", True),
        ("int f(void) {\n    if (x) {\n    }\n", True),
        ("int f(void) {\n}\n", False),
        ("char *a = \"{\"; char b = '{'; // {\n/* { */\n", False),
        ('int f(void) { char *a = "}\\"}"; // }\n', True),
    ],
)
def test_c_inside_or_not(code, inside):
    assert inside_body(code, "c") is inside


def test_an_unknown_language_is_never_inside():
    assert not inside_body("{", None)


def test_closing_finds_the_line_that_closes_everything():
    before = "app.get('/', (request, answer) => {\n"
    text = "  if (x) {\n    answer.send(`}`);\n  }\n});\nmore();\n"
    assert text[: closing(before, text)].endswith("});")
    assert closing(before, "  if (x) {\n  }\n") is None
    assert closing(before, "});") is None  # the line has not ended yet


@example(")`}\n\\", "[")
@given(st.text(alphabet="{}()[]\n\"'`/*\\a ", max_size=60), st.text(alphabet="{}()[]\n\"'`/*\\a ", max_size=30))
def test_closing_does_not_change_when_text_is_appended(text, more):
    found = closing("f({\n", text)
    if found is not None:
        assert closing("f({\n", text + more) == found


def test_top_level_breaks():
    text = "a = 1\ndef f(\n):\n    x\n\ny = 2\n"
    assert [text[offset + 1] for offset in top_level_breaks(text, "python")] == ["d", "y"]
    text = "int a;\nint f(void) {\n  x;\n}\nint b;"
    assert [text[offset + 1 : offset + 6] for offset in top_level_breaks(text, "c")] == ["int f", "int b"]


def test_syntax_is_tree_sitters_opinion_for_c():
    assert syntax("int main(void) { undeclared(); }", "c")[0] is True
    assert syntax("int main(void) {", "c")[0] is False


def test_standards_of_c_and_cpp_are_set_in_one_place():
    source = REPOSITORY / "src" / "seccoder"
    named = [
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if not {"bundled", "own_tasks"} & set(path.parts) and re.search(r"gnu\+?\+?\d|c\+\+\d|-std=c", path.read_text())
    ]
    assert named == ["code/standards.py"]
    assert all(f"-std={standard}" in standards.OPTIONS[each] for each, standard in standards.STANDARDS.items())
