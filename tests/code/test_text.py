"""What strangers wrote, on a terminal: nothing that steers it, hides or reorders what is read; the rest as it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seccoder.code.text import printable, printable_line, printable_lines, spelled_out

HOSTILE = [
    "\x1b[31m",
    "\x9b31m",
    "\x1b]0;owned\x07",
    "\x7f",
    "\x08",
    "\0",
    "\u202e",
    "\u2066",
    "\u061c",
    "\u200b",
    "\u2060",
]
HOSTILE += ["\ufeff", "\u2028", "\u00ad", "\u00a0", "\U000e0041", "\ud800"]
ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("shown", [printable, printable_line, printable_lines, spelled_out])
def test_nothing_hostile_gets_through(shown, hostile):
    result = shown(f"a{hostile}b")
    assert result.startswith("a") and result.endswith("b") and result.isprintable()
    result.encode()


@given(ANY_TEXT)
def test_control_and_format_characters_never_get_through(text):
    for result in (printable(text), printable_line(text), printable_lines(text), spelled_out(text)):
        kinds = {unicodedata.category(character) for character in result if character not in "\n\t"}
        assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "\n" not in printable(text) + printable_line(text)


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=60))
def test_what_can_be_shown_stays_as_it_is(text):
    assert printable(text) == printable_lines(text) == spelled_out(text) == text
    assert printable_line(text) == " ".join(text.split())


@given(ANY_TEXT)
def test_what_cannot_be_shown_is_replaced_one_for_one(text):
    assert len(printable(text)) == len(text)


def test_lines_and_tabs_stay_where_a_text_has_lines():
    assert printable_lines("a\r\n\tb\x1b\rc") == "a\n\tb��c"
    assert spelled_out("a\r\n\tb\x1b\u202e") == "a\n\tb\\u001b\\u202e"
    assert printable("a\n\tb") == "a��b"
    assert printable_line(" a\n\t b\x1b") == "a b�"
