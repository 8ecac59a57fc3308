"""Puts a secure example into chat messages, as `seccoder serve` does with a request; every plugin calls this."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from seccoder.code import languages
from seccoder.pipeline import SecCoder
from seccoder.serving.additions import Additions
from seccoder.serving.decide import Rules
from seccoder.serving.dialects import chat


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

    known = languages.canonical(language) if language else None
    body = {"messages": list(messages)}
    done: list[dict[str, Any]] = chat.write(body, chat.decide(body, _rules(flow, known)))["messages"]
    return done


@cache
def _rules(flow: SecCoder, language: str | None) -> Rules:
    """Return the rules by which a server with this flow decides."""
    return Additions(flow, language=language).rules
