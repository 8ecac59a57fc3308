r"""Extracts code from a model's text: it makes one whole file from the query and a completion.

The file is query + completion + suffix, and it is not checked here.

Completion models. Where the query ends inside a body (`seccoder.code.parsing.inside_body`), the completion is to finish
that body, and the paper's truncation applies to the letter:

- Python: the text is cut at the first newline followed by a non-space character; if there is none, at the last line
  that starts a comment indented by four spaces;
- C: the text is cut after the first "\n}"; if there is none, it is cut at the last comment line indented by four spaces
  and "\n}" is appended; lines that contain `->name = "` are deleted;
- the other languages, which the paper does not have: the text is cut after the line that closes every bracket that the
  query left open.

If the file then does not parse, and does when it is cut at the first code fence or behind the bracket that closes the
body, it is: some models close the frame of their demonstration behind their own code, or begin another file there. One
that begins with a fence stays as it is, because nothing would be left.

A query may also end at top level (after comments, imports or finished definitions only; or it has nothing but a task).
Then the completion may hold several definitions, and all of it counts up to a line that starts a code fence (some
models repeat the frame of their demonstration). If this file does not parse, the last line is dropped if the file then
parses, or else everything after the last top-level break is, if it then parses.

A file that is written as a whole loses the trial at its end ("# Example usage" and calls of what was defined): it would
run whenever the file is loaded, and is nothing that was asked for.

A text that goes on with the query's suffix is cut where the suffix begins, because it is appended anyway.

Where the query names its own stop strings (as HumanEval does), these cut a completion model's text instead.

Chat models. `answers` finds the code that is meant: it drops thought, chooses among fenced blocks and joins parts; an
answer without a block is read without its prose. Where the code repeats the query, wholly or from some line on, it
replaces that part; otherwise it follows the query. If there are several ways to read it, the first that parses is
taken. So code of the query that a chat model wrote differently appears as the model wrote it. A completion model that
answers a query at top level in a fence is read like a chat model that says nothing more after its first block.

`stop_when` says when the rest of a text cannot change the result any more, so that a model can stop early. A chat model
may always write a better block than those before.

Not guaranteed: that the code is what the model meant. The repairs are few on purpose: a completion that ends in the
middle of a body stays as it is and is then INVALID.
"""

import re
from collections.abc import Callable, Sequence

from seccoder.code.parsing import closed, closing, inside_body, syntax, top_level_breaks
from seccoder.prompts import answers
from seccoder.types import Query

_PY_DEDENT = re.compile(r"\n(?=\S)")
_PY_DEDENTS = tuple(f"\n{chr(code)}" for code in range(33, 127))
_FENCE_LINE = re.compile(r"(?:^|\n)[ \t]*(?:```|~~~)")
_TRIAL = re.compile(
    r"^(?:\#|//)[ \t]*(?:(?:example|sample|test|demo)\w*\b[^\n]{0,40}\b(?:us(?:e|es|age)|calls?|runs?|functions?)\b"
    r"|(?:example|usage|tests?)[ \t]*:?[ \t]*$)[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DEFINES = re.compile(
    r"^(?:(?:async[ \t]+)?(?:def|class|function)\b|@|export\b|module\.exports|if[ \t]+__name__|(?:const|let)\b.*=>)",
    re.MULTILINE,
)
_FRAME_TAIL = re.compile(r"\n[ \t]*(?:r?\"\"\"|#if 0|/\*)[ \t]*\Z")


def extract(completion_text: str, query: Query, *, chat: bool, inside: bool | None = None) -> str:
    """Return the whole file: the query's code, the completion's code, the query's suffix.

    Args:
        completion_text: The model's text, without the prompt.
        query: What was asked for. If its language is unknown, nothing is cut.
        chat: Whether a chat model answered.
        inside: Whether the query's code ends inside a body; None finds it out.
    """
    inside = inside_body(query.code, query.language) if inside is None else inside
    text = completion_text.replace("\r\n", "\n")
    if chat:
        return _without_trial(_from_chat(answers.without_thought(text), query, inside), query)
    if _answers_in_fences(text, inside):
        return _without_trial(_from_chat(text[: _end_of_first_block(text, query.language)], query, inside), query)
    text = _up_to_suffix(text, query.suffix)
    if query.stop:
        end = min((at for stop in query.stop if (at := text.find(stop)) >= 0), default=None)
        return _without_rest(query, text[:end])
    if inside:
        return _without_rest(query, _truncate(text, query))
    fence = _FENCE_LINE.search(text)
    if fence:
        text = _FRAME_TAIL.sub("", text[: fence.start()])
    return _without_trial(_whole(query, text), query)


