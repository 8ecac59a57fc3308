"""Writes and reads SARIF 2.1.0, the format in which analysers and code hosts exchange findings.

`write` turns findings into a SARIF log with one run per oracle, whose tool is called `seccoder/ORACLE`. A run holds the
rules with texts for people, a severity, and the CWE as the tag `external/cwe/cwe-NNN` (three digits at least). Each
finding has a fingerprint that stays the same when lines move. A run also holds a notification for every file that the
oracle could not analyse, so that "nothing found" and "not looked at" can be told apart. Code hosts refuse logs by rules
of their own, which docs/agents.md lists; `write` keeps to them.

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
from typing import Any, Literal
from urllib.parse import quote, unquote, urlsplit

from seccoder.code import cwe as cwes
from seccoder.code.remedies import remedy
from seccoder.errors import UsageError
from seccoder.types import Finding, Operation

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MAX_BYTES = 100_000_000
OURS = "seccoder/"  # stands before the oracle's name in the tool's name
MOST_RESULTS = 25_000  # in a run; code hosts refuse more

Level = Literal["error", "warning", "note"]

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
    levels: Mapping[Finding, Level] | None = None,
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
        levels: How serious a finding is; `warning` where nothing is said.
        root: The folder to which paths below it are written relative.
    """
    hidden = dict(suppressed or {})
    everything = [*findings, *hidden]
    names = dict.fromkeys([*(versions or {}), *(finding.oracle for finding in everything)])
    names.update(dict.fromkeys(entry.oracle for entry in not_analysed))
    runs = []
    for name in names or {"": None}:  # a log without a run is refused
        mine = [finding for finding in everything if finding.oracle == name]
        missed = [entry for entry in not_analysed if entry.oracle == name]
        places = _Places(texts or {}, root)
        run = _run(name, (versions or {}).get(name, ""), mine, hidden, missed, levels or {}, places)
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

    def uri(self, path: str) -> str:
        """Return the path below the root, or as it is if it lies elsewhere, in the form of an address."""
        relative = Path(path)
        if self._root is not None:
            absolute = Path.cwd() / path
            if absolute.is_relative_to(self._root):
                relative = absolute.relative_to(self._root)
        return quote(relative.as_posix())

    def location(self, path: str, line: int | None) -> dict[str, Any]:
        """Return a place. What has no line gets the first one, because code hosts want one, and a mark that says so."""
        artifact: dict[str, Any] = {"uri": self.uri(path)}
        if not artifact["uri"].startswith("/"):
            artifact["uriBaseId"] = "%SRCROOT%"
        region: dict[str, Any] = {"startLine": line or 1}
        if not line:
            region["properties"] = {"wholeFile": True}
        return {"physicalLocation": {"artifactLocation": artifact, "region": region}}

    def fingerprint(self, finding: Finding) -> str:
        """Identify a finding by its rule, its line's text, and its place among equal ones, not by the line's number."""
        lines = self._lines.get(finding.path, [])
        text = lines[finding.line - 1].strip() if finding.line and finding.line <= len(lines) else ""
        content = json.dumps([finding.oracle, finding.rule, self.uri(finding.path), text])
        digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]
        self._seen[digest] = self._seen.get(digest, 0) + 1
        return f"{digest}:{self._seen[digest]}"


def _run(
    name: str,
    version: str,
    findings: Sequence[Finding],
    suppressed: Mapping[Finding, str],
    missed: Sequence[NotAnalysed],
    levels: Mapping[Finding, Level],
    places: _Places,
) -> dict[str, Any]:
    rules: dict[str, int] = {}
    descriptions: list[dict[str, Any]] = []
    results = []
    order = ("error", "warning", "note")
    for finding in sorted(findings, key=lambda each: order.index(levels.get(each, "warning")))[:MOST_RESULTS]:
        rule = _id(finding)
        if rule not in rules:
            rules[rule] = len(descriptions)
            descriptions.append(_description(rule, finding))
        result: dict[str, Any] = {
            "ruleId": rule,
            "ruleIndex": rules[rule],
            "level": levels.get(finding, "warning"),
            "message": {"text": finding.message},
            "locations": [places.location(finding.path, finding.line)],
            "partialFingerprints": {"primaryLocationLineHash": places.fingerprint(finding)},
        }
        if finding.entry:
            result["codeFlows"] = [_flow(finding, places)]
        if finding in suppressed:
            result["suppressions"] = [{"kind": "inSource", "justification": suppressed[finding]}]
        results.append(result)
    told = [(entry.path, entry.reason) for entry in missed]
    if len(findings) > MOST_RESULTS:
        told.append((findings[-1].path, f"{len(findings) - MOST_RESULTS} more findings are left out"))
    notifications = [
        {"level": "warning", "message": {"text": reason}, "locations": [places.location(path, None)]}
        for path, reason in told
    ]
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": notifications}
    driver: dict[str, Any] = {"name": (OURS + name).rstrip("/"), "rules": descriptions}
    if version:
        driver["version"] = version
    return {"tool": {"driver": driver}, "invocations": [invocation], "results": results}


