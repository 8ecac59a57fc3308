"""Reads advisories in OSV's or GitHub's JSON, and takes the fixes that they name from a local clone.

The candidates get the weaknesses of the advisory; `git_history` says what is made of a commit, and `git` how little the
repository is trusted. A commit counts if it is in the clone and the advisory names it as what fixed it
(`affected[].ranges[].events[].fixed`, or a reference to `.../commit/HASH`). Other commits are reported. Nothing is
fetched.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seccoder.errors import UsageError
from seccoder.expansion.candidate import OWN, Candidate
from seccoder.expansion.sources.commit_messages import Said
from seccoder.expansion.sources.git_history import History

MAX_BYTES = 5_000_000
_COMMIT = re.compile(r"/commits?/([0-9a-f]{7,64})(?:[/?#.]|$)")
_HASH = re.compile(r"[0-9a-f]{7,64}")


def candidates(path: Path, clone: History, skipped: list[str]) -> Iterator[Candidate]:
    """Yield what the fixes of one advisory changed, as far as the clone has them.

    Raises:
        UsageError: If it cannot be read, or is no advisory.
    """
    id, cwes, commits = read(path)
    repository = clone.repository
    licence = clone.about.licence or repository.licence() or OWN
    for name in commits:
        full = repository.commit(name)
        commit = repository.one(full) if full else None
        if commit is None:
            skipped.append(f"{id}: commit {name[:12]} is not in {repository.path}")
            continue
        said = Said(cwes, (id,), fixes=True)
        yield from clone.candidates(commit, repository.origin(), licence, said)


def read(path: Path) -> tuple[str, tuple[str, ...], list[str]]:
    """Return the name of an advisory, its weaknesses, and the commits that it says fixed it.

    Raises:
        UsageError: If it cannot be read, or is no advisory.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UsageError(f"{path} is larger than {MAX_BYTES:,} bytes")
        advisory = json.loads(data)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not JSON ({str(error)[:100]})") from None
    id = advisory.get("id", advisory.get("ghsa_id")) if isinstance(advisory, dict) else None
    if not isinstance(id, str) or not re.fullmatch(r"[\w.:-]{3,60}", id):
        raise UsageError(f"{path} is no advisory: it has no id")
    cwes = [_list(_dict(advisory.get("database_specific")).get("cwe_ids"))]
    cwes.append([_dict(each).get("cwe_id") for each in _list(advisory.get("cwes"))])
    named = [each for names in cwes for each in names if isinstance(each, str)]
    return id, tuple(dict.fromkeys(named))[:5], list(dict.fromkeys(_commits(advisory)))[:50]


def _commits(advisory: dict[str, Any]) -> Iterator[str]:
    for affected in _list(advisory.get("affected")):
        for each in _list(_dict(affected).get("ranges")):
            if _dict(each).get("type") == "GIT":
                for event in _list(_dict(each).get("events")):
                    fixed = _dict(event).get("fixed")
                    if isinstance(fixed, str) and _HASH.fullmatch(fixed):
                        yield fixed
    for reference in _list(advisory.get("references")):
        address = reference if isinstance(reference, str) else _dict(reference).get("url")
        if isinstance(address, str) and (match := _COMMIT.search(address[:2000])):
            yield match[1]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
