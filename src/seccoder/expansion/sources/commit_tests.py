"""Runs the tests that a fixing commit brought, in the sandbox, with the fix and without it.

It takes a repository and a file that a commit fixed. The tests are those in the files of tests that the commit added or
changed. They are run on the commit's own tree, and on the same tree with that one file as it was before: a test that
fails there, and passes with the fix, shows what the fix did. A test that fails only because it asks for a new name
shows nothing.

It works where a project can be run as it lies there, without a network: Python under pytest, JavaScript that needs no
packages (`describe` and `it` are given), and C whose test is one file beside the one that was fixed. What cannot be run
is no reason against anything. Code and tests run in one process, so this speaks about honest projects; `proof` says the
same of proofs.
"""

import re
import shlex
import time
from collections.abc import Sequence
from pathlib import PurePosixPath

from seccoder import sandbox
from seccoder.code import languages, standards
from seccoder.codebase import proof
from seccoder.errors import SecCoderError
from seccoder.expansion.candidate import Candidate
from seccoder.expansion.source import Trial
from seccoder.expansion.sources.git import Repository

SECONDS = 20.0  # for one run of the tests
IN_ALL = 180.0  # for all runs of one history
MAX_BYTES = 40_000_000  # of a tree
MAX_TESTS = 4  # files of tests of one commit

_TEST = {
    "python": re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test|tests?)\.py$"),
    "javascript": re.compile(
        r"(?:(?:^|/)(?:tests?|specs?|__tests__)/.*|[._-](?:test|spec)|(?:^|/)test[^/]*)\.[cm]?js$"
    ),
    "c": re.compile(r"(?:^|/)(?:tests?/[^/]*|test[^/]*|[^/]*[_-]tests?)\.c$"),
}
_NEW_NAME = re.compile(r"(?:ImportError|ModuleNotFoundError|AttributeError|NameError|TypeError)\b")
_NO_TEST = re.compile(rb"Cannot find (?:module|package)|is not a (?:function|constructor)|SyntaxError|does not provide")
_GLOBALS = (  # what Mocha and Jest give
    "const t = require('node:test');\n"
    "const { describe, it, test, before, after, beforeEach, afterEach } = t;\n"
    "Object.assign(globalThis, { describe, context: describe, suite: describe, it, specify: it, test, before, after,\n"
    "  beforeAll: before, afterAll: after, beforeEach, afterEach });\n"
)
_NOT_BUILT = 99  # the exit code of a C test that could not be built
_SANITIZE = ("-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")


