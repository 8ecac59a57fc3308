"""Reads instructions with answers that are not about security; with them a SafeCoder model keeps its abilities.

They come from a JSONL file of `instruction` and `output` (`input` is added to the instruction), such as the published
Code Evol-Instruct. Without a file they are made from the running Python's own standard library: each documented
function is an answer, and the first paragraph of its docstring is the instruction. Such a set depends on the Python
version, which the model card names. MBPP, which is at hand too, has no answers, and utility is measured on HumanEval.
"""

import ast
import json
import random
import sysconfig
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from seccoder.errors import UsageError

_LONGEST = 4000  # characters of a function; longer ones are rarely worth learning from


def from_file(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the instructions and answers of a JSONL file, in its order.

    Raises:
        UsageError: If the file cannot be read or a line is not what it should be.
    """
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):  # noqa: B007 - the error below names it
                row = json.loads(line)
                more = row.get("input") or ""
                yield row["instruction"] + (f"\n\n{more}" if more else ""), row["output"]
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}, line {number}: not an instruction with an output ({error})") from None


def standard_library(count: int, seed: int) -> list[tuple[str, str]]:
    """Return so many documented functions of Python's standard library, from modules in an order drawn by seed."""
    paths = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))
    random.Random(seed).shuffle(paths)  # noqa: S311 - not for secrets
    every = (task for path in paths for task in _functions(path.read_text(encoding="utf-8", errors="replace")))
    return list(islice(every, count))


def _functions(text: str) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    lines = text.split("\n")
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and len(node.body) > 1 and not node.decorator_list:
            code = "\n".join(lines[node.lineno - 1 : node.end_lineno]) + "\n"
            summary = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
            if len(summary) > 20 and len(code) <= _LONGEST:
                yield f"Write a Python function {node.name}: {summary}", code
