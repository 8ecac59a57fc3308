"""Defines what flows while code is written: a query, its hits, the final prompt, sampling settings, completions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from seccoder.types.demonstrations import Demonstration


@dataclass(frozen=True, slots=True)
class Query:
    """What is being written: incomplete code, or a task in words, or both, with its language."""

    code: str = ""
    language: str | None = None
    task: str = ""
    suffix: str = ""  # code that follows the completion
    stop: tuple[str, ...] = ()  # strings at which a completion ends, instead of the usual truncation


@dataclass(frozen=True, slots=True)
class Hit:
    """One retrieved demonstration. Scores of different retrievers are not comparable."""

    demonstration: Demonstration
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The final prompt.

    Attributes:
        text: The text that a completion model continues. For a chat prompt, it is the messages joined, for display and
            counting.
        messages: The chat messages; empty for a completion prompt.
        hits: The demonstrations that are in it, in the order they stand there.
        notes: What was left out or cut, and why, one sentence each.
    """

    text: str
    messages: tuple[Message, ...] = ()
    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SamplingSettings:
    """How a code LM samples. The defaults are the paper's protocol (section 4.1.5 and SVEN's published settings).

    Attributes:
        temperature: 0 means greedy.
        top_p: The share of probability from which tokens are drawn (nucleus sampling).
        top_k: How many of the likeliest tokens are drawn from. 0 means all; the paper's scripts used 50.
        max_tokens: How many new tokens a completion has at most.
        seed: Completion i of a call uses a seed derived from this one and i.
        first: The number of the first completion. A call with `first=n` goes on where a call for n completions ended.
        stop: Strings at which a completion ends; they are not part of it.
        stop_at: Strings each of which makes `stop_when` true once it is in the text, for models that look for strings
            themselves. There may be other reasons for it. A completion that ends so holds the string.
        stop_when: A function that is called with the text of one completion so far. True means that extraction would
            cut it here, so a model may stop early. A model may also ignore it, because extraction cuts anyway.
    """

    temperature: float = 0.4
    top_p: float = 0.95
    top_k: int = 50
    max_tokens: int = 300
    seed: int = 0
    first: int = 0
    stop: tuple[str, ...] = ()
    stop_at: tuple[str, ...] = field(default=(), compare=False)
    stop_when: Callable[[str], bool] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Completion:
    """One sampled continuation, as the model gave it (see `seccoder.prompts.extract` for the code in it).

    Attributes:
        text: The model's text, without the prompt.
        seed: The seed this completion was sampled with.
        finish: `stop` (end of text or a stop string), `length` (max_tokens), `cut` (stop_when), `filter` (the
            server withheld the rest).
        prompt_tokens: How many tokens the prompt has, or None if the model does not say.
        tokens: How many tokens this completion has, or None if the model does not say.
        seconds: The wall time from the start of the call until this completion was there.
    """

    text: str
    seed: int
    finish: Literal["stop", "length", "cut", "filter"]
    prompt_tokens: int | None
    tokens: int | None
    seconds: float
