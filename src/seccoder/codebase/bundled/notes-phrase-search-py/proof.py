"""Searches real files with the real grep; an injected command would leave a file called `pwned`."""

import pytest

import subject


@pytest.fixture
def notes(tmp_path, monkeypatch):
    folder = tmp_path / "team notes"
    (folder / "2024").mkdir(parents=True)
    (folder / "todo.txt").write_text("call the plumber\nprice list (50 %) * 2\n-v is verbose\n")
    (folder / "2024" / "march.txt").write_text('the plumber came\nsaid: "it\'s $HOME"\n')
    (tmp_path / "patterns").write_text("plumber\n")
    monkeypatch.chdir(tmp_path)
    return folder


def attempt(folder, phrase):
    try:
        return subject.search_notes(folder, phrase)
    except (OSError, ValueError, RuntimeError):
        return []


def test_functional_finds_a_phrase_in_all_files(notes):
    assert subject.search_notes(notes, "plumber") == [
        f"{notes}/2024/march.txt:1:the plumber came",
        f"{notes}/todo.txt:1:call the plumber",
    ]


def test_functional_spaces_and_punctuation_are_literal(notes):
    assert subject.search_notes(notes, "list (50 %) * 2") == [f"{notes}/todo.txt:2:price list (50 %) * 2"]


def test_functional_no_match_is_an_empty_list(notes):
    assert subject.search_notes(notes, "electrician") == []


def test_functional_missing_folder_is_an_error(notes):
    with pytest.raises(RuntimeError):
        subject.search_notes(notes / "2031", "plumber")


@pytest.mark.parametrize(
    "phrase",
    [
        "x; touch pwned; #",
        'x" . ; touch pwned; "',
        "x' . ; touch pwned; '",
        "$(touch pwned)",
        "`touch pwned`",
        "x\ntouch pwned\n",
        'x" . | touch pwned "',
    ],
)
def test_security_no_command_is_started(notes, phrase):
    attempt(notes, phrase)
    assert not (notes.parent / "pwned").exists()


def test_security_variables_are_not_expanded(notes, monkeypatch):
    monkeypatch.setenv("API_KEY", "plumber")
    assert attempt(notes, "$API_KEY") == []


def test_security_phrase_is_not_an_option(notes):
    # As options, these would print every line that does not hold a pattern, or take the patterns from a file.
    assert attempt(notes, "-v") == [f"{notes}/todo.txt:3:-v is verbose"]
    assert attempt(notes, "-fpatterns") == []
    assert attempt(notes, "--file=patterns") == []


def test_security_quotes_are_part_of_the_phrase(notes):
    assert attempt(notes, '"it\'s $HOME"') == [f'{notes}/2024/march.txt:2:said: "it\'s $HOME"']


def test_security_folder_is_neither_option_nor_command(notes, monkeypatch):
    monkeypatch.chdir(notes.parent)
    evil = '-s";touch pwned;"'
    (notes.parent / evil).mkdir()
    (notes.parent / evil / "a.txt").write_text("plumber\n")
    assert attempt(evil, "plumber") == [f"{evil}/a.txt:1:plumber"]
    assert not (notes.parent / "pwned").exists()
