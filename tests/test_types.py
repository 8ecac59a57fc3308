"""The nouns: the order of proofs, and the JSON shapes that come back as what they were."""

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from seccoder.types import Check, Completion, Finding, Label, ProofLevel, Provenance, Sample, Verdict

TEXT = st.text(max_size=20)
MAYBE = st.sampled_from([None, True, False])
FINDINGS = st.builds(Finding, TEXT, TEXT, st.none() | TEXT, st.none() | st.integers(1, 999), TEXT)
CHECKS = st.builds(
    Check,
    oracle=TEXT,
    version=TEXT,
    evidence=st.sampled_from(["executed", "static"]),
    analysed=st.booleans(),
    flagged=st.booleans(),
    valid=MAYBE,
    exercised=MAYBE,
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    seconds=st.integers(0, 10**6).map(lambda milliseconds: round(milliseconds / 1000, 3)),
    reason=TEXT,
    functional=MAYBE,
)


def test_proofs_are_ordered_as_they_are_listed():
    strengths = [level.strength for level in ProofLevel]
    assert strengths == sorted(strengths, reverse=True) and len(set(strengths)) == len(strengths)
    assert ProofLevel.EXECUTED.strength > ProofLevel.ASSERTED.strength > 0


def test_an_origin_tells_what_is_known_of_it():
    assert Provenance("sven").to_json() == {"source": "sven"}
    whole = Provenance(*(field.name for field in fields(Provenance)))
    assert Provenance(**whole.to_json()) == whole


@given(CHECKS)
def test_a_check_comes_back_from_its_json(check):
    assert Check.from_json(json.loads(json.dumps(check.to_json()))) == check


def test_a_check_written_before_there_were_findings_is_read():
    assert Check.from_json({"oracle": "gcc", "version": "", "evidence": "static", "analysed": False}).findings == ()


def test_a_sample_tells_its_verdict_and_its_checks():
    finding = Finding("bandit", "B602", "CWE-78", 3, "a shell", "a.py")
    check = Check("bandit", "1", "static", analysed=True, flagged=True, findings=(finding,))
    verdict = Verdict(Label.VULNERABLE, "static", None, "bandit: a shell", ("CWE-78",), (finding,))
    sample = Sample(Completion("x", 7, "stop", 5, 2, 0.1), "x\n", (check,), verdict, duplicate_of=0, repairs=1)
    told = sample.to_json()
    assert told["checks"] == [check.to_json()] and told["checks"][0]["findings"] == [finding.to_json()]
    assert {name: value for name, value in told.items() if name != "checks"} == {
        "code": "x\n",
        "verdict": "VULNERABLE",
        "evidence": "static",
        "exercised": None,
        "reason": "bandit: a shell",
        "cwes": ["CWE-78"],
        "duplicate_of": 0,
        "repairs": 1,
        "unmet": [],
        "tokens": 2,
        "prompt_tokens": 5,
        "seed": 7,
        "finish": "stop",
    }
    json.dumps(told)
