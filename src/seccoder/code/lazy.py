"""Names of implementations, which are imported when they are asked for.

An index is a dictionary from a name to a place, `module:attribute`. Importing an index imports none of its entries.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any


def load(index: Mapping[str, str], name: str) -> Any:
    """What a name stands for in an index. The caller has checked that the name is there."""
    module, _, attribute = index[name].partition(":")
    return getattr(import_module(module), attribute)
