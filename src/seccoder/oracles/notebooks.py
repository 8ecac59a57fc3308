"""Reads the code cells of a Jupyter notebook as one source, on the lines on which they stand in the file.

It takes the text of an `.ipynb` file and returns the language of its kernel and the code. A notebook is JSON, and the
programs that write one put each line of a cell on a line of its own. The code that is returned has as many lines as the
file, with each line of code where the file has it and nothing on all others. So a finding's line is a line of the file,
and what changed in the file changed in the code. In a notebook that is written otherwise, the cells follow each other,
and lines are counted over them.

Lines that only a notebook understands (`%magic`, `!command`) are left out, and so is a Python cell that is not a plain
program by itself.
"""

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

from seccoder.code import languages
from seccoder.errors import UsageError

SUFFIX = ".ipynb"
_MAGIC = re.compile(r"^([ \t]*)[%!?].*$|^([ \t]*)[\w.]+\?{1,2}[ \t]*$", re.MULTILINE)


def read(text: str) -> tuple[str, str]:
    """Return the language of a notebook and its code.

    Raises:
        ValueError: If it is no notebook, or its language is none that is known. The message is one line.
    """
    try:
        notebook = json.loads(text)
        cells = [(cell.get("cell_type"), _source(cell.get("source", []))) for cell in notebook["cells"]]
        language = languages.canonical(_language(notebook.get("metadata", {})))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("not a notebook of format 4 (JSON with cells)") from None
    except UsageError:
        raise ValueError("its kernel's language is none that is checked") from None
    lines = text.split("\n")
    placed: list[str] | None = [""] * len(lines)
    one_after_another = []
    at = 0
    for kind, source in cells:
        code = _plain("".join(source), language) if kind == "code" else ""
        one_after_another.append(code)
        if placed is None or not source:
            continue
        start = _find(lines, at, source)
        if start is None:
            placed = None
            continue
        at = start + len(source)
        if code:
            placed[start:at] = code.split("\n")[: len(source)]
    return language, "\n".join(one_after_another if placed is None else placed)


def _language(metadata: dict[str, Any]) -> str:
    named = metadata.get("language_info", {}).get("name") or metadata.get("kernelspec", {}).get("language")
    return str(named or "python")


def _source(source: str | list[str]) -> list[str]:
    return source.splitlines(keepends=True) if isinstance(source, str) else [str(line) for line in source]


def _plain(code: str, language: str) -> str:
    """Return a cell without what only a notebook understands, or "" if it is no plain program then."""
    if code.lstrip().startswith("%%"):
        return ""
    plain = _MAGIC.sub(r"\1\2pass", code) if language == "python" else code
    if language == "python":
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(plain, "cell", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ""
    return plain


def _find(lines: list[str], at: int, source: list[str]) -> int | None:
    """Return the index of the file's line that holds the first line of a cell, from an index on."""
    for index in range(at, max(at, len(lines) - len(source))):
        if (
            lines[index].strip() == '"source": ['
            and list(_strings(lines[index + 1 : index + 1 + len(source)])) == source
        ):
            return index + 1
    return None


def _strings(lines: list[str]) -> Iterator[str]:
    for line in lines:
        try:
            yield json.loads(line.strip().removesuffix(","))
        except ValueError:
            return
