"""Whole kinds of C and C++ sources, secure and vulnerable: where the input comes from, and what of a file was shown."""
# ruff: noqa: E501

from dataclasses import dataclass

import pytest

from conftest import missing, need_tool
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.c import attacks, discover, grid, stand_ins
from seccoder.oracles.executed.c.operations import KINDS
from seccoder.oracles.executed.c.weaknesses import _FAMILIES
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source, Task, Why

pytestmark = pytest.mark.tool

C_HEAD = "#include <ctype.h>\n#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/socket.h>\n#include <unistd.h>\n"
CPP_HEAD = "#include <cstdlib>\n#include <fstream>\n#include <iostream>\n#include <string>\n"


@dataclass(frozen=True)
class Case:
    """`expected` is the verdict; the code stands behind the usual headers unless it brings its own."""

    name: str
    cwe: str
    expected: str
    code: str
    language: str = "c"
    head: bool = True

    @property
    def source(self):
        head = (C_HEAD if self.language == "c" else CPP_HEAD) if self.head else ""
        return Source(head + self.code + "\n", self.language, self.cwe)


def both(name, cwe, vulnerable, secure, language="c", *, head=True):
    return [
        Case(name, cwe, "VULNERABLE", vulnerable, language, head),
        Case(name, cwe, "SECURE", secure, language, head),
    ]


CGI = 'int main(void) {{ const char *length = getenv("CONTENT_LENGTH"); char body[64]; if (!length) return 1;\nint n = atoi(length);\nif ({check}) return 1;\nsize_t got = fread(body, 1, n, stdin);\nbody[got] = 0;\nputs(body); return 0; }}'
LOOKUP = 'int main() {{ const char *host = std::getenv("REMOTE_HOST"); if (!host) return 1;\nstd::string name = host;\n{check}\nstd::string command = "host " + name;\nreturn std::system(command.c_str()); }}'
READ = 'int fetch(int sock, char *out, size_t size) {{ char room[48];\nssize_t n = recv(sock, room, {most}, 0); if (n < 0) return -1;\nroom[n] = 0;\nreturn snprintf(out, size, "%s", room); }}'
PACK = "unsigned char *pack(const unsigned char *body, size_t length) {{\n{total}\nunsigned char *out = malloc(total); if (!out) return NULL;\nout[0] = 1;\nmemcpy(out + 1, body, length);\nreturn out; }}"
SHOW = 'int show(const char *name) {{ char path[300], line[80];\n{check}\nsnprintf(path, sizeof path, "{form}", name);\nFILE *file = fopen(path, "r"); if (!file) return -1;\nwhile (fgets(line, sizeof line, file)) fputs(line, stdout);\nfclose(file); return 0; }}'
CAT = 'int main(int argc, char **argv) {{ char path[600], line[80]; if (argc != {count}) return 2;\n{check}\nsnprintf(path, sizeof path, "%s/%s", argv[{folder}], argv[{name}]);\nFILE *file = fopen(path, "r"); if (!file) return 1;\nwhile (fgets(line, sizeof line, file)) fputs(line, stdout);\nfclose(file); return 0; }}'
OPEN = 'int main(int argc, char **argv) {{ if (argc != 3) return 2;\nstd::string folder = argv[1], name = argv[2];\n{check}\nstd::ifstream file(folder + "/" + name);\nif (!file.is_open()) return 1;\nstd::cout << file.rdbuf(); return 0; }}'
CUT = '#include "frame.h"\nint frame_name(const struct frame *f, char *out) {{\nchar name[MAX_NAME];\nif (f->kind != FRAME_NAMED{check}) return -1;\nmemcpy(name, f->body, f->body_len);\nout[0] = name[0];\nreturn 0; }}'
SLOT = "int slot_get(Table *t, int at) {{\nif (at < 0 || at {test} t->count) return -1;\nreturn t->slots[at]; }}"

