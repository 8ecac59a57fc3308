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
    # A name is a key of this table and no path to code: what is not registered cannot be made.
    cls = SYSTEMS.get(name)
    if cls is None:
        raise ValueError(f"unknown pairing system: {name}")
    return cls(**options)
