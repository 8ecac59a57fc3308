r"""Reads what programs send: from each message it takes the user's own words, the code, and the files that are named.

A dialect (`seccoder.serving.dialects`) turns the body of a request into a `Conversation`: what was said by whom, in
order. Programs wrap what a person typed. They put the question into an element (`<user_query>`, `<task>`) or their own
texts into others (`<system-reminder>`, `<environment_context>`), append rules of theirs, and paste files with their
names before them or in a fence's tag. `understand` undoes that for one message. Elements are known by the look of their
names, so that a program which nobody looked at is read right as well; only the names that hold the question, and a few
texts that have no element around them, are listed.

Not guaranteed: that all of a client's own text is recognised. What is left of it can at worst find another example.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from seccoder.code import recognise

READ = 16_000  # characters of a message that are read: half from its beginning, half from its end
WORDS = 4_000  # characters of its words, likewise; what is longer was pasted

# Elements that hold what the person typed.
_ASKING = re.compile(
    r"^[ \t]*<(user_query|userRequest|user_request|user_message|user_input|user-prompt|task|feedback|question"
    r"|request)>",
    re.MULTILINE,
)
# Elements that hold something else: with an underscore, a hyphen or a capital in the name, or one of these names.
_ASIDE = re.compile(
    r"^[ \t]*<((?:[a-z]+[_-][\w-]+|[a-z]+[A-Z]\w*|[A-Z]{4,}|context|attachments?|reminder|instructions|rules|files?"
    r"|documents?|permissions|memory|memories|skills?|hook|environment|workspace|selection|notes))\b[^<>\n]*>"
    r".*?(?:</\1>|\Z)",
    re.MULTILINE | re.DOTALL,
)
# A program's own texts without an element around them, from their beginning to the end of the message.
_APPENDED = re.compile(
    r"""
      ^\#\ \*SEARCH/REPLACE\ block\*\ Rules:.*        # aider
    | ^\#\ File\ editing\ rules:.*
    | ^\#\ AGENTS\.md\ instructions\b.*               # Codex
    | ^\#\ task_progress\b.*                          # Cline
    | ^\[Request\ interrupted\ by\ user.*             # Claude Code
    | ^Caveat:\ The\ messages\ below\ were\ generated.*
    | ^To\ suggest\ changes\ to\ a\ file\ you\ MUST\ return.*
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
# With this text a program says that everything before was only an example (aider).
STARTS_OVER = re.compile(r"\AI switched to a new code base\b")
# The result of a tool, where a program sends it as text of the user (Cline, Roo, agents by prompt alone).
_RESULT = re.compile(
    r"\A\s*(?:\[[\w-]+(?: for '[^'\n]*')?[^\]\n]*\] Result:|<(?:tool_response|function_results?|tool_result|output)>"
    r"|Observation:|Tool result:|Command output:)",
)

_FENCE = re.compile(
    r"(?:^(?P<before>[^\n`]{1,200})\n)?^[ ]{0,3}(?P<fence>`{3,}|~{3,})(?P<tag>[^\n`]*)\n(?P<code>.*?)"
    r"(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_NUMBERED = re.compile(r"^[ \t]*L?\d{1,6}(?:→|\||:|\t)[ ]?", re.MULTILINE)
_DIFF = re.compile(r"^(?:diff --git |--- (?:a/)?\S|\*\*\* (?:Begin Patch|Update File:|Add File:))", re.MULTILINE)
_DIFF_HEAD = re.compile(r"^(?:diff --git|index |--- |\+\+\+ |@@|\*\*\* )[^\n]*\n?", re.MULTILINE)

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class Said:
    """One message, or the result of a tool.

    Attributes:
        role: Who said it; `tool` for the result of a tool, whoever sent it.
        text: All of its text.
        place: Where it is in the body, as its dialect counts; an example may go before a user's text.
        call: The arguments of calls of tools in it, as text.
    """

    role: Role
    text: str
    place: int = 0
    call: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a request holds.

    Attributes:
        said: Everything in its order.
        edits: Whether the model has tools, with which it may write files.
        most: How many tokens the answer may have; None if the request does not say.
        language: The language that the request names in a field of its own.
    """

    said: tuple[Said, ...]
    edits: bool = False
    most: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Code in a message, with the language that its tag or its file's name says."""

    code: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Understood:
    """What one message says.

    Attributes:
        words: What the person wrote, without code and without what the program added.
        blocks: The code in it, in its order.
        files: Languages of the files that its words name.
        around: Languages of the files that the program's own texts in it name.
    """

    words: str
    blocks: tuple[Block, ...]
    files: tuple[str, ...]
    around: tuple[str, ...]


def is_result(text: str) -> bool:
    """Tell whether a user's text is the result of a tool."""
    return bool(_RESULT.match(text))


def understand(text: str) -> Understood:
    """Take a user's message apart. The same text gives the same answer, which is kept."""
    return _understand(_ends(text, READ))


@lru_cache(maxsize=1024)
def _understand(text: str) -> Understood:
    asides = [match[0] for match in _ASIDE.finditer(text)]
    asked, rest = _take_asked(text)
    if asked:
        asides.append(rest)
    own = _APPENDED.sub("", "\n\n".join(asked) if asked else _ASIDE.sub("\n", text))
    blocks = [_block(match) for each in (*asides, own) for match in _FENCE.finditer(each)]
    for each in asides:
        bare = _FENCE.sub("", each)
        if len(bare) > 80 and (language := recognise.of_code(bare)):
            blocks.insert(0, Block(bare, language))
    words = _FENCE.sub(lambda match: f"{match['before'] or ''}\n", own)
    if _DIFF.search(words):  # a difference that stands in the text without a fence
        place = _DIFF.search(words).start()  # type: ignore[union-attr]
        blocks.append(Block(*_of_diff(words[place:])))
        words = words[:place]
    around = [name for each in asides for name in recognise.in_paths(each)]
    around += [block.language for block in blocks if block.language]
    words = _ends(words.strip(), WORDS)
    return Understood(words, tuple(blocks), tuple(recognise.in_paths(words)), tuple(around))


def block_of_result(call: str, text: str) -> Block | None:
    """Return the code in the result of a tool, if its language is known by the call's file name or by the code."""
    return _block_of_result(call[:2_000], _ends(text, READ))


@lru_cache(maxsize=1024)
def _block_of_result(call: str, text: str) -> Block | None:
    if _DIFF.search(text):
        code, language = _of_diff(text)
        return Block(code, language) if language else None
    code = _NUMBERED.sub("", text) if len(_NUMBERED.findall(text)) * 2 > text.count("\n") else text
    paths = recognise.in_paths(call)
    language = recognise.one(paths) if len(set(paths)) == 1 else None
    seen = recognise.of_code(code)
    if language is None or (seen is not None and seen != language and not _related(seen, language)):
        language = seen
    return Block(code, language) if language and seen else None


def languages_of_call(call: str) -> list[str]:
    """Return the languages of the files that a call of a tool names."""
    return recognise.in_paths(call[:2_000])


def _ends(text: str, size: int) -> str:
    """Return a text, or the beginning and the end of one that is too long."""
    return text if len(text) <= size else f"{text[: size // 2]}\n{text[-size // 2 :]}"


def _take_asked(text: str) -> tuple[list[str], str]:
    """Return what stands in the elements that hold the question, and the text without them."""
    asked, rest, end = [], [], 0
    for opening in _ASKING.finditer(text):
        closing = text.find(f"</{opening[1]}>", opening.end())
        if opening.start() >= end and closing >= 0:
            asked.append(text[opening.end() : closing].strip())
            rest.append(text[end : opening.start()])
            end = closing + len(opening[1]) + 3
    return asked, "\n".join([*rest, text[end:]])


def _related(one: str, other: str) -> bool:
    return {one, other} <= {"c", "cpp"} or {one, other} <= {"javascript", "typescript"}


def _block(match: "re.Match[str]") -> Block:
    """Read a fenced block. Its language is told by its file's name, in the tag or on the line before, or by its tag."""
    code, tag = match["code"], match["tag"].strip()
    if tag.startswith("diff") or _DIFF.match(code):
        return Block(*_of_diff(code))
    paths = recognise.in_paths(" ".join(re.split(r"[\s:,=\"'()]+", tag)))
    before = (match["before"] or "").strip().strip("*`#:").strip()
    if not paths and before and " " not in before:
        paths = recognise.in_paths(before)
    names = paths or [name for word in re.split(r"[\s:,{}.=]+", tag)[:1] if (name := recognise.named(word))]
    return Block(code, names[0] if names else None)


def _of_diff(text: str) -> tuple[str, str | None]:
    """Return the new side of a difference, and its language by the names of its files."""
    names = [name for head in _DIFF_HEAD.findall(text) for name in recognise.in_paths(re.sub(r"\b[ab]/", " ", head))]
    body = _DIFF_HEAD.sub("", text)
    lines = [line[1:] if line[:1] in "+ " else line for line in body.split("\n") if not line.startswith("-")]
    return "\n".join(lines), recognise.one(names) or recognise.of_code("\n".join(lines))


def newest(blocks: Sequence[Block]) -> Block | None:
    """Return the last block that is code in a language that is known."""
    return next((each for each in reversed(blocks) if each.code.strip() and each.language), None)
