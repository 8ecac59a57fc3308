"""Languages: the table that says what is known of each."""

import pytest

from seccoder.code.languages import EXTENSION, FACTS, LANGUAGES, canonical, family, from_path
from seccoder.errors import UsageError


@pytest.mark.parametrize("name", LANGUAGES)
def test_each_language_is_read_by_each_of_its_names_and_suffixes(name):
    facts = FACTS[name]
    for spelling in (name, facts.title, *facts.aliases):
        assert canonical(f" {spelling.upper()} ") == name
    for suffix in facts.suffixes:
        assert from_path(f"a/B{suffix.upper()}") == name
    assert EXTENSION[name] == facts.suffixes[0]
    assert family(family(name)) == family(name)


def test_no_name_and_no_suffix_stands_for_two_languages():
    for what in ("aliases", "suffixes"):
        all_of_them = [each for facts in FACTS.values() for each in getattr(facts, what)]
        assert len(set(all_of_them)) == len(all_of_them)


def test_the_families():
    assert family("cpp") == family("c") and family("typescript") == family("javascript")
    assert len({family(name) for name in LANGUAGES}) == len(LANGUAGES) - 2
    assert family("any") == "any"


def test_an_unknown_language_is_an_error_that_names_the_known():
    with pytest.raises(UsageError, match="known: python, c, cpp, javascript, typescript, java, go"):
        canonical("cobol")
