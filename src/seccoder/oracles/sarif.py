"""Writes and reads SARIF 2.1.0, the format in which analysers and code hosts exchange findings.

`write` turns findings into a SARIF log with one run per oracle. A run holds the rules, with the CWE of each as the tag
`external/cwe/cwe-NNN` (three digits at least, as code hosts expect). Each finding has a fingerprint that stays the same
when lines move. A run also holds a notification for every file that the oracle could not analyse, so that "nothing
found" and "not looked at" can be told apart.

`read` returns the findings of any SARIF log. A log is untrusted input: what does not have the shape that is needed is
left out, or causes an error in one line, but never a crash. CWE numbers are compared as integers, because bandit writes
`cwe-78` and CodeQL `cwe-078`. Code flows, fixes, graphs, and results that the log itself calls suppressed or passed are
not read. A place may be an index into the run's artifacts, and be below one of its bases.
"""

import hashlib
import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from seccoder.errors import UsageError
from seccoder.types import Finding, Operation

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MAX_BYTES = 100_000_000

_CWE = re.compile(r"\bcwe[-_ ]?0*([1-9][0-9]{0,5})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NotAnalysed:
    """Names a file that an oracle could not look at, and says why."""

    oracle: str
    path: str
    reason: str


def write(
    findings: Sequence[Finding],
    *,
    versions: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    suppressed: Mapping[Finding, str] | None = None,
    not_analysed: Sequence[NotAnalysed] = (),
    operations: Sequence[tuple[str, str, Operation]] = (),
    root: Path | None = None,
) -> dict[str, Any]:
    """Return a SARIF log as JSON values.

    Args:
        findings: The findings to write.
        versions: The version of each oracle. Every oracle that is named here gets a run, even if it found nothing.
        texts: The text of each file by its path. The fingerprints need it.
        suppressed: The findings that a comment in the code suppresses, with the reason that is given there.
        not_analysed: The files that an oracle could not look at.
        operations: Oracle, path and operation of everything that was run; they become properties of the oracle's run.
        root: The folder to which paths below it are written relative.
    """
    hidden = dict(suppressed or {})
    everything = [*findings, *hidden]
    names = dict.fromkeys([*(versions or {}), *(finding.oracle for finding in everything)])
    names.update(dict.fromkeys(entry.oracle for entry in not_analysed))
    runs = []
    for name in names:
        mine = [finding for finding in everything if finding.oracle == name]
        missed = [entry for entry in not_analysed if entry.oracle == name]
        version = (versions or {}).get(name, "")
        places = _Places(texts or {}, root)
        run = _run(name, version, mine, hidden, missed, places)
        told = [
            {**places.location(path, operation.line), **operation.to_json()}
            for oracle, path, operation in operations
            if oracle == name
        ]
        runs.append({**run, "properties": {"operations": told}} if told else run)
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": runs}


def read(data: str | bytes) -> list[Finding]:
    """Return the findings of a SARIF log, in its order.

    Raises:
        UsageError: If it is not a SARIF 2.1 log.
    """
    if len(data) > MAX_BYTES:
        raise UsageError(f"the SARIF file is larger than {MAX_BYTES:,} bytes")
    try:
        log = json.loads(data)
    except (ValueError, RecursionError):
        raise UsageError("the SARIF file is not JSON") from None
    if (
        not isinstance(log, dict)
        or not isinstance(log.get("runs"), list)
        or not str(log.get("version")).startswith("2.")
    ):
        raise UsageError("the file is not a SARIF 2.1 log")
    return [finding for run in log["runs"] if isinstance(run, dict) for finding in _findings(run)]


# --- out --------------------------------------------------------------------------------------------------------------


class _Places:
    """Makes the locations and fingerprints of findings."""

    def __init__(self, texts: Mapping[str, str], root: Path | None) -> None:
        self._lines = {path: text.split("\n") for path, text in texts.items()}
        self._root = root
        self._seen: dict[str, int] = {}

    def location(self, path: str, line: int | None) -> dict[str, Any]:
        relative = Path(path)
        if self._root is not None:
            absolute = Path.cwd() / path
            if absolute.is_relative_to(self._root):
                relative = absolute.relative_to(self._root)
        artifact: dict[str, Any] = {"uri": quote(relative.as_posix())}
        if not relative.is_absolute():
            artifact["uriBaseId"] = "%SRCROOT%"
        place: dict[str, Any] = {"artifactLocation": artifact}
        if line:
            place["region"] = {"startLine": line}
        return {"physicalLocation": place}

    def fingerprint(self, finding: Finding) -> str:
        """Identify a finding by its rule, its line's text, and its place among equal ones, not by the line's number."""
        lines = self._lines.get(finding.path, [])
        text = lines[finding.line - 1].strip() if finding.line and finding.line <= len(lines) else ""
        content = json.dumps([finding.oracle, finding.rule, finding.path, text])
        digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]
        self._seen[digest] = self._seen.get(digest, 0) + 1
        return f"{digest}:{self._seen[digest]}"


