"""Defines what interchangeable parts must offer: retrievers, embedders, code LMs and oracles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from seccoder.types.checks import Check, Source
from seccoder.types.generation import Completion, Hit, Prompt, Query, SamplingSettings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

Progress = Callable[[int, int | None], None]  # called with (done, in all), the latter None if it is not known


class Retriever(Protocol):
    """Ranks demonstrations for a query (paper, step 2)."""

    name: str
    threshold: float  # below this score a demonstration is not worth injecting

    def search(self, query: Query, k: int) -> list[Hit]:
        """Return at most k hits, best first, ties broken by content hash."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    version: str  # names the model and, if it was fitted, what it was fitted on

    def encode(self, texts: Sequence[str], kind: Literal["query", "document"]) -> "Vectors":
        """Return an array of shape (len(texts), d), dtype float32, rows of unit length."""
        ...


class CodeLM(Protocol):
    """Completes a prompt (paper, step 4). `seccoder.models.base.BaseLM` has what most models share."""

    name: str  # the spec it was made from
    chat: bool  # whether it wants chat prompts, whatever the query is
    infill: tuple[str, str, str] | None  # marks before the code, its suffix and the middle, if it can fill a gap
    context_length: int  # tokens, prompt and completion together
    arithmetic: str  # the number format and the device it computes with, if its texts depend on them; "" if unknown

    def wants_chat(self, query: Query) -> bool:
        """Tell whether the model wants a chat prompt for a query."""
        ...

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of a text: exact or, for a remote model, an estimate from above."""
        ...

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Return exactly n completions, in order of their seeds.

        Raises:
            ModelError: If the model cannot be loaded, reached or does not answer with n completions.
        """
        ...

    def generate_all(
        self, requests: Iterable[tuple[Prompt, int, SamplingSettings]]
    ) -> Iterator[tuple[int, list[Completion], float]]:
        """Answer many calls of `generate`, several at a time where that is faster; yield each as soon as it is there.

        Args:
            requests: The arguments of `generate`, with n > 0; each is taken from the iterator when its turn comes.

        Yields:
            Number of a request (from 0), its completions, and the seconds spent on them.

        Raises:
            ModelError: If a request fails; requests that were answered before it are yielded first.
        """
        ...

    def close(self) -> None:
        """Free what the model holds. It cannot be used afterwards."""
        ...


class Oracle(Protocol):
    """Decides about sources: it runs them or reads them (an *executed* or a *static* oracle)."""

    name: str

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one Check per source, in order, always; never fewer. Failures are Checks with `analysed=False`."""
        ...
