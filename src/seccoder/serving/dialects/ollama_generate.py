"""Reads and writes Ollama's API for a single prompt (`/api/generate`): code with a suffix or marks, or a question."""

from typing import Any

from seccoder.serving import decide as deciding
from seccoder.serving.conversation import Said
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects import bodies, completions, marks

NAME = "ollama generate"


def decide(body: dict[str, Any], rules: Rules) -> Decision:
    """Decide which examples the prompt gets.

    Raises:
        Unreadable: If there is no prompt, as where a model is only to be loaded.
    """
    prompt = body.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        raise bodies.Unreadable("no prompt")
    if _continues(body, prompt):
        return completions.decide(body, rules)
    options = body.get("options")
    most = options.get("num_predict") if isinstance(options, dict) else None
    said = [Said("system", bodies.text_of(body.get("system"))), Said("user", prompt)]
    return deciding.decide(bodies.conversation(said, body, most), rules)


def _continues(body: dict[str, Any], prompt: str) -> bool:
    return bool(body.get("raw")) or bool(body.get("suffix")) or marks.cursor(prompt).marked


def write(body: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """Return the body with the examples before the code or the question."""
    if _continues(body, body["prompt"]):
        return completions.write(body, decision)
    return {**body, "prompt": "\n\n".join([*(each.text for each in decision.placed), body["prompt"]])}


def again(body: dict[str, Any], text: str, most: int) -> dict[str, Any]:
    """Return a request of the same model that asks only this."""
    return {**bodies.again_ollama(body, most), "prompt": text}


def said(answer: dict[str, Any]) -> str:
    """Return the text of an answer, or of a line of a stream."""
    return str(answer.get("response", ""))