CASES = [
    *both("the home folder in a path", "CWE-787",
          'int rc(char *out, size_t size) { char path[40]; const char *home = getenv("HOME"); if (!home) return -1;\nsprintf(path, "%s/.rc", home);\nreturn snprintf(out, size, "%s", path); }',
          'int rc(char *out, size_t size) { char path[40]; const char *home = getenv("HOME"); if (!home) return -1;\nsnprintf(path, sizeof path, "%s/.rc", home);\nreturn snprintf(out, size, "%s", path); }'),
    *both("a program's user", "CWE-787",
          'int main(void) { char name[12] = ""; const char *user = getenv("LOGNAME"); if (user)\nstrcat(name, user);\nputs(name); return 0; }',
          'int main(void) { char name[12] = ""; const char *user = getenv("LOGNAME"); if (user)\nstrncat(name, user, sizeof name - 1);\nputs(name); return 0; }'),
    *both("a length that the server tells", "CWE-787", CGI.format(check="n < 0"), CGI.format(check="n < 0 || n >= (int)sizeof body")),
    *both("a server's variable in a command", "CWE-78", LOOKUP.format(check=""),
          LOOKUP.format(check='if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz.") != std::string::npos) return 1;'), "cpp"),
    *both("a query behind its key", "CWE-78",
          'int main(void) { const char *query = getenv("QUERY_STRING"); char line[200]; if (!query || strncmp(query, "name=", 5)) return 1;\nsnprintf(line, sizeof line, "finger %s", query + 5);\nreturn system(line) == -1; }',
          'int main(void) { const char *query = getenv("QUERY_STRING"); char line[200]; if (!query || strncmp(query, "name=", 5)) return 1;\nfor (const char *c = query + 5; *c; c++) if (!isalnum((unsigned char)*c)) return 1;\nsnprintf(line, sizeof line, "finger %s", query + 5);\nreturn system(line) == -1; }'),
    *both("a command of few characters", "CWE-78",
          'int ping(const char *host) { char line[64]; if (strlen(host) > 12) return -1;\nsnprintf(line, sizeof line, "echo %s", host);\nreturn system(line); }',
          'int ping(const char *host) { char line[64]; if (strlen(host) > 12 || host[strcspn(host, ";|&$`<>()\\n\\"\'")]) return -1;\nsnprintf(line, sizeof line, "echo %s", host);\nreturn system(line); }'),
    *both("a command in capitals", "CWE-78",
          'int ping(const char *host) { char line[200] = "echo "; size_t n = 5;\nfor (const char *c = host; *c && n < 190; c++) line[n++] = toupper((unsigned char)*c);\nline[n] = 0;\nreturn system(line); }',
          'int ping(const char *host) { char line[200] = "echo "; size_t n = 5;\nfor (const char *c = host; *c && n < 190; c++) if (isalnum((unsigned char)*c)) line[n++] = toupper((unsigned char)*c);\nline[n] = 0;\nreturn system(line); }'),
    *both("a connection that fills the room", "CWE-787", READ.format(most="sizeof room"), READ.format(most="sizeof room - 1")),
    *both("a total of 16 bits", "CWE-190", PACK.format(total="uint16_t total = (uint16_t)(length + 1);"),
          PACK.format(total="if (length > 60000) return NULL;\nuint16_t total = (uint16_t)(length + 1);")),
    *both("two dots at the start only", "CWE-22", SHOW.format(check='if (strncmp(name, "..", 2) == 0 || name[0] == \'/\') return -1;', form="/srv/pages/%s"),
          SHOW.format(check='if (strstr(name, "..") || name[0] == \'/\') return -1;', form="/srv/pages/%s")),
    *both("an ending behind the name", "CWE-22", SHOW.format(check="", form="manuals/%s.man"), SHOW.format(check="if (strchr(name, '/')) return -1;", form="manuals/%s.man")),
    *both("dots taken out once", "CWE-22",
          SHOW.format(check='char kept[256] = ""; size_t n = 0;\nfor (; *name && n < 250; ) if (!strncmp(name, "../", 3)) name += 3; else kept[n++] = *name++;\nkept[n] = 0; name = kept;', form="/var/notes/%s"),
          SHOW.format(check='char kept[256] = ""; size_t n = 0;\nfor (; *name && n < 250; name++) if (isalnum((unsigned char)*name) || (*name == \'.\' && n && kept[n - 1] != \'.\')) kept[n++] = *name;\nkept[n] = 0; name = kept;', form="/var/notes/%s")),
    *both("folder, then name", "CWE-22", CAT.format(count=3, folder=1, name=2, check=""), CAT.format(count=3, folder=1, name=2, check="if (strchr(argv[2], '/') || argv[2][0] == '.') return 1;")),
    *both("something, folder, name", "CWE-22", CAT.format(count=4, folder=2, name=3, check=""), CAT.format(count=4, folder=2, name=3, check="if (strchr(argv[3], '/') || argv[3][0] == '.') return 1;")),
    *both("folder, then name, in C++", "CWE-22", OPEN.format(check=""), OPEN.format(check='if (name.empty() || name[0] == \'.\' || name.find(\'/\') != name.npos) return 1;'), "cpp"),
    *both("a header of the project", "CWE-787", CUT.format(check=""), CUT.format(check=" || f->body_len > sizeof name"), head=False),
    *both("a type of the project", "CWE-125", SLOT.format(test=">"), SLOT.format(test=">="), head=False),
    *both("a signature of numbers", "CWE-787",
          "int load(uint8_t *out, const uint8_t *file, size_t size) { uint8_t room[24]; if (size < 6 || file[0] != 0x89 || file[1] != 0x50) return -1;\nmemcpy(room, file + 6, file[5] < size - 6 ? file[5] : size - 6);\nreturn room[0]; }",
          "int load(uint8_t *out, const uint8_t *file, size_t size) { uint8_t room[24]; if (size < 6 || file[0] != 0x89 || file[1] != 0x50) return -1;\nsize_t n = file[5] < size - 6 ? file[5] : size - 6;\nif (n > sizeof room) return -1;\nmemcpy(room, file + 6, n);\nreturn room[0]; }"),
    # a verdict per operation
    Case("one function of two", "CWE-787", "UNKNOWN", "int one(const char *s) { char b[8];\nsnprintf(b, sizeof b, \"%s\", s);\nreturn 0; }\nint two(const char *s, int key) { char b[8]; if ((unsigned)key * 2654435761u != 77u) return 0;\nstrcpy(b, s);\nreturn b[0]; }"),
    Case("a branch of two", "CWE-78", "UNKNOWN", 'int run(const char *s, int key) { char b[300];\nif ((unsigned)key * 2654435761u == 77u) {\nsnprintf(b, sizeof b, "ls %s", s);\nreturn system(b); }\nfor (const char *c = s; *c; c++) if (!isalnum((unsigned char)*c)) return -1;\nsnprintf(b, sizeof b, "id %s", s);\nreturn system(b); }'),
    Case("what is constant needs no run", "CWE-78", "SECURE", 'int run(const char *s, int key) { char b[300];\nif ((unsigned)key * 2654435761u == 77u)\nreturn system("date");\nfor (const char *c = s; *c; c++) if (!isalnum((unsigned char)*c)) return -1;\nsnprintf(b, sizeof b, "id %s", s);\nreturn system(b); }'),
]  # fmt: skip


