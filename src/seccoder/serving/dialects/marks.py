r"""Finds the code before the cursor in a prompt with the marks of fill-in-the-middle, of every family that has some.

The families are Qwen, CodeGemma, Granite, StarCoder, SantaCoder, CodeLlama, DeepSeek, Codestral, GLM and Seed. In some
of them the code after the cursor comes first; then the code before it follows the last mark.
"""

import re
from dataclasses import dataclass

from seccoder.code.marks import INFILL


def _any(which: int) -> str:
    """Match the marks of all families at one of the three places; DeepSeek's bars may be narrow as well."""
    marks = [re.escape(family[which]).replace("｜", "[|｜]") for family in INFILL.values()]
    return "|".join(f" ?{mark[1:]} ?" if mark[0] == "▁" else mark for mark in marks)  # CodeLlama's sign for a space


_MARK = re.compile(f"(?P<before>{_any(0)})|(?P<after>{_any(1)})|(?P<middle>{_any(2)})")
# A file's name in front of its code: StarCoder, Qwen, Codestral, GLM.
_NAME = re.compile(
    r"(?:<filename>|<\|?file_sep\|?>|(?:^|(?<=\[PREFIX\]))\+{5} |^###PATH: ?)(?P<path>[^\n<]{1,300})(?:\n|(?=<))",
    re.MULTILINE,
)
_LANGUAGE = re.compile(r"^###LANGUAGE: ?(\S+)", re.MULTILINE)
# Templates of chats, in which a comment would be part of a message.
TEMPLATE = re.compile(r"<\|im_start\|>|\[INST\]|<\|start_header_id\|>|<start_of_turn>|<\|user\|>|<\|turn>")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the code before the cursor stands in a prompt.

    Attributes:
        start: Of that code.
        end: Of that code.
        path: The file's name, if the prompt says it.
        language: The language's name, if the prompt says it.
        marked: Whether there are marks.
    """

    start: int
    end: int
    path: str = ""
    language: str = ""
    marked: bool = False


def cursor(prompt: str) -> Cursor:
    """Find the code before the cursor; without marks it is all of the prompt."""
    marks = list(_MARK.finditer(prompt))
    before = next((i for i, mark in enumerate(marks) if mark["before"]), None)
    if before is None:
        return Cursor(0, len(prompt))
    start, end = _until_next(marks, before, prompt)
    middle = next((i for i, mark in enumerate(marks) if mark["middle"]), None)
    if not prompt[start:end].strip() and middle is not None:  # the code after the cursor came first
        start, end = _until_next(marks, middle, prompt)
    path = ""
    for name in _NAME.finditer(prompt, 0, min(end, start + 2_000)):
        path = name["path"].strip()
        if name.start() >= start and not prompt[start : name.start()].strip():
            start = name.end()
    language = _LANGUAGE.search(prompt, 0, start)
    return Cursor(start, end, path, language[1] if language else "", True)


def _until_next(marks: "list[re.Match[str]]", index: int, prompt: str) -> tuple[int, int]:
    return marks[index].end(), marks[index + 1].start() if index + 1 < len(marks) else len(prompt)
