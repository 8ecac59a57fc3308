"""Reads and writes Anthropic's Messages API (`/v1/messages`), which Claude Code speaks.

The results of tools are blocks of a user's message. An example is a block of its own right before the one that holds
the user's words: behind all results, as the API asks for, and each mark for the cache stays on its block.
"""

from typing import Any

from seccoder.serving import decide as deciding
from seccoder.serving.conversation import Said, is_result, understand
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects import bodies

NAME = "messages"


def decide(body: dict[str, Any], rules: Rules) -> Decision:
    """Decide which examples the messages get.

    Raises:
        Unreadable: If there are no messages.
    """
    if not isinstance(body.get("messages"), list):
        raise bodies.Unreadable("no messages")
    said = [Said("system", bodies.text_of(body.get("system")))]
    calls: dict[str, str] = {}
    for place, message in enumerate(body["messages"]):
        if not isinstance(message, dict):
            continue
        content, role = message.get("content"), message.get("role")
        blocks = bodies.objects(content)
        if role == "system":
            said.append(Said("system", bodies.text_of(content), place))
        elif role == "assistant":
            written = {str(b.get("id")): bodies.written(b.get("input")) for b in blocks if b.get("type") == "tool_use"}
            calls |= written
            said.append(Said("assistant", bodies.text_of(content), place, "\n".join(written.values())))
        elif role == "user":
            for block in blocks:
                if block.get("type") == "tool_result":
                    text = bodies.text_of(block.get("content"))
                    said.append(Said("tool", text, place, calls.get(str(block.get("tool_use_id")), "")))
            text = bodies.text_of(content)
            if text:
                said.append(Said("tool" if is_result(text) else "user", text, place))
    return deciding.decide(bodies.conversation(said, body, body.get("max_tokens")), rules)


def write(body: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """Return the body with the examples before the blocks that hold the user's words."""
    return bodies.with_examples(body, decision, _words_at)


def _words_at(content: list[Any]) -> int:
    """Return the place of the first text block with words of the user, behind all results of tools."""
    results = [i for i, block in enumerate(content) if isinstance(block, dict) and block.get("type") == "tool_result"]
    behind = results[-1] + 1 if results else 0
    for i, block in enumerate(content[behind:], start=behind):
        if isinstance(block, dict) and isinstance(block.get("text"), str) and understand(block["text"]).words:
            return i
    return behind


def again(body: dict[str, Any], text: str, most: int) -> dict[str, Any]:
    """Return a request of the same model that asks only this."""
    bound = bodies.at_most(most, body.get("max_tokens"))
    return {**bodies.again(body), "messages": [{"role": "user", "content": text}], "max_tokens": bound}


def said(answer: dict[str, Any]) -> str:
    """Return the text of an answer, or of an event of a stream."""
    delta = answer.get("delta")
    if isinstance(delta, dict):
        return str(delta.get("text", ""))
    return bodies.text_of(answer.get("content"))
