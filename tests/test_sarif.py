"""SARIF: what is written is read again, what others write is understood, and what is broken does no harm."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seccoder import sarif
from seccoder.errors import UsageError
from seccoder.types import Finding

FINDINGS = [
    Finding("bandit", "B608", "CWE-89", 3, "SQL built from strings", "app/db.py"),
    Finding("bandit", "B608", "CWE-89", 4, "SQL built from strings", "app/db.py"),
    Finding("bandit", "B101", "CWE-703", 1, "an assert", "with space/ü#%.py"),
    Finding("gcc", "-Wstringop-overflow", "CWE-787", None, "overflow", "a.c"),
    Finding("gcc", "own", None, 7, "no CWE", "a.c"),
]
TEXTS = {"app/db.py": "import db\n\nq = a + b\nq = a + b\n", "a.c": "int x;\n"}


def test_round_trip():
    log = json.loads(json.dumps(sarif.write(FINDINGS, versions={"bandit": "1.9", "gcc": "12"}, texts=TEXTS)))
    assert sarif.read(json.dumps(log)) == FINDINGS
    assert sarif.read(json.dumps(log).encode()) == FINDINGS


@given(
    st.lists(
        st.builds(
            Finding,
            oracle=st.sampled_from(["one"]),
            rule=st.text(min_size=1, max_size=8),
            cwe=st.none() | st.integers(1, 1500).map(lambda number: f"CWE-{number}"),
            line=st.none() | st.integers(1, 10**6),
            message=st.text(max_size=20),
            path=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
        ),
        max_size=6,
    )
)
def test_round_trip_of_anything_but_the_form_of_paths(findings):
    def plain(finding):
        return (finding.rule, finding.cwe, finding.line, finding.message)

    again = sarif.read(json.dumps(sarif.write(findings)))
    assert [plain(finding) for finding in again] == [plain(finding) for finding in findings]


def test_its_shape():
    missed = [sarif.NotAnalysed("gcc", "b.c", "a header is missing")]
    log = sarif.write(FINDINGS, versions={"bandit": "1.9", "ruff": "1"}, texts=TEXTS, not_analysed=missed)
    assert log["version"] == "2.1.0"
    runs = {run["tool"]["driver"]["name"]: run for run in log["runs"]}
    assert list(runs) == ["bandit", "ruff", "gcc"]
    assert runs["ruff"]["results"] == []
    assert runs["bandit"]["tool"]["driver"]["version"] == "1.9"
    rules = runs["bandit"]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["B608", "B101"]
    assert rules[0]["properties"]["tags"] == ["security", "external/cwe/cwe-089"]
    assert [result["ruleIndex"] for result in runs["bandit"]["results"]] == [0, 0, 1]
    (note,) = runs["gcc"]["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "a header is missing"
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.c"
    place = runs["bandit"]["results"][2]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "with%20space/%C3%BC%23%25.py", "uriBaseId": "%SRCROOT%"}


# What the published schema of SARIF 2.1.0 says of the objects we write, in our words: the properties we use, how each
# is typed, which are required, and that no others exist. A list [x]: an array of x; "*" in place of names: any name.
URI = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
MESSAGE = {"text!": str}
PLACE = {
    "physicalLocation": {
        "artifactLocation": {"uri": URI, "uriBaseId": str},
        "region": {"startLine": range(1, 2**31)},
    }
}
LEVEL = {"none", "note", "warning", "error"}
RULE = {"id!": str, "properties": {"tags": [str]}}
RESULT = {
    "ruleId": str,
    "ruleIndex": range(-1, 2**31),
    "level": LEVEL,
    "message!": MESSAGE,
    "locations": [PLACE],
    "partialFingerprints": {"*": str},
    "suppressions": [{"kind!": {"inSource", "external"}, "justification": str}],
}
NOTE = {"message!": MESSAGE, "level": LEVEL, "locations": [PLACE]}
RUN = {
    "tool!": {"driver!": {"name!": str, "version": str, "rules": [RULE]}},
    "invocations": [{"executionSuccessful!": bool, "toolExecutionNotifications": [NOTE]}],
    "results": [RESULT],
}
LOG = {"$schema": URI, "version!": {"2.1.0"}, "runs!": [RUN]}
UNIQUE = {"rules", "tags", "suppressions"}  # arrays whose items must differ


def breaches(value, shape, where="log"):
    """Where a value breaks a shape."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{where} is no object"]
        known = {name.rstrip("!"): (inner, name.endswith("!")) for name, inner in shape.items()}
        found = [f"{where} lacks {name}" for name, (_, needed) in known.items() if needed and name not in value]
        for name, inner in value.items():
            if name not in known and "*" not in known:
                found.append(f"{where} has {name}")
                continue
            found += breaches(inner, known.get(name, known.get("*"))[0], f"{where}.{name}")
            if name in UNIQUE and len({json.dumps(item, sort_keys=True) for item in inner}) < len(inner):
                found.append(f"{where}.{name} has equal items")
        return found
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where} is no array"]
        return [breach for item in value for breach in breaches(item, shape[0], where)]
    if isinstance(shape, re.Pattern):
        return [] if isinstance(value, str) and shape.fullmatch(value) else [f"{where} is no address: {value!r}"]
    if isinstance(shape, range):
        return [] if type(value) is int and value in shape else [f"{where} is out of range: {value!r}"]
    if isinstance(shape, set):
        return [] if value in shape else [f"{where} is none of {sorted(shape)}: {value!r}"]
    return [] if isinstance(value, shape) else [f"{where} is no {shape.__name__}: {value!r}"]


