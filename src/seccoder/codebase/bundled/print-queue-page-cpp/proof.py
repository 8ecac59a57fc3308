"""Whatever documents and owners are called, a browser's parser sees the same elements, and those names in them."""

from html.parser import HTMLParser

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int argc, char **argv) {
    std::vector<Job> jobs;
    for (int i = 1; i + 1 < argc; i += 2)
        jobs.push_back({i + 40, argv[i], argv[i + 1], i});
    std::fputs(queue_table(jobs).c_str(), stdout);
}
"""


class Seen(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.texts = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "a":
            self.links.append(dict(attributes))
            self.texts.append("")
        else:
            assert not attributes

    def handle_data(self, data):
        if self.tags and self.tags[-1] == "a":
            self.texts[-1] += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.tags.append("/a")


@pytest.fixture(scope="module")
def table(build):
    program = build(DRIVER)

    def table(*jobs):
        ran = program(*[text for job in jobs for text in job])
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode()

    return table


def shows(page, *jobs):
    seen = Seen(page)
    expected = [{"href": f"/jobs/{41 + 2 * i}", "title": owner} for i, (_, owner) in enumerate(jobs)]
    rows = [tag for _ in jobs for tag in ["tr", "td", "a", "/a", "td"]]
    return (
        seen.links == expected
        and seen.texts == [document for document, _ in jobs]
        and seen.tags == ["table", "tr", "th", "th", *rows]
    )


def test_functional_jobs_with_link_owner_and_pages(table):
    page = table(("essay.odt", "Mia"), ("timetable.pdf", "Office"))
    assert shows(page, ("essay.odt", "Mia"), ("timetable.pdf", "Office"))
    assert "<td>1</td>" in page and "<td>3</td>" in page


def test_functional_empty_queue(table):
    assert shows(table())


@pytest.mark.parametrize("name", ["Grüße", "a/b c.txt", "", "100% & more", "1 < 2", "x > y", "&lt;"])
def test_functional_other_names(table, name):
    assert shows(table((name, "Mia"), ("essay.odt", name)), (name, "Mia"), ("essay.odt", name))


ATTACKS = [
    "<script>alert(1)</script>",
    "</a><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    '"><script>alert(1)</script>',
    "' onfocus='alert(1)' autofocus='",
    '" style="position:fixed;inset:0" onmouseover=alert(1) x="',
    "&quot; onclick=&quot;alert(1)",
    "<!--",
]


@pytest.mark.parametrize("name", ATTACKS)
def test_security_document(table, name):
    assert shows(table((name, "Mia"), ("b", "c")), (name, "Mia"), ("b", "c"))


@pytest.mark.parametrize("name", ATTACKS)
def test_security_owner(table, name):
    assert shows(table(("essay.odt", name), ("b", "c")), ("essay.odt", name), ("b", "c"))
