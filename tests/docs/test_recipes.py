"""The recipes of CONTRIBUTING.md, followed to the letter: their code goes into a copy and is used by its name."""

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from conftest import REPOSITORY, need_tool
from seccoder.codebase import folder

PAGE = (REPOSITORY / "CONTRIBUTING.md").read_text()
PLACE = re.compile(r"# (\S+?)(?:: ([^\n]*))?\n(.*)", re.DOTALL)  # the first line of a block says where it goes


def recipe(title):
    """The part of the page below a heading: its blocks as (file, where in it, text), and its commands."""
    part = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    blocks = [PLACE.fullmatch(text).groups() for text in re.findall(r"^```python\n(.*?)^```$", part, re.M | re.S)]
    return blocks, re.findall(r"^    (seccoder .*)$", part, flags=re.MULTILINE)


def line_for(text, where):
    """The number of lines of a module behind which an entry goes: `with the imports`, or in a tuple or dictionary."""
    for node in ast.parse(text).body:
        if where == "with the imports" and isinstance(node, ast.ImportFrom) and node.module.startswith("seccoder"):
            return node.lineno - 1
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == where.removeprefix("in "):
            return node.value.lineno
    raise AssertionError(f"there is no place {where}")


@pytest.fixture
def copy(tmp_path):
    """A copy of the package that a recipe may change."""
    ignored = shutil.ignore_patterns("__pycache__", "bundled", "own_tasks")
    shutil.copytree(REPOSITORY / "src", tmp_path / "src", ignore=ignored)
    return tmp_path


def follow(copy, title):
    """Do what a recipe says, in the copy; return its command lines."""
    blocks, commands = recipe(title)
    assert blocks and commands
    for name, where, text in blocks:
        path = copy / name
        if where is None:
            assert not path.exists()
            path.write_text(text)
            continue
        lines = path.read_text().splitlines(keepends=True)
        at = line_for("".join(lines), where)
        path.write_text("".join([*lines[:at], text, *lines[at:]]))
    return commands


def run(copy, command, *more):
    """Run a command line of a recipe with the package's copy; return what it printed as JSON, and its exit code."""
    words = [sys.executable, "-m", *shlex.split(command), *more, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    done = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout), done.returncode


def test_the_demonstration_recipe_names_every_file_and_field():
    part = PAGE.partition("\n## Adding a demonstration\n")[2].partition("\n## ")[0]
    for name in ("demonstration.toml", "secure.py", "vulnerable.py", "proof.py", "subject.py", *folder._FIELDS):
        assert f"`{name}`" in part, name
    for path in (REPOSITORY / "src/seccoder/codebase/bundled").iterdir():
        if path.is_dir():
            files = {each.stem for each in path.iterdir() if each.is_file()}
            assert files == {"demonstration", "secure", "vulnerable", "proof"}, path.name


@pytest.mark.parametrize("title", ["Adding a retriever", "Adding an embedder"])
def test_a_retriever_and_an_embedder(copy, title):
    (command,) = follow(copy, title)
    found, code = run(copy, command, "-k", "3")
    assert code == 0
    assert [hit["language"] for hit in found["hits"]] == ["python"] * 3
    if title == "Adding a retriever":
        lengths = [len(hit["code"]) for hit in found["hits"]]
        assert lengths == sorted(lengths)


def test_a_code_lm(copy):
    (command,) = follow(copy, "Adding a code LM")
    (copy / "start.py").write_text("def add(a, b):\n")
    found, code = run(copy, command, "-n", "2", "--retriever", "none", "--cwe", "CWE-89")
    assert code == 0
    assert found["model"] == "pessimist:default"
    assert [each["code"] for each in found["completions"]] == ["def add(a, b):\n    raise NotImplementedError\n"] * 2


def test_an_oracle(copy):
    (command,) = follow(copy, "Adding an oracle")
    (copy / "upload.py").write_text("import tempfile\n\nNAME = tempfile.mktemp()\n")
    found, code = run(copy, command)
    assert code == 1
    (file,) = found["files"]
    assert (file["verdict"], file["evidence"], file["cwes"]) == ("VULNERABLE", "static", ["CWE-377"])
    (copy / "upload.py").write_text("import tempfile\n\nFILE = tempfile.TemporaryFile()\n")
    found, code = run(copy, command)
    assert code == 0
    assert (found["files"][0]["verdict"], found["files"][0]["reason"]) == ("UNKNOWN", "not-flagged")


EXPORT = """import csv
import io


def export(name):
    out = io.StringIO()
    csv.writer(out).writerow([{cell}, 1])
    return out.getvalue()
"""


@pytest.mark.tool
@pytest.mark.parametrize(
    ("cell", "verdict", "reason"),
    [
        ("name", "VULNERABLE", None),
        ('"\'" + name if name[:1] in "=+-@" else name', "SECURE", None),
        ('"x"', "UNKNOWN", "inert"),
    ],
    ids=["vulnerable", "secure", "inert"],
)
def test_a_family(copy, cell, verdict, reason):
    need_tool("bwrap")
    (command,) = follow(copy, "Adding a CWE family")
    (copy / "export.py").write_text(EXPORT.format(cell=cell))
    found, _ = run(copy, command)
    (file,) = found["files"]
    assert file["verdict"] == verdict, file
    assert reason is None or file["reason"].startswith(reason)


def test_a_benchmark(copy):
    (command,) = follow(copy, "Adding a benchmark")
    found, code = run(copy, command)
    assert code == 0
    assert found["run"]["benchmark"] == "greetings"
    assert found["run"]["tasks"] == 1
    assert {row["target"] for row in found["results"]} >= {"greetings"}


def test_the_place_for_an_entry_is_found():
    index = 'X = 1\nindex: dict[str, str] = {\n    "a": _A,\n}\nABOUT: dict[str, str] = {  # a line each\n}\n'
    assert (line_for(index, "in index"), line_for(index, "in ABOUT")) == (2, 5)
    modules = "import os\nfrom seccoder import a\n\nFAMILIES: tuple[Family, ...] = (\n    *(a, b),\n)\n"
    assert (line_for(modules, "with the imports"), line_for(modules, "in FAMILIES")) == (1, 4)
    with pytest.raises(AssertionError, match="there is no place in MORE"):
        line_for(index, "in MORE")


@pytest.mark.parametrize("title", re.findall(r"^## (Adding .*)$", PAGE, flags=re.MULTILINE))
def test_a_recipe_passes_the_linter(title, tmp_path):
    for name, where, text in recipe(title)[0]:
        if where is None:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    options = ["--config", str(REPOSITORY / "pyproject.toml"), "--no-cache", "--ignore", "I"]
    for command in (["check", *options], ["format", "--check", *options[:3]]):
        done = subprocess.run([sys.executable, "-m", "ruff", *command, str(tmp_path)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
