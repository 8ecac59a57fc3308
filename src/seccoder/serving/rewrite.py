"""Puts demonstrations into requests that a client wrote for its own model (OpenAI's chat and completion APIs).

It takes the JSON body of a request and a function that finds demonstrations. It returns the body with demonstrations in
it, and says which these are. Everything else in the body stays: model, sampling, tools, images, the conversation. A
demonstration goes to the head of the user's last message. What comes before it then stays the same from turn to turn,
so that servers can keep it cached, and a tool's answer does not change what was shown. Code to be continued gets the
demonstration as a comment, after the mark that a fill-in-the-middle prompt begins with.

Bodies are untrusted. One of another form than expected goes on as it came, and the server behind says what is wrong
with it.

Not guaranteed: that a client's template leaves the user's words in the last message, or that the words and the code
that serve as the query are those that matter. Of long messages the last `QUERY` characters are read.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from seccoder.code import languages
from seccoder.prompts.integrate import insert
from seccoder.types import Hit, Query

Find = Callable[[Query], tuple[Sequence[Hit], float]]  # hits, best first, and the score below which none is shown

QUERY = 8_000  # characters of a message or of code that are searched with
_FENCED = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n(.*?)(?:^[ ]{0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
# The marks of SantaCoder, StarCoder, Qwen and CodeGemma, of CodeLlama, and of DeepSeek. Text before the mark (a
# repository's name) stays there.
_FIM = re.compile(
    r"<\|?fim[-_]prefix\|?>|<PRE>[ ]?|<\N{FULLWIDTH VERTICAL LINE}fim\u2581begin\N{FULLWIDTH VERTICAL LINE}>"
)
_FIM_ENDS = re.compile(
    r"<\|?fim[-_]suffix\|?>|[ ]?<SUF>|<\N{FULLWIDTH VERTICAL LINE}fim\u2581hole\N{FULLWIDTH VERTICAL LINE}>"
)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A request with demonstrations in it.

    Attributes:
        body: The JSON object. If nothing was put in, it is the one that came.
        shown: The demonstrations that were put in, best first.
        why_none: Why there are none; "" if there are.
    """

    body: dict[str, Any]
    shown: tuple[Hit, ...] = ()
    why_none: str = ""


def chat(body: dict[str, Any], find: Find, language: str | None = None) -> Rewritten:
    """Put demonstrations into a request to `/chat/completions`.

    Args:
        body: What the client sent.
        find: Finds demonstrations for the last message of the user.
        language: Canonical name of the language. None means the one that this message names, or else any.
    """
    messages = body.get("messages")
    if not isinstance(messages, list):
        return Rewritten(body, why_none="no messages")
    place = max((i for i, each in enumerate(messages) if _is_user(each)), default=None)
    if place is None:
        return Rewritten(body, why_none="no message of the user with text in it")
    text = _text(messages[place]["content"])
    recent = text[-2 * QUERY :]
    language = language or languages.named_in(recent)
    blocks = [match[2] for match in _FENCED.finditer(recent)]
    words = _FENCED.sub("", recent)
    hits, threshold = find(Query(blocks[-1][-QUERY:] if blocks else "", language, words.strip()[-QUERY:]))
    prompt = insert(text, hits, threshold=threshold, language=language, chat=True)
    if not prompt.hits:
        return Rewritten(body, why_none=_join_notes(prompt.notes))
    fresh = list(messages)
    fresh[place] = {**messages[place], "content": _content(messages[place]["content"], text, prompt.text)}
    return Rewritten({**body, "messages": fresh}, prompt.hits)


def completion(body: dict[str, Any], find: Find, language: str | None = None) -> Rewritten:
    """Put demonstrations into a request to `/completions`: code to be continued, in a language that must be known.

    Args:
        body: What the client sent.
        find: Finds demonstrations for the code.
        language: Canonical name of the language; None leaves the request as it is.
    """
    prompt = body.get("prompt")
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    if not isinstance(prompt, str) or not prompt.strip():
        return Rewritten(body, why_none="no prompt, several, or one of tokens")
    if language is None:
        return Rewritten(body, why_none="language unknown: start the server with --language")
    mark = _FIM.search(prompt)
    head = prompt[: mark.end()] if mark else ""
    rest = prompt[len(head) :]
    ends = _FIM_ENDS.search(rest) if mark else None
    hits, threshold = find(Query((rest[: ends.start()] if ends else rest)[-QUERY:], language))
    made = insert(rest, hits, threshold=threshold, language=language, chat=False)
    if not made.hits:
        return Rewritten(body, why_none=_join_notes(made.notes))
    return Rewritten({**body, "prompt": head + made.text}, made.hits)


def _is_user(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") == "user"
        and isinstance(message.get("content"), str | list)
        and bool(_text(message["content"]).strip())
    )


def _text(content: Any) -> str:
    """Return the text of a message, whose content is a text or a list of parts."""
    if isinstance(content, str):
        return content
    parts = [part["text"] for part in content if isinstance(part, dict) and isinstance(part.get("text"), str)]
    return "\n\n".join(parts)


def _content(content: Any, text: str, with_examples: str) -> Any:
    """Return the content with the examples before its text."""
    if isinstance(content, str):
        return with_examples
    return [{"type": "text", "text": with_examples.removesuffix(text).rstrip()}, *content]


def _join_notes(notes: Sequence[str]) -> str:
    return " ".join(notes) or "nothing fits"
