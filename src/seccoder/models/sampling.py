"""Computes the seed of each sample and decides where a sample ends; every code LM uses it.

It takes the settings of a call. It returns the seed of the call's i-th sample and, for a text so far, the text that is
kept and why it ends there. It does not sample, and it does not know what the text means: `stop_when` does.
"""

from typing import Literal

from seccoder.types import SamplingSettings

Finish = Literal["stop", "length", "cut", "filter"]

_STRIDE = 100_003  # calls with neighbouring seeds share no sample until one of them asks for this many


def seed_of(settings: SamplingSettings, i: int) -> int:
    """Return the seed of sample i of a call.

    Seeds are consecutive within a call, far from those of a call with the next seed, and below 2**31.
    """
    return (settings.seed * _STRIDE + settings.first + i) % 2**31


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
