"""Puts advice in words into a prompt: the cue of a demonstration, or any other text.

It takes a prompt and a text, and returns the prompt with the text where models look for instructions: in comments in
the first lines of code to be continued, or at the end of the system text. A demonstration's words are untrusted, and
are cleaned like its code.
"""

from collections.abc import Sequence
from dataclasses import replace

from seccoder.code import cwe as cwes
from seccoder.code.languages import LINE_COMMENT
from seccoder.code.remedies import remedy
from seccoder.prompts import frames
from seccoder.types import Demonstration, Hit, Prompt


def advised(prompt: Prompt, language: str, advice: str) -> Prompt:
    """Return the prompt with advice in words: comments in its first lines, or the end of the chat's system text."""
    if not prompt.messages:
        return replace(prompt, text=f"{frames.line_comments(advice, LINE_COMMENT[language])}\n{prompt.text}")
    first, *others = prompt.messages
    messages = (replace(first, content=f"{first.content} {advice}"), *others)
    return replace(prompt, text="\n\n".join(message.content for message in messages), messages=messages)


def cued(prompt: Prompt, hits: Sequence[Hit], language: str) -> Prompt:
    """Return the prompt with the cues of hits as advice; the hits are then the prompt's."""
    advice = " ".join(_cue(hit.demonstration) for hit in hits)
    return replace(advised(prompt, language, advice), hits=tuple(hits))


def _cue(example: Demonstration) -> str:
    """Return what an example teaches, in words: its own cue or, of one that has none, what is known of its CWE."""
    known = (f"{cwes.get(each).name}: {remedy(each)}" for each in example.cwes[:1])
    return frames.clean(example.cue or next(known, ""))[0]
