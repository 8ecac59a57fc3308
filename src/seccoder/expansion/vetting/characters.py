"""Finds hidden and look-alike characters, which show a reader something else than the compiler or a model gets.

It takes source text and gives problems, each as a line number and a sentence. Refused are

- control and formatting characters: bidirectional controls (code that reads in another order than it runs), zero-width
  and tag characters, escape sequences, lone surrogates, private use,
- names that hold characters which look like ASCII: of the Cyrillic, Greek, Armenian or Cherokee script, or changed by
  Unicode's compatibility normalisation (fullwidth, mathematical letters), wherever they stand,
- words that mix Latin letters with those scripts, also in strings (`раypal.com`).

Comments, texts and names in the letters of other languages are not refused (`größe`, `名前`). Look-alikes within one
script are not found (`l` and `1`, `rn` and `m`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
_TURNS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
_UNLIKE = frozenset("μπΔλσθΩΣφψωδεβΠΛΘΓΞΦΨξζητ")  # Greek letters that nobody takes for Latin ones, as in `μs`
_PLAIN = re.compile(r"[\t\n\r\f\x20-\x7e]*")


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Yield a line (from 1) and a sentence for each hidden character, in order."""
    if _PLAIN.fullmatch(text):  # true of almost every file
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for character in line:
            if not character.isascii() or not character.isprintable():
                if what := _hidden(character):
                    yield number, f"{what} U+{ord(character):04X}"


def look_alikes(text: str) -> Iterator[tuple[int, str]]:
    """Yield a line (from 1) and a sentence for each word that can be taken for another one, in order."""
    if text.isascii():
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for word in _WORD.findall(line):
            if why := _alike(word):
                yield number, why


def look_alike_names(names: Iterable[str]) -> Iterator[str]:
    """Yield one sentence for each identifier written in letters that can be taken for ASCII."""
    for name in names:
        if not name.isascii() and (why := _alike(name) or _foreign(name)):
            yield why


def _hidden(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        turns = unicodedata.bidirectional(character) in _TURNS or character in "\u200e\u200f\u061c"
        return "the bidirectional control" if turns else "the invisible character"
    if character in "\t\n\r\f":
        return ""
    if category in {"Zl", "Zp"}:
        return "the line break"
    return {"Cc": "the control character", "Cs": "the lone surrogate", "Co": "the private character"}.get(category, "")


def _alike(word: str) -> str:
    foreign = [character for character in word if character.isalpha() and _script(character) in _ALIKE]
    if foreign and any("a" <= character.lower() <= "z" for character in word):
        return f"a word mixes Latin with look-alike letters ({_code(foreign[0])})"
    folded = unicodedata.normalize("NFKC", word)
    if folded != word and folded.isascii():
        return f"a word is not the {folded[:40]!r} it looks like"
    return ""


def _foreign(name: str) -> str:
    foreign = [character for character in name if _script(character) in _ALIKE]
    return f"a name is written in look-alike letters ({_code(foreign[0])})" if foreign else ""


def _code(character: str) -> str:
    return f"U+{ord(character):04X}, {_name(character)}"


def _script(character: str) -> str:
    return "" if character.isascii() or character in _UNLIKE else _name(character).partition(" ")[0]


def _name(character: str) -> str:
    return unicodedata.name(character, "without a name")
