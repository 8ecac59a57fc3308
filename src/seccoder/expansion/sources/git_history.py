"""Finds candidates in a git repository's own history: the functions in commits that fixed a weakness.

It takes a repository (`git` says how little it is trusted) and what the user says about it. It gives candidates, in
batches that a second run goes on from. A commit counts in one of two cases:

- its message says that it fixes a weakness, by CWE, by a CVE or another advisory, or in words (`commit_messages`);
- its message says that it is about security, or says nothing at all, and what it changed looks like a fix: a dangerous
  construct was removed, and none was added (`constructs`).

Each function that such a commit changed in a source file becomes a pair, unless the file is a test. If the commit
changed many functions, only those count in which a dangerous construct was removed or a safer one was added. If too
many are left, the commit is left out, because it did more than one thing. The weaknesses are those that the message
names, or else those that the changed constructs belong to. A candidate without any is vetted like every other, and ends
in quarantine.

It does not find fixes that say nothing and change nothing that is known here, fixes in merges, fixes that add, rename
or remove whole functions, and fixes in languages that seccoder does not know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seccoder.code import languages
from seccoder.expansion.candidate import OWN, Candidate
from seccoder.expansion.source import Batch
from seccoder.expansion.sources import commit_messages
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.functions import Changed, changed, words
from seccoder.expansion.sources.git import Commit, Repository
from seccoder.expansion.vetting import constructs
from seccoder.expansion.vetting.comments import without_comments
from seccoder.types import Provenance

COMMITS = 1000  # at most, in a batch
CANDIDATES = 50  # about, in a batch
MAX_FUNCTIONS = 4  # that one commit changed, unless the changed constructs tell which of them matter
MAX_FILES = 12  # the most source files of a commit that fixes one thing

_TESTS = re.compile(
    r"(?:^|/)(?:tests?|specs?|testing|__tests__|fixtures|mocks?|vendor|third_party|node_modules)/|(?:^|/)test_"
    r"|[._-](?:test|spec)s?\.\w+$|Tests?\.java$|\.min\.js$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Pair:
    path: str
    language: str
    functions: Changed
    changes: constructs.Changes


class History:
    """A repository as a source of candidates.

    Args:
        path: Its folder.
        about: What the user says about it.

    Raises:
        UsageError: If it is no repository, or has no commits.
        MissingTool: If git is not installed.
    """

    def __init__(self, path: Path, about: About) -> None:
        self.name = f"git {path.resolve()}"
        self.skipped: list[str] = []
        self.about = about
        self.repository = Repository(path)
        self._head = self.repository.head()
        if self.repository.shallow():
            self.skipped.append(f"{path} is a shallow clone: its older history is not here")

    def batches(self, cursor: str | None) -> Iterator[Batch]:
        """Yield the commits since a cursor, in batches; a history that was rewritten is read from the beginning.

        Raises:
            UsageError: If the repository is damaged; what came before is complete.
        """
        with self.repository as repository:
            since = cursor if cursor and repository.contains(cursor) else None
            total = repository.count(since)
            origin, licence = repository.origin(), self.about.licence or repository.licence() or OWN
            found: list[Candidate] = []
            done, last, sent = 0, None, 0
            for commit in repository.log(since):
                done, last = done + 1, commit.id
                found += self.candidates(commit, origin, licence)
                if len(found) >= CANDIDATES or done - sent >= COMMITS:
                    yield Batch(found, last, done, total)
                    found, sent = [], done
            # The last commit of all may have changed nothing that is looked at.
            yield Batch(found, self._head, done, total)

    def candidates(
        self, commit: Commit, origin: str, licence: str, said: commit_messages.Said | None = None
    ) -> list[Candidate]:
        """Return the candidates in one commit; none if it does not look like a fix.

        Args:
            commit: The commit.
            origin: The address of the repository.
            licence: The licence of its code.
            said: What is known about the commit; None takes it from its message.
        """
        read = commit_messages.read(commit.message) if said is None else said
        if not read.relevant:
            if not self._changes_say_so(commit):
                return []
        pairs = self._pairs(commit)
        telling = [pair for pair in pairs if pair.changes.cwes and not pair.changes.new]
        on_target = [pair for pair in telling if any(pair.changes.about(cwe) for cwe in read.cwes)]
        if not read.relevant:
            pairs = [pair for pair in pairs if pair.changes.gone and not pair.changes.new]
        elif len(pairs) > 1 and (on_target or telling):
            pairs = on_target or telling
        if len(pairs) > MAX_FUNCTIONS:
            self.skipped.append(f"commit {commit.id[:12]} changes {len(pairs)} functions: more than one thing")
            return []
        return [self._candidate(pair, commit, read, origin, licence) for pair in pairs]

    def _changes_say_so(self, commit: Commit) -> bool:
        if commit.large or not commit.removed:
            return False
        for place, removed in commit.removed.items():
            language = _language(commit.files[place].path)
            if language is not None:
                differs = constructs.of_lines(removed, commit.added.get(place, ()), language)
                if differs.gone and not differs.new:
                    return True
        return False

    def _pairs(self, commit: Commit) -> list[_Pair]:
        if len(commit.files) > MAX_FILES:
            return []
        pairs = []
        for file in commit.files:
            language = _language(file.path)
            if language is None:
                continue
            before, after = self.repository.read(file.before), self.repository.read(file.after)
            if before is None or after is None:
                continue
            for functions in changed(before, after, language):
                old, new = (without_comments(side.text, language) for side in (functions.before, functions.after))
                if "".join(old.split()) != "".join(new.split()):
                    pairs.append(_Pair(file.path, language, functions, constructs.changes(old, new, language)))
        return pairs

    def _candidate(
        self, pair: _Pair, commit: Commit, said: commit_messages.Said, origin: str, licence: str
    ) -> Candidate:
        name = pair.functions.after.name
        return Candidate(
            code=pair.functions.after.whole,
            language=pair.language,
            cwes=said.cwes or pair.changes.cwes[:1] or self.about.cwes,
            vulnerable=pair.functions.before.whole,
            task=self.about.task or words(name),
            origin=Provenance(origin, licence, commit.id, f"{pair.path}:{name}", commit.date, self.about.added_by),
            fix=said.relevant,
            note=", ".join(said.references) or self.about.note,
        )


def _language(path: str) -> str | None:
    """Return the language of a source file; None for tests and for code that others wrote."""
    return None if _TESTS.search(path) else languages.from_path(path)
