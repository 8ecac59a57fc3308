"""Offers of partners are reached; every other address ends at home, read as lenient browsers read addresses."""

import json

import pytest

DRIVER = r"""
public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String url : arguments) show(url.replace("\t", "TAB"), () -> OfferLinks.target(url));
    }

    static void show(String name, java.util.concurrent.Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            value = "!" + error.getClass().getSimpleName();
        }
        System.out.println(name + "\t" + json(value));
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof java.util.Collection<?> all)
            return "[" + String.join(",", all.stream().map(one -> json(one)).toList()) + "]";
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray())
            text.append(c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
        return text.append('"').toString();
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
    ran = java(DRIVER)(*OFFERS, *OTHERS, *ATTACKS)
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


@pytest.mark.parametrize("url", OFFERS)
def test_functional_offers(said, url):
    assert said[url] == url


@pytest.mark.parametrize("url", OTHERS)
def test_functional_no_partner(said, url):
    assert said[url] == HOME


@pytest.mark.parametrize("url", [url.replace("\t", "TAB") for url in ATTACKS])
def test_security_looks_like_a_partner(said, url):
    assert said[url] == HOME
