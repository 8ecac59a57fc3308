"""The page that comes out is read as a browser reads it: which elements, which attributes, which addresses."""

import re
from html.parser import HTMLParser

import pytest
import subject


class Page(HTMLParser):
    """Elements with their attributes, the text, and the text within each kind of element."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.text, self.inside, self.open = [], "", {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in ("br", "img", "input", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data):
        self.text += data
        for tag in self.open:
            self.inside[tag] = self.inside.get(tag, "") + data


def test_functional_bold_and_emphasis():
    page = Page(subject.render_comment("a **very big** dog, *really* old"))
    assert page.text.strip() == "a very big dog, really old"
    assert page.inside["strong"] == "very big" and page.inside["em"] == "really"


def test_functional_paragraphs():
    page = Page(subject.render_comment("one\n\ntwo\n\n\nthree"))
    assert [tag for tag, _ in page.elements] == ["p", "p", "p"]
    assert re.sub(r"\s+", "", page.text) == "onetwothree"


@pytest.mark.parametrize("address", ["https://blog.example/a?b=1&c=2", "http://example.org/", "https://a.example/x_y"])
def test_functional_links(address):
    page = Page(subject.render_comment(f"see [my page]({address}) for more"))
    (link,) = [attributes for tag, attributes in page.elements if tag == "a"]
    assert link["href"] == address
    assert page.inside["a"] == "my page" and page.text.strip() == "see my page for more"


@pytest.mark.parametrize("text", ["1 < 2 & 3 > 2", 'he said "hi"', "use <b> in HTML", "x &amp; y", "2 * 3"])
def test_functional_the_rest_stays(text):
    assert Page(subject.render_comment(text)).text.strip() == text


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**<svg/onload=alert(1)>**",
    "*<iframe srcdoc=x>*",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert%281%29)",
    "[x](\tjavascript:alert`1`)",
    "[x](java\tscript:alert`1`)",
    "[x](java\nscript:alert`1`)",
    "[x](\x01javascript:alert`1`)",
    "[x](javascript&colon;alert`1`)",
    "[x](&#106;avascript:alert`1`)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](view-source:javascript:alert`1`)",
    '[x](https://a.example/"onmouseover="alert`1`)',
    "[x](https://a.example/'onmouseover='alert`1`)",
    '[x](https://a.example/" autofocus onfocus="alert`1`)',
    "[x](https://a.example/><script>alert`1`</script>)",
    "[<script>alert`1`</script>](https://a.example/)",
    '[x" onclick="alert`1`](https://a.example/)',
    '[a](https://a.example/[b](https://b.example/"onclick=alert`1`//))',
    "[**a](https://a.example/**onclick=alert`1`//)",
    "[x](javascript://https://a.example/%0aalert`1`)",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_no_script(attack):
    try:
        page = Page(str(subject.render_comment(attack)))
    except Exception:
        return
    for tag, attributes in page.elements:
        assert tag in {"p", "strong", "em", "a", "br", "b", "i"}, tag
        assert set(attributes) <= {"href", "rel", "target", "title", "class"}, attributes
        address = re.sub(r"[\x00-\x20]", "", attributes.get("href") or "")
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}, address
