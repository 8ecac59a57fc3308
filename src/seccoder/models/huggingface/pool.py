"""Samples for several prompts at a time, in one batch where a sample that has ended is replaced by the next.

A request is a prompt's tokens, how many samples are wanted, and the settings. Its completions are returned when its
last sample has ended. A small model takes about as long for one row as for twenty, and most samples end long before the
longest. With one request after the other, most steps would be made for the few longest samples. Rows of different
lengths end in the same column, with padding before the shorter ones. Every sample has its own random numbers. Its text
therefore depends on its seed and not on the samples beside it, up to the rounding that differs between shapes of
batches. This module imports torch, so import it only where a model is run.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import torch
import transformers

from seccoder.errors import ModelError
from seccoder.models.huggingface import kvcache
from seccoder.models.huggingface.loading import quiet
from seccoder.models.sampling import LIKELIEST, Finish, ending, ends_a_line, seed_of
from seccoder.types import Completion, SamplingSettings

_CPU_CACHE = 2 << 30  # bytes for keys and values, for a moment used twice; on a GPU it is a third of what is free
_ROWS = 128  # more rows are hardly faster, and all that are unfinished are lost if the process is killed
_STRETCH = 16  # tokens after which samples that have ended are taken out of the batch
_ROOM = 64  # tokens that a cache has room for before it is copied into a larger one
_TAIL = 8  # tokens of the prompt that a completion is decoded with: some tokenizers drop a text's first space


class CausalLM(Protocol):
    """A model with its tokenizer; `seccoder.models.huggingface.lm.TransformersLM` says what each attribute is."""

    tokenizer: Any
    model: Any
    device: str
    eos: set[int]
    shares: bool
    mixes: bool
    virtual: int
    context_length: int

    def prefill(self, ids: Sequence[int]) -> tuple[Any, Any]:
        """Run all but the last of a request's tokens once, and return the cache of one row and the last's logits."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt and how many samples of it are wanted.

    Attributes:
        ids: The prompt's tokens, at least one, with the places of a prefix among them.
        n: How many samples.
        settings: How to sample.
        joined: What the last token would be together with a newline, if they are one token.
        begun: What every completion begins with.
    """

    ids: list[int]
    n: int
    settings: SamplingSettings
    joined: int | None = None
    begun: str = ""


@dataclass(slots=True, eq=False)
class _Asked:
    """A request whose prompt was run, and its samples.

    Attributes:
        cache: The keys and values of its prompt without the last token, while its samples share them.
        mixes: Whether its rows can be in one batch with rows of other lengths.
        per_token: How many bytes the keys and values of a token take.
        tail: The last tokens of its prompt, and their text.
        seconds: The time spent on it. Of a step for many rows, its own rows' share counts.
    """

    number: int
    request: Request
    started: float
    cache: Any
    mixes: bool
    per_token: float
    tail: tuple[list[int], str]
    seconds: float
    rows: list["_Row"] = field(default_factory=list)

    def goes_with(self, other: "_Asked") -> bool:
        """Return whether rows of both can be in one batch, whatever their lengths."""
        mine, theirs = ((s.temperature, s.top_p, s.top_k) for s in (self.request.settings, other.request.settings))
        return self.mixes and other.mixes and mine == theirs


@dataclass(slots=True, eq=False)
class _Row:
    """A sample.

    Attributes:
        cache: The cache that holds the keys and values of all its tokens but the last, and its row there. Those of the
            prompt are in it, too, unless they are shared.
        new: Its own tokens, without those of the stretch that is being sampled.
        completion: The completion, once the sample has ended.
    """

    asked: _Asked
    seed: int
    noise: torch.Generator
    cache: tuple[Any, int]
    new: list[int] = field(default_factory=list)
    completion: Completion | None = None

    @property
    def ids(self) -> list[int]:
        """Return the prompt's tokens and its own."""
        return self.asked.request.ids + self.new

    @property
    def length(self) -> int:
        """Number of tokens."""
        return len(self.asked.request.ids) + len(self.new)

    @property
    def left(self) -> int:
        """Number of tokens it may still get."""
        return self.asked.request.settings.max_tokens - len(self.new)


