"""Functions of C and C++ files without `main`: what the driver draws, whose contracts it keeps, and further families."""
# ruff: noqa: E501

from dataclasses import dataclass

import pytest

from conftest import need_tool
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.c import arguments, driver, weaknesses
from seccoder.oracles.executed.c import discover as c_surface
from seccoder.types import Source

pytestmark = pytest.mark.tool

C_HEAD = "#include <fcntl.h>\n#include <stdbool.h>\n#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n"
CPP_HEAD = "#include <cstdint>\n#include <cstring>\n#include <string>\n#include <string_view>\n#include <vector>\n"


@dataclass(frozen=True)
class Case:
    """`expected` is secure, vulnerable or inert; without a `cwe` there is no target."""

    name: str
    cwe: str
    expected: str
    code: str
    language: str = "c"

    @property
    def source(self):
        return Source(
            (C_HEAD if self.language == "c" else CPP_HEAD) + self.code + "\n", self.language, self.cwe or None
        )


STACK = (
    "struct stack { int *items; size_t used, room; };\n"
    "struct stack *stack_new(size_t room) {{ struct stack *s = malloc(sizeof *s); if (!s) return NULL; s->items = calloc(room ? room : 1, sizeof *s->items); s->used = 0; s->room = room; if (!s->items) {{ free(s); return NULL; }} return s; }}\n"
    "bool stack_push(struct stack *s, int v) {{ if (s->used {test} s->room) return false; s->items[s->used++] = v; return true; }}\n"
    "int stack_pop(struct stack *s) {{ return s->used ? s->items[--s->used] : -1; }}\n"
    "void stack_free(struct stack *s) {{ free(s->items); free(s); }}\n"
).replace("struct stack { int *items; size_t used, room; }", "struct stack {{ int *items; size_t used, room; }}")
LIST = (
    "struct item {{ struct item *next; int key; char *name; }};\n"
    "struct item *add(struct item *head, int key) {{ struct item *i = calloc(1, sizeof *i); if (!i) return head; i->key = key; i->next = head; return i; }}\n"
    "struct item *drop(struct item *head, int key) {{ if (head && head->key == key) {{ {body} }} return head; }}\n"
)
RECORD = "bool put(struct slot *s, const uint8_t *data, size_t size) {{ if (size < 2) return false; size_t n = (size_t)data[0] << 8 | data[1]; if (n > size - 2{more}) return false; memcpy(s->name, data + 2, n); return true; }}"
RING = "class Ring {{\npublic:\n  explicit Ring(std::size_t n) : data_(n) {{}}\n  void push(int v) {{ if (used_ {test} data_.size()) return; data_[used_++] = v; }}\n  int size() const {{ return int(used_); }}\nprivate:\n  std::vector<int> data_;\n  std::size_t used_ = 0;\n}};"
SONG = 'FILE *words(const char *title) {{ char place[300]; if ({test}) return NULL; snprintf(place, sizeof place, "songs/%s.txt", title); return fopen(place, "r"); }}'
PACKET = "int take(char *queue, int space, const char *packet, int length) {{ if ({test}) return -1; memcpy(queue, packet, length); return 0; }}"

