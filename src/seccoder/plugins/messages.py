"""Puts a secure example into chat messages, as `seccoder serve` does with a request; every plugin calls this."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from seccoder.code import languages
from seccoder.pipeline import SecCoder
from seccoder.serving import rewrite
from seccoder.types import Hit, Query


@cache
def shared() -> SecCoder:
    """Return the flow that plugins share if they are given none: its indices are made once."""
    return SecCoder()


def with_example(
    messages: Sequence[dict[str, Any]], seccoder: SecCoder | None = None, language: str | None = None
) -> list[dict[str, Any]]:
    """Return the messages with a secure example in the last one of the user; unchanged if nothing fits.

    Args:
        messages: Chat messages in OpenAI's form.
        seccoder: The flow whose codebase, retriever, k and threshold are used; None means one with the usual settings.
        language: The language, in any spelling; None means the one that the message names.

    Raises:
        SecCoderError: If the codebase or the retriever cannot be used.
    """
    flow = seccoder or shared()

    def find(query: Query) -> tuple[Sequence[Hit], float]:
        return flow.retrieve(query), flow.threshold()

    known = languages.canonical(language) if language else None
    done: list[dict[str, Any]] = rewrite.chat({"messages": list(messages)}, find, known).body["messages"]
    return done
