"""Names the models that run in this process without a path, and finds or fetches their files in the user's cache.

`embedded` is the first of `NAMES`; `embedded:NAME` is any of them. Each module that fetches one knows its hash.
"""

from pathlib import Path

from seccoder.errors import ModelError, UsageError
from seccoder.models.embedded import qwen, requantise, smollm2
from seccoder.types import Progress

NAMES = {
    qwen.SMALL.name: "Qwen2.5-Coder-0.5B-Instruct, the embedded model (491 MB)",
    qwen.LARGE.name: "Qwen2.5-Coder-1.5B-Instruct, the larger one (1.1 GB)",
    "smollm2": "SmolLM2-135M-Instruct, the smallest one (89 MB)",
}
DEFAULT = qwen.SMALL.name
_Q5_0 = {qwen.SMALL.name}  # these have most weights in a format that llama.cpp computes slowly
_QWEN = {weights.name: weights for weights in (qwen.SMALL, qwen.LARGE)}


def installed(name: str) -> Path | None:
    """Return the path of a model's file in the user's cache, or None; the file is not read."""
    if name not in NAMES:
        return None
    return qwen.installed(_QWEN[name]) if name in _QWEN else smollm2.installed()


def fetch(name: str, from_path: Path | None = None, on_progress: Progress | None = None) -> Path:
    """Bring a model's file into the user's cache, unless it is there; see `qwen.fetch` and `smollm2.fetch`."""
    if name in _QWEN:
        return qwen.fetch(_QWEN[name], from_path, on_progress)
    return smollm2.fetch(from_path, on_progress)


def path_of(spec: str) -> Path:
    """Return the file that `embedded` or `embedded:NAME` stands for.

    Raises:
        UsageError: If no embedded model has that name.
        ModelError: If it has not been pulled.
    """
    name = spec.partition(":")[2] or DEFAULT
    if name not in NAMES:
        raise UsageError(f"unknown model 'embedded:{name}'; known: {', '.join(f'embedded:{each}' for each in NAMES)}")
    if (path := installed(name)) is not None:
        return path
    smaller = "; embedded:smollm2 is here" if name != "smollm2" and smollm2.installed() else ""
    raise ModelError(f"the embedded model {name} is not here yet; get it with: seccoder data pull {name}{smaller}")


def fast_path_of(spec: str) -> Path:
    """Return the file for llama.cpp: the same weights, in the format that it computes faster where there is one.

    Raises:
        UsageError: If no embedded model has that name.
        MissingExtra: If the extra `embedded` is not installed.
        ModelError: If it has not been pulled.
    """
    path = path_of(spec)
    return requantise.lossless(path) if (spec.partition(":")[2] or DEFAULT) in _Q5_0 else path
