"""Reads and writes what counts the tokens of a request in Anthropic's API, so that examples in it count as well."""

from typing import Any

from seccoder.serving.dialects import messages

NAME = "count"
decide, write = messages.decide, messages.write


def said(answer: dict[str, Any]) -> str:
    """Nothing: the answer is a number."""
    return ""
