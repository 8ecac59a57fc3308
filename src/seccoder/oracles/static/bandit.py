"""Runs bandit on Python sources, a whole batch at a time; its findings are static evidence.

bandit only parses the code; it never imports or runs it. It reads the files in a folder of its own. Neither the
project's configuration nor the code's `# nosec` comments are in force: the code under judgement has no say in how it is
judged.

Three rules are left out, because they condemn almost every use of `subprocess`, whatever it does: B404 (import of
subprocess), B603 (subprocess without a shell) and B607 (a program that is named without its path). Measured on labelled
completions, 20 of 20 secure files of CWE-78 are flagged with these rules, and 8 without them.

Without a target hardly any rule decides by itself. perf/static_rules.py shows why: of the rules that find something in
the labelled sources, all but B103 and B506 also flag files of the standard library or of well-known packages.

With these settings, half of the insecure files are flagged (.59 and .52 of two sets), and a fifth of the secure ones
(.18 and .24). This is evidence, not a verdict on its own. A file counts as analysed only if bandit exits with 0 or 1,
lists it among the files that it measured, and reports no error for it.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from seccoder.oracles.static import tools
from seccoder.oracles.verdict import not_analysed
from seccoder.types import Check, Finding, Source

SKIPPED = ("B404", "B603", "B607")
_ALONE = frozenset({"B103", "B506"})  # the rules that decide where no weakness was asked for (perf/static_rules.py)

# Where bandit names another weakness than its own rule describes. Its rules on XML are given as CWE-20 and left so: as
# CWE-611 they would flag two sound ones of four labelled sources, because Python's parsers resolve nothing by default.
_CWES = {
    "B102": 94,  # "Use of exec detected", given as 78: exec runs Python, and no program
    "B307": 95,  # eval, given as 78 likewise
    "B506": 502,  # "unsafe yaml load. Allows instantiation of arbitrary objects", given as 20
    "B701": 79,  # jinja2 without autoescape, "to mitigate XSS vulnerabilities", given as 94
}

_SECONDS = 60.0  # seconds for a batch; a single file gets a third of them
_EACH = 0.2  # further seconds for each file of the batch

Entry = dict[str, Any]  # an error or a result in bandit's report


class Bandit:
    """Asks bandit about Python sources."""

    name = "bandit"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source. `valid` is False where the running Python's parser rejects the source."""
        return tools.each(self.name, sources, {"python"}, self._ask)

    def _ask(self, sources: Sequence[Source]) -> list[Check]:
        report = _run(sources)
        measured = {tools.index_of(name) for name in report["metrics"]}
        errors, results = (tools.by_source(report[kind], "filename") for kind in ("errors", "results"))
        return [_read(source, errors[index], results[index], index in measured) for index, source in enumerate(sources)]


def _read(source: Source, errors: list[Entry], results: list[Entry], measured: bool) -> Check:
    if errors:
        reason = str(errors[0].get("reason", ""))
        failed = not_analysed("bandit", reason, version=_version())
        return replace(failed, valid=False) if reason.startswith("syntax error") else failed
    if not measured:
        return not_analysed("bandit", "bandit did not list this file as analysed", version=_version())
    found = [_finding(result, source) for result in results]
    return replace(tools.static_check("bandit", _version(), source, found, alone=_ALONE), valid=True)


@cache
def _version() -> str:
    return version("bandit")


def _run(sources: Sequence[Source]) -> dict[str, Any]:
    """Return bandit's report."""
    # -I: neither the working folder nor the environment decides what is imported.
    command = [sys.executable, "-I", "-m", "bandit", "--quiet", "--format", "json", "--ignore-nosec"]
    command += ["--skip", ",".join(SKIPPED), "--recursive", "."]
    seconds = _SECONDS + _EACH * len(sources) if len(sources) > 1 else _SECONDS / 3
    with tempfile.TemporaryDirectory(prefix="seccoder-bandit-") as name:
        folder = Path(name)
        tools.write_batch(folder, sources)
        output = tools.run(command, cwd=folder, seconds=seconds, fine=(0, 1), tool="bandit")
    try:
        report = json.loads(output)
        if not all(
            isinstance(report[key], kind) for key, kind in (("errors", list), ("results", list), ("metrics", dict))
        ):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise tools.Failed("bandit's report is not what it should be") from None
    return dict(report)


def _finding(result: Entry, source: Source) -> Finding:
    number = _CWES.get(result["test_id"]) or (result.get("issue_cwe") or {}).get("id")
    cwe = f"CWE-{int(number)}" if number else None
    return Finding("bandit", result["test_id"], cwe, int(result["line_number"]), result["issue_text"], source.path)
