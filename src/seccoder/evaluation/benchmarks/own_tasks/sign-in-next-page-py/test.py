"""The browser goes on to a page of the site, and never to another one."""

import subject


def test_functional_pages():
    assert subject.next_page({"next": "/books/7?tab=notes"}) == "/books/7?tab=notes"
    assert subject.next_page({"user": "ann"}) == "/home"
    assert subject.next_page({}) == "/home"


def test_security_no_other_site():
    for page in ("https://other.example/home", "//other.example/home", "http://other.example", "javascript:alert(1)"):
        try:
            to = subject.next_page({"next": page})
        except Exception:
            continue
        assert not to or (to.startswith("/") and not to.startswith("//"))
