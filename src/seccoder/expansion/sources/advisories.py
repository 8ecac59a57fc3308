"""Reads advisories in OSV's or GitHub's JSON, and looks up in a clone the commits that fixed what they are about.

`load` reads a file (one record, a list of records, or one a line) or a folder of them, such as GitHub's advisory
database or an export of osv.dev. `commits` finds the fixes: commits that a record names (as the end of a range, or by a
link to a commit or a pull request), commits whose messages name the record, and, where a record names only the version
that is fixed, the commits before that version's tag whose messages speak of the same weakness. Withdrawn records are
not believed. Nothing is fetched. What leads to no commit is told.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seccoder.code.cwe import same_family
from seccoder.errors import UsageError
from seccoder.expansion.sources import commit_messages
from seccoder.expansion.sources.commit_messages import Said
from seccoder.expansion.sources.git import Commit, Repository

MAX_BYTES = 50_000_000  # of a file
MAX_RECORDS = 200_000
TOLD = 20  # records that are told one by one
_COMMIT = re.compile(r"(?:/commits?/|/c/|/-/commit/|[?&;](?:id|h)=)([0-9a-f]{7,64})(?=[/?#.&;]|$)")
_PULL = re.compile(r"/(?:pull|merge_requests)/(\d{1,7})(?=[/?#]|$)")
_HASH = re.compile(r"[0-9a-f]{7,64}")
_MERGED = re.compile(r"\(#(\d{1,7})\)\s*$|^Merge pull request #(\d{1,7})\b")
_VERSION = re.compile(r"(?i)(?:^|[^0-9a-z.])v?(\d+(?:[._-]\d+)*(?:[._-]?(?:a|b|rc|alpha|beta|pre)[._-]?\d*)?)$")


@dataclass(frozen=True, slots=True)
class Advisory:
    """One record.

    Attributes:
        id: Its name.
        aliases: Its other names, such as that of its CVE.
        cwes: The weaknesses it names, in its own spelling.
        summary: What it is about, in one line.
        commits: The names of the commits that it says fixed it.
        pulls: The numbers of the pull requests that it refers to.
        fixed: The versions in which it says that it is fixed.
        packages: The packages that it is about.
        withdrawn: Whether it was taken back.
    """

    id: str
    aliases: tuple[str, ...]
    cwes: tuple[str, ...]
    summary: str
    commits: tuple[str, ...]
    pulls: tuple[str, ...]
    fixed: tuple[str, ...]
    packages: tuple[str, ...]
    withdrawn: bool

    @property
    def names(self) -> frozenset[str]:
        """All its names, in capitals."""
        return frozenset(name.upper() for name in (self.id, *self.aliases))

    def said(self, message: str) -> Said:
        """Return what is said of a commit that it names."""
        own = commit_messages.read(message)
        named = () if own.hinted else own.cwes
        return Said(
            self.cwes or named, (self.id,), True, bool(self.cwes) or own.named, summary=self.summary or own.summary
        )


# --- reading ----------------------------------------------------------------------------------------------------------


def load(path: Path, skipped: list[str]) -> list[Advisory]:
    """Read all records at a path; what is none in a folder is reported and left out.

    Raises:
        UsageError: If there is nothing at the path, it cannot be read, or it is a file without a record.
    """
    if not path.exists():
        raise UsageError(f"there is no file or folder {str(path)!r}")
    if not path.is_dir():
        return read(path)
    found: list[Advisory] = []
    for place, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not Path(place, name).is_symlink())
        for name in sorted(names):
            file = Path(place, name)
            if file.suffix.lower() not in {".json", ".jsonl", ".ndjson"} or file.is_symlink() or not file.is_file():
                continue
            try:
                found += read(file)
            except UsageError as error:
                skipped.append(str(error))
            if len(found) > MAX_RECORDS:
                raise UsageError(f"{path} holds more than {MAX_RECORDS:,} advisories")
    if not found:
        raise UsageError(f"{path} holds no advisories")
    return found


def read(path: Path) -> list[Advisory]:
    """Read the records in one file.

    Raises:
        UsageError: If it cannot be read, or holds no advisory.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UsageError(f"{path} is larger than {MAX_BYTES:,} bytes")
        if path.suffix.lower() in {".jsonl", ".ndjson"}:
            values = [json.loads(line) for line in data.splitlines() if line.strip()]
        else:
            value = json.loads(data)
            values = value if isinstance(value, list) else _list(_dict(value).get("vulns")) or [value]
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not JSON ({str(error)[:100]})") from None
    found = [advisory for value in values if (advisory := _advisory(value)) is not None]
    if not found:
        raise UsageError(f"{path} is no advisory: it has no id")
    return found


def _advisory(value: Any) -> Advisory | None:
    record = _dict(value)
    id = record.get("id", record.get("ghsa_id"))
    if not isinstance(id, str) or not re.fullmatch(r"[\w.:-]{3,60}", id):
        return None
    cwes = [*_list(_dict(record.get("database_specific")).get("cwe_ids")), *_list(record.get("cwe_ids"))]
    cwes += [_dict(each).get("cwe_id") for each in _list(record.get("cwes"))]
    aliases = [*_list(record.get("aliases")), record.get("cve_id"), record.get("ghsa_id")]
    told = [each if isinstance(each, str) else _dict(each).get("url") for each in _list(record.get("references"))]
    links = [each[:2000] for each in told if isinstance(each, str)]
    affected = [_dict(each) for each in (*_list(record.get("affected")), *_list(record.get("vulnerabilities")))]
    hashes, versions = _fixed(affected)
    return Advisory(
        id,
        _texts(aliases, 10),
        _texts(cwes, 3),
        " ".join(summary.split())[:150] if isinstance(summary := record.get("summary"), str) else "",
        _texts([*hashes, *(match[1] for link in links if (match := _COMMIT.search(link)))], 50),
        _texts([match[1] for link in links if (match := _PULL.search(link))], 10),
        _texts(versions, 20),
        _texts([_dict(each.get("package")).get("name") for each in affected], 10),
        bool(record.get("withdrawn") or record.get("withdrawn_at")),
    )


