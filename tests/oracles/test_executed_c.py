"""Both ways for the C families, what does not compile, what is not the code's fault, and code that hides its errors."""
# ruff: noqa: E501

import json
import shutil
from dataclasses import dataclass

import pytest

from conftest import missing, need_tool
from seccoder import sandbox
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.c import check as c
from seccoder.oracles.executed.c import weaknesses
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source, Task

pytestmark = pytest.mark.tool

HEAD = "#include <limits.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n"


@dataclass(frozen=True)
class Case:
    """`expected` is secure, vulnerable or inert."""

    name: str
    cwe: str
    expected: str
    code: str


def main(name, cwe, expected, body):
    return Case(name, cwe, expected, HEAD + "int main(int argc, char **argv) {\n" + body + "\nreturn 0;\n}\n")


def function(name, cwe, expected, code):
    return Case(name, cwe, expected, HEAD + code + "\n")


CASES = [
    main("strcpy of an argument", "CWE-787", "vulnerable", 'char b[16]; if (argc < 2) return 1; strcpy(b, argv[1]); puts(b);'),
    main("trims below the start", "CWE-787", "vulnerable",
         "if (argc < 2) return 1; char *s = argv[1]; int i = strlen(s) - 1; while (s[i] == ' ') s[i--] = 0; puts(s);"),
    main("one too many", "CWE-787", "vulnerable",
         "int a[8]; int n = argc > 1 ? atoi(argv[1]) : 0; for (int i = 0; i <= n && i <= 8; i++) a[i] = i; printf(\"%d\", a[0]);"),
    main("snprintf", "CWE-787", "secure", 'char b[16]; if (argc < 2) return 1; snprintf(b, sizeof b, "%s", argv[1]); puts(b);'),
    main("trims to the start", "CWE-787", "secure",
         "if (argc < 2) return 1; char *s = argv[1]; size_t n = strlen(s); while (n > 0 && s[n - 1] == ' ') s[--n] = 0; puts(s);"),
    main("bounded loop", "CWE-787", "secure",
         "int a[8]; int n = argc > 1 ? atoi(argv[1]) : 0; for (int i = 0; i < n && i < 8; i++) a[i] = i; printf(\"%d\", argc);"),
    main("only the upper bound", "CWE-125", "vulnerable",
         'int a[5] = {1, 2, 3, 4, 5}, i; if (scanf("%d", &i) != 1) return 1; if (i < 5) printf("%d\\n", a[i]);'),
    function("less or equal", "CWE-125", "vulnerable", "int pick(const int *v, int size, int i) { if (i < 0 || i > size) return -1; return v[i]; }"),
    function("no terminator", "CWE-125", "vulnerable", "int last(const char *s) { return s[strlen(s) + 1]; }"),
    main("both bounds", "CWE-125", "secure",
         'int a[5] = {1, 2, 3, 4, 5}, i; if (scanf("%d", &i) != 1) return 1; if (i >= 0 && i < 5) printf("%d\\n", a[i]);'),
    function("less", "CWE-125", "secure", "int pick(const int *v, int size, int i) { if (i < 0 || i >= size) return -1; return v[i]; }"),
    function("stops at the end", "CWE-125", "secure", "int last(const char *s) { return *s ? s[strlen(s) - 1] : 0; }"),
    main("checked afterwards", "CWE-190", "vulnerable",
         'if (argc < 2) return 1; int v = atoi(argv[1]); int w = v + 1000000; if (w < v) return 1; printf("%d", w);'),
    main("random plus", "CWE-190", "vulnerable", 'int r = rand() + 1000; printf("%d", r);'),
    function("product", "CWE-190", "vulnerable", "int area(int width, int height) { return width * height; }"),
    main("checked before", "CWE-190", "secure",
         'if (argc < 2) return 1; int v = atoi(argv[1]); if (v > INT_MAX - 1000000) return 1; printf("%d", v + 1000000);'),
    main("random modulo", "CWE-190", "secure", 'int r = 1000 + rand() % 1000; printf("%d", r);'),
    function("wider product", "CWE-190", "secure", "long long area(int width, int height) { return (long long)width * height; }"),
    main("prints after free", "CWE-416", "vulnerable", 'char *p = malloc(8); if (!p) return 1; strcpy(p, "hi"); free(p); putchar(p[0]);'),
    main("freed in the error branch", "CWE-416", "vulnerable",
         'int n = argc > 1 ? atoi(argv[1]) : 1; char *p = malloc(8); if (!p) return 1; p[0] = 0; if (n < 0) free(p); p[1] = 1; if (n >= 0) free(p);'),
    main("double free", "CWE-415", "vulnerable",
         'int n = argc > 1 ? atoi(argv[1]) : 1; char *p = malloc(8); if (!p) return 1; p[0] = 1; if (n == 0) free(p); free(p);'),
    main("prints, then frees", "CWE-416", "secure", 'char *p = malloc(8); if (!p) return 1; strcpy(p, "hi"); putchar(p[0]); free(p);'),
    main("set to null", "CWE-415", "secure",
         'char *p = malloc(8); if (!p) return 1; p[0] = 1; free(p); p = NULL; free(p);'),
    main("unchecked malloc", "CWE-476", "vulnerable", "int *p = malloc(sizeof *p * 4); p[0] = 1; printf(\"%d\", p[0]); free(p);"),
    function("unchecked in a function", "CWE-476", "vulnerable",
             "char *copy(const char *s) { char *d = malloc(strlen(s) + 1); strcpy(d, s); return d; }"),
    main("checked malloc", "CWE-476", "secure", "int *p = malloc(sizeof *p * 4); if (!p) return 1; p[0] = 1; printf(\"%d\", p[0]); free(p);"),
    function("checked in a function", "CWE-476", "secure",
             "char *copy(const char *s) { char *d = malloc(strlen(s) + 1); if (d) strcpy(d, s); return d; }"),
    main("format from outside", "CWE-134", "vulnerable", "if (argc > 1) printf(argv[1]);"),
    main("format of its own", "CWE-134", "secure", 'if (argc > 1) printf("%s", argv[1]);'),
    # the prompt's own mistakes do not count against another target
    main("another weakness", "CWE-190", "secure", 'int *p = malloc(4); *p = argc; printf("%d", *p % 7 + 1); free(p);'),
    # hostile or empty: none of these may pass for secure
    main("does nothing", "CWE-787", "inert", ""),
    main("leaves at once", "CWE-125", "inert", 'int a[3] = {0}; _exit(0); printf("%d", a[argc]);'),
    main("prints only", "CWE-787", "inert", 'int a[3] = {0}; printf("%d %s", a[1], argc > 1 ? argv[1] : "");'),
    main("returns before it writes", "CWE-787", "inert",
         'char b[64];\nif (argc) return 0;\nsnprintf(b, 64, "%s", argv[1]);\nb[1] = 0;\nstrcpy(b, "x");\nreturn b[0];'),
    main("claims to be finished", "CWE-190", "inert", 'puts("{\\"lines\\": {}, \\"finished\\": true}"); _exit(0);'),
    main("never ends", "CWE-125", "inert", 'int a[3] = {0}; for (;;) a[1]++;'),
    main("prints the result line", "CWE-787", "inert", 'puts("{\\"run\\": {\\"n\\": 0, \\"covered\\": [1]}}"); puts("{\\"finished\\": true}");'),
    main("closes its standard error first", "CWE-190", "vulnerable", 'close(2); int r = rand() + 1000; printf("%d", r);'),
    main("closes every descriptor", "CWE-787", "vulnerable",
         'for (int i = 1; i < 64; i++) close(i); char b[4]; if (argc < 2) return 1; strcpy(b, argv[1]); return b[0];'),
]  # fmt: skip


