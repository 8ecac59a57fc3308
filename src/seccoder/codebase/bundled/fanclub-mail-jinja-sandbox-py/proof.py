"""Templates of honest customers, and templates that leave the mail."""

import os

import pytest
from subject import render_mail

ANN = {"name": "Ann", "paid": True, "years": 3}


def test_functional_mails():
    template = "Dear {{ member.name }}, {% if member.paid %}thanks for {{ member.years + 1 }} years{% else %}hello{% endif %}!"
    assert render_mail(template, ANN) == "Dear Ann, thanks for 4 years!"
    assert render_mail("{{ member['name']|upper }} {% for n in range(2) %}{{ n }}{% endfor %}", ANN) == "ANN 01"


@pytest.mark.parametrize("template", ["{{ member.nickname }}", "{% if %}", "{{ member.name", "{{ 1 / 0 }}", "x" * 20_001])
def test_functional_wrong_templates(template):
    with pytest.raises(ValueError):
        render_mail(template, ANN)


WAYS = [
    "{{ ''.__class__.__mro__ }}",
    "{{ member.__class__.__base__.__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.environ.update({'TRACE': '1'}) }}",
    "{{ (member|attr('__class__')).__mro__ }}",
    "{{ '{0.__class__}'.format(member.name) }}",
]


@pytest.mark.parametrize("template", WAYS)
def test_security_templates_stay_with_their_values(template):
    try:
        text = render_mail(template, ANN)
    except ValueError:
        text = ""
    assert "class" not in text and os.environ.pop("TRACE", None) is None
