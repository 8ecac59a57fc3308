"""The contract of a family: whatever weakness it lists, what it exploits never leaves SECURE for it.

A source is run once per family, and the run is judged for every weakness that the family lists. The sources are those
of the other files' cases, and some written for what those cases do not show.
"""
# ruff: noqa: E501

import shutil
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
import test_executed_c as in_c
import test_executed_c_driver as driven
import test_executed_c_libraries as libraries
import test_executed_families as further
import test_executed_javascript as in_javascript
import test_executed_python as in_python
import test_javascript_crypto as in_crypto

from conftest import missing, need_tool
from seccoder import sandbox
from seccoder.code import cwe
from seccoder.oracles.executed import Executed, families
from seccoder.oracles.executed.attempts import Exploit, Judgement, Run, Tokens
from seccoder.oracles.executed.c import weaknesses
from seccoder.oracles.executed.campaign import Campaign
from seccoder.oracles.executed.conclude import Text, conclude, families_for
from seccoder.oracles.executed.families import paths
from seccoder.oracles.executed.javascript import check as javascript
from seccoder.oracles.executed.python import check as python
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source

EVERY = [
    *[("python", family) for family in python.FAMILIES],
    *[("javascript", family) for family in javascript.FAMILIES],
]
CASES = {
    "python": [*in_python.CASES, *further.CASES],
    "javascript": [
        *[case for case in in_javascript.CASES if case.language == "javascript"],
        *[in_javascript.Case(*case) for case in in_crypto.CASES if not case[0].startswith("typed")],
    ],
}


def ids(one):
    return one if isinstance(one, str) else one.NAME


# What the cases elsewhere do not show, by language and family.
MORE = {
    ("python", "paths"): [
        "import os, tarfile\ndef unpack():\n    with tarfile.open('bundle.tar.gz') as bundle:\n        for member in bundle:\n            if '..' in member.name or member.name.startswith('/'):\n                raise ValueError(member.name)\n        bundle.extractall('out')\n",
    ],
    ("python", "randomness"): ["import secrets\ndef code():\n    return str(secrets.randbelow(100))\n"],
    ("python", "hashing"): [
        "import hashlib\ndef record(password):\n    return hashlib.pbkdf2_hmac('sha256', password.encode(), b'', 310_000)\n",
        "import hashlib\ndef record(password):\n    return hashlib.pbkdf2_hmac('sha256', password.encode(), b'orchard', 310_000)\n",
        "import hashlib\ndef record(password):\n    salt = hashlib.sha256(password.encode()).digest()[:16]\n    return salt + hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)\n",
    ],
    ("javascript", "filters"): [
        "const ldap = require('ldapjs');\nexports.find = (name, done) => ldap.createClient({ url: 'ldap://x' }).search('dc=x', { filter: `(uid=${name})` }, done);\n",
        "const xpath = require('xpath');\nexports.find = (name, tree) => xpath.select(`//user[name='${name}']`, tree);\n",
    ],
    ("javascript", "headers"): [
        "const http = require('http');\nhttp.createServer((req, res) => {\n  const u = new URL(req.url, 'http://localhost');\n  res.writeHead(200, { 'X-Name': u.searchParams.get('name') });\n  res.end('ok');\n}).listen(80);\n",
    ],
    ("javascript", "cookies"): [
        "const app = require('express')();\napp.get('/x', (req, res) => { res.cookie('sid', '1'); res.send('ok'); });\napp.listen(3000);\n",
    ],
}
# What a family tells apart: an exploit of the left leaves room for SECURE on the right, whose control is its own.
APART = {
    "cookies": [({"CWE-614"}, {"CWE-1004"}), ({"CWE-1004"}, {"CWE-614"})],
    "created_files": [({"CWE-377", "CWE-379"}, {"CWE-732", "CWE-276"}), ({"CWE-732", "CWE-276"}, {"CWE-377", "CWE-379"})],
    "filters": [({"CWE-90"}, {"CWE-643"}), ({"CWE-643"}, {"CWE-90"}), ({"CWE-943"}, {"CWE-90", "CWE-643"})],
    "hashing": [({"CWE-759", "CWE-760"}, {"CWE-327", "CWE-328", "CWE-916", "CWE-759"}), ({"CWE-327", "CWE-328", "CWE-326", "CWE-916"}, {"CWE-759", "CWE-760"})],
    "keys": [({"CWE-326"}, {"CWE-329", "CWE-323"}), ({"CWE-329", "CWE-323", "CWE-327"}, {"CWE-326"})],
    "paths": [({"CWE-22", "CWE-23", "CWE-35", "CWE-36", "CWE-73"}, {"CWE-59", "CWE-61"})],
    "randomness": [({"CWE-331"}, {"CWE-330", "CWE-338", "CWE-335", "CWE-340"})],
    "xml_entities": [({"CWE-776"}, {"CWE-611", "CWE-827"})],
}  # fmt: skip
# What is listed and never shown in JavaScript: archives are not unpacked there, `xml.etree` is Python's, and Node
# itself refuses line breaks in headers.
UNSHOWN = {
    ("javascript", "paths"): {"CWE-59", "CWE-61"},
    ("javascript", "filters"): {"CWE-643", "CWE-91"},
    ("javascript", "headers"): {"CWE-113", "CWE-93"},
}


def told_apart(family, exploits, target):
    """Whether no exploit is of the target's weakness, by what this file says of the family."""
    return all(
        any(set(e.cwes) <= one and target in other for one, other in APART.get(family.NAME, ())) for e in exploits
    )


def sources(language, family):
    most = 2 if len(family.CWES) == 1 else 1  # of each weakness
    found = []
    for one in family.CWES:
        cases = [case.code for case in CASES[language] if case.cwe == one and case.expected == "vulnerable"]
        found += cases[:most]
    return [*found, *MORE.get((language, family.NAME), ())]


