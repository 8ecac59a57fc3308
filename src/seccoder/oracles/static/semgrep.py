"""Runs semgrep with our own taint rules on Python, JavaScript and TypeScript; its findings are static evidence.

One run serves a whole batch. It needs the program `semgrep`: without it nothing is analysed, and the reason holds the
command that installs it, in an environment of its own, because semgrep pins versions of libraries (`mcp` 1.x) that
exclude ours. The rules are in `semgrep_rules/`. They cover CWE-22, 78, 79, 89, 502 and 918 for Python, and CWE-22, 78,
79, 89, 94 and 918 for JavaScript and TypeScript; about other weaknesses it says nothing. It follows untrusted text
within one function. It works offline: it uses no registry, sends no metrics and does not look for a newer version. No
`nosemgrep` comment is in force.

Earlier rules of the same kind, measured on files that were written after them, flagged .89 of the insecure files and
.40 of the secure ones, because the rules take a check that they do not know for no check. On the bundled
demonstrations, which are subtle on purpose, the present rules flag 12 of 23 vulnerable Python files of their CWEs and 3
of the secure ones, and none of 10 in JavaScript. A run takes about three seconds to start. A file counts as analysed
only if it parses here, because semgrep guesses at what does not parse and does not say so. In addition, semgrep must
exit with 0, list the file as scanned, and report no error for it; a rule that timed out is such an error.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seccoder.oracles.static import tools
from seccoder.oracles.static.compiling import parses
from seccoder.oracles.verdict import not_analysed
from seccoder.types import Check, Finding, Source

INSTALL = "pipx install semgrep (or: uv tool install semgrep)"
RULES = Path(__file__).parent / "semgrep_rules"
LANGUAGES = ("python", "javascript", "typescript")

_SECONDS = 300.0  # seconds for a batch
_BATCH = 200
_COMMAND = [
    "scan",
    "--json",
    "--quiet",
    "--metrics",
    "off",
    "--disable-version-check",
    "--disable-nosem",
    "--jobs",
    "1",
]
_COMMAND += ["--no-git-ignore", "--timeout", "20", "--timeout-threshold", "1", "--max-target-bytes", "0"]


class Semgrep:
    """Asks semgrep about Python, JavaScript and TypeScript sources."""

    name = "semgrep"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source."""
        return tools.each(self.name, sources, LANGUAGES, self._ask, _BATCH, failures=20)

    def _ask(self, sources: Sequence[Source]) -> list[Check]:
        semgrep = tools.program("semgrep", INSTALL)
        report = _run(semgrep, sources)
        scanned = {tools.index_of(path) for path in report["paths"]["scanned"]}
        errors, results = (tools.by_source(report[kind], "path") for kind in ("errors", "results"))
        checks = []
        for index, source in enumerate(sources):
            parsed, why = parses(source.text, source.language)
            if not parsed:
                checks.append(not_analysed(self.name, f"it does not parse: {why}", version=report["version"]))
            elif errors[index]:
                lines = str(errors[index][0].get("message") or errors[index][0].get("type")).splitlines() or [
                    "an error"
                ]
                checks.append(not_analysed(self.name, lines[0], version=report["version"]))
            elif index not in scanned:
                reason = "semgrep did not list this file as scanned"
                checks.append(not_analysed(self.name, reason, version=report["version"]))
            else:
                found = [_finding(result, source.path) for result in results[index]]
                checks.append(tools.static_check(self.name, report["version"], source, found))
        return checks


def _run(semgrep: str, sources: Sequence[Source]) -> dict[str, Any]:
    """Return the report. Its shape is checked as far as it is read."""
    with tempfile.TemporaryDirectory(prefix="seccoder-semgrep-") as name:
        folder, home = Path(name) / "code", Path(name) / "home"
        folder.mkdir()
        home.mkdir()
        tools.write_batch(folder, sources)
        env = {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "XDG_CACHE_HOME": str(home),
            "SEMGREP_SETTINGS_FILE": str(home / "settings.yml"),
            "SEMGREP_ENABLE_VERSION_CHECK": "0",
            "SEMGREP_SEND_METRICS": "off",
        }
        command = [semgrep, *_COMMAND, "--config", str(RULES), "."]
        output = tools.run(command, cwd=folder, seconds=_SECONDS, env=env)
    try:
        report = json.loads(output)
        kept: dict[str, Any] = {
            "version": str(report["version"]),
            "paths": {"scanned": [str(path) for path in report["paths"]["scanned"]]},
            "errors": [dict(error) for error in report["errors"]],
            "results": [dict(result) for result in report["results"]],
        }
        for result in kept["results"]:
            int(result["start"]["line"]), str(result["path"]), result["extra"]["metadata"]["cwe"], result["check_id"]
    except (ValueError, KeyError, TypeError):
        raise tools.Failed("semgrep's report is not what it should be") from None
    if broken := [error for error in kept["errors"] if not error.get("path")]:
        raise tools.Failed(f"semgrep: {broken[0].get('message') or broken[0].get('type')}")
    return kept


def _finding(result: dict[str, Any], path: str) -> Finding:
    rule = "seccoder." + result["check_id"].rpartition("seccoder.")[2]
    extra = result["extra"]
    return Finding("semgrep", rule, extra["metadata"]["cwe"], int(result["start"]["line"]), str(extra["message"]), path)