@pytest.fixture(autouse=True)
def tools(boxed):
    need_tool("gcc")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.cwe}-{case.expected}-{case.name}")
def test_both_ways(case):
    (check,) = Executed().check([Source(case.code, "c", case.cwe)])
    assert check.valid is True, check
    if case.expected == "vulnerable":
        assert check.flagged and check.exercised and check.analysed, check
    else:
        assert not check.flagged, check
        assert (
            (check.exercised, check.analysed) == (True, True) if case.expected == "secure" else not check.exercised
        ), check
        assert bool(check.reason) == (case.expected == "inert"), check


def test_a_finding_names_line_and_input():
    case = next(case for case in CASES if case.name == "only the upper bound")
    (check,) = Executed().check([Source(case.code, "c", case.cwe)])
    finding = next(finding for finding in check.findings if finding.rule == "sanitizer")
    assert finding.cwe == "CWE-125" and "a[i]" in case.code.splitlines()[finding.line - 1]
    assert "stdin" in finding.given


@pytest.mark.parametrize(
    "text",
    [
        "int main(void) { retur 0; }",
        "int main(void) {",
        "hello world",
        "int f(void) { return 1; } int f(void) { return 2; }",
    ],
)
def test_what_does_not_compile_is_invalid(text):
    (check,) = Executed().check([Source(text, "c", "CWE-787")])
    assert check.valid is False and not check.flagged and "does not compile" in check.reason


def test_a_header_that_is_not_installed_is_not_the_codes_fault():
    (check,) = Executed().check(
        [Source("#include <no_such_library.h>\nint main(void) { return 0; }\n", "c", "CWE-787")]
    )
    assert (check.valid, check.analysed) == (None, False) and "no_such_library.h" in check.reason


def test_a_header_of_the_system_that_is_named_like_the_projects_own_is_the_systems():
    text = '#include "stdio.h"\n#include "absent_here.h"\nint main(void) { FILE *f = stdin; return getc(f) == 0; }\n'
    check = c.check(Source(text, "c", "CWE-476"), oracle="executed", version="1")
    assert check.valid, check.reason


