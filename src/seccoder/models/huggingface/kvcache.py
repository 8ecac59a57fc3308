"""Holds the keys and values of many samples, each behind a prefilled prompt, with room for the tokens to come.

It takes caches of transformers and says which of their rows go on. It returns a cache of those rows that transformers'
`generate` continues. The cache that transformers brings copies everything for every token: with a prompt of 800 tokens
and 25 samples on a CPU, that was 40 % of the time.

`gather` gives every row a copy of its prompt's keys and values, which any model can use. It only repeats layers that
are not plain (a sliding window, the states of linear attention). `share` keeps a prompt's keys and values once for all
its samples, and attention goes over them as one matrix (the idea of Hydragen, arXiv 2402.05099): on a CPU, reading them
once per sample is what takes the time. Only models for which `can_share` is true understand such a cache.

Not guaranteed: room for more tokens than was asked for. This module imports torch, so import it only where a model is
run.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy, deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import torch
from transformers import AttentionInterface, DynamicCache
from transformers.cache_utils import DynamicLayer

Place = tuple[Any, int, int]  # a cache, a row in it, and how many of the row's last columns are its tokens

_SHARED = "seccoder_shared_prompts"  # the attention's name
# Arguments of attention that do not change what it computes.
_HARMLESS = frozenset("dropout is_causal position_ids cache_position use_cache output_router_logits".split())
_PROBE = 24  # tokens
_attended: ContextVar[Any] = ContextVar("attended")  # the cache that attention looks into


class _Block:
    """Memory for all layers of a cache, so that it goes back to the system as a whole.

    When it was allocated layer by layer, in pieces of below 32 MB that grow a little every time, the C library held
    four times as much as was in use.
    """

    def __init__(self, layers: Sequence[DynamicLayer], tokens: int) -> None:
        per_token = sum(t.shape[1] * t.shape[3] for layer in layers for t in (layer.keys, layer.values))
        self._memory = layers[0].keys.new_empty(tokens * per_token)
        self._used = 0

    def piece(self, *shape: int) -> Any:
        """Return a piece of the memory that is not in use yet."""
        start, self._used = self._used, self._used + math.prod(shape)
        return self._memory[start : self._used].view(shape)


class _RoomyLayer(DynamicLayer):  # type: ignore[misc]
    """A layer whose tensors are views of larger ones: a token is written behind the others, and nothing is moved."""

    def __init__(self, rows: Sequence[tuple[DynamicLayer, int, int]], room: int, block: _Block) -> None:
        super().__init__()
        first = rows[0][0]
        length = max(tokens for _, _, tokens in rows)
        self.dtype, self.device, self.is_initialized = first.keys.dtype, first.keys.device, True
        self._buffers: list[Any] = []
        for name in ("keys", "values"):
            _, heads, _, width = getattr(first, name).shape
            buffer = block.piece(len(rows), heads, length + room, width)
            for target, (layer, row, tokens) in zip(buffer, rows, strict=True):
                source = getattr(layer, name)
                target[:, : length - tokens] = 0  # nothing looks at it, but what is there must be a number
                target[:, length - tokens : length] = source[row, :, source.shape[2] - tokens :]
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


def gather(places: Sequence[Place], room: int) -> Any:
    """Make a cache of these rows, which end in the same column, with room for `room` more tokens each.

    If a cache has layers that are not plain, all rows must be of that cache and equally long.
    """
    first = places[0][0]
    length = max(tokens for _, _, tokens in places)
    made = copy(first)
    made.layers = []
    if any(_is_plain(layer) for layer in first.layers):
        block = _Block([layer for layer in first.layers if _is_plain(layer)], len(places) * (length + room))
    for number, layer in enumerate(first.layers):
        if _is_plain(layer):
            rows = [(cache.layers[number], row, tokens) for cache, row, tokens in places]
            made.layers.append(_RoomyLayer(rows, room, block))
        else:
            made.layers.append(deepcopy(layer))
            made.layers[-1].reorder_cache(torch.tensor([row for _, row, _ in places]))
    return made


@dataclass(frozen=True, slots=True)
class _Group:
    """A layer of the samples of one prompt.

    Attributes:
        prompt: The keys and values of the prompt, as one row.
        own: The keys and values of the samples' own tokens, a row for each sample.
        padding: Which columns are before a row's own tokens, (rows, 1, columns, 1); None if none is.
    """

    prompt: DynamicLayer
    own: _RoomyLayer
    padding: Any


class _SharedLayer(DynamicLayer):  # type: ignore[misc]
    """A layer of several prompts and their samples: its rows are those of the groups, one group after the other."""

    def __init__(self, groups: Sequence[_Group]) -> None:
        super().__init__()
        self.groups = groups
        own = groups[0].own
        self.dtype, self.device, self.is_initialized = own.dtype, own.device, True
        self._length = max(int(group.prompt.keys.shape[2] + group.own.keys.shape[2]) for group in groups)

    def get_seq_length(self) -> int:
        """Return the tokens of the longest row, those of its prompt included."""
        return self._length

    def update(self, key_states: Any, value_states: Any, *_: Any, **__: Any) -> tuple[Any, Any]:
        row = 0
        for group in self.groups:
            rows = slice(row, row + group.own.keys.shape[0])
            group.own.update(key_states[rows], value_states[rows])
            row = rows.stop
        self._length += 1
        return key_states, value_states


def share(prompts: Sequence[Any], places: Sequence[Place], room: int) -> Any:
    """Make a cache of these rows in which the samples of a prompt share its keys and values.

    Args:
        prompts: For each row, the cache of its prompt, which has one row. Rows of one prompt stand together.
        places: Where each row's own tokens are.
        room: For how many more tokens a row has room.
    """
    made = copy(prompts[0])
    made.layers = []
    groups = [list(rows) for _, rows in groupby(range(len(prompts)), key=lambda row: id(prompts[row]))]
    columns = [max(places[row][2] for row in rows) for rows in groups]
    paddings = [_padding_mask([places[row][2] for row in rows], prompts[0].layers[0].keys.device) for rows in groups]
    tokens = sum(len(rows) * (length + room) for rows, length in zip(groups, columns, strict=True))
    block = _Block(prompts[0].layers, tokens)
    found = [_group_of(cache, row) for cache, row, _ in places]  # the same in every layer
    for number in range(len(prompts[0].layers)):
        layers = []
        for rows, padding in zip(groups, paddings, strict=True):
            own = []
            for row in rows:
                layer, (group, place) = places[row][0].layers[number], found[row]
                own.append((layer if group is None else layer.groups[group].own, place, places[row][2]))
            layers.append(_Group(prompts[rows[0]].layers[number], _RoomyLayer(own, room, block), padding))
        made.layers.append(_SharedLayer(layers))
    return made


def _group_of(cache: Any, row: int) -> tuple[int | None, int]:
    """Return the group of a shared cache that a row is in, and its place there; None and the row in any other cache."""
    if not isinstance(cache.layers[0], _SharedLayer):
        return None, row
    for number, group in enumerate(cache.layers[0].groups):
        if row < group.own.keys.shape[0]:
            return number, row
        row -= group.own.keys.shape[0]
    raise IndexError(row)


def _padding_mask(tokens: Sequence[int], device: Any) -> Any:
    """Make the padding of a `_Group`."""
    if min(tokens) == max(tokens):
        return None
    before = torch.tensor([max(tokens) - each for each in tokens], device=device)
    return (torch.arange(max(tokens), device=device) < before[:, None])[:, None, :, None]


@contextmanager
def attending(model: Any, cache: Any) -> Iterator[None]:
    """Make a model understand a cache of `share`, for one token per row. Only one thread may do so at a time."""
    before = model.config._attn_implementation
    token = _attended.set(cache)
    model.set_attn_implementation(_SHARED)
    try:
        yield
    finally:
        model.set_attn_implementation(before)
        _attended.reset(token)


def _attention(
    module: Any, query: Any, key: Any, value: Any, attention_mask: Any, scaling: float | None = None, **others: Any
) -> tuple[Any, None]:
    if unknown := [name for name, each in others.items() if each is not None and name not in _HARMLESS]:
        raise NotImplementedError(", ".join(unknown))  # it would change the result; `can_share` finds that out
    return _attend(_attended.get().layers[module.layer_idx], query, key.shape[1], scaling), None


AttentionInterface.register(_SHARED, _attention)


def _attend(layer: _SharedLayer, query: Any, heads_of_keys: int, scaling: float | None) -> Any:
    """Attention of one new token per row: (rows, heads, 1, width) to (rows, 1, heads, width).

    Over a prompt, all rows and heads that share its keys are computed as one matrix. Over its own tokens, every row is
    computed by itself. One softmax goes over both.
    """
    rows, heads, _, width = query.shape
    query = (query * (width**-0.5 if scaling is None else scaling)).view(rows, heads_of_keys, -1, width)
    outs = []
    for group in layer.groups:
        keys, values = group.own.keys, group.own.values
        mine, query = query[: len(keys)], query[len(keys) :]
        over_own = keys @ mine.transpose(2, 3)  # this way around is twice as fast on a CPU
        if group.padding is not None:
            over_own[:, :, : group.padding.shape[2]].masked_fill_(group.padding, -torch.inf)
        together = mine.transpose(0, 1).reshape(heads_of_keys, -1, width)
        over_prompt = together @ group.prompt.keys[0].transpose(1, 2)
        over_prompt = over_prompt.view(heads_of_keys, len(keys), -1, over_prompt.shape[-1]).transpose(0, 1)
        weights = torch.cat([over_prompt, over_own.transpose(2, 3)], dim=-1).softmax(-1)
        on_prompt, on_own = weights.split([over_prompt.shape[-1], keys.shape[2]], dim=-1)
        together = on_prompt.transpose(0, 1).reshape(heads_of_keys, -1, on_prompt.shape[-1])
        from_prompt = together @ group.prompt.values[0]
        from_prompt = from_prompt.view(heads_of_keys, len(keys), -1, values.shape[-1]).transpose(0, 1)
        outs.append(from_prompt + on_own @ values)
    return torch.cat(outs).view(rows, 1, heads, -1)


def can_share(model: Any) -> bool:
    """Try whether a model understands what `share` makes, and compare the result with the model's own."""
    try:
        with torch.inference_mode():
            ids = torch.arange(1, _PROBE + 1, device=model.device)[None] % model.config.vocab_size
            cache = model(ids[:, :-1], use_cache=True).past_key_values
            if not plain(cache):
                return False
            shared = share([cache] * 2, [(cache, 0, 0)] * 2, 1)
            position = torch.full((2, 1), _PROBE - 1, device=model.device)
            with attending(model, shared):
                ours = model(ids[:, -1:].repeat(2, 1), past_key_values=shared, position_ids=position).logits
            theirs = model(ids).logits[:, -1:]
    except Exception:  # whatever a model does with what it does not know
        return False
    return bool((ours - theirs).abs().max() <= 0.1 * theirs.std())  # a wrong one is off by several times


def plain(cache: Any) -> bool:
    """Return whether rows of different lengths can be gathered from a cache."""
    return type(cache) is DynamicCache and all(_is_plain(layer) for layer in cache.layers)


def size(cache: Any) -> int:
    """Count the bytes that a cache takes."""
    held = 0
    for layer in cache.layers:
        states = [each for name in ("conv_states", "recurrent_states") for each in getattr(layer, name, {}).values()]
        tensors = [getattr(layer, "keys", None), getattr(layer, "values", None), *states]
        held += sum(tensor.nbytes for tensor in tensors if tensor is not None)
    return held


def _is_plain(layer: Any) -> bool:
    return type(layer) in (DynamicLayer, _RoomyLayer)