def _run(
    name: str,
    version: str,
    findings: Sequence[Finding],
    suppressed: Mapping[Finding, str],
    missed: Sequence[NotAnalysed],
    places: _Places,
) -> dict[str, Any]:
    rules: dict[str, int] = {}
    descriptions: list[dict[str, Any]] = []
    results = []
    for finding in findings:
        key = f"{finding.rule} {finding.cwe}"
        if key not in rules:
            rules[key] = len(descriptions)
            tags = ["security"] + ([f"external/cwe/cwe-{int(finding.cwe[4:]):03}"] if finding.cwe else [])
            descriptions.append({"id": finding.rule, "properties": {"tags": tags}})
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": rules[key],
            "level": "warning",
            "message": {"text": finding.message},
            "locations": [places.location(finding.path, finding.line)],
            "partialFingerprints": {"primaryLocationLineHash": places.fingerprint(finding)},
        }
        if finding in suppressed:
            result["suppressions"] = [{"kind": "inSource", "justification": suppressed[finding]}]
        results.append(result)
    notifications = [
        {"level": "warning", "message": {"text": entry.reason}, "locations": [places.location(entry.path, None)]}
        for entry in missed
    ]
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": notifications}
    driver: dict[str, Any] = {"name": name, "rules": descriptions}
    if version:
        driver["version"] = version
    return {"tool": {"driver": driver}, "invocations": [invocation], "results": results}


# --- in ---------------------------------------------------------------------------------------------------------------


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _findings(run: dict[str, Any]) -> Iterator[Finding]:
    tool = _dict(run.get("tool"))
    driver = _dict(tool.get("driver"))
    parts = [driver, *(_dict(extension) for extension in _list(tool.get("extensions")))]
    by_id = {_text(rule.get("id")): rule for part in reversed(parts) for rule in map(_dict, _list(part.get("rules")))}
    for result in map(_dict, _list(run.get("results"))):
        if _text(result.get("kind", "fail")) not in {"fail", "review", "open"} or _accepted(result):
            continue
        rule = _rule(result, parts, by_id)
        path, line = _place(result, run, last=_text(driver.get("name")).lower() == "cppcheck")
        yield Finding(
            oracle=_text(driver.get("name")) or "unknown",
            rule=_text(result.get("ruleId")) or _text(_dict(result.get("rule")).get("id")) or _text(rule.get("id")),
            cwe=_cwe(result) or _cwe(rule),
            line=line,
            message=_text(_dict(result.get("message")).get("text")),
            path=path,
        )


def _accepted(result: dict[str, Any]) -> bool:
    """Say whether a suppression counts: it does unless it is under review or was rejected."""
    return any(_dict(entry).get("status", "accepted") == "accepted" for entry in _list(result.get("suppressions")))


def _rule(result: dict[str, Any], parts: Sequence[dict[str, Any]], by_id: Mapping[str, Any]) -> dict[str, Any]:
    reference = _dict(result.get("rule"))
    index = reference.get("index", result.get("ruleIndex"))
    component = _dict(reference.get("toolComponent")).get("index")
    part = parts[component + 1] if isinstance(component, int) and 0 <= component < len(parts) - 1 else parts[0]
    rules = _list(part.get("rules"))
    if isinstance(index, int) and 0 <= index < len(rules):
        return _dict(rules[index])
    return _dict(by_id.get(_text(result.get("ruleId")) or _text(reference.get("id"))))


def _cwe(carrier: dict[str, Any]) -> str | None:
    """Return the first CWE among the tags, the taxa and the relationships of a rule or a result."""
    properties = _dict(carrier.get("properties"))
    named = [*_list(properties.get("tags")), properties.get("cwe")]
    taxa = [_dict(taxon) for taxon in _list(carrier.get("taxa"))]
    taxa += [_dict(_dict(relation).get("target")) for relation in _list(carrier.get("relationships"))]
    for taxon in taxa:
        if "cwe" in _text(_dict(taxon.get("toolComponent")).get("name")).lower():
            named.append(f"CWE-{_text(taxon.get('id')).upper().removeprefix('CWE-')}")
    for text in map(_text, named):
        if match := _CWE.search(text):
            return f"CWE-{int(match[1])}"
    return None


def _place(result: dict[str, Any], run: dict[str, Any], *, last: bool) -> tuple[str, int | None]:
    """Return the path and the line of a result.

    Args:
        result: The result.
        run: The run that it is from, which may hold what its location refers to.
        last: Whether the last location is that of the finding. The others are the way to it, as cppcheck lists them.
    """
    locations = [_dict(location) for location in _list(result.get("locations"))]
    if not locations:
        return "", None
    physical = _dict(locations[-1 if last else 0].get("physicalLocation"))
    line = _dict(physical.get("region")).get("startLine")
    path = _path(_dict(physical.get("artifactLocation")), run)
    return path, line if isinstance(line, int) and not isinstance(line, bool) and line > 0 else None


def _path(artifact: dict[str, Any], run: dict[str, Any]) -> str:
    """Return the path of a location: it may be an index into the artifacts of the run, and below one of its bases."""
    artifacts, index = _list(run.get("artifacts")), artifact.get("index")
    if not _text(artifact.get("uri")) and isinstance(index, int) and 0 <= index < len(artifacts):
        artifact = _dict(_dict(artifacts[index]).get("location"))
    bases = _dict(run.get("originalUriBaseIds"))
    path, base = _unquoted(artifact.get("uri")), _text(artifact.get("uriBaseId"))
    for _ in range(len(bases)):  # a base may itself be below another one; no more than there are, as they may go round
        above = _dict(bases.get(base))
        if not path or path.startswith("/") or not above:
            break
        path, base = posixpath.join(_unquoted(above.get("uri")), path), _text(above.get("uriBaseId"))
    return posixpath.normpath(path) if path else ""


def _unquoted(uri: Any) -> str:
    text = _text(uri)
    try:
        return unquote(urlsplit(text).path if text.startswith("file:") else text)
    except ValueError:
        return text
