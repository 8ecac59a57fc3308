"""Names of implementations, imported when they are asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any


def load(index: Mapping[str, str], name: str) -> Any:
    """What a name stands for in an index of `module:attribute` places. The caller has checked that it is there."""
    module, _, attribute = index[name].partition(":")
    return getattr(import_module(module), attribute)
