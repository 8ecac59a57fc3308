"""Keys and values of samples that were begun from one prefilled prompt, with room for the tokens to come.

In flow the cache of a prompt, one row; out flows a cache of many rows that transformers' `generate` continues.
Its own cache copies everything for every token: with a prompt of 800 tokens and 25 samples on a CPU, that was 40 % of
the time. Layers that are not plain (a sliding window, the states of linear attention) are repeated as they are. Not
guaranteed: room for more tokens than was asked for. Imports torch; import it where a model is run.
"""

from copy import copy, deepcopy
from typing import Any

import torch
from transformers.cache_utils import DynamicLayer


class _RoomyLayer(DynamicLayer):  # type: ignore[misc]
    """A layer whose tensors are views of larger ones: a token is written behind the others, and nothing is moved."""

    def __init__(self, layer: DynamicLayer, rows: int, room: int) -> None:
        super().__init__()
        self.dtype, self.device, self.is_initialized = layer.keys.dtype, layer.keys.device, True
        length = layer.keys.shape[-2]
        self._buffers: list[Any] = []
        for tensor in (layer.keys, layer.values):
            buffer = tensor.new_empty((rows, tensor.shape[1], length + room, tensor.shape[3]))
            buffer[:, :, :length] = tensor
            self._buffers.append(buffer)
        self._show(length)

    def _show(self, length: int) -> None:
        self.keys, self.values = (buffer[:, :, :length] for buffer in self._buffers)

    def update(self, key_states: Any, value_states: Any, *_: Any, **__: Any) -> tuple[Any, Any]:
        start = self.keys.shape[-2]
        end = start + key_states.shape[-2]
        for buffer, states in zip(self._buffers, (key_states, value_states), strict=True):
            buffer[:, :, start:end] = states
        self._show(end)
        return self.keys, self.values

    def reorder_cache(self, beam_idx: Any) -> None:
        length = self.keys.shape[-2]
        self._buffers = [buffer.index_select(0, beam_idx.to(buffer.device)) for buffer in self._buffers]
        self._show(length)


def repeated(cache: Any, rows: int, room: int) -> Any:
    """The cache for `rows` samples and `room` more tokens each; the one given stays as it is."""
    made = copy(cache)
    made.layers = []
    for layer in cache.layers:
        if type(layer) is DynamicLayer:
            made.layers.append(_RoomyLayer(layer, rows, room))
        else:
            made.layers.append(deepcopy(layer))
            made.layers[-1].reorder_cache(torch.zeros(rows, dtype=torch.long))
    return made


def size(cache: Any) -> int:
    """Bytes that a cache takes."""
    held = 0
    for layer in cache.layers:
        states = [each for name in ("conv_states", "recurrent_states") for each in getattr(layer, name, {}).values()]
        tensors = [getattr(layer, "keys", None), getattr(layer, "values", None), *states]
        held += sum(tensor.nbytes for tensor in tensors if tensor is not None)
    return held
