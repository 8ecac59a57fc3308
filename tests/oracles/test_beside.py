"""A package's own files lie beside the one that is checked: which they are, what running them shows, what is kept."""

import os
import subprocess

import pytest

from conftest import need_tool
from seccoder.oracles.beside import beside
from seccoder.oracles.cache import Cache
from seccoder.oracles.checking import check_texts
from seccoder.oracles.files import collect
from seccoder.types import Check, Label

TREES = {
    "python": {
        "shop/__init__.py": "",
        "shop/orders.py": "from .util import query\nimport shop.base\nimport json, os\n\n\n"
        "def find(db, name):\n    return db.execute(query(name)).fetchall()\n",
        "shop/util.py": "from . import base\n\n\ndef query(name):\n    return f\"SELECT a FROM b WHERE c='{name}'\"\n",
        "shop/base.py": "ONE = 1\n",
        "shop/other.py": "TWO = 2\n",
    },
    "javascript": {
        "routes/orders.js": 'const { query } = require("../lib/sql");\nconst fs = require("fs");\n'
        'const db = require("mysql").createConnection({});\n'
        "module.exports.find = function (name, back) { db.query(query(name), back); };\n",
        "lib/sql.js": 'export function query(name) { return "SELECT a FROM b WHERE c = \'" + name + "\'"; }\n',
        "lib/other.js": "",
    },
    "c": {
        "src/orders.c": '#include <string.h>\n#include "orders.h"\nvoid put(struct order *o, const char *name)\n{\n'
        "    strcpy(o->name, name);\n}\n",
        "src/orders.h": '#include "size.h"\nstruct order { char name[SIZE]; };\n',
        "include/size.h": "#define SIZE 16\n",
    },
}
CASES = {
    "python": ("shop/orders.py", "CWE-89", ["shop/__init__.py", "shop/base.py", "shop/util.py"], "shop/orders.py"),
    "javascript": ("routes/orders.js", "CWE-89", ["../lib/sql.js"], "orders.js"),
    "c": ("src/orders.c", "CWE-787", ["orders.h", "size.h"], "orders.c"),
}


def lay_out(folder, tree):
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)


@pytest.mark.parametrize("language", TREES)
def test_a_file_gets_what_it_names_and_what_that_names(tmp_path, language):
    need_tool("git")
    lay_out(tmp_path, TREES[language])
    file, _, names, place = CASES[language]
    (text,) = collect([str(tmp_path / file)])
    assert (beside(text, {})[0], [name for name, _ in beside(text, {})[1]]) == (place, names)
    changed = {str((tmp_path / name).resolve()): "staged" for name in TREES[language]}
    assert {each for name, each in beside(text, changed)[1]} == {"staged"}


@pytest.mark.tool
@pytest.mark.usefixtures("boxed")
@pytest.mark.parametrize("language", TREES)
def test_what_stands_in_another_file_is_run(tmp_path, language):
    need_tool("git")
    if language != "python":
        need_tool({"javascript": "node", "c": "gcc"}[language])
    lay_out(tmp_path, TREES[language])
    file, cwe, *_ = CASES[language]
    (result,) = check_texts(collect([str(tmp_path / file)]), cwe=cwe, names=["executed"])
    assert (result.verdict.label, result.verdict.evidence) == (Label.VULNERABLE, "executed"), result.verdict.reason


@pytest.mark.tool
@pytest.mark.usefixtures("boxed")
def test_no_file_of_ours_takes_the_place_of_a_module(tmp_path):
    need_tool("node")
    user = (
        'const { one } = require("./one.js"), { two } = require("../lib/two");\nexports.three = (x) => one(x) + two;\n'
    )
    modules = {"src/one.js": "exports.one = (text) => text + '!';\n", "lib/two.js": "exports.two = 2;\n"}
    lay_out(tmp_path, {"src/three.js": user, **modules})
    (result,) = check_texts(collect([str(tmp_path / "src/three.js")]), names=["executed"])
    assert result.verdict.reason == "inert: no sensitive operation was reached"


def test_links_large_trees_and_what_lies_outside_are_left_out(tmp_path):
    (tmp_path / "secret.py").write_text("KEY = 1\n")
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    os.symlink(tmp_path / "secret.py", package / "link.py")
    for number in range(60):
        (package / f"m{number}.py").write_text("x = 1\n")
    (package / "huge.py").write_text("x = 1\n" * 100_000)
    names = "".join(f"from . import m{number}\n" for number in range(60))
    (package / "a.py").write_text("from .link import KEY\nfrom ..secret import KEY\nfrom .huge import x\n")
    (package / "b.py").write_text(names)
    first, second = collect([str(package / "a.py"), str(package / "b.py")])
    assert [name for name, _ in beside(first, {})[1]] == ["package/__init__.py"]
    assert len(beside(second, {})[1]) == 40


def test_a_change_of_a_helper_checks_its_users_again(tmp_path, monkeypatch):
    asked = []

    class Counts:
        name = "counts"

        def check(self, sources):
            asked.extend(source.path for source in sources)
            return [Check("counts", "1", "static", analysed=True) for _ in sources]

    monkeypatch.setattr("seccoder.oracles.load", lambda names, jobs=None: [Counts()])
    lay_out(tmp_path, TREES["python"])
    cache = Cache(tmp_path / "cache")
    files = [str(tmp_path / "shop" / name) for name in ("orders.py", "other.py")]
    for text, again in ((None, files), (None, []), ("ONE = 2\n", files[:1])):
        asked.clear()
        if text:
            (tmp_path / "shop" / "base.py").write_text(text)
        check_texts(collect(files), cache=cache)
        assert asked == again
