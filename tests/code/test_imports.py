"""Missing imports: added where a name is known and nowhere defined, at the right place, and never twice."""

import pytest

from seccoder.code.imports import completed

PYTHON = '''"""Reads notes."""
from __future__ import annotations

def lines(name: str) -> Optional[List[str]]:
    path = Path("notes") / name
    return re.split("x", path.read_text()) if os.path.exists(path) else None
'''


def test_python_gets_them_behind_docstring_and_future():
    made = completed(PYTHON, "python")
    assert made.startswith('"""Reads notes."""\nfrom __future__ import annotations\n\nfrom pathlib import Path\n')
    added = {
        "from pathlib import Path",
        "from typing import List",
        "from typing import Optional",
        "import os",
        "import re",
    }
    assert set(made.splitlines()) - set(PYTHON.splitlines()) == added
    assert completed(made, "python") == made


@pytest.mark.parametrize(
    "code",
    [
        "def f(os):\n    return os.name\n",
        "for re in []:\n    re.match\n",
        "from os import *\nprint(json.dumps(1))\n",
        "import os.path\nprint(os.sep)\n",
        "try:\n    pass\nexcept ValueError as json:\n    json.args\n",
        "print(frobnicate.this, unknown)\n",
        "def f(:\n    os.name\n",
        "print('os.name')  # os.name\n",
        "print(len(x for x in range(3)))\n",
        "",
        "\0",
    ],
)
def test_python_that_lacks_nothing_known_stays_as_it_is(code):
    assert completed(code, "python") == code


def test_what_stands_before_a_continuation_stays():
    before = "import sqlite3\n\n\ndef name_of(path):\n    '''Say the name.'''\n"
    made = completed(before + "    return os.path.basename(path)\n", "python", len(before))
    assert made == before + "    import os\n    return os.path.basename(path)\n"


def test_a_name_that_is_used_above_a_continuation_is_left_alone():
    before = "from flask import Flask\n\n\ndef buy(stock):  # with os\n    user = session['user']\n"
    text = "    session['stock'] = stock\n    return os.getcwd(), user\n"
    assert completed(before + text, "python", len(before)) == before + "    import os\n" + text


def test_an_import_is_not_put_into_a_branch():
    before = "def name_of(path):\n    if path:\n"
    code = before + "        return os.path.basename(path)\n"
    assert completed(code, "python", len(before)) == code


def test_datetime_is_the_module_or_the_class_as_it_is_used():
    assert completed("print(datetime.now())\n", "python").startswith("from datetime import datetime\n")
    assert completed("print(datetime.datetime.now())\n", "python").startswith("import datetime\n")


def test_names_of_flask_come_from_it_where_it_is_used():
    code = "from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get('/')\ndef index():\n    return jsonify([])\n"
    assert "from flask import jsonify" in completed(code, "python")
    assert completed("jsonify([])\n", "python") == "jsonify([])\n"
    parts = "from flask import Flask\n\nprint(file, end, request_id)\n"  # parts of names are no names
    assert completed(parts, "python") == parts


def test_javascript_requires_or_imports():
    code = "function read(name) { return fs.readFileSync(path.join('notes', name)); }\nmodule.exports = { read };\n"
    assert completed(code, "javascript") == f"const fs = require('fs');\nconst path = require('path');\n{code}"
    modern = "export function token() { return randomBytes(8).toString('hex'); }\n"
    assert completed(modern, "javascript") == f"import {{ randomBytes }} from 'node:crypto';\n{modern}"


@pytest.mark.parametrize(
    "code",
    [
        "function read(path) { return path.length; }\n",
        "const fs = require('fs');\nfs.readFileSync('x');\n",
        "const { exec } = require('child_process');\nexec('ls');\n",
        "regex.exec(text); // fs.readFileSync\n",
        "function exec(x) {}\nexec(1);\n",
    ],
)
def test_javascript_that_has_them_stays_as_it_is(code):
    assert completed(code, "javascript") == code


def test_c_gets_headers_by_the_functions_it_calls():
    code = '#include <stdio.h>\n\nint size(const char *s) { printf("%s", s); return s->time + (int)strlen(s); }\n'
    assert completed(code, "c") == "#include <string.h>\n" + code
    assert completed(code, "c", 5) == completed(code, "c")


def test_go_gets_what_is_missing_and_loses_what_is_not_used():
    body = 'func Read(name string) ([]byte, error) {\n\treturn os.ReadFile(filepath.Join("notes", name))\n}\n'
    code = f'package notes\n\nimport (\n\t"fmt"\n\t"os"\n)\n\n{body}'
    made = completed(code, "go")
    assert '"path/filepath"' in made and '"fmt"' not in made and '\t"os"\n' in made
    assert completed(made, "go") == made
    assert completed('import "fmt"\n\nfunc f() {}\n', "go") == "package main\n\n\n\nfunc f() {}\n"


def test_go_takes_the_source_of_chance_that_has_the_function():
    assert '"math/rand"' in completed("package p\n\nfunc F() int { return rand.Intn(3) }\n", "go")
    assert '"crypto/rand"' in completed("package p\n\nfunc F(b []byte) { rand.Read(b) }\n", "go")


def test_java_gets_classes_of_its_library():
    body = "List<String> lines(Path path) throws IOException { return Files.readAllLines(path); }"
    code = f"package a.b;\n\nclass Notes {{\n    {body}\n}}\n"
    made = completed(code, "java")
    assert made.startswith("package a.b;\nimport java.io.IOException;\nimport java.nio.file.Files;\n")
    assert "import java.util.List;" in made
    assert completed("import java.util.*;\nclass A { List<String> x; }\n", "java").count("import") == 1


def test_other_languages_stay_as_they_are():
    assert completed("std::string s;", "cpp") == "std::string s;"
    assert completed("x", None) == "x"
