"""Names and companies are text on the tag, and no markup."""

import html
import re

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i], company = arguments[i + 1];
            show("" + i, () -> NameTags.nameTag(name, company));
        }
    }
}
"""


@pytest.fixture(scope="module")
def tags(java):
    program = java(DRIVER)
    return lambda *typed: list(program(*typed).said.values())


def test_functional_tags(tags):
    (tag,) = tags("Ann Lee", "Baker & Sons")
    assert re.sub(r"\s*(<[^>]*>)\s*", r"\1", html.unescape(tag)) == "<div><b>Ann Lee</b><i>Baker & Sons</i></div>"


def test_security_typed_text_is_no_markup(tags):
    for typed in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>"):
        for tag in tags(typed, "x", "x", typed):
            assert "<script" not in tag and "<img" not in tag