@given(
    st.lists(
        st.builds(
            Finding,
            oracle=st.sampled_from(["one", "two"]),
            rule=st.text(max_size=4),
            cwe=st.none() | st.integers(1, 1500).map(lambda number: f"CWE-{number}"),
            line=st.none() | st.integers(1, 10**6),
            message=st.text(max_size=20),
            path=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
        ),
        max_size=6,
    )
)
def test_what_is_written_has_the_published_shape(findings):
    missed = [sarif.NotAnalysed(finding.oracle, finding.path, finding.message) for finding in findings]
    suppressed = {finding: finding.message for finding in findings[::2]}
    log = sarif.write(findings[1::2], versions={"one": "1"}, suppressed=suppressed, not_analysed=missed)
    assert breaches(json.loads(json.dumps(log)), LOG) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda log: log.update(version="2.0"), "version is none of"),
        (lambda log: log["runs"][0].pop("tool"), "lacks tool"),
        (lambda log: log["runs"][0]["results"][0].update(lines=1), "has lines"),
        (lambda log: log["runs"][0]["results"][0].pop("message"), "lacks message"),
        (lambda log: log["runs"][0]["results"].append(5), "is no object"),
        (lambda log: log["runs"][0]["tool"]["driver"]["rules"].extend([{"id": "x"}] * 2), "equal items"),
        (lambda log: log["runs"][0]["invocations"][0].update(executionSuccessful="yes"), "is no bool"),
        (
            lambda log: log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
            "out of range",
        ),
        (
            lambda log: log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].update(
                uri="a b"
            ),
            "is no address",
        ),
    ],
)
def test_the_check_of_the_shape_sees_what_is_wrong(change, told):
    log = json.loads(json.dumps(sarif.write(FINDINGS, texts=TEXTS)))
    assert breaches(log, LOG) == []
    change(log)
    assert any(told in breach for breach in breaches(log, LOG))


def test_codeqls_zero_padded_tags_in_an_extensions_rules():
    rule = {"id": "py/path-injection", "properties": {"tags": ["correctness", "security", "external/cwe/cwe-022"]}}
    place = {"artifactLocation": {"uri": "source_000001.py", "uriBaseId": "%SRCROOT%", "index": 1}}
    result = {
        "ruleId": "py/path-injection",
        "rule": {"id": "py/path-injection", "index": 0, "toolComponent": {"index": 0}},
        "message": {"text": "This path depends on a [user-provided value](1)."},
        "locations": [{"physicalLocation": {**place, "region": {"startLine": 9, "startColumn": 15, "endColumn": 19}}}],
    }
    tool = {
        "driver": {"name": "CodeQL", "rules": []},
        "extensions": [{"name": "codeql/python-queries", "rules": [rule]}],
    }
    (finding,) = sarif.read(json.dumps({"version": "2.1.0", "runs": [{"tool": tool, "results": [result]}]}))
    assert (finding.cwe, finding.line, finding.path, finding.oracle) == ("CWE-22", 9, "source_000001.py", "CodeQL")


def fingerprints(findings, texts):
    (run,) = sarif.write(findings, texts=texts)["runs"]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]


def test_fingerprints_survive_moved_lines_and_tell_equal_ones_apart():
    before = fingerprints(FINDINGS[:2], TEXTS)
    moved = [Finding("bandit", "B608", "CWE-89", line, "SQL built from strings", "app/db.py") for line in (13, 14)]
    after = fingerprints(moved, {"app/db.py": "\n" * 10 + TEXTS["app/db.py"]})
    assert before == after
    assert len(set(before)) == 2
    assert fingerprints(FINDINGS[:1], {"app/db.py": "a\nb\nother\n"}) != before[:1]


