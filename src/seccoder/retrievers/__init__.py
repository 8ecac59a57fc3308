"""Loads retrievers, which rank the demonstrations of a secure codebase for a query (paper, step 2).

`load("hybrid", codebase)` gives one by name: `none`, `random`, `bm25` (`bm25:whitespace` for the paper's tokens),
`dense` (LSA; `dense:minilm`, `dense:instructor-large`, `dense:instructor-xl`, `dense:PATH` for a transformer) and
`hybrid`, the default. To add one, write a scorer and a line in `retrievers`.
"""

from typing import TYPE_CHECKING

from seccoder.code import lazy
from seccoder.errors import UsageError
from seccoder.types import Hit, Query, Retriever

if TYPE_CHECKING:
    from seccoder.retrievers.ranked import Corpus, Scorer

# The name of a retriever -> its scorer (`seccoder.retrievers.ranked.Scorer`).
retrievers: dict[str, str] = {
    "random": "seccoder.retrievers.random:RandomScorer",
    "bm25": "seccoder.retrievers.bm25:Bm25Scorer",
    "dense": "seccoder.retrievers.dense:DenseScorer",
    "hybrid": "seccoder.retrievers.hybrid:HybridScorer",
}


class NoRetriever:
    """The retriever of the arm without retrieval; it never finds anything."""

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
        name: `none` or a key of `retrievers`; some of them take an option after a colon.
        codebase: The secure codebase. What is derived from it (index, fitted LSA, vectors) is stored in it if it is
            writable.
        seed: The seed of `random`.
        language_filter: Whether hits are only in the language family of the query.
        diversify: Whether one demonstration per CWE comes before any repeats; None means for `hybrid` only.

    Raises:
        UsageError: If there is no retriever of that name or option.
        MissingExtra: If its embedder needs an extra that is not installed.
        ModelError: If its embedder cannot be loaded.
    """
    if name == "none":
        return NoRetriever()
    kind, _, option = name.partition(":")
    if kind not in retrievers:
        raise UsageError(f"unknown retriever {name!r}; known: none, {', '.join(retrievers)}, dense:EMBEDDER")
    scorer: type[Scorer] = lazy.load(retrievers, kind)
    if option and scorer.options is not None and option not in scorer.options:
        known = ", ".join(f"{kind}:{each}" for each in scorer.options) or f"only {kind}"
        raise UsageError(f"unknown retriever {name!r}; known: {known}")
    diversify = scorer.diversify if diversify is None else diversify
    if kind == "hybrid":
        from seccoder.retrievers.lists import Indexed, ListRetriever

        if isinstance(codebase, Indexed) and (shelf := codebase.shelf()) is not None:
            return ListRetriever(name, shelf, language_filter, diversify)
    from seccoder.retrievers.ranked import Ranked

    demonstrations = codebase.demonstrations()
    return Ranked(
        name,
        demonstrations,
        scorer.make(codebase, demonstrations, option, seed),
        threshold=scorer.threshold,
        language_filter=language_filter,
        diversify=diversify,
    )
