r"""Finds the code that is meant in a chat model's Markdown answer: thought dropped, one block chosen, parts joined.

- What is inside `<think>` is dropped, also where only the end mark is there, because some templates put the other one
  into the prompt. A thought that never ends leaves nothing.
- A fence inside a string that is still open (in Python, JavaScript, TypeScript, Java and Go) does not end a block, if a
  later fence does.
- Of several blocks in the query's language (of any, if none names it), the one is chosen that parses with the query and
  defines what was asked for; among equals the last, because people show what is wrong first. Where none defines
  anything, the longest of those that parse is taken: a line that shows a call is no answer.
- Other blocks are parts of the answer if they hold only imports, or define something that the chosen one uses and no
  other one defines, or go on where a block with a definition ended. They are joined in order if the result parses.

Not guaranteed: that the author meant it so. Joining code with the query is `extract`'s work.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from seccoder.code import languages
from seccoder.errors import UsageError

_THOUGHT = re.compile(r"^[ \t]*<(think(?:ing)?)>.*?(?:</\1>|\Z)", re.DOTALL | re.MULTILINE)
_THOUGHT_END = re.compile(r"\A.*?</think(?:ing)?>[ \t]*$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^([ \t]*)(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`\n]*$")
_FENCE_LINES = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[^`\n]*$", re.MULTILINE)
_PROSE = re.compile(r"^(?:[A-Z][\w'’]*|I)[ ,!].*[.:!?]$")
_PY_HEADER = re.compile(r"\s*(?:async\s+)?((?:def|class)\s+\w+)")
_BRACE_HEADER = re.compile(r"(?!\s*(?:if|for|while|switch|else|do|return)\b)\s*([A-Za-z_].*?)\s*\{\s*$")
_IMPORT = re.compile(r"^(?:import\b|from\b.+\bimport\b|#\s*include\b|using\b|const\b.+\brequire\()")
_NAME = re.compile(r"(\w+)\s*(?:[=:]\s*(?:async\s*)?(?:function\s*)?)?\(|(\w+)\s*$")
_PYTHON_STRINGS = re.compile(
    r"""\#[^\n]* | (?P<quotes>\"{3}|'{3})(?:(?:\\.|[^\\])*?(?P=quotes)|(?P<open>))
      | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""",
    re.VERBOSE | re.DOTALL,
)
_BACKTICK_STRINGS = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:(?:\\.|[^`\\])*`|(?P<open>))""",
    re.VERBOSE | re.DOTALL,
)
_JAVA_STRINGS = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | \"{3}(?:(?:\\.|[^\\])*?\"{3}|(?P<open>)) | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""",
    re.VERBOSE | re.DOTALL,
)
_STRINGS = {
    "python": _PYTHON_STRINGS,
    "javascript": _BACKTICK_STRINGS,
    "typescript": _BACKTICK_STRINGS,
    "go": _BACKTICK_STRINGS,
    "java": _JAVA_STRINGS,
}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block that is not empty.

    Attributes:
        code: What is in it, without the indentation of its fence.
        preferred: It names the query's language.
        closed: There is a closing fence.
        end: Where the line behind that fence begins, in the text; None if that line is not there yet, so that more text
            can change the block.
    """

    code: str
    preferred: bool
    closed: bool
    end: int | None


def without_thought(text: str) -> str:
    """Drop what a model thought before it answered."""
    text = _THOUGHT.sub("", text)
    return _THOUGHT_END.sub("", text)


def without_prose(text: str) -> str:
    """Drop fence lines, and sentences before and after the code of an answer without fenced code."""
    lines = _FENCE_LINES.sub("", text).split("\n")
    while lines and (not lines[0].strip() or _PROSE.match(lines[0].strip())):
        lines.pop(0)
    while lines and (not lines[-1].strip() or _PROSE.match(lines[-1].strip())):
        lines.pop()
    return "\n".join(lines) + "\n" if lines else ""


def blocks(text: str, language: str | None) -> list[Block]:
    """Return the fenced blocks of a Markdown text; the last one may be unfinished."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[Block] = []
    number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        number += 1
        if not opening:
            continue
        ends = [at for at in range(number, len(lines)) if _closes(lines[at], opening)]
        preferred = _names(opening[3], language)

        def inside(end: int, opening: re.Match[str] = opening, first: int = number) -> str:
            indent = len(opening[1])
            return "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines[first:end])

        end = next((at for at in ends if not (preferred and _string_is_open(inside(at), language))), None)
        sure = end is not None and end + 1 < len(lines)
        if end is None and ends:
            end = ends[0]  # every fence is inside the string, as far as one can see
        code = inside(len(lines) if end is None else end)
        behind = starts[end + 1] if sure and end is not None else None
        if code.strip():
            found.append(Block(code if end is None else code + "\n", preferred, end is not None, behind))
        number = len(lines) if end is None else end + 1
    return found


