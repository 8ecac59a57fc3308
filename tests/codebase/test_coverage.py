"""The coverage map: counted once, shown by `codebase stats` and by the generated page alike."""

import json

import pytest

from seccoder import cli
from seccoder.codebase.coverage import coverage
from seccoder.codebase.store import Store
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance


def demonstration(language, *cwes, proven=True, code="x"):
    level = ProofLevel.EXECUTED if proven else ProofLevel.ASSERTED
    return Demonstration(language, cwes, "", code, None, Proof(level), Provenance("test"))


SOME = [
    demonstration("go", "CWE-89"),
    demonstration("python", "CWE-89", "CWE-20"),
    demonstration("python", "CWE-89", code="y", proven=False),
    demonstration("python", "CWE-89", code="z"),
    demonstration("c", code="no CWE"),
]


def test_it_counts_each_cwe_a_demonstration_names():
    covered = coverage(SOME)
    assert covered.languages == ("python", "c", "go")
    assert list(covered.cwes) == ["CWE-20", "CWE-89"]
    assert covered.cwes == {"CWE-20": {"python": 1}, "CWE-89": {"python": 3, "go": 1}}
    assert covered.proven == {"CWE-20": {"python": 1}, "CWE-89": {"python": 2, "go": 1}}
    assert [covered.cell("CWE-89", language) for language in covered.languages] == ["2/3", "", "1"]
    assert len(covered.uncovered) == 23 and not {"CWE-89", "CWE-20"} & set(covered.uncovered)


def test_nothing_covers_nothing():
    covered = coverage([])
    assert (covered.languages, covered.cwes, len(covered.uncovered)) == ((), {}, 25)


@pytest.fixture
def base(tmp_path):
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(SOME)
    return str(path)


def test_stats_prints_it(base, capsys):
    assert cli.run(["codebase", "stats", "--codebase", base, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["demonstrations"] == 5 and said["languages"] == {"python": 3, "c": 1, "go": 1}
    assert said["cwes"] == {"CWE-20": {"python": 1}, "CWE-89": {"python": 3, "go": 1}}
    assert said["proven"]["CWE-89"] == {"python": 2, "go": 1} and "CWE-79" in said["uncovered"]
    assert cli.run(["codebase", "stats", "--codebase", base]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["CWE", "python", "c", "go", "name"] in lines
    assert ["CWE-89", "2/3", "-", "1", "SQL", "Injection"] in lines


def test_stats_of_an_empty_base(tmp_path, capsys):
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.remove(store.add(SOME[:1])[0], "gone")
    assert cli.run(["codebase", "stats", "--codebase", str(path)]) == 0
    assert "0 demonstrations" in capsys.readouterr().out
