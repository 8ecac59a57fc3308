"""Reads what the bodies of several dialects have in common: texts, tools, and bounds. Bodies are untrusted."""

import json
import re
from collections.abc import Callable
from typing import Any

from seccoder.serving.conversation import Conversation, Said
from seccoder.serving.decide import Decision

# Tools that write files or run commands, by their names; and what says so where tools are described in words.
_EDITS = re.compile(
    r"edit|write|patch|replace|create_?file|shell|bash|exec|command|terminal|notebook|insert_code", re.IGNORECASE
)
_EDITS_IN_WORDS = re.compile(r"SEARCH/REPLACE|write_to_file|replace_in_file|apply_(?:patch|diff)|str_replace|edit_file")


class Unreadable(ValueError):
    """A body has another form than its dialect; the message says in a few words what is missing."""


def text_of(content: Any) -> str:
    """Return the text of a content, which is a text or a list of parts with texts in them."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = [part["text"] for part in content if isinstance(part, dict) and isinstance(part.get("text"), str)]
    return "\n\n".join(parts)


def written(value: Any) -> str:
    """Return the arguments of a call as text."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)[:20_000]
    except (TypeError, ValueError, RecursionError):
        return ""


def with_examples(body: dict[str, Any], decision: Decision, at: Callable[[list[Any]], int]) -> dict[str, Any]:
    """Return a body whose messages hold the examples: in front of a text, or as a part of their own.

    Args:
        body: The request, with `messages`.
        decision: Which examples go into which messages.
        at: Says at which place among the parts of a message an example goes.
    """
    fresh = list(body["messages"])
    for each in decision.placed:
        content = fresh[each.place]["content"]
        if isinstance(content, str):
            content = f"{each.text}\n\n{content}"
        else:
            place = at(content)
            content = [*content[:place], {"type": "text", "text": each.text}, *content[place:]]
        fresh[each.place] = {**fresh[each.place], "content": content}
    return {**body, "messages": fresh}


def again(body: dict[str, Any], *kept: str) -> dict[str, Any]:
    """Return what of a request stays in another one to the same model: the model, and how it is sampled."""
    names = ("model", "temperature", "top_p", "user", *kept)
    return {name: body[name] for name in names if name in body}


def again_ollama(body: dict[str, Any], most: int) -> dict[str, Any]:
    """Do the same for Ollama, whose bound is an option, and which streams unless it is told not to."""
    options = body.get("options")
    options = dict(options) if isinstance(options, dict) else {}
    options["num_predict"] = at_most(most, options.get("num_predict"))
    return {**again(body, "keep_alive", "think"), "options": options, "stream": False}


def at_most(most: int, *bounds: Any) -> int:
    """Return the smallest of these numbers of tokens; what is no number above 0 does not count."""
    return min([most, *(each for each in bounds if type(each) is int and each > 0)])


def conversation(said: list[Said], body: dict[str, Any], *bounds: Any) -> Conversation:
    """Make a conversation of what was said, with the tools and the bounds that the body names.

    Args:
        said: Everything in its order.
        body: The request.
        bounds: What may be the number of tokens that the answer may have; the first number counts.
    """
    tools = body.get("tools")
    names = [_name(tool) for tool in tools] if isinstance(tools, list) else []
    edits = any(_EDITS.search(name) for name in names)
    edits = edits or any(_EDITS_IN_WORDS.search(each.text) for each in said if each.role == "system")
    numbers = [bound for bound in bounds if isinstance(bound, int) and not isinstance(bound, bool) and bound > 0]
    return Conversation(tuple(said), edits, numbers[0] if numbers else None)


def _name(tool: Any) -> str:
    if not isinstance(tool, dict):
        return ""
    inner = tool.get("function")
    name = inner.get("name") if isinstance(inner, dict) else tool.get("name")
    return f"{name or ''} {tool.get('type', '')}"


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a list; nothing for anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
