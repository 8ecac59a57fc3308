"""Reads and writes OpenAI's Responses API (`/v1/responses`), which Codex and the newer SDKs speak.

The input is a text, or items: messages, calls of tools and their results. An example goes before the text of a user's
message, as a part of its own.
"""

from typing import Any

from seccoder.serving import decide as deciding
from seccoder.serving.conversation import Said, is_result
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects import bodies

NAME = "responses"


def decide(body: dict[str, Any], rules: Rules) -> Decision:
    """Decide which examples the input gets.

    Raises:
        Unreadable: If there is no input.
    """
    given = body.get("input")
    said = [Said("system", body["instructions"])] if isinstance(body.get("instructions"), str) else []
    if isinstance(given, str):
        said.append(Said("user", given))
    elif isinstance(given, list):
        said += _items(given)
    else:
        raise bodies.Unreadable("no input")
    return deciding.decide(bodies.conversation(said, body, body.get("max_output_tokens")), rules)


def _items(items: list[Any]) -> list[Said]:
    said: list[Said] = []
    calls: dict[str, str] = {}
    for place, item in enumerate(items):
        if not isinstance(item, dict):
            continue
        kind, role = str(item.get("type", "message")), item.get("role")
        if kind == "message":
            text = bodies.text_of(item.get("content"))
            if role in ("system", "developer"):
                said.append(Said("system", text, place))
            elif role == "user":
                said.append(Said("tool" if is_result(text) else "user", text, place))
            elif role == "assistant":
                said.append(Said("assistant", text, place))
        elif kind.endswith("_output"):
            output = item.get("output")
            text = output if isinstance(output, str) else bodies.text_of(output)
            said.append(Said("tool", text, place, calls.get(str(item.get("call_id")), "")))
        elif kind.endswith("_call"):
            written = bodies.written(item.get("arguments") or item.get("input") or item.get("action") or "")
            calls[str(item.get("call_id"))] = written
            said.append(Said("assistant", "", place, written))
    return said


def write(body: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """Return the body with the examples before the texts of their messages."""
    if isinstance(body["input"], str):
        return {**body, "input": "\n\n".join([*(each.text for each in decision.placed), body["input"]])}
    fresh = list(body["input"])
    for each in decision.placed:
        content = fresh[each.place]["content"]
        if isinstance(content, str):
            content = f"{each.text}\n\n{content}"
        else:
            content = [{"type": "input_text", "text": each.text}, *content]
        fresh[each.place] = {**fresh[each.place], "content": content}
    return {**body, "input": fresh}


def again(body: dict[str, Any], text: str, most: int) -> dict[str, Any]:
    """Return a request of the same model that asks only this."""
    bound = bodies.at_most(most, body.get("max_output_tokens"))
    return {**bodies.again(body, "reasoning", "store"), "input": text, "max_output_tokens": bound}


def said(answer: dict[str, Any]) -> str:
    """Return the text of an answer, or of an event of a stream."""
    if answer.get("type") == "response.output_text.delta":
        return str(answer.get("delta", ""))
    return "\n\n".join(bodies.text_of(item.get("content")) for item in bodies.objects(answer.get("output")))
