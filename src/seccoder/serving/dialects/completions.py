"""Reads and writes OpenAI's completion API (`/v1/completions`) and Mistral's (`/v1/fim/completions`).

An example becomes a comment before the code, behind the marks of fill-in-the-middle (`seccoder.serving.dialects.marks`)
and behind the name of the file.
"""

from typing import Any

from seccoder.code import recognise
from seccoder.serving import decide as deciding
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects import bodies, marks

NAME = "completions"


def decide(body: dict[str, Any], rules: Rules) -> Decision:
    """Decide which example the prompt gets.

    Raises:
        Unreadable: If the prompt is none of one text.
    """
    prompt = _prompt(body)
    at = marks.cursor(prompt)
    if not at.marked and marks.TEMPLATE.search(prompt):
        return Decision(why_none="the prompt is a chat in a template of its own")
    named = body.get("language")
    language = recognise.named(at.language or (named if isinstance(named, str) else ""))
    return deciding.continued(prompt[at.start : at.end], language, rules, path=at.path)


def _prompt(body: dict[str, Any]) -> str:
    prompt = body.get("prompt")
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    if not isinstance(prompt, str) or not prompt.strip():
        raise bodies.Unreadable("no prompt, several, or one of tokens")
    return prompt


def write(body: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """Return the body with the example before the code."""
    prompt = _prompt(body)
    at = marks.cursor(prompt)
    return {**body, "prompt": prompt[: at.start] + decision.placed[0].text + prompt[at.end :]}


def said(answer: dict[str, Any]) -> str:
    """Return the text of an answer or an event, of its first choice."""
    for choice in bodies.objects(answer.get("choices"))[:1]:
        message = choice.get("message") or choice.get("delta")  # Mistral answers as in a chat
        return bodies.text_of(message.get("content")) if isinstance(message, dict) else str(choice.get("text") or "")
    return ""
