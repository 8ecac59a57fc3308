"""Finds candidates in a git repository's own history: the functions in commits that fixed a weakness.

It takes a repository (`git` says how little it is trusted), what the user says about it, and advisories about it, if
there are any. It gives candidates, in batches that a second run goes on from. A commit counts if an advisory names it
(`advisories`), or if its message says that it fixes a weakness, by CWE, by a CVE or another advisory, or in words
(`commit_messages`). Of a merge, only what an advisory or the message of its private fork names counts; it is read
against its first parent. `fixes` decides which of the changed functions the fix is in, and which weakness they had.

Only messages are read of all commits. What a commit changed is looked at where the message claims a fix, which makes
reading a long history quick.

It does not find fixes that say nothing, fixes that only rename or remove whole functions or add some that nothing in
the file names, fixes in files that are not the repository's own work (`origins`), and fixes in languages that seccoder
does not know.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from seccoder.errors import UsageError
from seccoder.expansion.candidate import OWN, Candidate
from seccoder.expansion.source import Batch
from seccoder.expansion.sources import advisories, commit_messages, fixes, origins
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.commit_tests import CommitTests
from seccoder.expansion.sources.functions import changed, missing
from seccoder.expansion.sources.git import Commit, Repository
from seccoder.expansion.sources.tasks import task
from seccoder.expansion.vetting import licences
from seccoder.expansion.vetting.comments import without_comments
from seccoder.types import Provenance

COMMITS = 1000  # at most, in a batch
CANDIDATES = 50  # about, in a batch
MAX_FILES = 20  # the most source files of a commit that fixes one thing
TOLD = 20  # lines at most about what could not be used


class History:
    """A repository as a source of candidates.

    Args:
        path: Its folder.
        about: What the user says about it.
        records: Advisories about it: a file or a folder of OSV's or GitHub's records.

    Raises:
        UsageError: If it is no repository, has no commits, or the advisories cannot be read.
        MissingTool: If git is not installed.
    """

    def __init__(self, path: Path, about: About, records: Path | None = None) -> None:
        self.name = f"git {path.resolve()}"
        self.skipped: list[str] = []
        self.about = about
        self.repository = Repository(path)
        self._head = self.repository.head()
        self._records = [] if records is None else advisories.load(records, self.skipped)
        self.why = ""  # the last commit that `candidates` was given could not be used
        self._unused: Counter[str] = Counter()
        self._missing = 0
        if self.repository.shallow():
            self.skipped.append(f"{path} is a shallow clone: its older history is not here")

    def batches(self, cursor: str | None) -> Iterator[Batch]:
        """Yield the commits since a cursor, in batches; a history that was rewritten is read from the beginning.

        What advisories name is read first, and each time: it may be older than the cursor.

        Raises:
            UsageError: If the repository is damaged; what came before is complete.
        """
        with self.repository as repository:
            since = cursor if cursor and repository.contains(cursor) else None
            tests = CommitTests(repository)
            total = repository.count(since)
            origin, licence = self.origin()
            found: list[Candidate] = []
            named = advisories.commits(self._records, repository, origin, self.skipped) if self._records else {}
            for commit, said in named.values():
                found += self.candidates(commit, origin, licence, said)
            done, last, sent = 0, cursor if since else None, 0
            for commit in repository.log(since):
                done, last = done + 1, commit.id
                if commit.id not in named:
                    found += self._read(commit, origin, licence)
                if len(found) >= CANDIDATES or done - sent >= COMMITS:
                    yield Batch(found, last, done, total, tests.of)
                    found, sent = [], done
            self._tell()
            # The last commit of all may have changed nothing that is looked at.
            yield Batch(found, self._head, done, total, tests.of)

    def origin(self) -> tuple[str, str]:
        """Return the address of the repository, and the licence of its code."""
        return self.repository.origin(), self.about.licence or self.repository.licence() or OWN

    def _read(self, commit: Commit, origin: str, licence: str) -> list[Candidate]:
        said = commit_messages.read(commit.message)
        if not said.relevant:
            if told := commit_messages.references(commit.message):
                self._unused["their message claims no fix"] += bool(told)
            return []
        if commit.merge and not (said.references or commit_messages.from_fork(commit.message)):
            return []
        return self.candidates(commit, origin, licence, said)

    def candidates(self, commit: Commit, origin: str, licence: str, said: commit_messages.Said) -> list[Candidate]:
        """Return the candidates in one commit that is said to fix something; none if it does not look like a fix.

        Args:
            commit: The commit.
            origin: The address of the repository.
            licence: The licence of its code, where a file does not say another one.
            said: What is said of the commit.
        """
        pairs, why = self._pairs(commit)
        chosen: list[fixes.Fix] = []
        if not why:
            chosen, why = fixes.choose(pairs, said, f"{commit.message}\n{said.summary}")
        self.why = why
        if why:
            if said.references:
                self._unused[why if "functions" not in why else "they change too many functions"] += 1
            if "more than one thing" in why:
                self.skipped.append(f"commit {commit.id[:12]} {why}")
        return [self._candidate(fix, commit, said, origin, licence) for fix in chosen]

    def _pairs(self, commit: Commit) -> tuple[list[fixes.Pair], str]:
        """Return the functions that a commit changed, or none and the reason."""
        try:
            files = self.repository.files(commit)
        except UsageError:
            self._missing += 1
            return [], "git cannot read what they changed"
        files = [file for file in files if origins.language(file.path)]
        if not any(file.before for file in files):
            return [], "they change no source file of the project's own"
        if len(files) > MAX_FILES:
            return [], "they change too many files"
        texts = {file.path: self.repository.read(file.after) or "" for file in files}
        were = {file.path: self.repository.read(file.before) if file.before else None for file in files}
        pairs = []
        for file in files:
            language, after = origins.language(file.path), texts[file.path]
            before = were[file.path]
            if language is None or before is None or not after:
                self._missing += bool(file.before)
                continue
            if not origins.handwritten(after):
                continue
            beside = [text for path, text in texts.items() if path != file.path and origins.language(path) == language]
            for functions in changed(before, after, language, beside):
                old, new = (without_comments(side.whole, language) for side in (functions.before, functions.after))
                if "".join(old.split()) == "".join(new.split()):
                    continue
                if hidden := missing(old, new, [after, *beside], [text for text in were.values() if text]):
                    self.skipped.append(
                        f"commit {commit.id[:12]}: {functions.after.name} calls {sorted(hidden)[0]}, "
                        "which is too long to be shown with it"
                    )
                    continue
                pairs.append(fixes.Pair(file.path, language, functions, old, new, licences.of_file(after)))
        return pairs, ""

    def _candidate(
        self, fix: fixes.Fix, commit: Commit, said: commit_messages.Said, origin: str, licence: str
    ) -> Candidate:
        functions, path = fix.pair.functions, fix.pair.path
        # What only the user says about every commit of a history is no claim of this one.
        told = bool(fix.cwes) or not self.about.cwes or fix.pair.tells(self.about.cwes)
        return Candidate(
            code=functions.after.whole,
            language=fix.pair.language,
            cwes=fix.cwes or self.about.cwes,
            vulnerable=functions.before.whole,
            task=self.about.task or task(functions.after, said.summary),
            origin=Provenance(
                origin,
                fix.pair.licence or licence,
                commit.id,
                f"{path}:{functions.after.name}",
                commit.date,
                self.about.added_by,
            ),
            fix=told,
            note=", ".join(said.references) or self.about.note,
        )

    def _tell(self) -> None:
        """Say what could not be used."""
        if self._missing:
            partial = "; the clone is partial, and nothing is fetched" if self.repository.partial() else ""
            self.skipped.append(f"{self._missing} changes cannot be read: not here, too large, or no text{partial}")
        if count := sum(self._unused.values()):
            why = ", ".join(f"{number} because {reason}" for reason, number in self._unused.most_common(TOLD))
            named = "1 commit names" if count == 1 else f"{count} commits name"
            self.skipped.append(f"{named} an advisory and could not be used: {why}")
