"""Finds candidates in repositories, tables, advisories and files; `open_source` chooses by what is at a path.

    a git repository (folder or bare)          git_history.py    its own history
    FILE with a vulnerable one beside it       pair.py           two versions of a file
    *.jsonl                                    json_lines.py     demonstrations, or pairs, one per line
    *.csv                                      bigvul.py         Big-Vul's columns
    *.db, *.sqlite                             cvefixes.py       CVEfixes' tables
    *.json (OSV, GHSA)                         osv.py            with a local clone
    *.sarif, and the one after                 sarif.py          with a local clone and a commit
    a folder of these or of demonstrations     folder.py

`seccoder.data` reads published sets whole and as they are, for the paper's experiments.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from seccoder.code import languages
from seccoder.errors import UsageError

if TYPE_CHECKING:
    from seccoder.expansion.source import CandidateSource
    from seccoder.expansion.sources.about import About


def open_source(
    path: Path,
    about: "About",
    *,
    vulnerable: Path | None = None,
    clone: Path | None = None,
    advisories: Path | None = None,
    after: Path | None = None,
    commit: str = "",
) -> "CandidateSource":
    """Return the source that reads what is at a path.

    Args:
        path: A file or a folder.
        about: What the user says about it.
        vulnerable: The vulnerable file that `path` replaces.
        advisories: Records about a repository, whose fixes are looked up in it.
        clone: The repository that advisories or SARIF logs are about.
        after: The SARIF log after the commit.
        commit: The commit between two SARIF logs.

    Raises:
        UsageError: If there is nothing at the path, or nothing that a source reads.
        MissingTool: If git is needed and not installed.
    """
    from seccoder.expansion.sources import folder, pair, sarif
    from seccoder.expansion.sources.chunks import Chunks
    from seccoder.expansion.sources.git import is_repository
    from seccoder.expansion.sources.git_history import History

    name = str(path.resolve())
    if not path.exists():
        raise UsageError(f"there is no file or folder {str(path)!r}")
    if vulnerable is not None or (path.is_file() and languages.from_path(path) is not None):
        return Chunks(f"pair {name}", lambda skipped: pair.candidates(path, vulnerable, about))
    if path.is_dir() and is_repository(path):
        return History(path, about, advisories)
    if advisories is not None:
        raise UsageError("advisories are looked up in a git repository: give its folder as SOURCE")
    history = None if clone is None else History(clone, about)
    close = None if history is None else history.repository.close
    if path.suffix.lower() == ".sarif":
        if history is None or after is None or not commit:
            raise UsageError("a SARIF log needs the one after it, the commit between them and the repository: "
                             "--after FILE --commit HASH --clone PATH")  # fmt: skip
        return Chunks(f"sarif {name}", lambda skipped: sarif.candidates(path, after, history, commit, skipped), close)
    return Chunks(f"records {name}", lambda skipped: folder.candidates(path, about, history, skipped), close)
