"""Defines what the page needs to know of the last requests; whoever serves keeps them in a shape like this."""

from collections.abc import Sequence
from typing import Protocol

from seccoder.types import Hit


class Request(Protocol):
    """One request, as far as it is known by now.

    Attributes:
        number: Counts the requests of the server, from 1.
        at: When it came, in seconds since 1970.
        method: Of HTTP.
        path: Where it went.
        dialect: The API that it speaks; "" for what is only passed on.
        model: The model that it names.
        mode: What was to be done with it, such as `augment` or `observe`.
        language: The language that was recognised.
        words: The words that were searched with.
        code: The code that was searched with.
        hits: The examples that were put in, best first.
        why_none: Why there are none.
        tokens: How many tokens were added.
        milliseconds: What reading, deciding and rewriting took.
        status: Of the answer; None until it began.
        whole: Milliseconds from the request until the answer ended; None until then.
        verdicts: What a check of the answer's code said, one line each.
        trouble: What went wrong on the way.
    """

    number: int
    at: float
    method: str
    path: str
    dialect: str
    model: str
    mode: str
    language: str | None
    words: str
    code: str
    hits: tuple[Hit, ...]
    why_none: str
    tokens: int
    milliseconds: float
    status: int | None
    whole: float | None
    verdicts: tuple[str, ...]
    trouble: str


class Requests(Protocol):
    """The last requests."""

    def entries(self) -> Sequence[Request]:
        """Return the last requests, newest first."""
        ...


class NoRequests:
    """Stands in where nobody keeps requests."""

    def entries(self) -> Sequence[Request]:
        """Return nothing."""
        return ()
