"""Answers with fixed texts instead of a model, for tests, for documentation and for first trials.

Sample i of a call is text number `(seed + i) % len(texts)` of a list. `stop`, `stop_when` and `max_tokens` end it as
they end a real model's sample. A token is a word with the white space before it. The answers say nothing about code,
because they do not depend on the prompt. It reports that it took no time, so the same call always gives equal
completions.
"""

import json
import re
from pathlib import Path

from seccoder.errors import ModelError
from seccoder.models.base import BaseLM
from seccoder.models.sampling import Finish, ending
from seccoder.types import Completion, Prompt, SamplingSettings

CANNED = "    return None\n"  # what `fake:` without a path always answers

_TOKEN = re.compile(r"\s*\S+")


def from_spec(spec: str, *, threads: int = 0) -> "FakeLM":
    """Make the code LM of a `fake:` spec. It ignores the threads."""
    return FakeLM(spec.partition(":")[2])


class FakeLM(BaseLM):
    """Answers from a list.

    Args:
        path: A JSON file that holds a list of completion texts; "" for the one text `CANNED`.

    Raises:
        ModelError: If the file cannot be read or holds anything else.
    """

    context_length = 8192

    def __init__(self, path: str = "") -> None:
        self.name = f"fake:{path}"
        self._texts = _read(Path(path)) if path else [CANNED]

    def count_tokens(self, text: str) -> int:
        """Count the words."""
        return len(_TOKEN.findall(text))

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Return the n texts whose turn it is; the temperature changes nothing.

        Raises:
            ModelError: If the prompt does not fit into the context.
        """
        prompt_tokens = self.count_tokens(prompt.text)
        if prompt_tokens >= self.context_length:
            raise ModelError(f"the prompt has {prompt_tokens} tokens, and {self.name} has room for 8192 in all")
        completions = []
        for seed in range(settings.seed + settings.first, settings.seed + settings.first + n):
            text, finish = self._sample(self._texts[seed % len(self._texts)], settings)
            tokens = self.count_tokens(text)
            completions.append(Completion(text, seed, finish, prompt_tokens, tokens, 0.0))
        return completions

    def _sample(self, text: str, settings: SamplingSettings) -> tuple[str, Finish]:
        """Give out a text token by token, as a model would, until something ends it."""
        for count, token in enumerate(_TOKEN.finditer(text), start=1):
            if count > settings.max_tokens:
                return text[: token.start()], "length"
            if end := ending(text[: token.end()], settings):
                return end
        return ending(text, settings) or (text, "stop")


def _read(path: Path) -> list[str]:
    try:
        texts = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(f"cannot read the completions in {path}: {error.strerror}") from None
    except ValueError:
        raise ModelError(f"{path} is not JSON; a fake model reads a list of completion texts") from None
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise ModelError(f"{path} must hold a JSON list of one or more completion texts")
    return texts
