"""Reads and writes OpenAI's chat API (`/v1/chat/completions`), which most programs and servers speak.

An example goes before the text of a user's message: in front of a text, or as a part of its own before all other parts,
so that what a program marked for a cache stays on its part.
"""

from typing import Any

from seccoder.serving import decide as deciding
from seccoder.serving.conversation import Said, is_result
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects import bodies

NAME = "chat"


def decide(body: dict[str, Any], rules: Rules) -> Decision:
    """Decide which examples the messages get."""
    bounds = (body.get("max_completion_tokens"), body.get("max_tokens"))
    return deciding.decide(bodies.conversation(messages(body), body, *bounds), rules)


def messages(body: dict[str, Any]) -> list[Said]:
    """Return what the messages of a body say.

    Raises:
        Unreadable: If it has no messages.
    """
    if not isinstance(body.get("messages"), list):
        raise bodies.Unreadable("no messages")
    said: list[Said] = []
    calls: dict[Any, str] = {}
    for place, message in enumerate(body["messages"]):
        if not isinstance(message, dict):
            continue
        role, text = message.get("role"), bodies.text_of(message.get("content"))
        if role in ("system", "developer"):
            said.append(Said("system", text, place))
        elif role == "user":
            said.append(Said("tool" if is_result(text) else "user", text, place))
        elif role in ("tool", "function"):
            said.append(Said("tool", text, place, calls.get(str(message.get("tool_call_id")), "")))
        elif role == "assistant":
            inner = [(str(call.get("id")), call.get("function")) for call in bodies.objects(message.get("tool_calls"))]
            written = {id_: bodies.written(one.get("arguments")) for id_, one in inner if isinstance(one, dict)}
            calls |= written
            said.append(Said("assistant", text, place, "\n".join(written.values())))
    return said


def write(body: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """Return the body with the examples before the texts of their messages."""
    return bodies.with_examples(body, decision, lambda parts: 0)


def again(body: dict[str, Any], text: str, most: int) -> dict[str, Any]:
    """Return a request of the same model that asks only this."""
    bound = "max_tokens" if "max_tokens" in body else "max_completion_tokens"  # some servers know one of them only
    fresh = bodies.again(body, "reasoning_effort")
    return {**fresh, "messages": [{"role": "user", "content": text}], bound: bodies.at_most(most, body.get(bound))}


def said(answer: dict[str, Any]) -> str:
    """Return the text of an answer or an event, of its first choice."""
    for choice in bodies.objects(answer.get("choices"))[:1]:
        message = choice.get("message") or choice.get("delta")
        if isinstance(message, dict):
            return bodies.text_of(message.get("content"))
    return ""