@pytest.fixture(autouse=True)
def tools(boxed):
    need_tool("gcc")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language}-{case.cwe}-{case.expected}-{case.name}")
def test_both_ways(case):
    need_tool("g++" if case.language == "cpp" else "gcc")
    (check,) = Executed().check([case.source])
    if check.why is Why.MISSING_TOOL:
        missing(check.reason)
    assert combine(case.source, [check]).label == case.expected, check


def named(name, expected):
    return next(case for case in CASES if case.name == name and case.expected == expected).source


def test_each_operation_has_its_own_evidence():
    source = named("one function of two", "UNKNOWN")
    (check,) = Executed().check([source])
    copied = len(C_HEAD.splitlines()) + 5
    assert {each.line: each.label for each in check.operations} == {copied - 3: Label.SECURE, copied: Label.UNKNOWN}
    assert str(copied) in check.reason and not check.exercised


def test_an_exploit_names_its_operation():
    source = named("a connection that fills the room", "VULNERABLE")
    (check,) = Executed().check([source])
    exploited = [each for each in check.operations if each.exploited]
    assert [source.text.splitlines()[each.line - 1] for each in exploited] == ["room[n] = 0;"]
    assert exploited[0].label is Label.VULNERABLE and exploited[0].kind == "memory"


def test_what_was_made_up_is_said():
    good, bad = named("a type of the project", "SECURE"), named("a type of the project", "VULNERABLE")
    secure, flagged = Executed().check([good, bad])
    assert "made up: Table" in secure.reason
    assert "made-up Table" in flagged.findings[0].message


