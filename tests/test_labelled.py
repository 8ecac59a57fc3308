"""Sources written, and labelled, without looking at what the oracle makes of them: what each label says must come out.

`labelled/<cwe>/<slug>.{py,c,cpp,js,ts}` begins with one line, `secure` or `vulnerable` and why. What the oracle misses
stands in `labelled/expect.toml` with the reason; a test fails when such an expectation no longer holds, so that a fix
is noticed. Half of the set is awkward on purpose: near-misses of a defence, or sound code in an uncommon shape. All of
it was seen while the oracle was improved, so it guards against losing ground; it does not measure accuracy.
"""

import re
import shutil
import tomllib
from functools import cache
from pathlib import Path

import pytest

from conftest import missing
from seccoder import sandbox
from seccoder.oracles.executed import Executed
from seccoder.oracles.verdict import combine
from seccoder.types import Source

pytestmark = pytest.mark.tool

ROOT = Path(__file__).parent / "labelled"
LANGUAGES = {".py": "python", ".c": "c", ".cpp": "cpp", ".js": "javascript", ".ts": "typescript"}
FILES = sorted(path for path in ROOT.glob("cwe-*/*") if path.suffix in LANGUAGES)
EXPECTED = tomllib.loads((ROOT / "expect.toml").read_text())


def name(path):
    return f"{path.parent.name}/{path.name}"


def label(path):
    found = re.match(r"(?:#|//) (secure|vulnerable): \S", path.read_text())
    assert found, f"{name(path)} does not begin with its label and why"
    return found[1]


@cache
def verdicts(folder):
    """Of one folder's sources at a time: no batch takes long, also on a busy machine."""
    paths = [path for path in FILES if path.parent == folder]
    cwe = f"CWE-{int(folder.name.removeprefix('cwe-'))}"
    sources = [Source(path.read_text(), LANGUAGES[path.suffix], cwe) for path in paths]
    checks = Executed().check(sources)
    return {path: (combine(source, [check]), check) for path, source, check in zip(paths, sources, checks, strict=True)}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_label_comes_out(path):
    if (why := sandbox.unavailable()) is not None:
        missing(why)
    for suffix, tool in ((".cpp", "g++"), (".js", "node"), (".ts", "node"), (".ts", "esbuild")):
        if path.suffix == suffix and shutil.which(tool) is None:
            missing(tool)
    verdict, check = verdicts(path.parent)[path]
    entry = EXPECTED.get(name(path))
    assert verdict.label == (entry["verdict"] if entry else label(path).upper()), (check.reason, check.findings)


def test_every_expectation_is_a_miss_of_a_file_and_says_why():
    files = {name(path): path for path in FILES}
    for slug, entry in EXPECTED.items():
        assert entry["verdict"] in {"SECURE", "VULNERABLE", "UNKNOWN"} and len(entry["reason"]) > 20
        assert entry["verdict"] != label(files[slug]).upper(), f"{slug} is no miss"


def test_both_labels_are_there_for_every_cwe():
    for folder in ROOT.glob("cwe-*"):
        labels = [label(path) for path in FILES if path.parent == folder]
        assert min(labels.count("secure"), labels.count("vulnerable")) >= 3, folder.name
