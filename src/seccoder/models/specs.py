"""Reads specs without loading anything: what was trained on top of an `hf:` model, and how a model here is asked."""

import re
from dataclasses import dataclass
from pathlib import Path

_SPEC = re.compile(r"(?P<model>.+?)\+(?P<kind>sven-sec|sven-vul|safecoder):(?P<folder>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Adapter:
    """What is on top of a model: `sven-sec`, `sven-vul` or `safecoder`, and the folder it was trained into."""

    kind: str
    folder: Path


def split(name: str) -> tuple[str, Adapter | None]:
    """Split a name into the name of the model and the adapter on top of it, which is None if there is none."""
    match = _SPEC.fullmatch(name)
    if match is None:
        return name, None
    return match["model"], Adapter(match["kind"], Path(match["folder"]).expanduser())


def way(spec: str) -> tuple[str, bool | None]:
    """Split `?chat` (True) or `?completions` (False) from the spec of a model run here; None if neither is there."""
    for mark, chat in (("?chat", True), ("?completions", False)):
        if spec.endswith(mark):
            return spec.removesuffix(mark), chat
    return spec, None