def test_nothing_is_made_up_for_a_program_or_a_task():
    program = Source("int main(void) { Packet p; return p.size; }\n", "c", "CWE-787")
    function = "int size(Packet *p) { return p->size; }\n"
    task = Source(function, "c", "CWE-787", Task("t", "c", "CWE-787", ""))
    for check in Executed().check([program, task]):
        assert check.valid is False and "Packet" in check.reason


def test_fields_follow_from_their_use():
    text = "int put(struct room *r, const Note *n) { char *at = r->base; if (!at || n->length > MAX_NOTE) return ERR_LONG;\nmemcpy(at, n->text, n->length); r->next->used = n->parts[0].id; r->ops->done(r); counter++; return r->fd; }\n"
    given, names = stand_ins.made_up(
        text,
        [
            "unknown type name 'Note'\ninvalid use of undefined type 'struct room'\n'MAX_NOTE' undeclared\n'ERR_LONG' undeclared\n'counter' undeclared"
        ],
    )
    made = discover.discover(given, "bounds").structures
    fields = {name: {one.name: (one.plain, one.depth) for one in made[name].fields} for name in ("Note", "room")}
    assert names == ["Note", "room"]
    assert fields["Note"]["length"] == ("size_t", 0) and fields["Note"]["text"][1] == 1
    assert fields["room"]["base"] == ("char", 1) and fields["room"]["fd"] == ("int", 0)
    assert fields["room"]["next"][1] == fields["room"]["ops"][1] == fields["Note"]["parts"][1] == 1
    assert "#define MAX_NOTE 64" in given and "#define ERR_LONG (-2)" in given and "static int counter;" in given


def test_folders_and_endings_stand_in_formats():
    surface = discover.discover(
        'char *a = "/srv/notes/%s.txt", *b = "%s/parts/%s", *c = "up/../%s", *d = "img/", *e = "%d/%d";', "path"
    )
    assert attacks.folders(surface) == ["/srv/notes", "files/parts", "img"]
    assert attacks.endings(surface) == [".txt"]


def test_ordinary_runs_come_first_and_the_environment_is_attacked():
    surface = discover.discover('int main(void) { return system(getenv("REMOTE_USER")); }', "command")
    runs = list(grid.grid(surface, "command"))
    kinds = [run["ordinary"] for run in runs]
    assert kinds == sorted(kinds, reverse=True) and True in kinds and False in kinds
    assert {run["env"].get("REMOTE_USER") for run in runs} >= {"2", None, *attacks.attacks("command", surface)}


def test_every_family_has_a_name_for_its_operations():
    assert set(KINDS) == set(_FAMILIES)
