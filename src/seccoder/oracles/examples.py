"""Runs code on the examples that its query gives (`seccoder.code.examples`), and says which of them it does not keep.

A user who writes what a function is to answer has written a test. Code that answers otherwise does not do its job,
however secure it is. All examples of a source are called in one box, in order.

Not guaranteed: that code which keeps all examples does its job, or that an example is right.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from seccoder import sandbox
from seccoder.code.examples import Example
from seccoder.code.text import printable_line
from seccoder.types import Source

_LIMITS = sandbox.Limits(seconds=10, memory_mb=1024, processes=64, disk_mb=64)
_RESULTS = "results.json"
_RUNNERS = {"python": ("", ".py", "python3", "-I"), "javascript": ("javascript/", ".js", "node")}


def unmet(source: Source, examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the examples that a source does not keep, each in a few words; none where it cannot be said.

    An example whose function the source does not have says nothing, and so does a source that does not load.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    if not examples or source.language not in _RUNNERS or sandbox.unavailable():
        return ()
    write = repr if source.language == "python" else json.dumps
    told = run_with("examples", source, examples=[(each.call, write(each.value)) for each in examples])
    return tuple(
        f"{example.call} {printable_line(said)[:120]}, not {write(example.value)}"
        for example, said in zip(examples, told, strict=False)
        if said
    )


def run_with(script: str, source: Source, **job: Any) -> list[str]:
    """Run a source in the box with one of the scripts inside, and return what it told of each thing that it was given.

    What is told comes from code that nobody trusts; "" stands for nothing. Where there is no report, the list is empty.

    Args:
        script: The script's name, which is the same in every language.
        source: The source, in Python or JavaScript.
        job: What else the script is given.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    folder, suffix, *command = _RUNNERS[source.language]
    name = script + suffix
    outcome = sandbox.run(
        [*command, name, _RESULTS],
        files={name: _script(folder + name)},
        stdin=json.dumps({"code": source.text, **job}).encode("utf-8", "surrogateescape"),
        limits=_LIMITS,
        keep=[_RESULTS],
    )
    try:
        told = json.loads(outcome.files.get(_RESULTS, b""))
    except (ValueError, RecursionError):
        return []
    return [each if isinstance(each, str) else "" for each in told] if isinstance(told, list) else []


@cache
def _script(path: str) -> str:
    return files("seccoder.oracles.executed.inside").joinpath(path).read_text(encoding="utf-8")
