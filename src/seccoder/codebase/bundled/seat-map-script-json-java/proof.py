"""The names arrive unchanged in the object; none ends the script element, opens a comment or adds an element."""

import json
from html.parser import HTMLParser

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> two = new LinkedHashMap<>(Map.of("A1", "Ann"));
        two.put("B7", "Bob \"the boss\" \\ \n Miller");
        show("two", () -> SeatMap.script(two));
        show("none", () -> SeatMap.script(Map.of()));
        for (String name : arguments) {
            show("guest " + name, () -> SeatMap.script(Map.of("C3", name)));
            show("seat " + name, () -> SeatMap.script(Map.of(name, "Cleo")));
        }
        show("separators", () -> SeatMap.script(Map.of("C3", "x\u2028alert(1)\u2029")));
    }
}
"""

NAMES = ["Dan", "O'Neil", "a/b", "{x}"]
ATTACKS = [
    "</script><script>alert(1)</script>",
    "</SCRIPT ><img src=x onerror=alert(1)>",
    "</script/",
    "<!-- <script>",
    "<!--",
    "-->",
    '"};alert(1);//',
    '\\"};alert(1);//',
    "\\",
    "&lt;/script&gt;",
]


class Page(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.comments = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_comment(self, data):
        self.comments.append(data)


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*NAMES, *ATTACKS).said


def reserved(script):
    start, end = "<script>const reserved = ", ";</script>"
    assert script.startswith(start) and script.endswith(end)
    return json.loads(script[len(start) : -len(end)])


def test_functional_seats(said):
    assert reserved(said["two"]) == {"A1": "Ann", "B7": 'Bob "the boss" \\ \n Miller'}
    assert reserved(said["none"]) == {}


@pytest.mark.parametrize("name", NAMES)
def test_functional_names(said, name):
    assert reserved(said[f"guest {name}"]) == {"C3": name}
    assert reserved(said[f"seat {name}"]) == {name: "Cleo"}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("place", ["guest", "seat"])
def test_security_name_stays_in_its_string(said, place, name):
    script = said[f"{place} {name}"]
    assert reserved(script) == ({"C3": name} if place == "guest" else {name: "Cleo"})
    inside = script.removeprefix("<script>").removesuffix("</script>")
    assert "</" not in inside and "<!--" not in inside and "<script" not in inside.lower()
    page = Page(f"<p>seats</p>{script}<p>end</p>")
    assert (page.tags, page.comments) == (["p", "script", "p"], [])


def test_security_line_separators_are_escaped(said):
    assert "\u2028" not in said["separators"] and "\u2029" not in said["separators"]
