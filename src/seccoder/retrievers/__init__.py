"""Retrievers: rank the demonstrations of a secure codebase for a query (paper, step 2).

`load("hybrid", codebase)` gives one by name: `none`, `random`, `bm25` (`bm25:whitespace` for the paper's tokens),
`dense` (LSA; `dense:minilm`, `dense:instructor-large`, `dense:instructor-xl`, `dense:PATH` for a transformer) and
`hybrid`, the default. To add one, write a scorer and a line in `retrievers`.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from seccoder.errors import UsageError
from seccoder.types import Demonstration, Hit, Query, Retriever

if TYPE_CHECKING:
    from seccoder.retrievers.ranked import Corpus, Scorer

Loader = Callable[["Corpus", Sequence[Demonstration], str, int], "Scorer"]


def _random(corpus: "Corpus", demonstrations: Sequence[Demonstration], option: str, seed: int) -> "Scorer":
    from seccoder.retrievers.random import RandomScorer

    return RandomScorer([demonstration.id for demonstration in demonstrations], seed)


def _bm25(corpus: "Corpus", demonstrations: Sequence[Demonstration], option: str, seed: int) -> "Scorer":
    from seccoder.retrievers.bm25 import Bm25Scorer

    return Bm25Scorer(corpus, demonstrations, option or "code")


def _dense(corpus: "Corpus", demonstrations: Sequence[Demonstration], option: str, seed: int) -> "Scorer":
    from seccoder.retrievers.dense import DenseScorer, lsa

    if option in {"", "lsa"}:
        return DenseScorer(corpus, demonstrations, lsa(corpus, demonstrations))
    from seccoder.retrievers import embedders

    return DenseScorer(corpus, demonstrations, embedders.load(option))


def _hybrid(corpus: "Corpus", demonstrations: Sequence[Demonstration], option: str, seed: int) -> "Scorer":
    from seccoder.retrievers.hybrid import HybridScorer

    return HybridScorer(corpus, demonstrations)


# Name -> what makes its scorer, the options it takes after a colon (None: any), its threshold, and whether it
# shows one demonstration per CWE before any repeats.
retrievers: dict[str, tuple[Loader, tuple[str, ...] | None, float, bool]] = {
    "random": (_random, (), 0.0, False),
    "bm25": (_bm25, ("code", "whitespace"), 0.01, False),
    "dense": (_dense, None, 0.01, False),
    "hybrid": (_hybrid, (), 0.08, True),
}


class NoRetriever:
    """The arm without retrieval: never a hit."""

    name = "none"
    threshold = 0.0

    def search(self, query: Query, k: int) -> list[Hit]:
        """Return nothing."""
        return []


def load(
    name: str, codebase: "Corpus", *, seed: int = 0, language_filter: bool = True, diversify: bool | None = None
) -> Retriever:
    """Load a retriever over a secure codebase.

    Args:
        name: One of `none` and the keys of `retrievers`, where it says so with an option behind a colon.
        codebase: The secure codebase. What is derived from it (index, fitted LSA, vectors) is stored in it if it is
            writable.
        seed: For `random`.
        language_filter: Only demonstrations in the language family of the query.
        diversify: One demonstration per CWE before any repeats; None: on for `hybrid` only.

    Raises:
        UsageError: If there is no retriever of that name or option.
        MissingExtra: If its embedder needs one that is not installed.
        ModelError: If its embedder cannot be loaded.
    """
    if name == "none":
        return NoRetriever()
    kind, _, option = name.partition(":")
    if kind not in retrievers:
        raise UsageError(f"unknown retriever {name!r}; known: none, {', '.join(retrievers)}, dense:EMBEDDER")
    make, options, threshold, spread = retrievers[kind]
    if option and options is not None and option not in options:
        known = ", ".join(f"{kind}:{each}" for each in options) or f"only {kind}"
        raise UsageError(f"unknown retriever {name!r}; known: {known}")
    from seccoder.retrievers.ranked import Ranked

    demonstrations = codebase.demonstrations()
    return Ranked(
        name,
        demonstrations,
        make(codebase, demonstrations, option, seed),
        threshold=threshold,
        language_filter=language_filter,
        diversify=spread if diversify is None else diversify,
    )
