"""Runs ruff's S rules (its flake8-bandit) on Python sources, a whole batch at a time; this is static evidence.

A run takes hundredths of a second. ruff is optional: without it nothing is analysed, and the reason holds the command
that installs it. Neither the project's configuration nor the code's `# noqa` is in force. ruff names no CWEs, so the
table below is ours; a code that is not in it is a finding without a CWE. As in the bandit oracle, the rules that
condemn a use whatever it does are left out (S404, S603, S607). S101 is left out too, because an assertion is no
weakness by itself.

Measured: it is about as good as bandit, which it follows (.59 and .52 of the insecure files, .18 and .24 of the secure
ones). Both together find two in a hundred more than bandit alone. It does no taint analysis: it does not see that a
path or a page is built from a request. A file counts as analysed only if ruff exits with 0 or 1, lists it among the
files that it checks, and reports nothing but S codes about it. The syntax oracle decides whether a source parses.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from seccoder.oracles.static import tools
from seccoder.oracles.verdict import not_analysed
from seccoder.types import Check, Finding, Source

INSTALL = "pip install ruff"
SKIPPED = ("S101", "S404", "S603", "S607")

_SECONDS = 60.0
_CWES = {
    "S102": 94,  # exec
    "S103": 732,  # permissive chmod
    "S105": 259,  # hard-coded passwords
    "S106": 259,
    "S107": 259,
    "S108": 377,  # a fixed name in a shared temporary folder
    "S113": 400,  # a request without a time limit
    "S201": 94,  # Flask's debugger runs code
    "S202": 22,  # archives unpacked unseen
    "S301": 502,  # pickle
    "S302": 502,  # marshal
    "S304": 327,  # ciphers and their modes
    "S305": 327,
    "S306": 377,  # mktemp
    "S307": 95,  # eval
    "S308": 79,  # mark_safe
    "S311": 330,
    "S312": 319,  # telnet
    "S313": 611,  # XML parsers that resolve entities
    "S314": 611,
    "S315": 611,
    "S316": 611,
    "S317": 611,
    "S318": 611,
    "S319": 611,
    "S321": 319,  # FTP
    "S323": 295,  # certificates not checked
    "S324": 327,  # broken hashes
    "S501": 295,
    "S502": 327,  # old TLS
    "S503": 327,
    "S504": 327,
    "S505": 326,  # short keys
    "S506": 502,  # yaml.load
    "S507": 295,  # host keys not checked
    "S508": 319,  # SNMP without encryption
    "S509": 319,
    "S601": 78,
    "S602": 78,
    "S604": 78,
    "S605": 78,
    "S606": 78,
    "S608": 89,
    "S609": 78,
    "S610": 89,
    "S611": 89,
    "S612": 94,  # logging configuration from a socket is evaluated
    "S701": 79,  # templates without escaping
    "S702": 79,
    "S704": 79,
}


class Ruff:
    """Asks ruff about Python sources."""

    name = "ruff"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source."""
        return tools.each(self.name, sources, {"python"}, self._ask)

    def _ask(self, sources: Sequence[Source]) -> list[Check]:
        ruff = tools.program("ruff", INSTALL)
        version = _version(ruff)
        checked, reports = _run(ruff, sources)
        entries = tools.by_source(reports, "filename")
        checks = []
        for index, source in enumerate(sources):
            mine = entries[index]
            strange = [entry for entry in mine if not str(entry["code"]).startswith("S")]
            if strange:
                reason = f"line {strange[0]['location']['row']}: {strange[0]['message']}"
                checks.append(not_analysed(self.name, reason, version=version))
            elif index not in checked:
                checks.append(not_analysed(self.name, "ruff did not list this file as checked", version=version))
            else:
                checks.append(
                    tools.static_check(
                        self.name, version, source, [_finding(entry, source.path) for entry in mine], alone=()
                    )
                )
        return checks


@cache
def _version(ruff: str) -> str:
    words = tools.run([ruff, "--version"], cwd=Path.cwd(), seconds=20).decode("utf-8", "replace").split()
    return words[1] if len(words) > 1 else ""


def _run(ruff: str, sources: Sequence[Source]) -> tuple[set[int], list[dict[str, Any]]]:
    """Return the places in the batch of the files that ruff checked, and what it reports."""
    common = [ruff, "check", "--isolated", "--no-cache", "--no-respect-gitignore"]
    command = [*common, "--ignore-noqa", "--output-format", "json", "--no-fix", "--quiet", "--select", "S,E902"]
    # E902 reports a file that ruff cannot read. The target is the newest version that every ruff we accept knows.
    command += ["--ignore", ",".join(SKIPPED), "--target-version", f"py3{min(sys.version_info.minor, 13)}", "."]
    with tempfile.TemporaryDirectory(prefix="seccoder-ruff-") as name:
        folder = Path(name)
        tools.write_batch(folder, sources)
        listed = tools.run([*common, "--show-files", "."], cwd=folder, seconds=_SECONDS).decode("utf-8", "replace")
        output = tools.run(command, cwd=folder, seconds=_SECONDS, fine=(0, 1))
    checked = {index for line in listed.splitlines() if (index := tools.index_of(line.strip())) is not None}
    try:
        reports = json.loads(output)
        for entry in reports:
            if not isinstance(entry["filename"], str) or not isinstance(entry["location"]["row"], int):
                raise TypeError
            entry["code"], entry["message"]
    except (ValueError, KeyError, TypeError):
        raise tools.Failed("ruff's report is not what it should be") from None
    return checked, list(reports)


def _finding(entry: dict[str, Any], path: str) -> Finding:
    number = _CWES.get(entry["code"])
    cwe = f"CWE-{number}" if number else None
    return Finding("ruff", entry["code"], cwe, entry["location"]["row"], str(entry["message"]), path)
