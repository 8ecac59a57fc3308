"""The feed holds the episodes, each with its own texts; none of these adds anything to the feed."""

from xml.etree import ElementTree

import pytest
import subject
from subject import Episode

AUDIO = "https://cdn.example/1.mp3"


def channel(feed):
    root = ElementTree.fromstring(feed.encode())
    assert root.tag == "rss"
    (found,) = root.findall("channel")
    return found


def test_functional_a_feed():
    episodes = [Episode("One", "The first", AUDIO, 1000), Episode("Two", "", "https://cdn.example/2.mp3?a=1&b=2", 2000)]
    feed = channel(subject.build_feed("My Show", episodes))
    assert feed.findtext("title") == "My Show"
    assert [item.findtext("title") for item in feed.findall("item")] == ["One", "Two"]
    assert [(item.findtext("description") or "").strip() for item in feed.findall("item")] == ["The first", ""]
    enclosures = [item.find("enclosure").attrib for item in feed.findall("item")]
    assert enclosures == [
        {"url": AUDIO, "length": "1000", "type": "audio/mpeg"},
        {"url": "https://cdn.example/2.mp3?a=1&b=2", "length": "2000", "type": "audio/mpeg"},
    ]


def test_functional_signs():
    title, text = "Q & A: is 1 < 2?", "<p>We talk about <b>tea</b> &amp; cake; 3 > 2</p>"
    feed = channel(subject.build_feed("Tom & Jerry's <Show>", [Episode(title, text, AUDIO, 1)]))
    assert feed.findtext("title") == "Tom & Jerry's <Show>"
    assert feed.findtext("item/title") == title and feed.findtext("item/description").strip() == text


def test_functional_no_episodes():
    assert channel(subject.build_feed("Empty", [])).findall("item") == []


ATTACKS = [
    "</title><link>https://evil.example</link><title>",
    "x</description></item><item><title>Injected</title></item><item><description>",
    "]]></description></item><item><title>Injected</title><description><![CDATA[",
    "]]>",
    "x ]]]]><![CDATA[> y",
    "<![CDATA[x",
    '"/><enclosure url="https://evil.example/x.mp3',
    "'/><enclosure url='https://evil.example/x.mp3",
    'https://a.example/" type="text/html',
    "-->x<!--",
    "&xxe;",
    "&#60;item&#62;",
    "</channel></rss><evil>",
    "<?php echo 1 ?>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("field", ["show", "title", "description", "audio"])
def test_security_texts_stay_texts(attack, field):
    values = {"title": "One", "description": "d", "audio": AUDIO, "size": 7, "show": "Show", field: attack}
    show = values.pop("show")
    try:
        feed = subject.build_feed(show, [Episode(**values)])
    except Exception:
        return
    if not feed:
        return
    try:
        found = channel(feed)
    except ElementTree.ParseError:
        pytest.fail("one podcaster's text makes the feed unreadable")
    (item,) = found.findall("item")
    assert len(list(found.iter())) == len(set(found.iter())) and found.find("item/item") is None
    assert len(item.findall("enclosure")) == len(item.findall("title")) == len(item.findall("description")) == 1
    known = {"title", "link", "description", "item", "enclosure", "guid", "pubDate", "language", "generator"}
    assert {element.tag for element in found.iter()} - {"channel"} <= known
    assert found.find("link") is None or "evil" not in (found.findtext("link") or "")
    assert item.find("enclosure").get("type") == "audio/mpeg"
