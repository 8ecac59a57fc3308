"""Embedders: turn demonstrations and queries into unit vectors.

`lsa` is fitted on the secure codebase itself and needs nothing else (`seccoder.retrievers.dense.lsa` gives one);
`load(name)` gives a pretrained one through sentence-transformers: `minilm`, `instructor-large`, `instructor-xl`, or the
path of a model folder.
"""

from functools import lru_cache

from seccoder.types import Embedder


@lru_cache(maxsize=2)  # a model is hundreds of megabytes and takes seconds to load
def load(name: str) -> Embedder:
    """Load a pretrained embedder by name or path.

    Raises:
        UsageError: If the name is neither known nor a folder.
        MissingExtra: If sentence-transformers is not installed.
        ModelError: If the model cannot be loaded.
    """
    from seccoder.retrievers.embedders.sentence_transformers import load as load_transformer

    return load_transformer(name)