def _id(finding: Finding) -> str:
    """Return the rule's identity: a tool may use one rule for two weaknesses, and each has texts of its own."""
    named = not finding.cwe or finding.rule == f"exploit-{finding.cwe.lower()}"
    return finding.rule if named else f"{finding.rule}/{finding.cwe}"


# How severe a weakness is that was shown by execution, from 0 to 10, by the family of its CWE; the rest has the middle.
# Above 9 code hosts say critical, from 7 on high, from 4 on medium.
_SEVERITY = {
    **dict.fromkeys(("command", "code", "deserialisation"), 9.5),
    **dict.fromkeys(("sql", "bounds", "lifetime", "format", "upload", "authentication", "authenticity"), 8.8),
    **dict.fromkeys(("path", "ssrf", "xml-entity", "xpath", "ldap", "credentials", "arithmetic", "certificate"), 8.0),
    **dict.fromkeys(("log", "discrepancy", "cookie", "null", "division", "release", "unchecked", "random"), 5.5),
}
_SHOWN, _READ = 7.0, 5.0


def _description(rule: str, finding: Finding) -> dict[str, Any]:
    """Describe a rule for people: what it is about, how it was found, and what mends it."""
    known = cwes.get(finding.cwe) if finding.cwe else None
    title = f"{known.name} ({known.id})" if known and known.name else finding.cwe or finding.rule or "A finding"
    executed = finding.oracle == "executed"
    how = (
        "The code was run in a sandbox, and what is named here was seen to happen."
        if executed
        else f"{finding.oracle} found this by reading the code; nothing was run to show it."
    )
    helps = [how, remedy(finding.cwe), "seccoder check FILE --explain shows more."]
    if not executed:
        helps.append('A comment on the line, "seccoder: ignore[CWE] reason", sets it aside.')
    severity = (_SEVERITY.get(known.family, _SHOWN) if known else _SHOWN) if executed else _READ
    properties: dict[str, Any] = {
        "tags": ["security", *([f"external/cwe/cwe-{known.number:03}"] if known else [])],
        "precision": "very-high" if executed else "medium",
        "security-severity": f"{severity:.1f}",
    }
    described = {
        "id": rule,
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title}. {how}"},
        "help": {"text": " ".join(filter(None, helps))},
        "defaultConfiguration": {"level": "error" if executed else "warning"},
        "properties": properties,
    }
    if known:
        described["helpUri"] = f"https://cwe.mitre.org/data/definitions/{known.number}.html"
    return described


def _flow(finding: Finding, places: _Places) -> dict[str, Any]:
    """Tell how input came to the operation: from the entry point that was called to the line on which it happened."""
    steps: list[tuple[int | None, str]] = [(finding.line, finding.message)]
    if finding.entry_line:
        steps.insert(0, (finding.entry_line, f"{finding.entry} is called with input from outside"))
    told = [{"location": {**places.location(finding.path, line), "message": {"text": text}}} for line, text in steps]
    return {"threadFlows": [{"locations": told}]}


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
        name = _text(driver.get("name")) or "unknown"
        cwe = _cwe(result) or _cwe(rule)
        known = _text(result.get("ruleId")) or _text(_dict(result.get("rule")).get("id")) or _text(rule.get("id"))
        path, line = _place(result, run, last=name.lower() == "cppcheck")
        yield Finding(
            oracle=name.removeprefix(OURS),
            rule=known.removesuffix(f"/{cwe}") if name.startswith(OURS) else known,
            cwe=cwe,
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
    region = _dict(physical.get("region"))
    line = None if _dict(region.get("properties")).get("wholeFile") else region.get("startLine")
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
