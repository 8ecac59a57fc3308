"""Runs code on the examples that its query gives (`seccoder.code.examples`), and says which of them it does not keep.

A user who writes what a function is to answer has written a test. Code that answers otherwise does not do its job,
however secure it is. All examples of a source are called in one box, in order.

Not guaranteed: that code which keeps all examples does its job, or that an example is right.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from seccoder import sandbox
from seccoder.code.examples import Example
from seccoder.code.text import printable_line
from seccoder.types import Source

_LIMITS = sandbox.Limits(seconds=10, memory_mb=1024, processes=64, disk_mb=64)
_RESULTS = "results.json"
_RUNNERS = {"python": ("examples.py", "python3", "-I"), "javascript": ("javascript/examples.js", "node")}


def unmet(source: Source, examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the examples that a source does not keep, each in a few words; none where it cannot be said.

    An example whose function the source does not have says nothing, and so does a source that does not load.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    if not examples or source.language not in _RUNNERS or sandbox.unavailable():
        return ()
    path, *command = _RUNNERS[source.language]
    name = path.rpartition("/")[2]
    write = repr if source.language == "python" else json.dumps
    job = {"code": source.text, "examples": [(each.call, write(each.value)) for each in examples]}
    outcome = sandbox.run(
        [*command, name, _RESULTS],
        files={name: _runner(path)},
        stdin=json.dumps(job).encode("utf-8", "surrogateescape"),
        limits=_LIMITS,
        keep=[_RESULTS],
    )
    return tuple(
        f"{example.call} {said}, not {write(example.value)}"
        for example, said in zip(examples, _told(outcome.files.get(_RESULTS, b"")), strict=False)
        if said
    )


def _told(results: bytes) -> list[str]:
    """Read the untrusted report; "" for an example that holds or of which nothing is known."""
    try:
        told = json.loads(results)
    except (ValueError, RecursionError):
        return []
    if not isinstance(told, list):
        return []
    return [printable_line(each)[:120] if isinstance(each, str) else "" for each in told]


@cache
def _runner(path: str) -> str:
    return files("seccoder.oracles.executed.inside").joinpath(path).read_text(encoding="utf-8")
