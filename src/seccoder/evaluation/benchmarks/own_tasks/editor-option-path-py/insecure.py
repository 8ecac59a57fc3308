from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any


@dataclass
class View:
    """How the text is shown."""

    font: str = "Mono"
    font_size: int = 12
    line_height: float = 1.2
    wrap: bool = True


@dataclass
class Settings:
    """All settings of the editor; more groups are to come."""

    view: View = field(default_factory=View)
    autosave_seconds: int = 30


def set_option(settings: Any, name: str, text: str) -> None:
    """Set an option as typed on the editor's command line: `set view.font_size 14`.

    Args:
        settings: Settings, possibly with further nested dataclasses.
        name: Name of the option; dots lead into groups.
        text: The new value as typed, converted to the kind of the present one: texts as they are, int, float, and
            "on" or "off" for bool.

    Raises:
        KeyError: If there is no such option, or it is a group.
        ValueError: If the text is no such value.
    """
    *groups, last = name.split(".")
    target = settings
    try:
        for group in groups:
            target = getattr(target, group)
        old = getattr(target, last)
    except AttributeError:
        raise KeyError(name) from None
    if is_dataclass(old):
        raise KeyError(name)
    if isinstance(old, bool):
        if text not in ("on", "off"):
            raise ValueError(text)
        value: Any = text == "on"
    else:
        value = type(old)(text)
    setattr(target, last, value)