CASES = [
    Case("an object of the file's own makers", "CWE-787", "vulnerable", STACK.format(test=">")),
    Case("the same, full is full", "CWE-787", "secure", STACK.format(test=">=")),
    Case("freed, then its link", "CWE-416", "vulnerable", LIST.format(body="free(head); return head->next;")),
    Case("link first", "CWE-416", "secure", LIST.format(body="struct item *n = head->next; free(head); return n;")),
    Case("a length in the message", "CWE-787", "vulnerable", "struct slot { int id; char name[24]; };\n" + RECORD.format(more="")),
    Case("and the field's", "CWE-787", "secure", "struct slot { int id; char name[24]; };\n" + RECORD.format(more=" || n > sizeof s->name")),
    Case("a stream with a count", "CWE-787", "vulnerable", "int load(FILE *in) { int v[8]; int n = fgetc(in); for (int i = 0; i < n; i++) v[i] = fgetc(in); return n > 0 ? v[0] : 0; }"),
    Case("a bounded count", "CWE-787", "secure", "int load(FILE *in) { int v[8]; int n = fgetc(in); for (int i = 0; i < n && i < 8; i++) v[i] = fgetc(in); return n > 0 ? v[0] : 0; }"),
    Case("a file of its own folder, without a target", "", "vulnerable", SONG.format(test="0")),
    Case("and no other", "", "secure", SONG.format(test="title[strcspn(title, \"/.\")]")),
    Case("a file that its caller names", "", "inert", "int first(const char *path) { FILE *in = fopen(path, \"rb\"); if (!in) return -1; int c = fgetc(in); fclose(in); return c; }"),
    Case("a command of its own, without a target", "", "vulnerable", "int words(const char *name) { char command[300], line[100] = \"\"; snprintf(command, sizeof command, \"wc -w '%s'\", name); FILE *out = popen(command, \"r\"); if (!out) return -1; if (!fgets(line, sizeof line, out)) line[0] = 0; pclose(out); return atoi(line); }"),
    Case("a signed length that is compared with the room", "CWE-195", "vulnerable", PACKET.format(test="length > space")),
    Case("and not below nought", "CWE-787", "secure", PACKET.format(test="length < 0 || length > space")),
    Case("a signed count of a loop", "CWE-125", "secure", "int sum(const unsigned char *data, int count) { int total = 0, most = 16; if (count > most) count = most; for (int i = 0; i < count; i++) total += data[i]; return total; }"),
    Case("a number between brackets", "CWE-125", "vulnerable", "static const int table[4] = {1, 2, 3, 4};\nint level(const char *line) { if (line[0] != '[') return -1; long n = strtol(line + 1, NULL, 10); return n < 4 ? table[n] : -1; }"),
    Case("both ends of it", "CWE-125", "secure", "static const int table[4] = {1, 2, 3, 4};\nint level(const char *line) { if (line[0] != '[') return -1; long n = strtol(line + 1, NULL, 10); return n >= 0 && n < 4 ? table[n] : -1; }"),
    Case("a function nobody can get into", "CWE-125", "inert", 'int check(const uint8_t *d, size_t n) { return n ? d[0] : 0; }\nint deep(const uint8_t *d, size_t n) { unsigned h = 7; for (size_t i = 0; i < n; i++) h = h * 33u ^ d[i]; if (h != 123456789u)\nreturn 0;\nreturn d[0]; }'.replace("unsigned h = 7; for (size_t i = 0; i < n; i++) h = h * 33u ^ d[i]; if (h != 123456789u)", "if (n != 123457)")),
    Case("runs its input", "CWE-78", "vulnerable", 'int look(const char *name) { char line[300]; snprintf(line, sizeof line, "echo %s", name); return system(line); }'),
    Case("letters only", "CWE-78", "secure", 'int look(const char *name) { char line[300]; if (!*name || name[strspn(name, "abcdefghijklmnopqrstuvwxyz")]) return -1; snprintf(line, sizeof line, "echo %s", name); return system(line); }'),
    Case("a name in the folder for all", "CWE-377", "vulnerable", 'FILE *spool(int id) { char path[64]; snprintf(path, sizeof path, "/tmp/job-%d", id); return fopen(path, "w"); }'),
    Case("a name of the system's", "CWE-377", "secure", 'int spool(void) { char path[] = "/tmp/job-XXXXXX"; return mkstemp(path); }'),
    Case("anybody may write", "CWE-732", "vulnerable", 'int save(void) { int f = open("state.bin", O_WRONLY | O_CREAT, 0666); return f < 0 ? -1 : close(f); }'),
    Case("the owner alone", "CWE-732", "secure", 'int save(void) { int f = open("state.bin", O_WRONLY | O_CREAT, 0600); return f < 0 ? -1 : close(f); }'),
    Case("a method", "CWE-787", "vulnerable", RING.format(test=">"), "cpp"),
    Case("a method that stops", "CWE-787", "secure", RING.format(test=">="), "cpp"),
    Case("a view without an end", "CWE-125", "vulnerable", "std::size_t word(std::string_view line) { std::size_t i = 0; while (line[i] != ' ') i++; return i; }", "cpp"),
    Case("a view's own end", "CWE-125", "secure", "std::size_t word(std::string_view line) { std::size_t i = 0; while (i < line.size() && line[i] != ' ') i++; return i; }", "cpp"),
    Case("grows under a reference", "CWE-416", "vulnerable", "int twice(std::vector<int> values) { values.push_back(1); values.shrink_to_fit(); int &first = values.front(); values.push_back(first); return first; }", "cpp"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language}-{case.cwe}-{case.name}")
def test_both_ways(boxed, case):
    need_tool("g++" if case.language == "cpp" else "gcc")
    (check,) = Executed().check([case.source])
    assert check.valid is True, check
    assert check.flagged == (case.expected == "vulnerable"), check
    assert check.exercised == (case.expected != "inert"), check


def test_what_is_only_declared_or_broken_has_a_driver_all_the_same():
    for text in (
        "",
        "int f(",
        "struct a { struct a a; };",
        "class X { public: X(X&&) = delete; };",
        "int f(int (*g)(void), ...);",
    ):
        for language in ("c", "cpp"):
            surface = c_surface.discover(text, "bounds", language)
            assert "seccoder_enter" in driver.driver(surface, text, language, "bounds")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("void f(char *out, size_t size, const char *name) {}", {0: 1}),
        ("void f(const int *a, const int *b, int *sum, size_t n) {}", {0: 3, 1: 3, 2: 3}),
        ("void f(int n, int *values) {}", {1: 0}),
        ("struct a { int b; }; int f(struct a *s, const unsigned char *data, size_t size) {}", {1: 2}),
        ("struct a { int b; }; int f(struct a *rows, size_t count) {}", {0: 1}),
        ("int f(const char *data, int index) {}", {}),
        ("void f(uint8_t *dst, const uint8_t *src, size_t src_len, size_t dst_len) {}", {0: 3, 1: 2}),
    ],
)
def test_which_number_is_whose_length(text, expected):
    surface = c_surface.discover(text, "bounds")
    assert arguments.lengths(surface.functions[0], surface) == expected


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("size_t end = offset + length;", False),
        ("size_t bytes = count * sizeof(int);", False),
        ("uint32_t hash = hash * 31 + c;", True),
        ("size_t end = a + b; if (end < a) return;", True),
        ("while (n--) total++;", True),
    ],
)
def test_which_wraps_are_meant(line, wanted):
    assert weaknesses.intended(line, 1, "unsigned integer overflow: 1 + 2") is wanted


def test_arguments_are_found_by_their_place_not_their_name():
    text = "int main(int n, char **words) {{ {} }}"
    assert c_surface.discover(text.format("return n > 1 ? words[1][0] : 0;"), "bounds").arguments
    assert not c_surface.discover(text.format("return n;"), "bounds").arguments
