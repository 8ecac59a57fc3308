"""The repository says the truth about itself: generated pages, exported names, module size."""

import importlib
import re
import subprocess
import sys
import tomllib

import pytest

from conftest import REPOSITORY

TRIPLE = '"""'
SOURCE = REPOSITORY / "src" / "seccoder"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if not {"bundled", "own_tasks"} & set(path.parts))


def test_generated_pages_are_current():
    script = REPOSITORY / "docs" / "generate.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_bundled_index_is_current():
    from seccoder.codebase import bundled_index
    from seccoder.codebase.folder import read_all
    from seccoder.codebase.store import Store

    with Store.open(bundled_index.path(), readonly=True) as store:
        held = {d.id: (d.proof, d.note, d.apis, d.origin) for d in store.demonstrations()}
    assert held == {d.id: (d.proof, d.note, d.apis, d.origin) for d in read_all(bundled_index.FOLDERS)}


def test_public_names_exist():
    import seccoder

    assert sorted(seccoder.__all__) == seccoder.__all__
    for name in seccoder.__all__:
        assert getattr(seccoder, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        seccoder.nothing  # noqa: B018


def test_importing_seccoder_loads_nothing_heavy():
    heavy = "numpy bm25s torch transformers httpx2 rich click flask xllamacpp sqlite3 tree_sitter"
    code = f"import sys, seccoder; print([name for name in {heavy.split()} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_what_it_is_and_stays_readable(path):
    text = path.read_text()
    assert text.startswith((TRIPLE, "r" + TRIPLE)), "no module docstring"
    assert len(text.splitlines()) <= 450


def test_error_classes_carry_exit_codes():
    errors = importlib.import_module("seccoder.errors")
    assert errors.UsageError("x").exit_code == 2
    assert errors.MissingExtra("x", "hf").exit_code == 3
    assert "pip install 'seccoder[hf]'" in str(errors.MissingExtra("x", "hf"))


def test_no_committed_file_names_a_registry_host():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, timeout=60)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    hosts = re.compile(
        "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry\\.npm" + "js", "index-url" + " +http"])
    )
    found = []
    for name in listed.stdout.decode().split("\0"):
        path = REPOSITORY / name
        if name and path.is_file() and path.stat().st_size < 2_000_000:
            text = path.read_bytes().decode("utf-8", "replace")
            if hosts.search(text):
                found.append(name)
    assert found == []


def test_every_extra_that_is_named_exists_and_none_excludes_another():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    files = [*MODULES, *REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")]
    named = re.compile(r"""(?:seccoder\[|MissingExtra\(.*")([a-z,]+)(?:\]|"\))""")
    told = {name for path in files for names in named.findall(path.read_text()) for name in names.split(",")}
    assert told and told <= set(project["optional-dependencies"])
    wanted = str(project["optional-dependencies"])
    assert "mcp>=2" in wanted and "semgrep" not in wanted  # semgrep pins mcp 1.x; perf/extras.py resolves the others
