"""Reads what the runner in the box said about one C or C++ source, and finds the weaknesses in it.

It takes JSON lines, and returns rule, CWE, line and message of everything that the sanitizers, the watchers and gcc
reported, and of what shows only if all runs are seen together.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from seccoder import sandbox
from seccoder.oracles.executed.c import weaknesses
from seccoder.oracles.executed.c.attacks import TEXTS
from seccoder.oracles.executed.c.operations import NARROW
from seccoder.types import Source


@dataclass(frozen=True, slots=True)
class Told:
    """What the runner in the box said, in the parts that the rules ask for."""

    plan: dict[str, Any]
    outcome: sandbox.Outcome
    messages: list[dict[str, Any]]
    failed: dict[str, Any] | None  # what a compiler or the linker refused
    runs: list[dict[str, Any]]
    again: list[dict[str, Any]]  # of the second build
    last: dict[str, Any]  # once everything was run

    @classmethod
    def read(cls, plan: dict[str, Any], outcome: sandbox.Outcome) -> "Told":
        """Sort the messages."""
        messages = [message for line in outcome.stdout.splitlines() if (message := _parsed(line))]
        apart = next((n for n, message in enumerate(messages) if "second" in message), len(messages))
        last: dict[str, Any] = next((message for message in messages if "lines" in message), {})
        return cls(
            plan,
            outcome,
            messages,
            next((message for message in messages if "compile" in message or message.get("link")), None),
            [message["run"] for message in messages[:apart] if "run" in message],
            [message["run"] for message in messages[apart:] if "run" in message],
            last,
        )

    def counts(self, kind: str) -> Counter[int | None]:
        """Return how often runs of a kind executed each line without an error; every line that holds code is there."""
        return Counter({int(line): int(count) for line, count in self.last.get(kind, {}).items()})


def found(source: Source, told: Told) -> Iterator[tuple[str, str, int | None, str, str, str]]:
    """Yield rule, CWE, line, message, input and call of everything that was found; nothing in what was not built."""
    if told.failed is not None:
        return
    for message in told.messages:
        if "warnings" in message:
            analyzer = message["warnings"] == "analyzer"
            for cwe, line, text in weaknesses.from_warnings(str(message["said"]), analyzer=analyzer):
                yield "gcc-" + str(message["warnings"]), cwe, line, text, "", ""
    for run, cwe, line, text in (*_reported(told), *_second(source, told), *_told_apart(source, told)):
        rests = f", with made-up {', '.join(names[:4])}" if (names := told.plan["made_up"]) else ""
        yield "sanitizer", cwe, line, _plain(text) + rests, f"{_input(run, told.plan)} ({text})", _call(run, told)


def _call(run: dict[str, Any], told: Told) -> str:
    """Return as JSON how a run is made once more: a case that was drawn, or what the program was given."""
    plan = told.plan
    if plan["made_up"] or plan["libraries"] or plan["family"] in TEXTS or run in told.again:
        return ""
    if "case" in run:
        call = {"family": plan["family"], "seed": plan["seed"], "case": [run["entry"], run["case"]]}
        return json.dumps(call)
    if run["n"] < 0:
        return ""
    item = plan["runs"][run["n"]]
    files = {name: text for name, text in {**plan["files"], **item["files"]}.items() if not name.startswith("/")}
    return json.dumps({**{name: item[name] for name in ("argv", "stdin", "env")}, "files": files})


_PLAIN = (
    (r"use-after|use of .* after", "memory was used after it had been given back"),
    (r"double-free", "memory was given back twice"),
    (r"attempting free|dealloc-mismatch", "memory was given back that had not been taken that way"),
    (r"stack-overflow", "the stack came to its end"),
    (r"negative-size-param", "a negative number was taken for a size"),
    (r"(buffer-?|container-)(over|under)|unknown-crash|param-overlap", "memory outside of an object was used"),
    (r"SEGV", "an address was used at which there is no object"),
)


def _plain(text: str) -> str:
    """Say what a sanitizer reported in plain words; what it says in words of its own stays."""
    return next((plain for pattern, plain in _PLAIN if re.search(pattern, text)), text)


_Report = tuple[dict[str, Any], str, int | None, str]  # the run, the CWE, the line and the message


def _reported(told: Told) -> Iterator[_Report]:
    """Yield what the sanitizers reported, and what did not end."""
    for run in told.runs:
        for cwe, line, text in weaknesses.from_report(str(run["report"]), told.last.get("lines", {})):
            yield run, cwe, line, text
        if _endless(run, told):
            yield run, "CWE-835", None, "it did not end"


def _second(source: Source, told: Told) -> Iterator[_Report]:
    """Yield what only the second build shows."""
    for run in told.again:
        for cwe, line, text in weaknesses.from_report(str(run["report"]), told.last.get("second_lines", {})):
            wrapped = text.lower().startswith("unsigned") and not weaknesses.intended(source.text, line, text)
            if cwe == "CWE-457" or wrapped:
                yield run, cwe, line, text


def _told_apart(source: Source, told: Told) -> Iterator[_Report]:
    """Yield what shows only if all runs are seen together."""
    lines = told.last.get("lines", {})
    if told.plan["family"] == "format":
        for line, run in _formats(told.runs, told.plan, lines):
            yield run, "CWE-134", line, "the input is read as a format"
    for line, run in _wrapped(source.text, told.runs, told.plan, lines):
        yield run, "CWE-680", line, "a size wrapped around"


def _endless(run: dict[str, Any], told: Told) -> bool:
    """Whether a run did not end although nothing huge was asked of it."""
    many = told.last.get("cases", len(told.runs)) > 20
    return run["late"] and told.plan["family"] == "consumption" and many and not _huge(run, told.plan)


def _wrapped(
    text: str, runs: list[dict[str, Any]], plan: dict[str, Any], lines: dict[str, int]
) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Where a block on the heap was overrun for huge numbers only, with one such run: its size was too small for them.

    Unsigned arithmetic that wraps is defined, so no sanitizer reports it. Had an index gone unchecked, a smaller number
    would have been too much as well. Huge is what 32 bits do not hold, and, where the source keeps numbers in 16 bits,
    what these do not hold.
    """
    over: dict[int | None, list[dict[str, Any]]] = {}
    for run in runs:
        for _, line, message in weaknesses.from_report(str(run["report"]), lines):
            if message.startswith("heap-buffer-overflow"):
                over.setdefault(line, []).append(run)
    short = NARROW.search(text) and not any(60_000 < number < 70_000 for number in plan["numbers"])
    least = 65_500 if short else 1 << 28
    yield from ((line, found[0]) for line, found in over.items() if all(_huge(run, plan, least) for run in found))


