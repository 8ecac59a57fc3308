"""Runs inside the sandbox: calls a Python file's functions as its task's examples do, and tells what they return.

It reads JSON from standard input: the file's text, and for each example the call and the value that it is to return,
both as Python writes them. It writes a list as long into the file that the argument names: null where the example
holds, "" where its function is not there, else what happened instead, in words.
"""

import ast
import json
import math
import sys
from typing import Any


def main() -> None:
    """Run all examples; what the file prints goes nowhere."""
    job = json.load(sys.stdin)
    told: list[str | None] = [""] * len(job["examples"])
    namespace: dict[str, Any] = {"__name__": "subject"}
    sys.stdout = sys.stderr
    try:
        exec(compile(job["code"], "subject.py", "exec"), namespace)  # noqa: S102 - the box is there for this
    except BaseException:
        job["examples"] = []  # it does not load, which the verdict says
    for at, (call, value) in enumerate(job["examples"]):
        told[at] = tried(call, ast.literal_eval(value), namespace)
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(told, file)


def tried(call: str, value: Any, namespace: dict[str, Any]) -> str | None:
    """Make one call, and compare what it returns."""
    if not callable(namespace.get(call[: call.index("(")])):
        return ""
    try:
        found = eval(call, namespace)  # noqa: S307 - the box is there for this
        return None if alike(found, value) else f"returns {short(found)}"
    except BaseException as error:
        return f"raises {type(error).__name__}"


def alike(found: Any, value: Any) -> bool:
    """Compare as a reader of the example would: a rounded number is the number, and a generator is its list."""
    if isinstance(value, float) and isinstance(found, (int, float)):
        return math.isclose(found, value, rel_tol=1e-3, abs_tol=1e-6)
    if isinstance(value, (list, tuple)) and not isinstance(found, (str, bytes)):
        found = list(found)
        return len(found) == len(value) and all(map(alike, found, value))
    return bool(found == value)


def short(value: Any) -> str:
    """Return a value's beginning as Python writes it."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


if __name__ == "__main__":
    main()
