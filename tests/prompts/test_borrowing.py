"""What code uses of the examples that were shown comes along: as little as it needs, and nothing that is its own."""

import json
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import need_tool
from seccoder import SecCoder
from seccoder.codebase.store import Store
from seccoder.prompts.borrowing import completed
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance, Query

CODE = {
    "c": """#include <stdbool.h>
#include <string.h>

#define MAX_READINGS 24

struct log {
    double readings[MAX_READINGS];
    size_t count;
};

enum unit { METRES, FEET };

static size_t place(const struct log *log, double value) {
    size_t at = 0;
    while (at < log->count && log->readings[at] <= value)
        at++;
    return at;
}

bool insert_reading(struct log *log, double value) {
    if (log->count >= MAX_READINGS)
        return false;
    size_t at = place(log, value);
    memmove(&log->readings[at + 1], &log->readings[at], (log->count - at) * sizeof value);
    log->readings[at] = value;
    log->count++;
    return true;
}
""",
    "python": '''"""Pages of the help centre."""
import os
import re
from flask import Flask, abort

app = Flask(__name__)
NAME = re.compile(r"[a-z]+")


@app.route("/help/<name>")
def page(name):
    return open(inside("/srv/help", name)).read()


def inside(base, name):
    if not NAME.fullmatch(name):
        abort(404)
    return os.path.join(base, name)
''',
    "javascript": """"use strict";
const { join } = require("path");

const LIMIT = 100;

function inside(base, name) {
  return join(base, name.replace(/[^a-z]/g, "")).slice(0, LIMIT);
}

module.exports = { inside };
""",
}
BEGUN = {
    "c": "#include <stdio.h>\n\nint main(void) {\n",
    "python": "from flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.route('/file')\ndef file():\n",
    "javascript": '"use strict";\nconst fs = require("fs");\n\nfunction read(name) {\n',
}


def example(language, code=""):
    proof, origin = Proof(ProofLevel.ASSERTED), Provenance("a test")
    return Demonstration(language, ("CWE-22",), "keep a log of readings", code or CODE[language], None, proof, origin)


def test_what_c_uses_comes_with_what_that_uses_and_compiles(tmp_path):
    need_tool("gcc")
    written = "    struct log log = {0};\n    insert_reading(&log, 1.5);\n"
    text = written + '    printf("%zu\\n", log.count);\n    return 0;\n}\n'
    code = completed(BEGUN["c"] + text, Query(BEGUN["c"], "c"), [example("c")])
    assert code.index("#include <stdio.h>") < code.index(f"// From the example {example('c').id}:")
    assert code.index("struct log {") < code.index("static size_t place(") < code.index("int main(void)")
    assert "METRES" not in code
    (tmp_path / "it.c").write_text(code)
    subprocess.run(["gcc", "-Wall", "-Werror", "-o", tmp_path / "it", tmp_path / "it.c"], check=True)
    assert subprocess.run([tmp_path / "it"], stdout=subprocess.PIPE, check=True).stdout == b"1\n"


def test_what_python_uses_comes_behind_the_imports_and_works(tmp_path):
    code = completed(
        BEGUN["python"] + "    return inside('/tmp', request.args['name'])\n",
        Query(BEGUN["python"], "python"),
        [example("c"), example("python")],
    )
    assert code.count("app = Flask") == 1 and "def page" not in code
    scope = {"__name__": "it"}
    exec(compile(code, "it.py", "exec"), scope)
    assert scope["inside"]("/a", "b") == "/a/b"


def test_what_javascript_uses_comes_behind_strict_and_required_modules():
    code = completed(
        BEGUN["javascript"] + "  return fs.readFileSync(inside('/srv', name));\n}\n",
        Query(BEGUN["javascript"], "javascript"),
        [example("javascript")],
    )
    parts = ['"use strict"', 'require("fs")', 'require("path")', "LIMIT = 100", "function inside", "function read"]
    places = [code.index(part) for part in parts]
    assert places == sorted(places) and "module.exports" not in code


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "    return open(request.args['name']).read()\n"),  # it uses nothing of the example
        ("python", "    inside = '/tmp/'.join\n    return inside('ab')\n"),  # it has a name of its own
        ("python", "    return request.inside('/tmp')\n"),  # an attribute is no name
        ("c", "    int place = 1;\n    return place;\n}\n"),
        ("c", '    puts("insert_reading");  // struct log\n    return 0;\n}\n'),
    ],
)
def test_code_that_needs_nothing_stays_as_it_is(language, text):
    code = BEGUN[language] + text
    assert completed(code, Query(BEGUN[language], language), [example(language)]) == code


def test_a_name_that_the_user_wrote_is_the_projects_own():
    begun = "def show(name):\n    path = inside(ROOT, name)\n"
    code = begun + "    return open(inside(ROOT, path)).read()\n"
    assert completed(code, Query(begun, "python"), [example("python")]) == code


def test_what_would_meet_another_definition_stays_away():
    text = "    struct log log;\n    return insert_reading(&log, 1);\n}\nstatic int place(int x) { return x; }\n"
    code = BEGUN["c"] + text
    assert completed(code, Query(BEGUN["c"], "c"), [example("c")]) == code


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200), st.sampled_from(sorted(CODE)))
def test_no_code_and_no_example_breaks_it(text, language):
    for code, shown in ((BEGUN[language] + text, CODE[language]), (BEGUN[language] + "inside(place", text or "x")):
        made = completed(code, Query(BEGUN[language], language), [example(language, shown)])
        assert made == code or all(line in made for line in code.strip("\n").split("\n"))


@pytest.mark.parametrize(
    "text", ["for (;;) " * 20_000 + ";}", "int " + "*" * 20_000 + "x;}", "{" * 20_000, "x=" * 20_000]
)
def test_code_that_is_nested_deeply_costs_nothing(text):
    query = Query(BEGUN["c"], "c")
    assert completed(BEGUN["c"] + text, query, [example("c")]) == BEGUN["c"] + text
    assert completed(BEGUN["c"] + "place();}", query, [example("c", text)]) == BEGUN["c"] + "place();}"


def test_patterns_that_are_nested_deeply_cost_nothing():
    begun = BEGUN["python"]
    code = begun + "    " + "[" * 5_000 + "a" + "]" * 5_000 + " = request\n    return inside(a)\n"
    assert completed(code, Query(begun, "python"), [example("python")]).count("def inside") <= 1


@pytest.mark.parametrize("bound", ["inside", "*inside", "**inside", "inside: str", "inside=1", "inside: str = ''"])
def test_a_parameter_is_a_name_of_its_own(bound):
    begun = "def show(base):\n"
    code = begun + f"    def within({bound}):\n        return inside\n    return within\n"
    assert completed(code, Query(begun, "python"), [example("python")]) == code


def test_generate_brings_along_what_a_completion_uses(tmp_path):
    (tmp_path / "answers.json").write_text(json.dumps(["    return inside('/tmp', request.args['name'])\n"]))
    with Store.open(tmp_path / "base.sqlite") as store:
        store.add([example("python")], "a test")
    with SecCoder(model=f"fake:{tmp_path / 'answers.json'}", codebase=str(tmp_path / "base.sqlite")) as seccoder:
        asked = {"language": "python", "task": "keep a log of readings"}
        (sample,) = seccoder.generate(BEGUN["python"], **asked).samples
        (alone,) = seccoder.generate(BEGUN["python"], **asked, retriever="none").samples
    assert "def inside" in sample.code and f"# From the example {example('python').id}:" in sample.code
    assert "def inside" not in alone.code
