"""What visitors type is text on the badge and no markup."""

import html
import re

import subject


def test_functional_badge():
    page = str(subject.badge("Ann Lee", "Baker & Sons"))
    assert re.search(r"<h1[^>]*>\s*Ann Lee\s*</h1>", page)
    assert re.search(r"<p[^>]*>\s*Baker & Sons\s*</p>", html.unescape(page))


def test_security_typed_text_is_no_markup():
    for typed in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</h1><iframe src=//x>"):
        for arguments in ((typed, "x"), ("x", typed)):
            page = str(subject.badge(*arguments))
            assert not re.search(r"<(script|img|iframe)", page, re.I)