class Pool:
    """The state of a model during one pass over some requests."""

    def __init__(self, lm: CausalLM, requests: Iterable[Request]) -> None:
        self._lm = lm
        self._requests = enumerate(requests)
        self._waiting: deque[_Row] = deque()
        self._rows: list[_Row] = []  # the rows of the cache, in its order
        self._cache: Any = None
        self._room = 0  # for how many tokens the cache has room
        self._prefilled: tuple[list[int], Any, Any] = [], None, None  # the last prompt: several in a row may have it
        self._error: ModelError | None = None
        self._bytes = _CPU_CACHE
        if lm.device == "cuda":
            unused = torch.cuda.memory_reserved() - torch.cuda.memory_allocated()
            self._bytes = (torch.cuda.mem_get_info()[0] + unused) // 3

    def run(self) -> Iterator[tuple[int, list[Completion], float]]:
        """Yield a request's number, its completions in the order of their seeds, and the seconds spent on it.

        Raises:
            ModelError: If the requests raise it; requests before it are answered first.
        """
        going: list[_Row] = []
        while rows := self._fill_up(going):
            self._advance(rows)
            for asked in dict.fromkeys(row.asked for row in rows if row.completion is not None):
                completions = [row.completion for row in asked.rows if row.completion is not None]
                if len(completions) == len(asked.rows):
                    asked.cache = None
                    yield asked.number, completions, asked.seconds
            going = [row for row in rows if row.completion is None]
        if self._error is not None:
            raise self._error

    def _fill_up(self, going: Sequence[_Row]) -> list[_Row]:
        """Return the rows that go on, and as many of the waiting ones as fit into a batch with them."""
        rows = list(going)
        while (row := self._first()) is not None and self._fits(row, rows, new=not going):
            rows.append(self._waiting.popleft())
        return rows

    def _first(self) -> _Row | None:
        """Return the sample whose turn it is. A request is begun when it is its first sample's turn."""
        while not self._waiting:
            try:
                number, request = next(self._requests, (0, None))
            except ModelError as error:
                self._error, self._requests = error, enumerate(())
                return None
            if request is None:
                return None
            self._begin(number, request)
        return self._waiting[0]

    def _fits(self, row: _Row, rows: Sequence[_Row], *, new: bool) -> bool:
        if not rows:
            return True
        asked = rows[0].asked
        if not row.asked.goes_with(asked) and not (new and row.asked is asked):
            return False
        every = [*rows, row]
        most = _ROOM + max(each.asked.request.settings.max_tokens for each in every)
        if self._lm.shares:
            tokens = sum(len(each.request.ids) for each in {each.asked for each in every}) + len(every) * most
        else:
            tokens = len(every) * (max(len(each.asked.request.ids) for each in every) + most)
        return len(every) <= _ROWS and tokens * row.asked.per_token <= self._bytes

    def _begin(self, number: int, request: Request) -> None:
        started = time.monotonic()
        lm, ids = self._lm, request.ids
        if ids != self._prefilled[0]:
            with torch.inference_mode():
                self._prefilled = (ids, *lm.prefill(ids))
        _, cache, logits = self._prefilled
        if request.joined is not None and logits is not None:
            best = logits.topk(min(LIKELIEST, len(logits))).indices.tolist()
            if ends_a_line((_text(lm, [each]) for each in best), _text(lm, ids[-1:])):
                ids = [*ids[:-1], request.joined]
                request = replace(request, ids=ids, begun="\n")
        mixes = lm.mixes and kvcache.plain(cache)
        per_token = 0 if cache is None else kvcache.size(cache) / (len(ids) - 1)
        tail = ids[-_TAIL:]
        asked = _Asked(number, request, started, None, mixes, per_token, (tail, _text(lm, tail)), 0)
        if mixes and lm.shares:
            asked.cache = cache
        for i in range(request.n):
            seed = seed_of(request.settings, i)
            noise = torch.Generator(lm.device).manual_seed(seed)
            asked.rows.append(_Row(asked, seed, noise, (cache, 0)))
        self._waiting += asked.rows
        asked.seconds = time.monotonic() - started

    def _advance(self, rows: list[_Row]) -> None:
        """Sample one more stretch of tokens for each row."""
        started = time.monotonic()
        if rows != self._rows or not self._room:
            self._gather(rows)
        lm, settings = self._lm, rows[0].asked.request.settings
        longest = max(row.length for row in rows)
        padding = min(lm.eos, default=0)
        ids = [[padding] * (longest - row.length) + row.ids for row in rows]
        mask = [[0] * (longest - row.length) + [1] * row.length for row in rows]
        # No row may exceed the context. Without a cache, another stretch would begin with the prompt again.
        steps = min(max(row.left for row in rows), lm.context_length + lm.virtual - longest)
        if self._cache is not None:
            steps = min(steps, _STRETCH)
        shared = kvcache.attending(lm.model, self._cache) if self._is_shared(rows) else nullcontext()
        with quiet(), torch.inference_mode(), shared:
            out = lm.model.generate(
                torch.tensor(ids, device=lm.device),
                attention_mask=torch.tensor(mask, device=lm.device),
                past_key_values=self._cache,
                max_new_tokens=steps,
                do_sample=False,  # _Draw has already decided and left one token
                num_beams=1,
                eos_token_id=sorted(lm.eos) or None,
                pad_token_id=padding,
                logits_processor=transformers.LogitsProcessorList([_Draw(rows)] if settings.temperature > 0 else []),
                stopping_criteria=transformers.StoppingCriteriaList([_Ends(lm, rows, longest)]),
                return_dict_in_generate=True,
            )
        self._room -= out.sequences.shape[1] - longest
        if (
            self._cache is not None and out.past_key_values is not self._cache
        ):  # Phi-3 replaces its cache at some length
            self._settle(rows, out.past_key_values, 0)
        for row, stretch in zip(rows, out.sequences[:, longest:].tolist(), strict=True):
            row.new += stretch
            row.asked.seconds += (time.monotonic() - started) / len(rows)
            if row.completion is not None:
                row.cache = None, 0  # the memory is freed when no row refers to it

    def _gather(self, rows: list[_Row]) -> None:
        cache = None
        room = min(_ROOM, -(-max(row.left for row in rows) // _STRETCH) * _STRETCH)
        with torch.inference_mode():
            if self._is_shared(rows):
                own = [(*row.cache, len(row.new)) for row in rows]
                cache = kvcache.share([row.asked.cache for row in rows], own, room)
            elif rows[0].cache[0] is not None:
                places = [(*row.cache, row.length - 1) for row in rows]
                cache = kvcache.gather(places, room)
        self._settle(rows, cache, room)

    def _settle(self, rows: list[_Row], cache: Any, room: int) -> None:
        for place, row in enumerate(rows):
            row.cache = cache, place
        self._rows, self._cache, self._room = rows, cache, room

    def _is_shared(self, rows: Sequence[_Row]) -> bool:
        return rows[0].asked.cache is not None


class _Draw:
    """Draws a token per row after temperature, top-k and top-p, in that order, as transformers does it.

    The largest of logit plus Gumbel noise is distributed as the softmax of the logits. Each row's noise comes from its
    own generator, so that its draws do not depend on the other rows. Only the `top_k` best logits are sorted.
    """

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows
        self._settings = rows[0].asked.request.settings

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        vocabulary = scores.shape[-1]
        best = (scores.float() / self._settings.temperature).topk(min(self._settings.top_k or vocabulary, vocabulary))
        logits = best.values
        if self._settings.top_p < 1:
            p = logits.softmax(-1)
            before = p.cumsum(-1) - p
            before[:, 0] = 0  # the best one always stays
            logits = logits.masked_fill(before >= self._settings.top_p, -torch.inf)
        noise = torch.empty_like(logits)
        for row, values in zip(self._rows, noise, strict=True):
            values.exponential_(generator=row.noise)
        drawn = best.indices.gather(-1, (logits - noise.log()).argmax(-1, keepdim=True))
        return torch.full_like(scores, -torch.inf).scatter(-1, drawn, 0.0)


class _Ends:
    """Says after each token which rows have ended, and makes their completions."""

    def __init__(self, lm: CausalLM, rows: Sequence[_Row], before: int) -> None:
        self._lm = lm
        self._rows = rows
        self._before = before

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        for row, stretch in zip(self._rows, input_ids[:, self._before :].tolist(), strict=True):
            if row.completion is None:
                row.completion = self._completion(row, row.new + stretch)
        return torch.tensor([row.completion is not None for row in self._rows], device=input_ids.device)

    def _completion(self, row: _Row, new: list[int]) -> Completion | None:
        asked, settings = row.asked, row.asked.request.settings
        over = new[-1] in self._lm.eos
        # Decoded behind the prompt's end, a text keeps a space or a half character at its beginning.
        tail, before = asked.tail
        text = asked.request.begun + _text(self._lm, tail + (new[:-1] if over else new))[len(before) :]
        finish: Finish
        if over:
            finish = "stop"
        elif end := ending(text, settings):
            text, finish = end
        elif len(new) >= settings.max_tokens:
            finish = "length"
        else:
            return None
        seconds = time.monotonic() - asked.started
        return Completion(text, row.seed, finish, len(asked.request.ids), len(new), seconds)


def _text(lm: CausalLM, ids: list[int]) -> str:
    return str(lm.tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False))
