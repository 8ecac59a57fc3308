"""The bundled demonstrations: each keeps the format, and each proof holds both ways, in the sandbox.

A proof that was proven is not run again while its content stays the same (`seccoder.codebase.proof`); these tests use
the user's real cache for that, so only what was changed takes long. Where there is no cache and time is short
(`.ci/run` sets SECCODER_TEST_PROOFS=part), proofs are run whose code came or was changed in the last day, and a third
of the others, another third in each week.
"""

import datetime
import hashlib
import os
import re
import subprocess

import pytest

from conftest import missing
from seccoder.code import cues, cwe
from seccoder.code.languages import EXTENSION
from seccoder.codebase import proof
from seccoder.codebase.bundled_index import FOLDERS
from seccoder.codebase.folder import DESCRIPTION, read

SLUGS = sorted(path.name for path in FOLDERS.iterdir() if path.is_dir() and not path.name.startswith((".", "__")))
KNOWN = {each.id for each in cwe.table()}
ABBREVIATIONS = re.compile(r"\b(?:e\.g|i\.e|etc|vs)\.")


def to_prove():
    """The demonstrations whose proofs are run."""
    if os.environ.get("SECCODER_TEST_PROOFS") != "part":
        return SLUGS
    command = ["git", "log", "--since=1.day", "--format=", "--name-only", "--relative", "--", ":!*.toml", "."]
    told = subprocess.run(command, cwd=FOLDERS, capture_output=True, text=True, check=True).stdout
    fresh = {line.partition("/")[0] for line in told.splitlines()}
    week = datetime.date.today().isocalendar().week
    return [slug for slug in SLUGS if slug in fresh or hashlib.sha256(slug.encode()).digest()[0] % 3 == week % 3]


def test_there_are_some():
    assert len(SLUGS) >= 200
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", slug) for slug in SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_it_keeps_the_format(slug):
    demonstration = read(FOLDERS / slug)
    extension = EXTENSION[demonstration.language]
    names = {path.name for path in (FOLDERS / slug).iterdir()} - {"__pycache__"}
    assert names == {DESCRIPTION, f"secure{extension}", f"vulnerable{extension}", "proof.py"}
    lines = [line for line in demonstration.code.splitlines() if line.strip()]
    assert 5 <= len(lines) <= 40
    assert demonstration.code != demonstration.vulnerable
    assert len(demonstration.task) >= 30
    assert demonstration.note.endswith(".") and len(sentences(demonstration.note)) == 1
    assert demonstration.cue and cues.wrong(demonstration.cue) == ""
    assert KNOWN & set(demonstration.cwes), f"none of {demonstration.cwes} is in seccoder.code.cwe"


def sentences(text):
    """A text cut where a full stop is followed by a space and a capital."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", ABBREVIATIONS.sub("", text))


@pytest.mark.tool
@pytest.mark.parametrize("slug", to_prove())
def test_its_proof_holds(slug, real_cache, monkeypatch):
    demonstration = read(FOLDERS / slug)
    monkeypatch.setenv("SECCODER_CACHE", str(real_cache))
    result = proof.run(demonstration)
    if result.status == "not-run":
        missing(result.reason)
    assert (result.status, result.reason) == ("proven", "")