def stop_when(query: Query, *, chat: bool, inside: bool | None = None) -> Callable[[str], bool] | None:
    """Return a predicate over the text so far: true once no further text can change what `extract` makes of it.

    It is None where that is never so.
    """
    language = query.language
    inside = inside_body(query.code, language) if inside is None else inside

    if chat:
        return None
    if query.stop:
        return lambda text: any(stop in text for stop in query.stop)
    if inside:
        if language == "python":
            return lambda text: _PY_DEDENT.search(text) is not None
        if language == "c":
            return lambda text: "\n}" in text
        return lambda text: closing(query.code, text) is not None

    def fence_follows(text: str) -> bool:
        if _answers_in_fences(text, inside):
            return _end_of_first_block(text, language) is not None
        return _FENCE_LINE.search(text) is not None

    return fence_follows


def stop_at(query: Query, *, chat: bool, inside: bool | None = None) -> tuple[str, ...]:
    """Return strings that make `stop_when` true, where strings can say it; none where only the whole text can."""
    if chat or query.stop:
        return () if chat else query.stop
    if inside_body(query.code, query.language) if inside is None else inside:
        if query.language == "python":
            return _PY_DEDENTS
        if query.language == "c":
            return ("\n}",)
    return ()


def mark_duplicates(codes: Sequence[str]) -> list[int | None]:
    """For each code, the index of the first code with the same text if that is an earlier one, else None.

    White space at line ends and at the end of the file makes no difference.
    """
    first: dict[str, int] = {}
    marks: list[int | None] = []
    for index, code in enumerate(codes):
        key = "\n".join(line.rstrip() for line in code.rstrip().split("\n"))
        earlier = first.setdefault(key, index)
        marks.append(None if earlier == index else earlier)
    return marks


def _without_trial(file: str, query: Query) -> str:
    """Drop calls of what was defined, behind a comment that calls them an example or a test, from a file's end."""
    if query.language not in ("python", "javascript", "typescript") or query.suffix:
        return file
    for trial in _TRIAL.finditer(file, len(query.code) if file.startswith(query.code) else 0):
        before, behind = file[: trial.start()], file[trial.start() :]
        if _DEFINES.search(before) and not _DEFINES.search(behind):
            return before.rstrip() + "\n"
    return file


# --- completion models -----------------------------------------------------------------------------------------------


def _truncate(text: str, query: Query) -> str:
    """The paper's truncation; see the module's docstring."""
    if query.language == "python":
        if match := _PY_DEDENT.search(text):
            return text[: match.start()]
        comment = text.rfind("\n    #")
        return text if comment < 0 else text[:comment]
    if query.language == "c":
        end = text.find("\n}")
        if end >= 0:
            text = text[: end + 2]
        elif (comment := max(text.rfind("\n    //"), text.rfind("\n    /*"))) >= 0:
            text = text[:comment].rstrip() + "\n}"
        return "\n".join(line for line in text.split("\n") if '->name = "' not in line)
    offset = closing(query.code, text)
    return text if offset is None else text[:offset]


def _without_rest(query: Query, text: str) -> str:
    """Return the file, without a fence or what stands behind the body on its last line if it only parses so."""
    file = _join(query, text)
    before, fence, _ = text.partition("```")
    ends = [len(before)] if fence and before.strip() else []
    end = None if query.language == "python" else closed(query.code, text)
    if end is not None and text[end:].strip():
        ends.append(end)
    if ends and syntax(file, query.language)[0] is False:
        shorter = (_join(query, text[:end]) for end in sorted(ends, reverse=True))
        return next((each for each in shorter if syntax(each, query.language)[0]), file)
    return file


def _answers_in_fences(text: str, inside: bool) -> bool:
    """Tell whether a completion model answers a top-level query like a chat model: it writes a fence first."""
    return text.lstrip().startswith("```") and not inside


def _end_of_first_block(text: str, language: str | None) -> int | None:
    """Return where the first block in the query's language has ended for good; None if more text can change it."""
    return next((block.end for block in answers.blocks(text, language) if block.preferred), None)


def _whole(query: Query, text: str) -> str:
    """Return the file, without its unfinished end if it only parses without it."""
    file = _join(query, text)
    if syntax(file, query.language)[0] is not False:
        return file
    breaks = [offset for offset in top_level_breaks(text, query.language) if text[offset:].strip()]
    for cut in (text.rstrip().rfind("\n"), breaks[-1] if breaks else -1):
        shorter = _join(query, text[: max(cut, 0)])
        if cut > 0 and syntax(shorter, query.language)[0]:
            return shorter
    return file


def _up_to_suffix(text: str, suffix: str) -> str:
    """Cut a text where it begins to repeat what follows it: at the suffix's first line, with the same indentation.

    A model that fills a gap often goes on with the code behind the gap.
    """
    first = next((line.rstrip() for line in suffix.split("\n") if line.strip()), "")
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if at and first and line.rstrip() == first), None)
    return text if at is None else "\n".join(lines[:at]) + "\n"


