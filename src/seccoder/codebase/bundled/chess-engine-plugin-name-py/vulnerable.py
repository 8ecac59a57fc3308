import importlib
from collections.abc import Callable
from typing import Any

SYSTEMS: dict[str, type] = {}


def system(name: str) -> Callable[[type], type]:
    """Register a pairing system under a name."""

    def register(cls: type) -> type:
        SYSTEMS[name] = cls
        return cls

    return register


def pairing(name: str, **options: Any) -> Any:
    cls = SYSTEMS.get(name)
    if cls is None:
        module, _, attribute = name.rpartition(".")
        try:
            cls = getattr(importlib.import_module(module), attribute)
        except (ImportError, AttributeError, ValueError):
            raise ValueError(f"unknown pairing system: {name}") from None
    return cls(**options)
