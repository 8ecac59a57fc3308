"""Finds the modules and headers of its own package that a file needs, so that they lie beside it in the box.

It takes the files that are checked and returns, for each, its own place and the texts of what it imports or includes,
and of what these need in turn: only files below the same package, folder or repository, as many and as large as a limit
allows. What was staged counts as it was staged. Nothing is imported or run: names are read from the text.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from seccoder.oracles.files import Text, decode, read_bytes

_MOST_FILES = 40
_MOST_BYTES = 400_000  # of one source's files together
_IMPORTS = re.compile(
    r"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]+)|import[ \t]+([\w. ,\t]+))", re.M
)
_REQUIRES = re.compile(r"""(?:\brequire\(|\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"'\n]+)["']""")
_INCLUDES = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([\w./-]+)"', re.M)
_ENDINGS = ("", ".js", ".cjs", ".mjs", ".ts", ".mts", ".cts", ".json", "/index.js", "/index.ts")
_TAKEN = frozenset(("seccoder.h", "seccoder.hpp", "given.h", "harness", "tools", "run", "secret", "given", "second"))

_MOST_LEVELS = 6  # folders up to the top of a repository

Beside = tuple[tuple[str, str], ...]
_Found = Iterator[tuple[Path, Path]]  # a file, and the folder to which its name is relative


def beside(text: Text, known: Mapping[str, str]) -> tuple[str, Beside]:
    """Return a file's place among the files of its package, and those of them that it needs, by name.

    In Python the names are relative to the folder from which the package is imported; elsewhere to the file's folder.

    Args:
        text: The file.
        known: The texts of files that are checked together with it, by absolute path.
    """
    find = _FINDERS.get(text.language or "")
    if find is None or text.path == "-" or not Path(text.path).is_file():
        return "", ()
    file = Path(text.path).resolve()
    package = _around(file, text)
    found: dict[str, str] = {}
    size = 0
    waiting = [(file, text.text)]
    while waiting:
        user, content = waiting.pop(0)
        for path, root in find(user, content, package):
            name = os.path.relpath(path, root)
            if name in found or not _fits(name) or (path == file and text.language != "python"):
                continue
            needed = text.text if path == file else known.get(str(path)) or _read(path)
            size += len(needed)
            if len(found) >= _MOST_FILES or size > _MOST_BYTES:
                waiting.clear()
                break
            found[name] = needed
            waiting.append((path, needed))
    return os.path.relpath(file, package) if found else "", tuple(sorted(found.items()))


def named_by(text: Text) -> set[Path]:
    """Return the files of its package, folder or repository that a file imports or includes itself."""
    file = Path(text.path).resolve()
    find = _FINDERS.get(text.language or "")
    return {path for path, _ in find(file, text.text, _around(file, text))} if find else set()


def _around(file: Path, text: Text) -> Path:
    """Return the folder to which the names of a file's own package are relative."""
    return _package(file) if text.language == "python" else file.parent


def _fits(name: str) -> bool:
    """Say whether a name can be had in the box, in the folder above the file's own at most."""
    parts = Path(name).parts
    return ".." not in parts[1:] and not {parts[0], parts[min(1, len(parts) - 1)]} & _TAKEN


def _read(path: Path) -> str:
    try:
        return decode(str(path), "python" if path.suffix == ".py" else "c", read_bytes(path)).text
    except OSError:
        return ""


def _is_file(path: Path) -> bool:
    """Say whether there is a file of its own, no link, at a path that no link leads to."""
    return path.is_file() and path.resolve() == path


def _package(file: Path) -> Path:
    """Return the folder from which a Python file's package is imported."""
    folder = file.parent
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


@lru_cache(maxsize=1024)
def _above(folder: Path) -> tuple[Path, ...]:
    """Return a folder and those above it, up to the top of the repository; the folder alone outside of one."""
    levels = (folder, *folder.parents)[:_MOST_LEVELS]
    top = next((number for number, each in enumerate(levels) if (each / ".git").exists()), 0)
    return levels[: top + 1]


def _python(user: Path, text: str, package: Path) -> _Found:
    """Yield the modules that a Python file imports, and the packages around them."""
    for base, names, plain in _IMPORTS.findall(text):
        dots = len(base) - len(base.lstrip("."))
        if plain:
            modules = [part.split()[0] for part in plain.split(",") if part.split()]
        else:
            first = base.lstrip(".")
            modules = [first, *(f"{first}.{name}".lstrip(".") for name in re.findall(r"(\w+)(?:\s+as\s+\w+)?", names))]
        for module in modules:
            parts = module.split(".") if module else []
            if dots:
                folder = user.parents[min(dots, len(user.parents)) - 1]
                if package in folder.parents:
                    yield from _modules(folder, parts, package)
            elif parts and parts[0] not in sys.stdlib_module_names:
                for root in (place for each in _above(package) for place in (each, each / "src")):
                    if (root / parts[0]).is_dir() or _is_file(root / f"{parts[0]}.py"):
                        yield from _modules(root, parts, root)
                        break


def _modules(folder: Path, parts: Sequence[str], root: Path) -> _Found:
    place = folder.joinpath(*parts)
    for each in (place, *place.parents):
        if each != root and each.is_relative_to(root) and _is_file(each / "__init__.py"):
            yield each / "__init__.py", root
    if parts and _is_file(module := place.with_name(f"{place.name}.py")):
        yield module, root


def _javascript(user: Path, text: str, package: Path) -> _Found:
    """Yield the modules that a JavaScript or TypeScript file names by their place."""
    for name in dict.fromkeys(_REQUIRES.findall(text)):
        place = os.path.normpath(user.parent / name)
        typed = [re.sub(r"js$", "ts", place)] if re.search(r"\.[cm]?js$", place) else []
        for path in map(Path, [*(place + ending for ending in _ENDINGS), *typed]):
            if _is_file(path):
                yield path, package
                break


def _c(user: Path, text: str, package: Path) -> _Found:
    """Yield the headers that a C or C++ file includes by their name."""
    for name in dict.fromkeys(_INCLUDES.findall(text)):
        near = Path(os.path.normpath(user.parent / name))
        if _is_file(near):
            yield near, package
            continue
        for root in (each / "include" for each in _above(package)):
            if _is_file(path := Path(os.path.normpath(root / name))):
                yield path, root
                break


_FINDERS = {"python": _python, "javascript": _javascript, "typescript": _javascript, "c": _c, "cpp": _c}
