"""SARIF: what is written is read again, what others write is understood, and what is broken does no harm."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from seccoder.errors import UsageError
from seccoder.oracles import sarif
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
    assert list(runs) == ["seccoder/bandit", "seccoder/ruff", "seccoder/gcc"]
    runs = {name.removeprefix("seccoder/"): run for name, run in runs.items()}
    assert runs["ruff"]["results"] == []
    assert runs["bandit"]["tool"]["driver"]["version"] == "1.9"
    rules = runs["bandit"]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["B608/CWE-89", "B101/CWE-703"]
    assert rules[0]["properties"]["tags"] == ["security", "external/cwe/cwe-089"]
    assert [result["ruleIndex"] for result in runs["bandit"]["results"]] == [0, 0, 1]
    (note,) = runs["gcc"]["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "a header is missing"
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.c"
    place = runs["bandit"]["results"][2]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "with%20space/%C3%BC%23%25.py", "uriBaseId": "%SRCROOT%"}


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
@settings(max_examples=40)
def test_what_is_written_is_valid_by_the_published_schema(sarif_schema, findings):
    validator = validator_for(sarif_schema)(sarif_schema)
    missed = [sarif.NotAnalysed(finding.oracle, finding.path, finding.message) for finding in findings]
    suppressed = {finding: finding.message for finding in findings[::2]}
    log = sarif.write(findings[1::2], versions={"one": "1"}, suppressed=suppressed, not_analysed=missed)
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(log)))] == []


def test_the_schema_sees_what_is_wrong(sarif_schema):
    validator = validator_for(sarif_schema)(sarif_schema)
    log = json.loads(json.dumps(sarif.write(FINDINGS, texts=TEXTS)))
    assert list(validator.iter_errors(log)) == []
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert len(list(validator.iter_errors(log))) == 1


def refused(log):  # noqa: C901 - one rule after the other
    """What code hosts refuse, or do not show, although the schema allows it: the table in docs/agents.md."""
    runs = log["runs"]
    if not 1 <= len(runs) <= 20:
        yield "1 to 20 runs"
    if len({(run["tool"]["driver"]["name"], run.get("automationDetails", {}).get("id")) for run in runs}) < len(runs):
        yield "two runs of one tool and category"
    for run in runs:
        rules = run["tool"]["driver"]["rules"]
        if len({rule["id"] for rule in rules}) < len(rules) or len(rules) > 25_000:
            yield "ids of rules"
        for rule in rules:
            texts = [rule[name]["text"] for name in ("shortDescription", "fullDescription", "help")]
            if not all(texts) or max(map(len, texts[:2])) > 1024:
                yield "texts of a rule"
            if not 0 < float(rule["properties"]["security-severity"]) <= 10 or len(rule["properties"]["tags"]) > 10:
                yield "severity or tags"
        if len(run["results"]) > 25_000:
            yield "too many results"
        for result in run["results"]:
            if rules[result["ruleIndex"]]["id"] != result["ruleId"] or not result["message"]["text"]:
                yield "rule or message of a result"
            (place,) = (location["physicalLocation"] for location in result["locations"])
            if place["region"]["startLine"] < 1 or not place["artifactLocation"]["uri"]:
                yield "place of a result"
            if not result["partialFingerprints"]["primaryLocationLineHash"]:
                yield "fingerprint"


ATTACKED = Finding("executed", "exploit-cwe-89", "CWE-89", 3, "f(): it changed", "app/db.py", "f()", 1, "x' OR '1'='1")


def test_what_is_written_is_taken_by_code_hosts(sarif_schema):
    rule_twice = [Finding("semgrep", "r", f"CWE-{number}", 1, "m", "a.py") for number in (79, 89)]
    many = [Finding("ruff", "S1", "CWE-89", line, "m", "a.py") for line in range(1, 25_010)]
    validator = validator_for(sarif_schema)(sarif_schema)
    for findings in ([], FINDINGS, [*rule_twice, ATTACKED], many):
        log = json.loads(json.dumps(sarif.write(findings, texts=TEXTS)))
        assert list(refused(log)) == []
        if findings is not many:
            assert [error.message for error in validator.iter_errors(log)] == []
    assert log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("9 more")


def test_evidence_decides_the_level_and_is_a_code_flow():
    second = Finding("executed", "sanitizer", "CWE-787", 2, "memory outside of an object was used", "a.c")
    (run,) = sarif.write([second, ATTACKED], levels={ATTACKED: "error"})["runs"]
    first, other = run["results"]
    assert (first["level"], other["level"], other["ruleId"]) == ("error", "warning", "sanitizer/CWE-787")
    steps = first["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in steps] == [1, 3]
    assert "codeFlows" not in other
    assert "OR" not in json.dumps(run)  # the input stays out of the log


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


def log_of(*results, driver=None, extensions=(), **run):
    tool = {"driver": {"name": "tool", **(driver or {})}, "extensions": list(extensions)}
    return json.dumps({"version": "2.1.0", "runs": [{"tool": tool, "results": list(results), **run}]})


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


def at(line=1, **artifact):
    return {"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": line}}}


@pytest.mark.parametrize("name", ["Cppcheck", "another"])
def test_cppcheck_lists_the_way_to_a_finding_before_it(name):
    # as cppcheck 2.22 writes a use after free: where it was freed, then where it is used
    log = log_of(result(locations=[at(9, uri="a.c"), at(11, uri="a.c")]), driver={"name": name})
    (finding,) = sarif.read(log)
    assert finding.line == (11 if name == "Cppcheck" else 9)


BASES = {
    "ROOT": {"uri": "file:///home/ci/project/"},
    "SRC": {"uri": "src/", "uriBaseId": "ROOT"},
    "LIB": {"uri": "lib"},
    "ROUND": {"uri": "r/", "uriBaseId": "TRIP"},
    "TRIP": {"uri": "t/", "uriBaseId": "ROUND"},
    "PRIVATE": {"description": {"text": "only a name"}},
}


@pytest.mark.parametrize(
    ("artifact", "path"),
    [
        ({"index": 1}, "/home/ci/project/src/b%.c"),
        ({"index": 7}, ""),
        ({"uri": "a.c", "index": 1}, "a.c"),
        ({"uri": "a%20b.c", "uriBaseId": "SRC"}, "/home/ci/project/src/a b.c"),
        ({"uri": "a.c", "uriBaseId": "LIB"}, "lib/a.c"),
        ({"uri": "./x/../a.c"}, "a.c"),
        ({"uri": "file:///elsewhere/a.c", "uriBaseId": "SRC"}, "/elsewhere/a.c"),
        ({"uri": "a.c", "uriBaseId": "PRIVATE"}, "a.c"),
        ({"uri": "a.c", "uriBaseId": "UNKNOWN"}, "a.c"),
    ],
)
def test_a_path_may_be_an_index_and_below_a_base(artifact, path):
    artifacts = [{"location": {"uri": "a.c"}}, {"location": {"uri": "b%25.c", "uriBaseId": "SRC"}}]
    log = log_of(result(locations=[at(**artifact)]), artifacts=artifacts, originalUriBaseIds=BASES)
    assert [finding.path for finding in sarif.read(log)] == [path]


def test_bases_that_go_round_come_to_an_end():
    log = log_of(result(locations=[at(uri="a.c", uriBaseId="ROUND")]), originalUriBaseIds=BASES)
    assert sarif.read(log)[0].path.endswith("r/a.c")


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
                "target kind suppressions status uriBaseId originalUriBaseIds artifacts location".split()
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