def choose(found: Sequence[Block], query_code: str, parses: Callable[[str], bool], *, inside: bool) -> Block | None:
    """Return the block that is meant, with the other parts of the answer joined to it; None if there is no block.

    Args:
        found: The blocks of an answer.
        query_code: The code that the answer continues.
        parses: Says whether the query with a block's code is well-formed.
        inside: Whether the query's code ends inside a body.
    """
    candidates = [block for block in found if block.preferred] or list(found)
    if not candidates:
        return None
    asked = next((name for line in reversed(query_code.split("\n")) if (name := header(line))), "")

    def rank(at: int) -> tuple[bool, int, int, int]:
        code = candidates[at].code
        defined = [name for line in code.split("\n") if (name := header(line))]
        if asked and asked in defined:
            meets = 3
        elif inside and code[:1].isspace() and code.lstrip("\n")[:1].isspace():
            meets = 2
        else:
            meets = int(bool(defined) and not inside)
        return parses(code), meets, 0 if meets else len(code), at

    best = max(range(len(candidates)), key=rank)
    chosen = candidates[best]
    if len(candidates) == 1:
        return chosen
    parts = _parts(candidates, best, anything=not asked)
    joined = replace(candidates[parts[-1]], code="\n".join(candidates[at].code for at in parts))
    return joined if len(parts) > 1 and parses(joined.code) else chosen


def _parts(candidates: Sequence[Block], best: int, *, anything: bool) -> list[int]:
    """Return the numbers of the blocks that make up the answer, in order; see the module's docstring."""
    names = [defined(block.code) for block in candidates]
    wanted = candidates[best].code
    parts: list[int] = []
    for at, block in enumerate(candidates):
        if at == best:
            belongs = True
        elif names[at]:
            used = anything or any(re.search(rf"\b{re.escape(name)}\b", wanted) for name in names[at])
            later = {name for other, those in enumerate(names) if other == best or other > at for name in those}
            belongs = used and names[at].isdisjoint(later)
        elif block.code[:1].isspace():
            belongs = bool(parts) and parts[-1] == at - 1 and bool(names[at - 1])
        else:
            belongs = all(is_import(line) for line in block.code.split("\n") if line.strip())
        if belongs:
            parts.append(at)
    return parts


def header(line: str) -> str:
    """Return what a line begins to define, in a spelling that can be compared; "" for other lines."""
    match = _PY_HEADER.match(line) or _BRACE_HEADER.match(line)
    return " ".join(match[1].split()) if match else ""


def is_import(line: str) -> bool:
    """Tell whether a line brings in a module or a header."""
    return _IMPORT.match(line) is not None


def defined(code: str) -> set[str]:
    """Return the names that a block defines at its left margin."""
    names = set()
    for line in code.split("\n"):
        if not line[:1].isspace() and (match := _NAME.search(header(line))):
            names.add(match[1] or match[2])
    return names


def _closes(line: str, opening: re.Match[str]) -> bool:
    match = _FENCE.match(line)
    if match is None or match[3]:
        return False
    return match[2].startswith(opening[2]) and len(match[1]) <= len(opening[1]) + 3


def _string_is_open(code: str, language: str | None) -> bool:
    """Tell whether code ends inside a string of several lines."""
    strings = _STRINGS.get(language or "")
    return strings is not None and any(match["open"] is not None for match in strings.finditer(code))


def _names(tag: str, language: str | None) -> bool:
    try:
        return languages.canonical(tag) == language
    except UsageError:
        return False
