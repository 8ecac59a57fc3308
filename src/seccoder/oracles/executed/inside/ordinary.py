"""Runs inside the sandbox: makes ordinary calls of a Python file's function, and tells what came of each.

It reads JSON from standard input: the file's text, and calls as [name, arguments as Python writes them]. It writes a
list as long into the file that the argument names: what was returned, what became of the arguments, what was printed
or logged and which files were left; "nothing" where that is nothing at all, "raises" where the call raised or returned
what its annotation excludes, and null where the function is not there.
"""

import asyncio
import contextlib
import inspect
import io
import itertools
import json
import logging
import os
import signal
import sqlite3
import sys
import time
import types
from decimal import Decimal
from typing import Any

_SECONDS, _IN_ALL = 0.2, 2.0  # of processor time: for each call, and after which no further one is made
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (int, float), "bool": (bool,), "bytes": (bytes,), "none": (type(None),),
    "list": (list,), "set": (set,), "dict": (dict,), "tuple": (tuple,),
}  # fmt: skip
_MOST = 4000  # characters of an answer


def main() -> None:
    """Make all calls, each in a folder of its own."""
    job = json.load(sys.stdin)
    told: list[str | None] = [None] * len(job["calls"])
    result = os.path.abspath(sys.argv[1])
    namespace: dict[str, Any] = {"__name__": "subject"}
    printed = io.StringIO()
    logging.basicConfig(level=logging.DEBUG, stream=printed, format="%(levelname)s %(message)s")
    signal.signal(signal.SIGPROF, _late)
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(job["code"], "subject.py", "exec"), namespace)  # noqa: S102 - the box is there for this
        except BaseException:
            job["calls"] = []  # it does not load, which the verdict says
        namespace["seccoder_database"] = database
        end = time.process_time() + _IN_ALL
        for at, (name, arguments) in enumerate(job["calls"]):
            if not callable(namespace.get(name)) or time.process_time() > end:
                break
            os.makedirs(f"calls/{at}")
            os.chdir(f"calls/{at}")
            with open("notes.txt", "w", encoding="utf-8") as file:
                file.write("one\ntwo\n")
            printed.seek(0)
            printed.truncate()
            told[at] = answered(name, arguments, namespace, printed)
            os.chdir("../..")
    with open(result, "w", encoding="utf-8") as file:
        json.dump(told, file)


def _late(*_: object) -> None:
    raise TimeoutError


def answered(name: str, arguments: list[str], namespace: dict[str, Any], printed: io.StringIO) -> str:
    """Make one call."""
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    try:
        given = [eval(each, namespace) for each in arguments]  # noqa: S307 - the box is there for this
        before = repr(given)
        found = namespace[name](*given)
        if inspect.iscoroutine(found):
            found = asyncio.run(found)
        if inspect.isgenerator(found):
            found = list(itertools.islice(found, 100))
        if not fits(found, promised(namespace[name])):
            return "raises"
        changed = "" if repr(given) == before else repr(given)
        left = {file: _content(file) for file in sorted(os.listdir())}
        left.pop("notes.txt" if left.get("notes.txt") == "one\ntwo\n" else "", None)
        if found is None and not changed and not printed.getvalue() and not left:
            return "nothing"
        return repr((_plain(found), changed, printed.getvalue(), left))[:_MOST]
    except BaseException:
        return "raises"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def promised(function: Any) -> str:
    """Return the annotation of what a function returns, without blanks; "" if it has none."""
    note = getattr(function, "__annotations__", {}).get("return", "")
    plain = isinstance(note, type) and not isinstance(note, types.GenericAlias)
    return (note.__name__ if plain else str(note)).replace(" ", "")


def fits(value: Any, note: str) -> bool:
    """Say whether a value may be what an annotation promises, as far as its names are known."""
    if "|" in note and "[" not in note:
        return any(fits(value, each) for each in note.split("|"))
    name, _, inner = note.removesuffix("]").partition("[")
    kinds = _KINDS.get(name.rpartition(".")[2].lower())
    if kinds is None:
        return True
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        return False
    if isinstance(value, (list, set)) and inner and not inner.count(","):
        return all(fits(each, inner) for each in value)
    return True


def _plain(value: Any) -> Any:
    """Return a value as what it is to a reader: a number is one in whatever type it is kept."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return float(f"{value:.6g}")
    return value


def _content(path: str) -> str:
    if os.path.isdir(path):
        return "a folder"
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read(_MOST)


def database(tables: list[tuple[str, list[str]]]) -> sqlite3.Connection:
    """Return a database in memory with these tables, in which rows hold small numbers or short texts."""
    connection = sqlite3.connect(":memory:")
    for name, columns in tables:
        connection.execute(f'CREATE TABLE "{name}" ({", ".join(f"{chr(34)}{each}{chr(34)}" for each in columns)})')
        rows = [(1, 1, 1), (2, 2, 2), (3, 1, 5), ("ann", 7, "b7"), ("b7", 9, "ann"), ("ann", 4, "3")]
        for row in rows:
            values = [*row, *(row[-1] for _ in columns)][: len(columns)]
            connection.execute(f'INSERT INTO "{name}" VALUES ({", ".join("?" for _ in values)})', values)  # noqa: S608
    connection.commit()
    return connection


if __name__ == "__main__":
    main()
