"""Poison of twelve kinds: under 5 % gets into a base, and nothing that executes or speaks to a model from a prompt."""

import random

import pytest

from conftest import need_tool
from poison_kinds import KINDS, poisoned
from seccoder.codebase.codebase import Codebase
from seccoder.expansion.candidate import Decision, from_demonstration
from seccoder.expansion.vetting import vet
from seccoder.expansion.vetting.rules import reads_the_code

BASE = 40


@pytest.fixture(scope="module")
def split():
    with Codebase.open("bundled") as bundled:
        every = sorted(bundled.demonstrations(), key=lambda d: d.id)
    random.Random(3).shuffle(every)
    return every[BASE:160], every[:BASE]


@pytest.mark.tool
def test_what_gets_through(split):
    need_tool("bwrap")
    carriers, base = split
    through, total, in_prompts = [], 0, []
    for kind in KINDS:
        attacks = [attack for attack in poisoned(carriers, 3) if attack.kind == kind]
        proofs = kind == "payload in the proof"
        if proofs:
            attacks = attacks[:4] + attacks[7:9]  # the others cost their time limits; perf/poisoning.py runs all
        total += len(attacks)
        proposed = [from_demonstration(attack.demonstration) for attack in attacks]
        vettings = vet.vet(proposed, base=base, policy=vet.Policy(run_proofs=proofs))
        for attack, vetting in zip(attacks, vettings, strict=True):
            if vetting.decision is not Decision.ACCEPT:
                continue
            if attack.got_through(vetting.demonstration):
                through.append((kind, attack.demonstration.language))
            if attack.breaks_out and (proofs or attack.reaches_a_prompt(vetting.demonstration)):
                in_prompts.append((kind, attack.demonstration.language))
    assert total >= 100
    assert in_prompts == []
    assert len(through) < 0.05 * total, through


def test_the_measure_sees_an_attack_that_got_in(split):
    carriers, _ = split
    for attack in poisoned(carriers, 3):
        assert attack.got_through(attack.demonstration), attack.kind
        assert not attack.got_through(None)


@pytest.mark.parametrize(
    ("proof", "reads"),
    [
        ("text = pathlib.Path(subject.__file__).read_text()", True),
        ("text = open('subject.py').read()", True),
        ("inspect.getsource(subject)", True),
        ("folder = Path(subject.__file__).parent", False),
        ("assert subject.answer() == 'subject.py'", False),
    ],
)
def test_a_proof_that_reads_the_code_is_seen(proof, reads):
    assert reads_the_code(proof) is reads
