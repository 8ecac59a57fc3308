"""The tests that a fixing commit brought: which tell the sides of a fix apart, and which show nothing."""

import pytest

from conftest import need_tool
from histories import LICENCE, write
from seccoder.expansion.sources import commit_tests
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.git import Repository
from seccoder.expansion.sources.git_history import History
from seccoder.expansion.vetting.vet import Policy, Vetter

FIELDS = """class Parser:
    def __init__(self, parts):
        self.parts = parts

    def fields(self, text):
        found = []
        for part in text.split("&"):
{}            found.append(part.split("="))
        return found
"""
MANY = '            if len(found) >= self.parts:\n                raise ValueError("too many fields")\n'
TEST = "from pkg.limits import Parser\n\n\ndef test_one():\n    assert Parser(2).fields('a=1') == [['a', '1']]\n"
TEST_MANY = (
    "\n\ndef test_many():\n    try:\n        Parser(2).fields('a=1&' * 9)\n    except ValueError:\n        return\n"
    "    assert False\n"
)
MERGE = """function merge(target, source) {{
  for (const key of Object.keys(source)) {{
{}    const inner = source[key] && typeof source[key] === 'object';
    target[key] = inner ? merge(target[key] || {{}}, source[key]) : source[key];
  }}
  return target;
}}

module.exports = merge;
"""
NO_PROTO = "    if (['__proto__', 'constructor', 'prototype'].includes(key)) continue;\n"
TEST_MERGE = """const assert = require('assert'); const merge = require('../lib/merge');
describe('merge', () => { it('merges', () => assert.deepEqual(merge({}, {a: 1}), {a: 1})); });
"""
TEST_PROTO = """it('leaves the prototype', () => {
  merge({}, JSON.parse('{"__proto__": {"x": 1}}')); assert.equal({}.x, undefined);
});
"""
TAG = """#include "tag.h"

int tag(const unsigned char *data, unsigned length, unsigned at)
{{
    if ({})
        return -1;
    return data[at + 1];
}}
"""
TEST_TAG = '#include "tag.h"\nint main(void) {{ unsigned char a[2] = {{1, 2}}; return tag(a, 2, {}; }}\n'
READ = "import os\n\n\ndef read(name):\n{}    return open(os.path.join('/srv', name)).read()\n"
PLAIN = "    if '..' in name:\n        raise PermissionError(name)\n"
START = {
    "LICENSE": LICENCE,
    "src/pkg/__init__.py": "",
    "src/pkg/limits.py": FIELDS.format(""),
    "tests/test_limits.py": TEST,
    "lib/merge.js": MERGE.format(""),
    "test/merge.js": TEST_MERGE,
    "c/tag.h": "int tag(const unsigned char *data, unsigned length, unsigned at);\n",
    "c/tag.c": TAG.format("at > length"),
    "c/test_tag.c": TEST_TAG.format("0) != 2"),
    "read.py": READ.format(""),
}
STEPS = [
    (
        "Limit the number of fields that an attacker may send (CWE-770)",
        {"src/pkg/limits.py": FIELDS.format(MANY), "tests/test_limits.py": TEST + TEST_MANY},
    ),
    ("Fix prototype pollution", {"lib/merge.js": MERGE.format(NO_PROTO), "test/merge.js": TEST_MERGE + TEST_PROTO}),
    (
        "Fix over-read in tag",
        {"c/tag.c": TAG.format("length < 2 || at > length - 2"), "c/test_tag.c": TEST_TAG.format("1) != -1")},
    ),
    # the test asks for a name that is new, so that it fails without the fix whatever that does
    (
        "Fix path traversal in read",
        {"read.py": READ.format(PLAIN) + "\n\nROOT = 1\n", "test_read.py": "import read\n\ndef test(): read.ROOT\n"},
    ),
]


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    need_tool("git")
    path = tmp_path_factory.mktemp("tested") / "r"
    write(path, [("start", START), *STEPS])
    return path


def found(path):
    return {each.origin.path: each for batch in History(path, About()).batches(None) for each in batch.candidates}


@pytest.mark.usefixtures("boxed")
@pytest.mark.parametrize(
    ("place", "tool", "said"),
    [
        ("src/pkg/limits.py:Parser.fields", "git", "test test_many fails without its change of src/pkg/limits.py"),
        ("lib/merge.js:merge", "node", "test test/merge.js fails without its change"),
        ("c/tag.c:tag", "gcc", "test c/test_tag.c fails without its change"),
        ("read.py:read", "git", "no test of the commit fails only without"),
    ],
)
def test_a_test_that_came_with_a_fix_tells_its_sides_apart(history, place, tool, said):
    need_tool(tool)
    with Repository(history) as repository:
        trial = commit_tests.CommitTests(repository).of(found(history)[place])
    assert said in trial.said and trial.held == ("without its change" in said)


@pytest.mark.usefixtures("boxed")
def test_it_raises_the_level_and_what_cannot_be_run_is_told(history, monkeypatch):
    policy = Policy(oracles=(), run_fixes=True)
    (chosen,) = (each for each in found(history).values() if each.origin.path.startswith("src/pkg"))
    with Repository(history) as repository:
        tests = commit_tests.CommitTests(repository)
        (vetting,) = Vetter(policy=policy).vet([chosen], trial=tests.of)
        monkeypatch.setattr(commit_tests, "MAX_BYTES", 10)
        (untried,) = Vetter(policy=policy).vet([chosen], trial=commit_tests.CommitTests(repository).of)
        monkeypatch.setattr(commit_tests, "IN_ALL", 0.0)
        late = commit_tests.CommitTests(repository).of(chosen)
    assert (vetting.decision, str(vetting.level)) == ("accept", "executed")
    assert (untried.decision, str(untried.level)) == ("accept", "fix-commit")
    assert "too large" in str(untried.reasons[-1]) and "used up" in late.said


def test_a_tree_is_whole_or_not_given(history):
    with Repository(history) as repository:
        head = repository.head()
        assert repository.tree(head, 10**6)["LICENSE"].startswith(b"MIT")
        assert repository.tree(head, 5) is None and repository.tree("0" * 40, 10**6) is None
