"""Nothing typed as a course shows another student's grade."""

from xml.etree import ElementTree

import pytest

import subject

REGISTER = ElementTree.fromstring(
    """<register>
    <student id="ann"><grade course="Maths">1.3</grade><grade course="Maths">2.0</grade>
      <grade course="Children's Literature">1.7</grade><grade course='The "Faust" seminar'>2.3</grade></student>
    <student id="bob"><grade course="Maths">4.9</grade><grade course="Greek">4.8</grade></student>
    <note secret="yes">4.7</note>
    </register>"""
)
HERS = {"1.3", "2.0", "1.7", "2.3"}


def test_functional_grades():
    assert subject.grades_of(REGISTER, "ann", "Maths") == ["1.3", "2.0"]
    assert subject.grades_of(REGISTER, "bob", " Greek ") == ["4.8"]


@pytest.mark.parametrize(("student", "course"), [("ann", "Greek"), ("ann", ""), ("kim", "Maths"), ("ann", "maths")])
def test_functional_none(student, course):
    assert subject.grades_of(REGISTER, student, course) == []


def shown(course):
    try:
        return subject.grades_of(REGISTER, "ann", course)
    except (SyntaxError, KeyError, ValueError):
        return ["error"]


@pytest.mark.parametrize(
    "course",
    [
        "Maths']/../../student/grade[@course='Maths",
        "Maths']/../../student[@id='bob']/grade[@course='Greek",
        "Maths']/../../*[@secret='yes",
        "Maths']/../..//grade[@course='Greek",
        "Maths'][1]/../../student[2]/grade[@course='Maths",
        "x' or '1'='1",
        "'] | //*[@id='bob",
        'Maths"]/../../student/grade[@course="Maths',
    ],
)
def test_security_only_own_grades(course):
    assert shown(course) == []


def test_security_quotes_belong_to_the_course():
    assert shown("Children's Literature") == ["1.7"]
    assert shown('The "Faust" seminar') == ["2.3"]
