"""Loads embedders, which turn demonstrations and queries into unit vectors.

`lsa` is fitted on the secure codebase itself and needs nothing else (`seccoder.retrievers.dense.lsa` gives one).
`load(name)` gives one that was trained elsewhere: `minilm`, `instructor-large`, `instructor-xl`, or the path of a model
folder. To add one, write a function that makes it and a line in `embedders`.
"""

from functools import lru_cache

from seccoder.code import lazy
from seccoder.types import Embedder

_TRANSFORMERS = "seccoder.retrievers.embedders.sentence_transformers:load"  # also for a folder

# The name of an embedder -> the function that makes it, given the name.
embedders: dict[str, str] = {
    "minilm": _TRANSFORMERS,
    "instructor-large": _TRANSFORMERS,
    "instructor-xl": _TRANSFORMERS,
}


@lru_cache(maxsize=2)  # a model is hundreds of megabytes and takes seconds to load
def load(name: str) -> Embedder:
    """Load an embedder by name or path.

    Raises:
        UsageError: If the name is neither known nor a folder.
        MissingExtra: If sentence-transformers is not installed.
        ModelError: If the model cannot be loaded.
    """
    embedder: Embedder = lazy.load({name: embedders.get(name, _TRANSFORMERS)}, name)(name)
    return embedder
