"""Sources written, and labelled, without looking at what the oracle makes of them: what each label says must come out.

`labelled/<cwe>/<slug>.{py,c,cpp,js,ts}` begins with one line, `secure` or `vulnerable` and why. What the oracle misses
stands in `labelled/expect.toml` with the reason; a test fails when such an expectation no longer holds, so that a fix
is noticed. Half of the set is awkward on purpose: near-misses of a defence, or sound code in an uncommon shape. All of
it was seen while the oracle was improved, so it guards against losing ground; it does not measure accuracy.

`labelled_apart/` was written apart from the oracles; docs/oracles.md says how far, and what was corrected later. It has
been looked at since, so it estimates nothing any more either. What the oracle misses there stands in its
`expect.toml`. `perf/confusion.py` tables both.
"""

import re
import tomllib
from pathlib import Path

import pytest

from conftest import missing, need_tool
from seccoder.codebase.duplicates import near_duplicates
from seccoder.oracles.executed import Executed
from seccoder.oracles.verdict import combine
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance, Source, Why

pytestmark = pytest.mark.tool

ROOTS = [Path(__file__).parents[1] / name for name in ("labelled", "labelled_apart")]
LANGUAGES = {".py": "python", ".c": "c", ".cpp": "cpp", ".js": "javascript", ".ts": "typescript"}
FILES = sorted(path for root in ROOTS for path in root.glob("cwe-*/*") if path.suffix in LANGUAGES)
EXPECTED = {
    f"{root.name}/{slug}": entry
    for root in ROOTS
    for slug, entry in tomllib.loads((root / "expect.toml").read_text()).items()
}


def name(path):
    return f"{path.parents[1].name}/{path.parent.name}/{path.name}"


def label(path):
    found = re.match(r"(?:#|//) (secure|vulnerable): \S", path.read_text())
    assert found, f"{name(path)} does not begin with its label and why"
    return found[1]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_label_comes_out(boxed, path):
    for suffix, tool in ((".c", "gcc"), (".cpp", "g++"), (".js", "node"), (".ts", "node"), (".ts", "esbuild")):
        if path.suffix == suffix:
            need_tool(tool)
    source = Source(path.read_text(), LANGUAGES[path.suffix], f"CWE-{int(path.parent.name.removeprefix('cwe-'))}")
    (check,) = Executed().check([source])
    if check.why is Why.MISSING_TOOL:
        missing(check.reason)
    verdict = combine(source, [check])
    entry = EXPECTED.get(name(path))
    assert verdict.label == (entry["verdict"] if entry else label(path).upper()), (check.reason, check.findings)


def test_every_expectation_is_a_miss_of_a_file_and_says_why():
    files = {name(path): path for path in FILES}
    for slug, entry in EXPECTED.items():
        assert entry["verdict"] in {"SECURE", "VULNERABLE", "UNKNOWN"} and len(entry["reason"]) > 20
        assert entry["verdict"] != label(files[slug]).upper(), f"{slug} is no miss"


def test_both_labels_are_there_for_every_cwe():
    for folder in [folder for root in ROOTS for folder in root.glob("cwe-*")]:
        labels = [label(path) for path in FILES if path.parent == folder]
        assert min(labels.count("secure"), labels.count("vulnerable")) >= 3, folder.name


def test_there_are_enough_and_none_only_renames_another():
    assert len(FILES) >= 200
    assert len({path.parent.name for path in FILES}) >= 15
    alike = near_duplicates(map(demonstration, FILES))
    assert [str(pair) for pair in alike if len(labels_of(pair)) == 1] == []  # a near-miss may differ in one sign


def demonstration(path):
    origin = Provenance("", path=name(path))
    return Demonstration(LANGUAGES[path.suffix], (), "", path.read_text(), None, Proof(ProofLevel.ASSERTED), origin)


def labels_of(pair):
    return {label(ROOTS[0].parent / each.origin.path) for each in (pair.one, pair.other)}
