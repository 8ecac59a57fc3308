"""Reads and writes Ollama's own chat API (`/api/chat`), whose messages are texts and whose bounds are options."""

from typing import Any

from seccoder.serving import decide as deciding
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects import bodies, chat

NAME = "ollama chat"
write = chat.write


def decide(body: dict[str, Any], rules: Rules) -> Decision:
    """Decide which examples the messages get."""
    options = body.get("options")
    most = options.get("num_predict") if isinstance(options, dict) else None
    return deciding.decide(bodies.conversation(chat.messages(body), body, most), rules)


def again(body: dict[str, Any], text: str, most: int) -> dict[str, Any]:
    """Return a request of the same model that asks only this."""
    return {**bodies.again_ollama(body, most), "messages": [{"role": "user", "content": text}]}


def said(answer: dict[str, Any]) -> str:
    """Return the text of an answer, or of a line of a stream."""
    message = answer.get("message")
    return bodies.text_of(message.get("content")) if isinstance(message, dict) else ""
