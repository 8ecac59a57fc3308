"""Imports an implementation by its name, at the moment when it is asked for.

An index is a dictionary from a name to a place, `module:attribute`. Importing an index imports none of its entries.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any


def load(index: Mapping[str, str], name: str) -> Any:
    """Import and return what a name stands for in an index. The caller has checked that the name is in it."""
    module, _, attribute = index[name].partition(":")
    return getattr(import_module(module), attribute)