def _fixed(affected: Sequence[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Return the commits and the versions at which ranges end."""
    hashes: list[str] = []
    versions: list[str] = []
    for each in affected:
        for span in map(_dict, _list(each.get("ranges"))):
            ends = [_dict(event).get("fixed") for event in _list(span.get("events"))]
            texts = [end for end in ends if isinstance(end, str)]
            if span.get("type") == "GIT":
                hashes += [end for end in texts if _HASH.fullmatch(end)]
            else:
                versions += texts
        first = each.get("first_patched_version")
        versions.append(first if isinstance(first, str) else str(_dict(first).get("identifier") or ""))
    return hashes, versions


def _texts(values: Sequence[Any], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if isinstance(value, str) and value))[:most]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# --- looking up -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Index:
    """The commits of a history, by what advisories name them by."""

    by_pull: dict[str, list[Commit]]
    by_name: dict[str, list[Commit]]


def commits(
    records: Sequence[Advisory], repository: Repository, origin: str, skipped: list[str]
) -> dict[str, tuple[Commit, Said]]:
    """Return the commits that fixed what the records are about, oldest first, by hash, with what is said of them.

    Args:
        records: The records.
        repository: The clone.
        origin: Its address.
        skipped: Gets a line for each record that leads to no commit, and why.
    """
    index, tags = _indexed(repository), _versions(repository)
    packages = {package for record in records for package in record.packages}
    project = re.split(r"[/:]", origin.removesuffix(".git").rstrip("/"))[-1].lower()
    found: dict[str, tuple[Commit, Said]] = {}
    lost = []
    for record in records:
        if record.withdrawn:
            lost.append(f"{record.id}: it was withdrawn")
            continue
        mine, why = _named(record, repository, index, skipped)
        if not mine:
            ours = len(packages) <= 1 or any(re.split(r"[/:]", each)[-1].lower() == project for each in record.packages)
            mine, why = _released(record, repository, tags, why) if ours else (mine, why)
        for commit in mine:
            found.setdefault(commit.id, (commit, record.said(commit.message)))
        if not mine and why:
            lost.append(f"{record.id}: {why}")
    skipped += lost[:TOLD]
    if len(lost) > TOLD:
        skipped.append(f"{len(lost) - TOLD} more advisories lead to no commit of {repository.path}")
    return dict(sorted(found.items(), key=lambda item: item[1][0].date))


def _indexed(repository: Repository) -> _Index:
    index = _Index(defaultdict(list), defaultdict(list))
    for commit in repository.log():
        if match := _MERGED.search(commit.message.partition("\n")[0]):
            index.by_pull[match[1] or match[2]].append(commit)
        said = commit_messages.read(commit.message)
        for name in said.references if said.relevant else ():
            index.by_name[name].append(commit)
    return index


def _named(record: Advisory, repository: Repository, index: _Index, skipped: list[str]) -> tuple[list[Commit], str]:
    """Return the commits that a record names, or that name it; or none and the reason."""
    found: list[Commit] = []
    absent = []
    for name in record.commits:
        full = repository.commit(name)
        commit = repository.one(full) if full else None
        if commit is None:
            absent.append(name)
            skipped.append(f"{record.id}: commit {name[:12]} is not in {repository.path}")
        else:
            found.append(commit)
    if not found:
        found = [commit for number in record.pulls for commit in index.by_pull.get(number, ())]
    found += [commit for name in record.names for commit in index.by_name.get(name, ())]
    if found:
        return list({commit.id: commit for commit in found}.values()), ""
    return [], "" if absent else "it names no commit, and no message names it"


def _versions(repository: Repository) -> dict[str, tuple[str, str]]:
    """Return the tags of a repository, and their commits, by the version that they stand for."""
    found = {}
    for tag, commit in repository.tags().items():
        if match := _VERSION.search(f" {tag}"):
            found[_plain(match[1])] = (tag, commit)
    return found


def _plain(version: str) -> str:
    return re.sub(r"(?:\.0)+$", "", re.sub(r"[._-]", ".", version.lower().removeprefix("v")))


def _released(
    record: Advisory, repository: Repository, tags: dict[str, tuple[str, str]], why: str
) -> tuple[list[Commit], str]:
    """Return the commits before a fixed version's tag that speak of the weakness, or none and the reason."""
    for version in record.fixed:
        tag, commit = tags.get(_plain(version), ("", ""))
        before = repository.tag_before(commit) if commit else None
        start = repository.commit_of(before) if before else None
        if start is None:
            continue
        alike = [each for each in repository.log(start, commit) if _same_thing(record, each.message)]
        if 1 <= len(alike) <= 3:
            return alike, ""
        why = f"of the commits between {before} and {tag}, {len(alike)} speak of its weakness"
    return [], why


def _same_thing(record: Advisory, message: str) -> bool:
    said = commit_messages.read(message)
    wanted = record.cwes or commit_messages.read(f"Fix {record.summary}").cwes
    named = set(re.findall(r"`([\w.]{4,})(?:\(\))?`", record.summary))
    return said.fixes and (
        any(_alike(one, other) for one in said.cwes for other in wanted)
        or bool(named & set(re.findall(r"[\w.]{4,}", message)))
    )


def _alike(one: str, other: str) -> bool:
    try:
        return same_family(one, other)
    except UsageError:
        return False