class CommitTests:
    """The tests of a repository's commits, each run once.

    Args:
        repository: The repository, which is open.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._known: dict[tuple[str, str], Trial | None] = {}
        self._left = IN_ALL

    def of(self, candidate: Candidate) -> Trial | None:
        """Run the tests of a candidate's commit, with and without the commit's change of the candidate's file.

        Returns:
            What they showed, or why they could not be run; None if the commit brought none for this file's language.
        """
        commit, path = candidate.origin.commit, candidate.origin.path.partition(":")[0]
        if (commit, path) not in self._known:
            began = time.monotonic()
            try:
                self._known[commit, path] = self._trial(commit, path)
            except SecCoderError as error:
                self._known[commit, path] = Trial(False, f"the commit's tests cannot be run: {error}")
            self._left -= time.monotonic() - began
        return self._known[commit, path]

    def _trial(self, commit: str, path: str) -> Trial | None:
        language = languages.from_path(path) or ""
        made = self._repository.one(commit)
        changed = {file.path: file for file in self._repository.files(made)} if made else {}
        tests = [name for name in changed if language in _TEST and _TEST[language].search(name)][:MAX_TESTS]
        if not tests or path not in changed:
            return None
        if self._left <= 0:
            return Trial(False, "the commit's tests were not run: the time for tests is used up")
        if why := sandbox.unavailable():
            return Trial(False, f"the commit's tests cannot be run: {why}")
        tree = self._repository.tree(commit, MAX_BYTES)
        before = self._repository.content(changed[path].before)
        if tree is None or before is None:
            return Trial(False, "the commit's tests cannot be run: its tree is too large, or not here")
        run = {"python": _pytest, "javascript": _node, "c": _compiled}[language]
        return run(tree, {**tree, path: before}, tests, path)


def _pytest(after: dict[str, bytes], before: dict[str, bytes], tests: Sequence[str], path: str) -> Trial:
    command = ["python3", "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", "-c", "seccoder.ini"]
    command += ["--rootdir=.", f"--junitxml={proof.REPORT}", *tests]
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": "/box:/box/src:/box/lib"}
    sides = []
    for tree in (after, before):
        done = _run(command, {**tree, "seccoder.ini": b"[pytest]\n"}, env, keep=[proof.REPORT])
        sides.append(proof.read_report(done))
        if sides[-1].problem and len(sides) == 1:
            return Trial(False, f"the commit's tests cannot be run: {sides[0].problem}")
    with_it, without = sides
    passed = [name for name, outcome in with_it.tests.items() if outcome == "passed"]
    failed = [
        name
        for name in passed
        if without.tests.get(name) == "failed" and not _NEW_NAME.match(without.messages.get(name, ""))
    ]
    if failed:
        return Trial(True, f"the commit's test {failed[0][:80]} fails without its change of {path} and passes with it")
    if not passed:
        return Trial(False, "the commit's tests cannot be run: none passes, even with the fix")
    return Trial(False, f"no test of the commit fails only without its change of {path}")


def _node(after: dict[str, bytes], before: dict[str, bytes], tests: Sequence[str], path: str) -> Trial:
    return _by_exit(
        [["node", "--require", "./seccoder-globals.cjs", test] for test in tests],
        [{**tree, "seccoder-globals.cjs": _GLOBALS.encode()} for tree in (after, before)],
        tests,
        path,
    )


def _compiled(after: dict[str, bytes], before: dict[str, bytes], tests: Sequence[str], path: str) -> Trial:
    commands = []
    for test in tests:
        folders = dict.fromkeys(f"-I{PurePosixPath(name).parent}" for name in (path, test))
        included = re.search(rb'#\s*include\s*"[^"\n]*' + re.escape(PurePosixPath(path).name.encode()), after[test])
        build = ["gcc", *standards.OPTIONS["c"], *_SANITIZE, "-I.", *folders, "-o", "/tmp/program", test]  # noqa: S108
        build += [] if included else [path]
        commands.append(["sh", "-c", f"{shlex.join([*build, '-lm'])} || exit {_NOT_BUILT}; exec /tmp/program"])
    return _by_exit(commands, [after, before], tests, path)


def _by_exit(
    commands: Sequence[Sequence[str]], trees: Sequence[dict[str, bytes]], tests: Sequence[str], path: str
) -> Trial:
    """Judge tests that say by their exit code how they went."""
    why = "it fails, even with the fix"
    for command, test in zip(commands, tests, strict=True):
        if _run(command, trees[0]).exit_code != 0:
            continue
        why = f"it also passes without the change of {path}"
        without = _run(command, trees[1])
        said = without.stdout + without.stderr
        if without.exit_code not in {0, None, _NOT_BUILT, 127} and not _NO_TEST.search(said):
            return Trial(True, f"the commit's test {test[-80:]} fails without its change of {path} and passes with it")
    return Trial(False, f"the commit's test shows nothing here: {why}")


def _run(
    command: Sequence[str], tree: dict[str, bytes], env: dict[str, str] | None = None, keep: Sequence[str] = ()
) -> sandbox.Outcome:
    limits = sandbox.Limits(seconds=SECONDS, memory_mb=1024, disk_mb=256)
    return sandbox.run(command, files=tree, env=env, limits=limits, keep=keep)
