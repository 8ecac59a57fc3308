"""Loads what training puts on top of a transformers model: SVEN's two prefixes and SafeCoder's adapter.

It takes the loaded model and the folder that its spec names (`PATH+sven-sec:FOLDER`, `+sven-vul:FOLDER`,
`+safecoder:FOLDER`). It returns a prefix, as tensors and as a key-value cache, or the model with the adapter merged
into it.

Two layouts of prefixes are read. Ours is peft's, with one folder `secure` and one `vulnerable`. SVEN's published one is
a `pytorch_model.bin` with a tensor for each prefix, layer, and keys or values, in that order of nesting. Shapes are
checked against what the model itself caches. Nothing tells whether a prefix was trained on this model's weights.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seccoder.errors import MissingExtra, ModelError
from seccoder.models.specs import Adapter

SECURE, VULNERABLE = "secure", "vulnerable"
_PREFIXES = {"sven-sec": SECURE, "sven-vul": VULNERABLE}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a model caches per token: how many layers, key heads per layer, and numbers per head."""

    layers: int
    heads: int
    width: int


def shape_of(model: Any) -> Shape:
    """Ask a model for its shape by running one token: configurations spell it in too many ways."""
    import torch

    with torch.no_grad():
        cache = model(torch.zeros((1, 1), dtype=torch.long, device=model.device), use_cache=True).past_key_values
    keys, values = cache.layers[0].keys, cache.layers[0].values
    if keys.shape != values.shape or any(layer.keys.shape != keys.shape for layer in cache.layers):
        raise ModelError("this model's layers cache keys and values of different shapes; prefixes cannot be put before")
    return Shape(len(cache.layers), keys.shape[1], keys.shape[3])


def load_prefix(adapter: Adapter, model: Any) -> Any:
    """Read a prefix for a model.

    Returns:
        A float32 tensor (2 x layers, heads, tokens, width): keys and values of each layer in turn.

    Raises:
        ModelError: If there is no prefix in the folder, or it does not have the model's shape.
    """
    which = _PREFIXES[adapter.kind]
    published = next(
        (path for path in (adapter.folder / "pytorch_model.bin", adapter.folder / "checkpoint-last/pytorch_model.bin")
         if path.is_file()), None)  # fmt: skip
    prefix = _read_published(published, which) if published else _read_ours(adapter.folder / which)
    shape = shape_of(model)
    found = (prefix.shape[0] / 2, prefix.shape[1], prefix.shape[3])
    if found != (shape.layers, shape.heads, shape.width):
        raise ModelError(
            f"{adapter.folder} holds a prefix for {prefix.shape[0] // 2} layers of {prefix.shape[1]} x "
            f"{prefix.shape[3]}, and the model has {shape.layers} of {shape.heads} x {shape.width}"
        )
    return prefix


def _read_published(path: Path, which: str) -> Any:
    """Read SVEN's own file: the secure prefix is its first half, the vulnerable one its second."""
    import torch

    try:
        tensors = torch.load(path, map_location="cpu", weights_only=True)
        ordered = [tensors[str(i)].float() for i in range(len(tensors))]
        half = len(ordered) // 2
        if not ordered or len(ordered) % 4:
            raise ValueError(f"{len(ordered)} tensors are not two prefixes")
        prefix = torch.stack(ordered[:half] if which == SECURE else ordered[half:])
        if prefix.dim() != 4:
            raise ValueError("its tensors do not have three dimensions")
    except Exception as error:  # torch.load raises whatever the pickle makes it raise
        raise ModelError(f"{path} holds no SVEN prefixes: {' '.join(str(error).split())[:200]}") from None
    return prefix


def _read_ours(folder: Path) -> Any:
    import json

    try:
        from safetensors.torch import load_file

        config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
        flat = load_file(folder / "adapter_model.safetensors")["prompt_embeddings"].float()
        heads, layers = config["num_attention_heads"], config["num_layers"]
        return from_flat(flat, layers, heads)
    except Exception as error:  # safetensors raises its own kind
        raise ModelError(f"{folder} holds no prefix: {' '.join(str(error).split())[:200]}") from None


def from_flat(flat: Any, layers: int, heads: int) -> Any:
    """Turn peft's table of one row per prefix token into a tensor (2 x layers, heads, tokens, width)."""
    return flat.view(flat.shape[0], 2 * layers, heads, -1).permute(1, 2, 0, 3)


def cache_of(prefixes: list[Any], model: Any) -> Any:
    """Make a key-value cache that begins with a prefix, one row per prefix. Gradients reach the prefixes through it."""
    import torch
    from transformers import DynamicCache

    stacked = torch.stack(prefixes, dim=1).to(device=model.device, dtype=model.dtype)
    return DynamicCache(list(zip(stacked[0::2], stacked[1::2], strict=True)))


def merge(adapter: Adapter, model: Any) -> Any:
    """Return the model with a SafeCoder adapter added into its weights, which is as fast as the model alone.

    Raises:
        MissingExtra: If peft is not installed.
        ModelError: If the folder holds no adapter for this model.
    """
    try:
        from peft import PeftModel
    except ImportError:
        raise MissingExtra("a SafeCoder adapter", "train") from None
    if not (adapter.folder / "adapter_config.json").is_file():
        raise ModelError(f"{adapter.folder} holds no adapter (no adapter_config.json)")
    try:
        return PeftModel.from_pretrained(model, str(adapter.folder)).merge_and_unload()
    except (OSError, ValueError, KeyError, RuntimeError, AttributeError) as error:
        raise ModelError(f"cannot put {adapter.folder} on the model: {' '.join(str(error).split())[:200]}") from None
