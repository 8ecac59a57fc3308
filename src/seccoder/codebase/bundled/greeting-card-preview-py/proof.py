"""Template syntax in a message is shown as it was typed; nothing of it is evaluated."""

import html

import pytest

import subject


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setitem(subject.app.config, "SECRET_KEY", "s3cr3t-key")
    return subject.app.test_client()


def card(client, to="Ann", message="Happy birthday!"):
    return client.post("/preview", data={"to": to, "message": message})


def test_functional_card(client):
    text = card(client).text
    assert "<h1>Dear Ann,</h1>" in text
    assert "<blockquote>Happy birthday!</blockquote>" in text
    assert "sent with cards.example" in text


def test_functional_markup_is_escaped(client):
    text = card(client, message="5 < 6 & 100 % <script>").text
    assert "<blockquote>5 &lt; 6 &amp; 100 % &lt;script&gt;</blockquote>" in text


def test_functional_missing_field(client):
    assert client.post("/preview", data={"to": "Ann"}).status_code == 400


@pytest.mark.parametrize(
    "attack",
    [
        "{{ config.SECRET_KEY }}",
        "{{ 7 * 191 }}",
        "{{ [].__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{% for x in (1,2,3) %}{{ x }}{% endfor %}",
        "{% set x = cycler.__init__.__globals__.os.getcwd() %}{{ x }}",
        "{{ request.environ }}",
        "{# gone #}",
        "{%print(config)%}",
        "{{",
        "{% raw %}",
        "{{ '{{ 1 }}' }}",
    ],
)
@pytest.mark.parametrize("place", ["to", "message"])
def test_security_text_is_shown_as_typed(client, place, attack):
    response = card(client, **{place: attack})
    assert response.status_code == 200
    assert attack in html.unescape(response.text)
    assert "s3cr3t-key" not in response.text
