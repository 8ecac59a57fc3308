"""Computes the seed of each sample and decides where a sample begins and ends; every code LM uses it.

It takes the settings of a call. It returns the seed of the call's i-th sample and, for a text so far, the text that is
kept and why it ends there. It does not sample, and it does not know what the text means: `stop_when` does.

Where a sample begins is a matter of tokens. Many tokenizers (Qwen's, Llama 3's, GPT-4's) join what ends a line with the
line's end: `{` and the newline behind it are one token. A model of these that is shown code which ends with `{` has
never seen a newline after that token, and goes on with an empty line, another function, or the same line. Where such a
model expects the joined token rather than any other that begins like the one that is there, samples begin behind the
line's end.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from seccoder.types import SamplingSettings

Finish = Literal["stop", "length", "cut", "filter"]

LIKELIEST = 100  # tokens that are looked at where a text ends
_STRIDE = 100_003  # calls with neighbouring seeds share no sample until one of them asks for this many


def seed_of(settings: SamplingSettings, i: int) -> int:
    """Return the seed of sample i of a call.

    Seeds are consecutive within a call, far from those of a call with the next seed, and below 2**31.
    """
    return (settings.seed * _STRIDE + settings.first + i) % 2**31


def joined(tokens: Sequence[int], with_newline: Sequence[int]) -> int | None:
    """Return the token that a text's last one becomes if a newline follows; None if the newline is a token of its own.

    Args:
        tokens: The tokens of the text.
        with_newline: Those of the text and a newline.
    """
    if len(tokens) < 2 or len(tokens) != len(with_newline) or list(tokens[:-1]) != list(with_newline[:-1]):
        return None
    return with_newline[-1] if with_newline[-1] != tokens[-1] else None


def ends_a_line(likeliest: Iterable[str], last: str) -> bool:
    """Tell whether a model expects a token that is joined with a newline in the place of a text's last one.

    Args:
        likeliest: The texts of the tokens that the model expects in that place, likeliest first.
        last: The text of the token that is there.
    """
    return next((text for text in likeliest if text.startswith(last)), None) == f"{last}\n"


def ending(text: str, settings: SamplingSettings) -> tuple[str, Finish] | None:
    """Say whether a sample ends within the text so far.

    Args:
        text: Everything sampled so far; it may run past the end.
        settings: Their `stop` and `stop_when` decide.

    Returns:
        The text that is kept, and why it ends: `stop` (it is cut before the first stop string) or `cut` (`stop_when`
        said so). None if the sample goes on.
    """
    if found := [at for stop in settings.stop if stop and (at := text.find(stop)) >= 0]:
        return text[: min(found)], "stop"
    if settings.stop_when is not None and settings.stop_when(text):
        return text, "cut"
    return None
