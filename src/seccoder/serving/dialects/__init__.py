"""Knows the APIs that programs speak: each dialect reads a request, writes examples into it, and reads an answer.

A dialect is a module with four functions. `decide(body, rules)` reads a body and asks `seccoder.serving.decide` which
examples it gets; it raises `Unreadable` for a body of another form. `write(body, decision)` returns the body with the
examples in it, and everything else as it was. `said(answer)` returns the text in an answer or in one event of a stream.
`again(body, text, most)` returns a request of the same model that holds only one text.
`find` says which dialect a path speaks; a path that none of them speaks is only passed on.
"""

from typing import Any, Protocol, cast

from seccoder.serving.decide import Decision, Rules

# The path of a request -> the module of its dialect.
dialects = {
    "/v1/chat/completions": "seccoder.serving.dialects.chat",
    "/v1/responses": "seccoder.serving.dialects.responses",
    "/v1/messages": "seccoder.serving.dialects.messages",
    "/v1/messages/count_tokens": "seccoder.serving.dialects.messages_count",
    "/v1/responses/input_tokens": "seccoder.serving.dialects.responses_count",
    "/v1/completions": "seccoder.serving.dialects.completions",
    "/v1/fim/completions": "seccoder.serving.dialects.completions",
    "/infill": "seccoder.serving.dialects.infill",
    "/api/chat": "seccoder.serving.dialects.ollama_chat",
    "/api/generate": "seccoder.serving.dialects.ollama_generate",
}


class Dialect(Protocol):
    """What the module of a dialect offers."""

    NAME: str

    def decide(self, body: dict[str, Any], rules: Rules) -> Decision:
        """Decide which examples a request gets.

        Raises:
            Unreadable: If the body has another form.
        """
        ...

    def write(self, body: dict[str, Any], decision: Decision) -> dict[str, Any]:
        """Return the body with the examples that were decided on."""
        ...

    def again(self, body: dict[str, Any], text: str, most: int) -> dict[str, Any]:
        """Return a request of the same model, not streamed, that asks only this and wants so many tokens at most.

        Dialects in which code is continued have no such function: their answers are not checked.
        """
        ...

    def said(self, answer: dict[str, Any]) -> str:
        """Return the text in an answer, or in one event of a stream."""
        ...


def find(method: str, path: str) -> Dialect | None:
    """Return the dialect that a request speaks, or None."""
    if method != "POST" or path not in dialects:
        return None
    from importlib import import_module

    return cast(Dialect, import_module(dialects[path]))
