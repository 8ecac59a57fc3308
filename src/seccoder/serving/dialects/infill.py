"""Reads and writes llama.cpp's own API for editors (`/infill`), in which the code has a field of its own."""

from typing import Any

from seccoder.serving import decide as deciding
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects import bodies

NAME = "infill"


def decide(body: dict[str, Any], rules: Rules) -> Decision:
    """Decide which example the code before the cursor gets.

    Raises:
        Unreadable: If there is no such code.
    """
    before = body.get("input_prefix")
    if not isinstance(before, str):
        raise bodies.Unreadable("no input_prefix")
    return deciding.continued(before, None, rules)


def write(body: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """Return the body with the example before the code."""
    return {**body, "input_prefix": decision.placed[0].text}


def said(answer: dict[str, Any]) -> str:
    """Return the text of an answer, or of an event of a stream."""
    return str(answer.get("content", ""))
