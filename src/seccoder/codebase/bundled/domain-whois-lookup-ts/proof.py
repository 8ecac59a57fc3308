"""A script that notes its arguments stands in for whois; names that a shell would act upon leave traces in files."""

import json
import os
from pathlib import Path

import pytest

WHOIS = """#!/bin/sh
for argument in "$@"; do printf '%s\\n' "$argument" >> arguments; done
[ "$1" = -- ] && shift
case "$1" in
  -*) echo "option taken" >> traces; exit 0;;
  orchard.example) printf '   Domain Name: ORCHARD.EXAMPLE\\r\\n   Registrar: Plum & Sons, Inc.\\r\\n   Registry Expiry Date: 2027-03-09T04:00:00Z\\r\\n';;
  xn--mnchen-3ya.example) printf 'Registrar:\\nRegistrar: Isar Names\\n';;
  bare.example) echo 'No match';;
  *) echo 'nothing known' >&2; exit 2;;
esac
"""

DRIVER = """
import { readFileSync } from "node:fs";
import { lookUp } from "./subject.js";
const said = [];
for (const typed of JSON.parse(readFileSync(0))) said.push(await lookUp(typed).catch(() => "refused"));
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def ask(node):
    program = Path("bin/whois")
    program.parent.mkdir(exist_ok=True)
    program.write_text(WHOIS)
    program.chmod(0o755)
    leak = Path("bin/leak")  # any program that an attacker likes to have run
    leak.write_text("#!/bin/sh\necho run >> traces\n")
    leak.chmod(0o755)
    run = node(DRIVER)

    def ask(*typed):
        for name in ("arguments", "traces"):
            Path(name).unlink(missing_ok=True)
        ran = run(stdin=json.dumps(typed).encode(), env={"PATH": f"{program.parent.absolute()}:{os.environ['PATH']}"})
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return ask


def test_functional_registrar_and_expiry(ask):
    assert ask("orchard.example", " Orchard.EXAMPLE\n") == [
        {"domain": "orchard.example", "registrar": "Plum & Sons, Inc.", "expires": "2027-03-09"}
    ] * 2


def test_functional_umlauts(ask):
    assert ask("münchen.example")[0]["domain"] == "xn--mnchen-3ya.example"


def test_functional_an_answer_that_tells_nothing(ask):
    assert ask("bare.example") == [{"domain": "bare.example"}]


def test_functional_not_a_domain_or_an_error_of_whois(ask):
    assert ask("orchard", "", "unknown.example") == ["refused"] * 3


TYPED = [
    "$(echo a.b > traces)",
    "`echo a.b > traces`",
    'x.example"; echo a > traces; "',
    'x.example" || echo a > traces || "',
    'x.example"\necho a > traces\n"',
    "$(leak).example",
    "`leak`.example",
    'x.example";leak;"',
    'a.b"&leak&"',
    "a.b;leak",
    "a.b&&leak",
]


@pytest.mark.parametrize("typed", TYPED)
def test_security_nothing_typed_is_run(ask, typed):
    ask(typed)
    assert not Path("traces").exists()


@pytest.mark.parametrize("typed", ["-hwhois.attacker.example", "--host=attacker.example", "-p.1"])
def test_security_nothing_typed_is_an_option(ask, typed):
    ask(typed)
    assert not Path("traces").exists()


def test_security_nothing_typed_is_worked_out(ask):
    ask("x$((6*7)).example", "x$$.example", "x$#.example")
    seen = Path("arguments").read_text() if Path("arguments").exists() else ""
    assert not any(digit in seen for digit in "0123456789")