def test_paths_below_the_root_become_relative(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    finding = Finding("x", "r", None, 1, "m", "a.py")
    absolute = Finding("x", "r", None, 1, "m", str(tmp_path / "b.py"))
    outside = Finding("x", "r", None, 1, "m", "/elsewhere/c.py")
    (run,) = sarif.write([finding, absolute, outside], root=tmp_path)["runs"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert [place["uri"] for place in places] == ["sub/a.py", "b.py", "/elsewhere/c.py"]
    assert "uriBaseId" not in places[2]


def test_suppressed_findings_are_written_and_not_read():
    log = sarif.write(FINDINGS[:1], suppressed={FINDINGS[1]: "checked above"})
    assert log["runs"][0]["results"][1]["suppressions"] == [{"kind": "inSource", "justification": "checked above"}]
    assert sarif.read(json.dumps(log)) == FINDINGS[:1]


def result(**more):
    return {"ruleId": "r", "message": {"text": "m"}, **more}


def log_of(*results, driver=None, extensions=()):
    tool = {"driver": {"name": "tool", **(driver or {})}, "extensions": list(extensions)}
    return json.dumps({"version": "2.1.0", "runs": [{"tool": tool, "results": list(results)}]})


@pytest.mark.parametrize(
    "rule",
    [
        {"properties": {"tags": ["security", "external/cwe/cwe-022"]}},
        {"properties": {"tags": ["external/cwe/cwe-22"]}},
        {"properties": {"tags": ["CWE-22: Improper Limitation of a Pathname"]}},
        {"properties": {"cwe": "CWE-22"}},
        {"relationships": [{"target": {"id": "22", "toolComponent": {"name": "CWE"}}}]},
        {"relationships": [{"target": {"id": "CWE-22", "toolComponent": {"name": "cwe"}}}]},
    ],
)
def test_cwes_in_any_convention(rule):
    by_id = log_of(result(), driver={"rules": [{"id": "other"}, {"id": "r", **rule}]})
    by_index = log_of(
        {"ruleIndex": 1, "message": {"text": "m"}}, driver={"rules": [{"id": "other"}, {"id": "r", **rule}]}
    )
    reference = {"rule": {"id": "r", "index": 0, "toolComponent": {"index": 0}}, "message": {"text": "m"}}
    extended = log_of(reference, extensions=[{"name": "pack", "rules": [{"id": "r", **rule}]}])
    for log in (by_id, by_index, extended):
        (finding,) = sarif.read(log)
        assert (finding.rule, finding.cwe, finding.oracle) == ("r", "CWE-22", "tool")


def test_what_passed_is_no_finding():
    log = log_of(
        result(kind="pass"),
        result(kind="notApplicable"),
        result(kind="fail"),
        result(suppressions=[{"kind": "external"}]),
    )
    assert len(sarif.read(log)) == 1
    rejected = log_of(result(suppressions=[{"kind": "external", "status": "rejected"}]))
    assert len(sarif.read(rejected)) == 1


def test_file_addresses_become_paths():
    place = {"physicalLocation": {"artifactLocation": {"uri": "file:///src/a%20b.py"}, "region": {"startLine": 2}}}
    (finding,) = sarif.read(log_of(result(locations=[place])))
    assert (finding.path, finding.line) == ("/src/a b.py", 2)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "no",
        "[]",
        "1",
        "null",
        "{}",
        '{"version": "2.1.0"}',
        '{"version": "1.0", "runs": []}',
        b"\xff\xfe\0",
        "[" * 200_000,
    ],
)
def test_what_is_not_sarif_is_an_error_in_one_line(data):
    with pytest.raises(UsageError) as error:
        sarif.read(data)
    assert "\n" not in str(error.value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "tool driver rules extensions results ruleId ruleIndex rule index id toolComponent name message text "
                "locations physicalLocation artifactLocation uri region startLine properties tags taxa relationships "
                "target kind suppressions status".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(st.lists(VALUES, max_size=3))
def test_any_runs_at_all_do_no_harm(runs):
    for finding in sarif.read(json.dumps({"version": "2.1.0", "runs": runs})):
        assert isinstance(finding, Finding)


def test_odd_values_are_left_out():
    assert sarif.read(log_of(result(kind=["fail"]), result(kind={}))) == []
    place = {"physicalLocation": {"artifactLocation": {"uri": 7}, "region": {"startLine": -1}}}
    (finding,) = sarif.read(log_of(result(locations=[place], message=None)))
    assert finding == Finding("tool", "r", None, None, "", "")