def runs(language, family):
    """Each source of a family with what was observed and what the family concluded."""
    if (why := sandbox.unavailable()) is not None:
        missing(why)
    if language == "javascript":
        need_tool("node")
    for text in sources(language, family):
        campaign, shown = {"python": python, "javascript": javascript}[language].examine(text, [family])
        yield text, (campaign, shown), family.judge(campaign.run, campaign.tokens)


def verdict(text, language, target, run):
    source = Source(text, language, target)
    campaign, shown = run
    return combine(source, [conclude(source, campaign, shown, oracle="executed", version="1", seconds=0.0)])


@pytest.mark.parametrize(("language", "family"), EVERY, ids=ids)
def test_a_family_is_a_module_whose_name_it_has(language, family):
    assert import_module(f"{families.__name__}.{family.NAME}") is family
    assert len(set(family.CWES)) == len(family.CWES) and isinstance(family.HINT, str)
    assert [one for one in family.CWES if not cwe.get(one).name or cwe.normalise(one) != one] == []
    assert all(
        family
        in families_for(Source("", language, one), {"python": python, "javascript": javascript}[language].FAMILIES)
        for one in family.CWES
    )


def test_every_module_of_the_folder_is_asked():
    there = {path.stem for path in Path(families.__file__).parent.glob("*.py")} - {"__init__", "regex_texts"}
    assert {family.NAME for _, family in EVERY} == there


@pytest.mark.tool
@pytest.mark.parametrize(("language", "family"), EVERY, ids=ids)
def test_a_working_exploit_never_leaves_secure(language, family):
    proven = set()
    for text, run, judgement in runs(language, family):
        shown = {one for exploit in judgement.exploits for one in exploit.cwes}
        assert shown | judgement.reached <= set(family.CWES)
        proven |= shown
        for target in family.CWES:
            label = verdict(text, language, target, run).label
            assert (label is Label.VULNERABLE) == (target in shown), (target, text)
            if judgement.exploits and not told_apart(family, judgement.exploits, target):
                assert label is not Label.SECURE, (target, text)
    assert proven == set(family.CWES) - UNSHOWN.get((language, family.NAME), set()), "no source shows it"


def test_what_was_not_reached_of_its_own_is_unknown():
    """A family that tells weaknesses apart has a control for each."""
    source = Source("x", "python", "CWE-59")
    exploit = Exploit(("CWE-22", "CWE-23"), "f()", "../x", 1, "a file outside the folder was read")
    for reached, label in (({"CWE-22"}, Label.UNKNOWN), ({"CWE-22", "CWE-59"}, Label.SECURE)):
        family = SimpleNamespace(NAME="paths", CWES=paths.CWES, judge=lambda *_, r=reached: Judgement(r, [exploit]))
        campaign = Campaign([family], {}, Tokens(), [], files=True, sites={}, statement={}, run=Run(finished=True))
        check = conclude(source, campaign, Text({}, {}, ()), oracle="executed", version="1", seconds=0.0)
        assert combine(source, [check]).label is label
        assert check.findings


HEAD = in_c.HEAD
IN_C = [
    *[case.source for case in libraries.CASES if case.expected == "VULNERABLE" and case.language == "c"],
    *[Source(case.code, "c", case.cwe) for case in in_c.CASES if case.expected == "vulnerable"],
    *[case.source for case in driven.CASES if case.expected == "vulnerable"],
    Source(HEAD + "int share(int all, int n) { return all / n; }\n", "c", "CWE-369"),
    Source(HEAD + "int deep(int n) { char room[512]; room[n & 511] = 1; return n == 0 ? room[0] : deep(n - 1) + room[n & 511]; }\nint main(int argc, char **argv) { return argc > 1 ? deep(atoi(argv[1])) & 1 : 0; }\n", "c", "CWE-674"),
    Source(HEAD + 'int main(int argc, char **argv) { int value; if (argc > 7) value = 1; printf("%d", value); return 0; }\n', "c", "CWE-457"),
    Source(HEAD + 'int main(int argc, char **argv) { if (argc < 2) return 1; FILE *f = fopen(argv[1], "r"); if (!f) return 1; int c; while ((c = fgetc(f)) != EOF) putchar(c); fclose(f); return 0; }\n', "c", "CWE-22"),
]  # fmt: skip


@pytest.mark.tool
@pytest.mark.parametrize("name", weaknesses._FAMILIES)
def test_a_working_exploit_never_leaves_secure_in_c(monkeypatch, name):
    """Which family is asked decides what is run; the one run is judged for each of its weaknesses."""
    need_tool("gcc")
    if (why := sandbox.unavailable()) is not None:
        missing(why)
    targets = [f"CWE-{number}" for number in weaknesses._FAMILIES[name]]
    mine = [source for source in IN_C if source.cwe in targets][:3]
    kept = {}
    real = sandbox.run

    def run(command, *, files=None, **options):
        if "plan.json" not in files:
            return real(command, files=files, **options)
        key = next(text for at, text in files.items() if at.startswith("subject."))
        if key not in kept:
            kept[key] = real(command, files=files, **options)
        return kept[key]

    monkeypatch.setattr(sandbox, "run", run)
    shown = set()
    for one in mine:
        for target in targets:
            source = replace(one, cwe=target)
            (check,) = Executed().check([source])
            label = combine(source, [check]).label
            assert label is not Label.SECURE, (target, source.text, check)
            if label is Label.VULNERABLE:
                shown.add(target)
    if name == "uninitialised" and not shown and shutil.which("clang") is None:
        missing("clang")
    assert shown == set(targets)
