"""Offers of partners are reached; every other address ends at home, read as lenient browsers read addresses."""

import pytest

DRIVER = r"""
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String url : arguments) show(url.replace("\t", "TAB"), () -> OfferLinks.target(url));
    }
}
"""
HOME = "https://compare.example/"

OFFERS = [
    "https://mugs.example/blue?ref=compare&size=2#top",
    "https://www.lamps.example/",
    "https://teapots.example",
    "https://MUGS.example/Blue",
    "https://mugs.example/?next=https://evil.example",
]
OTHERS = ["https://evil.example/", "https://example/", "", "/login", "javascript:alert(1)", "https://", "not a url"]
ATTACKS = [
    "https://evilmugs.example/",
    "https://evil-teapots.example/",
    "https://xwww.lamps.example/",
    "https://mugs.example.evil.example/",
    "https://mugs.example@evil.example/",
    "https://evil.example/mugs.example",
    "https://evil.example?mugs.example",
    "https://evil.example#@mugs.example",
    "https://evil.example\\@mugs.example/",
    "https://evil.example\\.mugs.example/",
    "https:\\\\evil.example/",
    "//evilmugs.example/",
    "//mugs.example/",
    "http://mugs.example/",
    "ftp://mugs.example/",
    "https://user@mugs.example/",
    "https://mugs.example:8443/",
    "javascript://mugs.example/%0aalert(1)",
    "\thttps://evil.example",
    "https://evil.example%2emugs.example/",
    "https://mugs.example%00.evil.example/",
]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*OFFERS, *OTHERS, *ATTACKS).said


@pytest.mark.parametrize("url", OFFERS)
def test_functional_offers(said, url):
    assert said[url] == url


@pytest.mark.parametrize("url", OTHERS)
def test_functional_no_partner(said, url):
    assert said[url] == HOME


@pytest.mark.parametrize("url", [url.replace("\t", "TAB") for url in ATTACKS])
def test_security_looks_like_a_partner(said, url):
    assert said[url] == HOME
