"""bandit: static evidence on Python, one run for a whole batch.

In flow sources, out flow checks. bandit only parses the code; it never imports or runs it. It reads the files in a
folder of its own, with neither the project's configuration nor the code's `# nosec` comments in force: the code under
judgement has no say in how it is judged.

Left out, because they condemn almost every use of `subprocess` whatever it does (measured on labelled completions:
with them 20 of 20 secure files of CWE-78 are flagged, without them 8): B404 (import of subprocess), B603 (subprocess
without a shell), B607 (program named without a path).

Measured with these settings: half of the insecure files are flagged (.59 and .52 of two sets), and a fifth of the
secure ones (.18 and .24). Evidence, not a verdict on its own. A file counts as analysed only if bandit exits with 0
or 1, lists it among the files it measured and reports no error for it.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from seccoder.oracles.verdict import not_analysed, not_covered, on_target
from seccoder.types import Check, Finding, Source

SKIPPED = ("B404", "B603", "B607")

_SECONDS = 60.0  # for a batch; a single file gets a third
_EACH = 0.2  # more for each of its files

Entry = dict[str, Any]  # an error or a result in bandit's report


class Bandit:
    """Asks bandit about Python sources."""

    name = "bandit"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """One check per source. `valid` is False where bandit's parser (that of the running Python) rejects it."""
        python = [index for index, source in enumerate(sources) if source.language == "python"]
        checks = [not_covered(self.name, source, version=_version()) for source in sources]
        answers = self._batch([sources[index] for index in python])
        for index, answer in zip(python, answers, strict=True):
            checks[index] = answer
        return checks

    def _batch(self, sources: Sequence[Source]) -> list[Check]:
        """Check a batch in one run; if that fails as a whole, its halves, so that one file does not cost the rest."""
        if not sources:
            return []
        started = time.monotonic()
        report = _run(sources, _SECONDS + _EACH * len(sources) if len(sources) > 1 else _SECONDS / 3)
        seconds = (time.monotonic() - started) / len(sources)
        if isinstance(report, str):
            if len(sources) == 1:
                return [not_analysed(self.name, report, version=_version(), seconds=seconds)]
            middle = len(sources) // 2
            return self._batch(sources[:middle]) + self._batch(sources[middle:])
        errors, results = _by_file(report["errors"]), _by_file(report["results"])
        measured = {Path(name).name for name in report["metrics"]}
        checks = []
        for index, source in enumerate(sources):
            name = _file(index)
            check = self._read(source, errors[name], results[name], name in measured)
            checks.append(replace(check, seconds=seconds))
        return checks

    def _read(self, source: Source, errors: list[Entry], results: list[Entry], measured: bool) -> Check:
        if errors:
            reason = str(errors[0].get("reason", ""))
            failed = not_analysed(self.name, reason, version=_version())
            return replace(failed, valid=False) if reason.startswith("syntax error") else failed
        if not measured:
            return not_analysed(self.name, "bandit did not list this file as analysed", version=_version())
        findings = tuple(_finding(result, source) for result in results)
        flagged = bool(on_target(source, findings))
        return Check(self.name, _version(), "static", analysed=True, flagged=flagged, valid=True, findings=findings)


@cache
def _version() -> str:
    return version("bandit")


def _file(index: int) -> str:
    return f"source_{index:06}.py"


def _run(sources: Sequence[Source], seconds: float) -> dict[str, Any] | str:
    """Bandit's report, or why there is none."""
    with tempfile.TemporaryDirectory(prefix="seccoder-bandit-") as folder:
        for index, source in enumerate(sources):
            (Path(folder) / _file(index)).write_bytes(source.text.encode("utf-8", "surrogatepass"))
        # -I: neither the working folder nor the environment decides what is imported.
        command = [sys.executable, "-I", "-m", "bandit", "--quiet", "--format", "json", "--ignore-nosec"]
        command += ["--skip", ",".join(SKIPPED), "--recursive", "."]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return f"bandit took longer than {seconds:.0f} seconds"
        except OSError as error:
            return f"bandit cannot be started: {error.strerror}"
    if done.returncode not in {0, 1}:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return f"bandit failed with exit status {done.returncode}" + "".join(f": {line}" for line in last)
    try:
        report = json.loads(done.stdout)
        if not all(
            isinstance(report[key], kind) for key, kind in (("errors", list), ("results", list), ("metrics", dict))
        ):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        return "bandit's report is not what it should be"
    return dict(report)


def _by_file(entries: list[Entry]) -> defaultdict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[Path(entry["filename"]).name].append(entry)
    return found


def _finding(result: Entry, source: Source) -> Finding:
    number = (result.get("issue_cwe") or {}).get("id")
    cwe = f"CWE-{int(number)}" if number else None
    return Finding("bandit", result["test_id"], cwe, int(result["line_number"]), result["issue_text"], source.path)
