"""The page is parsed as a browser would: no title of a place adds an element or attribute, and all data arrive."""

import json
from html.parser import HTMLParser

import pytest

import subject


class Page(HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.places = [], None
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, *(name for name, _ in attributes)))
        if ("id", "map") in attributes:
            self.places = json.loads(dict(attributes)["data-places"])


def page(monkeypatch, *titles):
    places = [{"title": title, "lat": 47.5, "lon": -0.25} for title in titles]
    monkeypatch.setattr(subject, "PLACES", places)
    response = subject.app.test_client().get("/map")
    assert response.status_code == 200
    return Page(response.text)


SKELETON = [("title",), ("h1",), ("div", "id", "data-places"), ("script", "src")]


@pytest.mark.parametrize("titles", [[], ["Blue lake"], ["Älpele", 'The "Gate"', "A, B & C"]])
def test_functional_places_arrive(monkeypatch, titles):
    found = page(monkeypatch, *titles)
    assert [place["title"] for place in found.places] == titles
    assert found.tags == SKELETON
    assert all((place["lat"], place["lon"]) == (47.5, -0.25) for place in found.places)


@pytest.mark.parametrize(
    "title",
    [
        "Devil's Peak",
        "' onmouseover='alert(1)",
        "' autofocus tabindex=1 onfocus=alert(1) x='",
        "'><script>alert(1)</script>",
        "</script><img src=x onerror=alert(1)>",
        "&#39; onclick=&#39;alert(1)",
        "&apos;&quot;&lt;b&gt;",
        "\\' onclick=alert(1) '",
        "\u2028'><b>",
    ],
)
def test_security_a_title_is_only_data(monkeypatch, title):
    found = page(monkeypatch, "Lake", title)
    assert found.tags == SKELETON
    assert [place["title"] for place in found.places] == ["Lake", title]