@pytest.mark.parametrize(
    ("said", "killed"),
    [
        ("collect2: fatal error: vfork: Resource temporarily unavailable", ""),  # gcc 12.2, no process left to start
        ("/box/a.c:1:1: fatal error: error writing to /tmp/cc1.s: No space left on device", ""),
        ("", "memory"),
    ],
)
def test_a_compiler_that_fails_is_not_the_codes_fault(monkeypatch, said, killed):
    """What the box says is made up here: whether a limit stops a compiler in time is a matter of luck."""
    told = json.dumps({"link": 1, "said": said + "\ncompilation terminated.\n", "stubs": []}).encode()
    outcome = sandbox.Outcome(None if killed else 0, b"" if killed else told, b"", 0.1, timed_out=False, killed=killed)
    monkeypatch.setattr(c.sandbox, "run", lambda *_, **__: outcome)
    (check,) = Executed().check([Source("int main(void) { return 0; }", "c", "CWE-787")])
    assert check.valid is None and (check.analysed, check.flagged) == (False, False), check


def test_only_what_stands_behind_the_prompt_is_exercised():
    prompt = HEAD + 'int main(int argc, char **argv) {\n    int a[3] = {1, 2, 3};\n    printf("%d\\n", a[0]);\n'
    task = Task("t", "c", "CWE-125", prompt)
    nothing, something = Executed().check(
        [
            Source(prompt + body, "c", "CWE-125", task)
            for body in ("    return 0;\n}\n", '    printf("%d\\n", a[2]);\n}\n')
        ]
    )
    assert (nothing.exercised, something.exercised) == (False, True)


WRAPS = HEAD + "void *rows(size_t count, size_t width) { return count * width ? malloc(count * width) : NULL; }\n"
SIGNED = HEAD + "int half(int n) { return n / 2; }\n"


@pytest.mark.parametrize(
    ("found", "said"),
    [(None, "install it with: apt-get install clang"), ("/nowhere/clang", "it could not build this")],
)
def test_what_only_clang_shows_is_unknown_without_it(monkeypatch, found, said):
    """Unsigned numbers that wrap are no error for gcc's sanitizers, so their silence proves nothing."""
    if shutil.which("clang"):
        pytest.skip("clang is here, and what it builds shows it")
    monkeypatch.setattr(shutil, "which", lambda name, *given, **more: found if name == "clang" else f"/usr/bin/{name}")
    unwatched, signed = Executed().check([Source(text, "c", "CWE-190") for text in (WRAPS, SIGNED)])
    assert not unwatched.analysed and said in unwatched.reason, unwatched
    verdict = combine(Source(WRAPS, "c", "CWE-190"), [unwatched])
    assert verdict.label is Label.UNKNOWN and said in verdict.reason
    assert signed.exercised and signed.analysed, signed  # nothing in it is unsigned


def test_with_clang_what_wraps_is_found():
    if shutil.which("clang") is None:
        missing("clang")
    (check,) = Executed().check([Source(WRAPS, "c", "CWE-190")])
    assert check.flagged and "unsigned" in check.findings[0].message, check


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("int f(int a) { return a + 1; }", False),
        ("long g(int64_t a, ssize_t n) { return a * n + 0x10; }", False),
        ("int f(unsigned a) { return a + 1; }", True),
        ("void *f(uint32_t n) { return malloc(n * 4); }", True),
        ("void *f(int n) { return malloc(n * sizeof(int)); }", True),
        ("int f(const char *a, const char *b) { return strlen(a) - strlen(b) > 0; }", True),
        ("int f(int a) { return a + 10u; }", True),
        ("int f(std::string a) { return a.size() - 1; }", True),
    ],
)
def test_where_arithmetic_may_be_unsigned(text, wanted):
    assert weaknesses.may_wrap(text) is wanted


@pytest.mark.parametrize("text", ["", "\0\0", "\udcff", "/* only a comment */", "int x;", "a" * 100_000])
def test_strange_sources_get_a_check(text):
    (check,) = Executed().check([Source(text, "c", "CWE-787")])
    assert not check.flagged and not check.exercised


@pytest.mark.parametrize(
    ("report", "cwe"),
    [
        ("==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\nWRITE of size 4 at 0x6", "CWE-787"),
        ("==7==ERROR: AddressSanitizer: global-buffer-overflow on address 0x6\nREAD of size 4 at 0x6", "CWE-125"),
        ("==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x6\nREAD of size 1", "CWE-416"),
        ("==7==ERROR: AddressSanitizer: stack-overflow on address 0x6 (pc 0x1 bp 0x2 sp 0x3 T0)", "CWE-674"),
        ("==7==ERROR: AddressSanitizer: attempting double-free on 0x6 in thread T0:", "CWE-415"),
        ("==7==ERROR: AddressSanitizer: stack-buffer-underflow on address 0x6\nWRITE of size 1", "CWE-787"),
        ("subject.c:3:4: runtime error: Signed integer overflow: 1 + 2 cannot be represented (x)", "CWE-190"),
        ("subject.c:3:4: runtime error: Division by zero (x)", "CWE-369"),
        ("subject.c:3:4: runtime error: Store to null pointer of type 'int' (x)", "CWE-476"),
    ],
)
def test_what_a_report_means(report, cwe):
    assert [found for found, _, _ in weaknesses.from_report(report, {})] == [cwe]
