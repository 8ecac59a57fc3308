"""Keys and values of many samples: rows that begin with a prefilled prompt each, with room for the tokens to come.

In flow caches of transformers and which of their rows go on; out flows a cache of those rows that its `generate`
continues. Its own cache copies everything for every token: with a prompt of 800 tokens and 25 samples on a CPU, that
was 40 % of the time.

`gather` gives every row a copy of its prompt's keys and values, which any model can use, and no more than repeats
layers that are not plain (a sliding window, the states of linear attention). `share` keeps a prompt's once for all its
samples, and attention goes over them as one matrix (the idea of Hydragen, arXiv 2402.05099): on a CPU, reading them
once per sample is what takes the time. Only models for which `can_share` is true understand it. Not guaranteed: room
for more tokens than was asked for. Imports torch; import it where a model is run.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy, deepcopy
from itertools import groupby
from typing import Any

import torch
from transformers import AttentionInterface
from transformers.cache_utils import DynamicLayer

Place = tuple[Any, int, int]  # a cache, a row of it, and how many tokens that row has, the last ones

_SHARED = "seccoder_shared_prompts"  # the attention's name
_HARMLESS = {"dropout", "is_causal", "position_ids", "cache_position", "use_cache"}  # what attention may be told
_PROBE = 24  # tokens


class _Block:
    """Memory for all layers of a cache, so that it goes back to the system as a whole.

    Allocated layer by layer, pieces of below 32 MB that grow a little every time left the C library with four times
    as much as was in use.
    """

    def __init__(self, layers: Sequence[DynamicLayer], rows: int, tokens: int) -> None:
        self._rows, self._tokens, self._used = rows, tokens, 0
        per_token = sum(t.shape[1] * t.shape[3] for layer in layers for t in (layer.keys, layer.values))
        self._memory = layers[0].keys.new_empty(rows * tokens * per_token)

    def piece(self, like: Any) -> Any:
        """For keys or values of a layer, (rows, heads, tokens, width)."""
        shape = self._rows, like.shape[1], self._tokens, like.shape[3]
        start, self._used = self._used, self._used + math.prod(shape)
        return self._memory[start : self._used].view(shape)


class _RoomyLayer(DynamicLayer):  # type: ignore[misc]
    """A layer whose tensors are views of larger ones: a token is written behind the others, and nothing is moved."""

    def __init__(self, rows: Sequence[tuple[DynamicLayer, int, int]], length: int, block: _Block) -> None:
        super().__init__()
        first = rows[0][0]
        self.dtype, self.device, self.is_initialized = first.keys.dtype, first.keys.device, True
        self._buffers: list[Any] = []
        for name in ("keys", "values"):
            buffer = block.piece(getattr(first, name))
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
    """A cache with these rows, which end in the same column, and with room for so many more tokens each.

    If a cache has layers that are not plain, all rows are of that cache and equally long.
    """
    first = places[0][0]
    length = max(tokens for _, _, tokens in places)
    made = copy(first)
    made.layers = []
    if any(_is_plain(layer) for layer in first.layers):
        block = _Block([layer for layer in first.layers if _is_plain(layer)], len(places), length + room)
    for number, layer in enumerate(first.layers):
        if _is_plain(layer):
            rows = [(cache.layers[number], row, tokens) for cache, row, tokens in places]
            made.layers.append(_RoomyLayer(rows, length, block))
        else:
            made.layers.append(deepcopy(layer))
            made.layers[-1].reorder_cache(torch.tensor([row for _, row, _ in places]))
    return made


class _SharedLayer(_RoomyLayer):
    """The rows' own tokens, behind the prompts that several rows have in common.

    Attributes:
        prompts: Of rows (from, to): the prompt's layer.
        padding: Which of the first columns are before a row's own tokens, (rows, 1, columns, 1).
    """

    def __init__(
        self,
        prompts: Sequence[tuple[int, int, DynamicLayer]],
        rows: Sequence[tuple[DynamicLayer, int, int]],
        length: int,
        block: _Block,
    ) -> None:
        super().__init__(rows, length, block)
        self.prompts = prompts
        before = torch.tensor([length - tokens for _, _, tokens in rows], device=self.device)
        self.padding = (torch.arange(length, device=self.device) < before[:, None])[:, None, :, None]
        longest = max(
            int(prompt.keys.shape[2]) + tokens for start, end, prompt in prompts for _, _, tokens in rows[start:end]
        )
        self._before = longest - length

    def get_seq_length(self) -> int:
        """As many as the longest row has, its prompt's included."""
        return self._before + int(self.keys.shape[2])


