"""Finds the unchanged files of a repository that use what a change altered: a weakened helper shows in them.

It takes what `seccoder.oracles.changes` read, and returns a text for each file that imports or includes a changed file
and names something in it that the change added, altered or took away. None of its own lines changed, so that a finding
in it counts only if it was not there before the change.

Only direct users are found, in Python, JavaScript, TypeScript and C, and by name: one that calls the user, or that is
given the function as a value, is not. The ten likeliest to hold a sensitive operation are taken, and the others named.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from seccoder.code import git
from seccoder.code.parsing import grammar
from seccoder.oracles.beside import named_by
from seccoder.oracles.choosing import likeliness
from seccoder.oracles.files import MAX_BYTES, LeftOut, Text, decode, known_language, read_bytes, repository
from seccoder.types import Source

MOST = 10
_LANGUAGES = ("python", "javascript", "typescript", "c", "cpp")
_KEYWORDS = frozenset("class const def default enum exports export function let struct typedef union var".split())


def users(
    texts: Sequence[Text],
    paths: Sequence[str] = (),
    *,
    staged: bool,
    language: str | None = None,
    left_out: LeftOut | None = None,
) -> list[Text]:
    """Return the unchanged files that use what changed in others.

    Args:
        texts: The changed files.
        paths: Only files at or below these paths are looked at; all of the repository if there are none.
        staged: Whether files are read as they are staged, and not as they are in the working tree.
        language: Only files of this language are taken, if it is given.
        left_out: Called with the path of each user that is left out, and the reason.
    """
    altered = {
        Path(text.path).resolve(): names
        for text in texts
        if text.language in _LANGUAGES and text.before and not text.problem and (names := _altered(text))
    }
    found_top = repository(texts[0].path) if altered else None
    if found_top is None:
        return []
    top = found_top.resolve()
    every = {name for names in altered.values() for name in names}
    changed = {os.path.realpath(text.path) for text in texts}
    unstaged = _unstaged(top) if staged else set()
    found = []
    for path in _mentioning(top, altered, paths, staged=staged):
        if str(path) in changed or not path.is_file() or path.is_symlink():
            continue
        text = _read(top, path, staged=str(path.relative_to(top)) in unstaged)
        words = _words(text.text)
        if language not in {None, text.language} or words.isdisjoint(every):
            continue
        used = {name for file in named_by(text) if file in altered for name in altered[file] & words}
        if used:
            why = f"Checked because of what it uses and the change altered: {', '.join(sorted(used))}."
            found.append(replace(text, changed=frozenset(), before=text.text, why=why))
    found.sort(key=lambda text: likeliness(Source(text.text, text.language or "", path=text.path)))
    for text in found[MOST:]:
        if left_out:
            left_out(text.path, f"not changed, but using what changed, beyond the {MOST} likeliest")
    return found[:MOST]


def _altered(text: Text) -> set[str]:
    """Return the names of what stands at the top of a file and is not the same before and after the change."""
    before, after = (dict(_parts(each, text.language)) for each in (text.before or "", text.text))
    return {name for part, name in (*before.items(), *after.items()) if (part in before) != (part in after)} - {""}


def _parts(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    """Yield the text of each definition and statement at the top of a file, with the name that it defines or ""."""
    parser = grammar(language)
    for node in parser.parse(text.encode("utf-8", "replace")).root_node.children if parser else ():
        part = (node.text or b"").decode(errors="replace")
        head = re.match(r"(?:@.*\n\s*)*([^({=:;<\n]*)", part)
        words = [word for word in re.findall(r"\w+", head[1] if head else "") if word not in _KEYWORDS]
        yield part, words[-1] if words and "comment" not in node.type else ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _mentioning(top: Path, altered: dict[Path, set[str]], paths: Sequence[str], *, staged: bool) -> Iterator[Path]:
    """Yield the files that git knows and that hold the name of a changed file, as an import or a header's name does."""
    stems = {path.parent.name if path.stem in {"__init__", "index"} else path.stem for path in altered}
    asked = [part for stem in sorted(stems) for part in ("-e", stem)]
    asked += ["--", *(str(Path(path).resolve()) for path in paths)]
    done = git.run(["grep", "-l", "-z", "-a", "-w", "-F", *(["--cached"] if staged else []), *asked], top, users=True)
    for name in filter(None, done.stdout.split(b"\0")):
        if known_language(path := os.fsdecode(name), b"") in _LANGUAGES:
            yield top / path


def _unstaged(top: Path) -> set[str]:
    """Return the names of files that are not in the working tree as they are staged."""
    done = git.run(["diff", "--name-only", "-z"], top, users=True)
    return set(map(os.fsdecode, done.stdout.split(b"\0")))


def _read(top: Path, path: Path, *, staged: bool) -> Text:
    """Read a file as it is staged, or as it is in the working tree."""
    shown = os.path.relpath(path)
    if staged:
        name = path.relative_to(top).as_posix()
        data = git.run(["cat-file", "blob", f":{name}"], top, users=True).stdout[: MAX_BYTES + 1]
    else:
        data = read_bytes(path)
    return decode(shown, known_language(shown, data), data)
