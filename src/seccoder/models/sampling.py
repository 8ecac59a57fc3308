"""What every code LM shares: the seed of each sample, and where a sample ends.

In flow the settings of a call; out flow the seed of its i-th sample and, for a text so far, the text that is kept and
why it ends there. Does not sample, and does not know what the text means: `stop_when` does.
"""

from typing import Literal

from seccoder.types import SamplingSettings

Finish = Literal["stop", "length", "cut"]

_STRIDE = 100_003  # calls with neighbouring seeds share no sample until one of them asks for this many


def seed_of(settings: SamplingSettings, i: int) -> int:
    """Seed of sample i of a call: consecutive within a call, far from those of the next call's seed, below 2**31."""
    return (settings.seed * _STRIDE + settings.first + i) % 2**31


def ending(text: str, settings: SamplingSettings) -> tuple[str, Finish] | None:
    """Say whether a sample ends within the text so far.

    Args:
        text: Everything sampled so far; it may run past the end.
        settings: Their `stop` and `stop_when` decide.

    Returns:
        The text that is kept, and `stop` (cut before the first stop string) or `cut` (`stop_when` said so); None if
        the sample goes on.
    """
    if found := [at for stop in settings.stop if stop and (at := text.find(stop)) >= 0]:
        return text[: min(found)], "stop"
    if settings.stop_when is not None and settings.stop_when(text):
        return text, "cut"
    return None