def share(prompts: Sequence[Any], places: Sequence[Place], room: int) -> Any:
    """A cache with these rows, which end in the same column, and with room for so many more tokens each.

    Args:
        prompts: Of each row, its prompt's cache of one row; those of one prompt stand together.
        places: Where each row's own tokens are.
        room: For how many more.
    """
    made = copy(prompts[0])
    made.layers = []
    groups = []
    for _, those in groupby(range(len(prompts)), key=lambda row: id(prompts[row])):
        numbers = list(those)
        groups.append((numbers[0], numbers[-1] + 1, prompts[numbers[0]]))
    length = max(tokens for _, _, tokens in places)
    block = _Block(prompts[0].layers, len(places), length + room)
    for number in range(len(prompts[0].layers)):
        shared = [(start, end, prompt.layers[number]) for start, end, prompt in groups]
        rows = [(cache.layers[number], row, tokens) for cache, row, tokens in places]
        made.layers.append(_SharedLayer(shared, rows, length, block))
    return made


@contextmanager
def attending(model: Any, cache: Any) -> Iterator[None]:
    """Lets a model understand a cache that `share` made, one token per row at a time."""

    def attend(
        module: Any, query: Any, key: Any, value: Any, attention_mask: Any, scaling: float | None = None, **told: Any
    ) -> tuple[Any, None]:
        if unknown := [name for name, each in told.items() if each is not None and name not in _HARMLESS]:
            raise NotImplementedError(", ".join(unknown))  # it would change the result: `can_share` tries it
        return _attend(cache.layers[module.layer_idx], query, key, value, scaling), None

    before = model.config._attn_implementation
    AttentionInterface.register(_SHARED, attend)
    model.set_attn_implementation(_SHARED)
    try:
        yield
    finally:
        model.set_attn_implementation(before)


def _attend(layer: _SharedLayer, query: Any, key: Any, value: Any, scaling: float | None) -> Any:
    """Attention of one new token per row: (rows, heads, 1, width) to (rows, 1, heads, width).

    Over the prompt, all rows and heads that share its keys are one matrix; over its own tokens, every row is for
    itself. One softmax goes over both.
    """
    rows, heads, _, width = query.shape
    shared = key.shape[1]  # heads of keys
    query = (query * (width**-0.5 if scaling is None else scaling)).view(rows, shared, heads // shared, width)
    own = key @ query.transpose(2, 3)  # (rows, shared, tokens, heads / shared): this way around is twice as fast
    own[:, :, : layer.padding.shape[2]].masked_fill_(layer.padding, -torch.inf)
    own = own.transpose(2, 3)
    out = query.new_empty((rows, shared, heads // shared, value.shape[-1]))
    for start, end, prompt in layer.prompts:
        tokens = prompt.keys.shape[2]
        together = query[start:end].transpose(0, 1).reshape(shared, -1, width)
        over_prompt = (together @ prompt.keys[0].transpose(1, 2)).view(shared, end - start, -1, tokens).transpose(0, 1)
        weights = torch.cat([over_prompt, own[start:end]], dim=-1).softmax(-1)
        on_prompt = weights[..., :tokens].transpose(0, 1).reshape(shared, -1, tokens)
        from_prompt = (on_prompt @ prompt.values[0]).view(shared, end - start, -1, value.shape[-1]).transpose(0, 1)
        out[start:end] = from_prompt + weights[..., tokens:] @ value[start:end]
    return out.view(rows, 1, heads, -1)


def can_share(model: Any) -> bool:
    """Whether a model understands what `share` makes: it is tried, and compared with what the model does itself."""
    ids = torch.arange(1, _PROBE + 1, device=model.device)[None] % model.config.vocab_size
    with torch.inference_mode():
        cache = getattr(model(ids[:, :-1], use_cache=True), "past_key_values", None)
        if not plain(cache):
            return False
        shared = share([cache] * 2, [(cache, 0, 0), (cache, 0, 0)], 1)
        try:
            with attending(model, shared):
                position = torch.full((2, 1), _PROBE - 1, device=model.device)
                ours = model(ids[:, -1:].repeat(2, 1), past_key_values=shared, position_ids=position).logits
        except (NotImplementedError, ValueError, AttributeError, KeyError, TypeError, RuntimeError):
            return False
        theirs = model(ids).logits[:, -1:]
    return bool((ours - theirs).abs().max() <= 0.1 * theirs.std())  # a wrong one is off by several times


def plain(cache: Any) -> bool:
    """Whether rows of different lengths can be gathered."""
    return cache is not None and all(_is_plain(layer) for layer in cache.layers)


def size(cache: Any) -> int:
    """Bytes that a cache takes."""
    held = 0
    for layer in cache.layers:
        states = [each for name in ("conv_states", "recurrent_states") for each in getattr(layer, name, {}).values()]
        tensors = [getattr(layer, "keys", None), getattr(layer, "values", None), *states]
        held += sum(tensor.nbytes for tensor in tensors if tensor is not None)
    return held


def _is_plain(layer: Any) -> bool:
    return type(layer) in (DynamicLayer, _RoomyLayer)
