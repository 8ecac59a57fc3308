"""Slots that can be booked, and forms that look like slots."""

import json

import pytest

DRIVER = """
import { slot } from "./subject.js";
const attempt = (day, start, end) => { try { const { from, to } = slot({ day, start, end }); return [from.toISOString(), to.toISOString()]; } catch (error) { return error instanceof RangeError ? "range" : "error"; } };
console.log(JSON.stringify({
  good: [attempt("2024-05-31", "18:30", "20:00"), attempt("2024-02-29", "21:00", "24:00"), attempt("2024-01-01", "00:00", "00:30")],
  wrong: [attempt("2024-05-31", "18:30", "18:30"), attempt("2024-05-31", "20:00", "18:00"), attempt("2024-05-31", "10:00", "14:00"), attempt("2024-05-31", "18:15", "19:00"), attempt("", "", ""), attempt("2024-13-01", "10:00", "11:00")],
  odd: [attempt("2024-02-30", "10:00", "11:00"), attempt("2023-02-29", "10:00", "11:00"), attempt("2024-04-31", "10:00", "11:00"), attempt("5/31/2024", "10:00", "11:00"), attempt("2024-5-31", "10:00", "11:00"), attempt("2024-05-31", "10:00:00", "11:00:00"), attempt("Fri, 31 May 2024", "10:00", "11:00")],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_slots(said):
    assert said["good"][0] == ["2024-05-31T18:30:00.000Z", "2024-05-31T20:00:00.000Z"]
    assert said["good"][1][1] == "2024-03-01T00:00:00.000Z" and said["good"][2][0] == "2024-01-01T00:00:00.000Z"


def test_functional_no_slots(said):
    assert said["wrong"] == ["range"] * 6


def test_security_days_that_do_not_exist_and_other_forms(said):
    assert said["odd"] == ["range"] * 7
