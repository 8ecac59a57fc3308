"""Schemes of honest customers, and schemes that try to run something."""

import json

import pytest

DRIVER = r"""
import { invoiceNumber } from "./subject.js";
const day = new Date(Date.UTC(2024, 4, 9));
const attempt = (scheme, n = 42) => { try { return invoiceNumber(scheme, day, n); } catch { return "error"; } };
const said = {
  good: [attempt("INV-{year}-{seq:5}"), attempt("{month}/{seq}"), attempt("{ year }-{seq:2}"), attempt("plain"), attempt("{seq:2}", 12345)],
  wrong: [attempt("{day}"), attempt("{}"), attempt("{seq seq}")],
  evil: ["{globalThis.trace='a'}", "{(globalThis.trace='b',seq)}", "`+(globalThis.trace='c')+`", "${globalThis.trace='d'}", "{seq}`;globalThis.trace='e';`"].map((scheme) => { attempt(scheme); const trace = globalThis.trace ?? null; delete globalThis.trace; return trace; }),
};
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_schemes(said):
    assert said["good"] == ["INV-2024-00042", "05/42", "2024-42", "plain", "12345"]


def test_functional_unknown_fields(said):
    assert said["wrong"] == ["error", "error", "error"]


def test_security_a_scheme_runs_nothing(said):
    assert said["evil"] == [None] * 5
