"""Parses the page as a browser would: no term and no product name may add an element or an attribute."""

from html.parser import HTMLParser

import pytest

import subject


class Page(HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.skeleton, self.text, self.values, self.items, self._tag = [], "", [], [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.skeleton.append((tag, *(name for name, _ in attributes)))
        self.values += [value for name, value in attributes if name == "value"]
        self._tag = tag

    def handle_data(self, data):
        self.text += data
        if self._tag == "li" and data.strip():
            self.items.append(data)


@pytest.fixture
def search():
    client = subject.app.test_client()

    def send(term=None):
        response = client.get("/search", query_string=None if term is None else {"q": term})
        assert response.status_code == 200
        assert response.mimetype == "text/html"
        return Page(response.get_data(as_text=True))

    return send


def test_functional_lists_the_matching_products(search):
    page = search("HOSE")
    assert page.items == ["Garden hose 20 m", "Hose clamp"]
    assert "2 products for HOSE" in page.text


def test_functional_keeps_the_term_in_the_form(search):
    assert search("watering can").values == ["watering can"]


def test_functional_no_match_and_no_term(search):
    assert search("spade").items == []
    assert "0 products for spade" in search("spade").text
    assert len(search().items) == 3


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    '" autofocus onfocus="alert(1)',
    "</title><script>alert(1)</script>",
    "<ScRiPt/x>alert(1)</sCrIpT>",
    "<<b>script>",
]


@pytest.mark.parametrize("term", ATTACKS)
def test_security_term_adds_no_markup(search, term):
    assert search(term).skeleton == search("no such product").skeleton


@pytest.mark.parametrize("term", ATTACKS)
def test_security_term_is_shown_as_it_was_typed(search, term):
    assert search(term).values == [term]


def test_security_entities_are_not_decoded_a_second_time(search):
    assert search("&lt;b&gt;").values == ["&lt;b&gt;"]


@pytest.mark.parametrize("name", ATTACKS)
def test_security_stored_product_name_adds_no_markup(search, monkeypatch, name):
    monkeypatch.setattr(subject, "PRODUCTS", ["plain"])
    expected = search().skeleton
    monkeypatch.setattr(subject, "PRODUCTS", [name])
    assert search().skeleton == expected