def _join(query: Query, text: str) -> str:
    """Query, text and suffix, with a newline before the suffix where there is none."""
    file = query.code + text
    if query.suffix and file and not file.endswith("\n") and not query.suffix.startswith("\n"):
        file += "\n"
    return file + query.suffix


# --- chat models -----------------------------------------------------------------------------------------------------


def _from_chat(text: str, query: Query, inside: bool) -> str:
    def files(code: str) -> list[str]:
        readings = _readings(query.code, _without_suffix(code, query.suffix), indented=inside and python)
        return [_join(Query(code=reading, suffix=query.suffix), "") for reading in readings]

    def parses(code: str) -> bool:
        return any(syntax(file, query.language)[0] for file in files(code))

    python = query.language == "python"
    chosen = answers.choose(answers.blocks(text, query.language), query.code, parses, inside=inside)
    code = _without_suffix(chosen.code if chosen else answers.without_prose(text), query.suffix)
    if not code.strip():
        return _join(query, "")
    for file in files(code):
        if syntax(file, query.language)[0]:
            return file
    if chosen is None or not chosen.closed:
        for reading in _readings(query.code, code, indented=inside and python):
            file = _whole(Query(language=query.language, suffix=query.suffix), reading)
            if len(file) >= len(query.code) and syntax(file, query.language)[0]:
                return file
    return files(code)[0]


def _without_suffix(code: str, suffix: str) -> str:
    """Drop the suffix where the model repeated it: it is appended anyway."""
    repeated = suffix.strip()
    stripped = code.rstrip()
    return stripped[: -len(repeated)] if repeated and stripped.endswith(repeated) else code


def _readings(before: str, block: str, *, indented: bool) -> list[str]:
    """Return the ways to join the query's code and a block into one text, most plausible first."""
    if not before.strip():
        return [block]
    given = before.split("\n")
    answer = block.split("\n")
    readings: list[str] = []
    if (overlap := _overlap(given, answer)) is not None:
        readings.append(_overlay(given, overlap, answer, 0))
    names = [answers.header(line) for line in given]
    again = [answers.header(line) for line in answer]
    if (headers := [index for index, name in enumerate(names) if name]) and names[headers[-1]] in again:
        first = next(line for line in given if line.strip())
        if first in answer and all(names[index] in again for index in headers):
            readings.append(block)  # the whole file again
        readings.append(_splice(given, headers[-1], answer, again.index(names[headers[-1]])))
    follows = before if before.endswith("\n") or not given[-1].strip() else before + "\n"
    body = follows.rstrip(" \t") + block
    if indented:
        readings += [follows.rstrip(" \t") + _shift(block, _expected_indent(given)), body]
    else:
        readings.append(body)
    return [*readings, before + block.lstrip("\n")]


def _overlap(given: list[str], answer: list[str]) -> int | None:
    """Return the index of the query's line from which the answer repeats the query, or None.

    Blank lines and indentation do not count. The query's last line may be the beginning of the answer's.
    """
    old = [index for index, line in enumerate(given) if line.strip()]
    new = [line.strip() for line in answer if line.strip()]
    for count in range(min(len(old), len(new)), 0, -1):
        tail = [given[index].strip() for index in old[-count:]]
        if len(tail[0]) >= 4 and tail[:-1] == new[: count - 1] and new[count - 1].startswith(tail[-1]):
            return old[-count]
    return None


def _overlay(given: list[str], at: int, answer: list[str], start: int) -> str:
    """The query's lines before `at`, then the answer from `start` on, indented like the line it replaces."""
    rest = "\n".join(answer[start:]).lstrip("\n")
    return "\n".join([*given[:at], _shift(rest, _indent(given[at]))])


def _splice(given: list[str], at: int, answer: list[str], start: int) -> str:
    """The query until its last header, what the answer adds before it, then the answer from that header on."""
    known = {line.strip() for line in given}
    added: list[str] = []
    adds = False
    for line in answer[:start]:
        if line[:1].strip():  # what is indented goes with the line at the left margin above it
            adds = line.strip() not in known
        if adds:
            added.append(line)
    while added and not added[-1].strip():
        added.pop()
    top = at
    while top and given[top - 1].lstrip().startswith(("@", "#", "//")) and not answers.is_import(given[top - 1]):
        top -= 1
    return _overlay([*given[:top], *added, *given[top:]], at + len(added), answer, start)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _expected_indent(given: list[str]) -> str:
    last = next(line for line in reversed(given) if line.strip())
    code = last.partition("#")[0].rstrip()
    return _indent(last) + ("    " if code.endswith(":") else "")


def _shift(text: str, indent: str) -> str:
    """Move a text so that its first line with content has this indentation."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    old = _indent(first)
    if old == indent:
        return text
    moved = []
    for line in lines:
        if line.startswith(old) and line.strip():
            moved.append(indent + line[len(old) :])
        else:
            moved.append(line if line.strip() else "")
    return "\n".join(moved)