def _formats(
    runs: list[dict[str, Any]], plan: dict[str, Any], lines: dict[str, int]
) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Where a print went astray (it is no overflow) for conversions of the input's, and never without them."""
    astray: dict[int | None, list[dict[str, Any]]] = {}
    for run in runs:
        if "AddressSanitizer: SEGV" in str(run["report"]):
            for _, line, _ in weaknesses.from_report(str(run["report"]), lines):
                astray.setdefault(line, []).append(run)
    for line, found in astray.items():
        if line in plan["lines"] and all(re.search(rb"%[\d$]*[ns]|%\d+d", _given(run, plan)) for run in found):
            yield line, found[0]


def _given(run: dict[str, Any], plan: dict[str, Any]) -> bytes:
    """Return what a run was given, as one text."""
    if "note" in run:
        return str(run["note"]).encode()
    item = plan["runs"][run["n"]]
    given = b" ".join(base64.b64decode(text) for text in [*item["argv"], item["stdin"]])
    return given + b" " + " ".join(item["env"].values()).encode()


def _huge(run: dict[str, Any], plan: dict[str, Any], least: int = 1 << 28) -> bool:
    return any(abs(int(number)) >= least for number in re.findall(rb"-?\b\d{1,20}\b", _given(run, plan)))


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def _input(run: dict[str, Any], plan: dict[str, Any]) -> str:
    if "note" in run:
        return str(run["note"]).strip()[:200] or "no arguments"
    item = plan["runs"][run["n"]]
    argv = [base64.b64decode(argument).decode("utf-8", "replace") for argument in item["argv"]]
    stdin = base64.b64decode(item["stdin"]).decode("utf-8", "replace")
    return f"arguments {_short(argv)}, stdin {_short(stdin)}" + (f", {item['env']}" if item["env"] else "")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 60 else text[:57] + "..."
