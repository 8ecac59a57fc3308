"""Models run by PyTorch and transformers: the paper's own (CodeGen, SantaCoder, InCoder) and any other causal one.

In flow a Hugging Face repository, a local folder or a GGUF file (unpacked once, see `dequantise`), what was trained on
top of it (`adapters`), and prompts; out flow completions. The prompt is prefilled once,
as one row, and its key-value cache is repeated for the samples (transformers' `num_return_sequences` prefills it once
per sample). Every sample has its own random numbers, so its text depends on its seed and not on which samples were
drawn with it, up to the rounding that differs between batch sizes. No code from a repository is run
(`trust_remote_code` stays off), and a repository is only reached if it is not in the local cache.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from seccoder.errors import MissingExtra, ModelError, UsageError
from seccoder.models import adapters
from seccoder.models.sampling import Finish, ending, seed_of
from seccoder.types import Completion, Prompt, SamplingSettings

_CPU_CACHE = 2 << 30  # bytes for the keys and values of the samples drawn at a time; on a GPU half of what is free
_STRETCH = 16  # tokens after which samples that have ended are left behind
_TAIL = 8  # tokens of the prompt that a completion is decoded with: some tokenizers drop a text's first space


@dataclass(frozen=True, slots=True)
class _Known:
    """What has to be known about a family of models.

    Attributes:
        revisions: The branch to take of a repository, if it is not the main one.
        stop: Marks that end a file in its training data; nothing after them belongs to the completion.
    """

    revisions: dict[str, str]
    stop: tuple[str, ...] = ()


# By architecture, as a model's own configuration names it. CodeGen (350M, 2B, 6B) needs no care. SantaCoder's main
# branch shares one key head among all query heads and comes with its own code; the `mha` branch holds the same model
# with the heads written out, which loads as plain GPT-2 (a saved `gpt_bigcode` with `multi_query=False` loads, too).
# InCoder has its 6B weights in half precision on a branch, and marks the ends of files and of infilled regions. Its
# header `<| file ext=.py |>` is not added: a prompt is what integration made of it, and the paper's has none.
_KNOWN = {
    "codegen": _Known({}, ("<|endoftext|>",)),
    "gpt2": _Known({"bigcode/santacoder": "mha"}, ("<|endoftext|>",)),
    "gpt_bigcode": _Known({}, ("<|endoftext|>",)),
    "xglm": _Known({"facebook/incoder-6B": "float16"}, ("<|endofmask|>", "<|/ file", "<| file")),
}


class TransformersLM:
    """A causal model on the GPU if there is one, else on the CPU; in bfloat16 where the hardware has it, else float32.

    Attributes:
        arithmetic: What it computes in, and where; texts differ between any two.

    Args:
        name: A repository such as `Salesforce/codegen-350M-mono`, one with a branch (`REPO@BRANCH`), a folder, a GGUF
            file, or `embedded`; behind it, what was trained on it: `+sven-sec:FOLDER`, `+sven-vul:FOLDER` or
            `+safecoder:FOLDER`.
        threads: Compute threads on the CPU; 0 leaves torch's choice.

    Raises:
        MissingExtra: If torch or transformers is not installed.
        ModelError: If the model or what is on top of it is not there, cannot be loaded, or they do not fit.
    """

    chat = False

    def __init__(self, name: str, *, threads: int = 0) -> None:
        self.name = f"hf:{name}"
        if threads < 0:
            raise UsageError(f"threads must be 0 or more, not {threads}")
        base, adapter = adapters.split(name)
        self._torch, self._transformers = _libraries()
        self._tokenizer, self._model = open_model(base, _sampling_dtype(self._torch), threads=threads)
        self._device: str = self._model.device.type
        self.arithmetic = f"{str(self._model.dtype).removeprefix('torch.')} on {self._device}"
        self._prefix: Any = None
        if adapter is not None and adapter.kind == "safecoder":
            self._model = adapters.merge(adapter, self._model)
        elif adapter is not None:
            self._prefix = adapters.load_prefix(adapter, self._model)
        config = self._model.config
        self._virtual = 0 if self._prefix is None else int(self._prefix.shape[2])  # tokens of the prefix
        self.context_length = int(getattr(config, "max_position_embeddings", None) or 2048) - self._virtual
        self._known = _KNOWN.get(config.model_type, _Known({}))
        generation = self._model.generation_config
        eos = generation.eos_token_id if generation.eos_token_id is not None else self._tokenizer.eos_token_id
        self._eos = set(eos) if isinstance(eos, list) else set() if eos is None else {eos}

    def count_tokens(self, text: str) -> int:
        """Number of tokens of a text, exactly, with those the tokenizer adds in front."""
        return len(self._encode(text))

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Sample n completions, as many at a time as fit into memory.

        Raises:
            ModelError: If the prompt is empty or does not fit into the context, or memory runs out.
        """
        started = time.monotonic()
        ids = self._encode(prompt.text)
        if not ids:
            raise ModelError(f"{self.name} cannot continue an empty prompt")
        room = self.context_length - len(ids)
        if room < 1:
            raise ModelError(f"the prompt has {len(ids)} tokens, and {self.name} has room for {self.context_length}")
        settings = replace(
            settings, max_tokens=min(settings.max_tokens, room), stop=(*settings.stop, *self._known.stop)
        )
        completions: list[Completion] = []
        # The prefix stands in the cache alone; fillers keep its places among the tokens, and no one looks at them.
        ids = [min(self._eos, default=0)] * self._virtual + ids
        try:
            with self._torch.inference_mode():
                cache, per_token = self._prefill(ids)
                at_a_time = self._fits(per_token * (len(ids) + settings.max_tokens))
                while len(completions) < n:
                    first = len(completions)
                    seeds = [seed_of(settings, i) for i in range(first, min(n, first + at_a_time))]
                    completions += self._batch(ids, cache, seeds, settings, started)
        except self._torch.OutOfMemoryError:
            raise ModelError(f"{self.name} ran out of memory on {self._device}") from None
        return completions

    def _encode(self, text: str) -> list[int]:
        return list(self._tokenizer(text, verbose=False)["input_ids"])

    def _prefill(self, ids: Sequence[int]) -> tuple[Any, int]:
        """Run all but the last token of the prompt once.

        Returns:
            The cache of one row (None for a prompt of one token, and for models that keep none of the usual form), and
            the bytes it takes per token.
        """
        from seccoder.models import kvcache

        if len(ids) < 2:
            return None, 0
        cache: Any = None if self._prefix is None else adapters.cache_of([self._prefix], self._model)
        if len(ids) > self._virtual + 1:
            rows = self._torch.tensor([ids[self._virtual : -1]], device=self._device)
            out = self._model(rows, past_key_values=cache, use_cache=True, logits_to_keep=1)
            cache = getattr(out, "past_key_values", None)
        return cache, 0 if cache is None else -(-kvcache.size(cache) // (len(ids) - 1))

    def _fits(self, row: int) -> int:
        """How many rows of so many bytes to sample at a time."""
        budget = _CPU_CACHE
        if self._device == "cuda":
            budget = self._torch.cuda.mem_get_info()[0] // 2
        return max(1, int(budget // row)) if row else 64

    def _batch(
        self, ids: Sequence[int], cache: Any, seeds: Sequence[int], settings: SamplingSettings, started: float
    ) -> list[Completion]:
        """Sample one completion per seed from a prefilled prompt.

        A stretch of tokens at a time, with the samples that have not ended: most end long before the longest.
        """
        from seccoder.models import kvcache

        torch = self._torch
        ends = _Ends(self, ids, len(seeds), started, settings)
        draw = _Draw(torch, self._device, seeds, settings)
        processors = self._transformers.LogitsProcessorList([draw] if settings.temperature > 0 else [])
        stretch_tokens = settings.max_tokens  # without a cache a stretch would begin with the prompt again
        if cache is not None:
            cache = kvcache.repeated(cache, len(seeds), settings.max_tokens)
            stretch_tokens = _STRETCH
        new: list[list[int]] = [[] for _ in seeds]
        length = 0
        while ends.rows and length < settings.max_tokens:
            rows = torch.tensor([[*ids, *new[i]] for i in ends.rows], device=self._device)
            with _quiet(self._transformers):
                out = self._model.generate(
                    rows,
                    attention_mask=torch.ones_like(rows),
                    past_key_values=cache,
                    max_new_tokens=min(stretch_tokens, settings.max_tokens - length),
                    do_sample=False,  # of logits that are decided already: see _Draw
                    num_beams=1,
                    eos_token_id=sorted(self._eos) or None,
                    pad_token_id=min(self._eos, default=0),
                    logits_processor=processors,
                    stopping_criteria=self._transformers.StoppingCriteriaList([ends]),
                    return_dict_in_generate=True,
                )
            stretches = out.sequences[:, rows.shape[1] :].tolist()
            for i, stretch in zip(ends.rows, stretches, strict=True):
                new[i] += stretch
            length += len(stretches[0])
            cache = getattr(out, "past_key_values", None)
            going = [
                place
                for place, (i, stretch) in enumerate(zip(ends.rows, stretches, strict=True))
                if ends.ended[i] is None and self._eos.isdisjoint(stretch)
            ]
            if cache is not None and 0 < len(going) < len(ends.rows):
                cache.reorder_cache(torch.tensor(going))
            ends.rows = draw.rows = [ends.rows[place] for place in going]
        return [self._completion(i, new[i], ends, seed) for i, seed in enumerate(seeds)]

    def _completion(self, i: int, new: list[int], ends: "_Ends", seed: int) -> Completion:
        """Make the completion of row i out of its new tokens, which may be followed by padding."""
        at = next((at for at, token in enumerate(new) if token in self._eos), None)
        if (end := ends.ended[i]) is not None:
            text, finish, tokens = end.text, end.finish, end.tokens
        elif at is not None:
            text, finish, tokens = ends.decode(new[:at]), "stop", at + 1
        else:
            text, finish, tokens = ends.decode(new), "length", len(new)
        seconds = ends.seconds[i] or time.monotonic() - ends.started
        return Completion(text, seed, finish, len(ends.prompt) - self._virtual, tokens, seconds)

    def close(self) -> None:
        """Free the model's memory."""
        self._model = None
        if self._device == "cuda":
            self._torch.cuda.empty_cache()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Draw:
    """Draws a token per row after temperature, top-k and top-p, in that order, as transformers does it.

    The largest of logit plus Gumbel noise is distributed as the softmax of the logits. Each row's noise comes from its
    own generator, so that its draws do not depend on the other rows. Only the `top_k` best logits are sorted.
    """

    def __init__(self, torch: Any, device: str, seeds: Sequence[int], settings: SamplingSettings) -> None:
        self.rows = list(range(len(seeds)))  # the samples that the rows of a call belong to
        self._torch = torch
        self._settings = settings
        self._generators = [torch.Generator(device).manual_seed(seed) for seed in seeds]

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        vocabulary = scores.shape[-1]
        best = (scores.float() / self._settings.temperature).topk(min(self._settings.top_k or vocabulary, vocabulary))
        logits = best.values
        if self._settings.top_p < 1:
            p = logits.softmax(-1)
            before = p.cumsum(-1) - p
            before[:, 0] = 0  # the best one always stays
            logits = logits.masked_fill(before >= self._settings.top_p, -self._torch.inf)
        noise = self._torch.empty_like(logits)
        for row, i in zip(noise, self.rows, strict=True):
            row.exponential_(generator=self._generators[i])
        drawn = best.indices.gather(-1, (logits - noise.log()).argmax(-1, keepdim=True))
        return self._torch.full_like(scores, -self._torch.inf).scatter(-1, drawn, 0.0)


@dataclass(frozen=True, slots=True)
class _End:
    text: str
    finish: Finish
    tokens: int


class _Ends:
    """Says after each token which rows have ended by a stop string or `stop_when`, and remembers how and when."""

    def __init__(
        self, model: TransformersLM, prompt: Sequence[int], rows: int, started: float, settings: SamplingSettings
    ) -> None:
        self.prompt = prompt
        self.started = started
        self.rows = list(range(rows))  # the samples that the rows of a call belong to
        self.ended: list[_End | None] = [None] * rows
        self.seconds = [0.0] * rows
        self._tokenizer = model._tokenizer
        self._settings = settings
        self._torch = model._torch
        self._tail = list(prompt[-_TAIL:])
        self._before = self._text(self._tail)

    def decode(self, new: list[int]) -> str:
        """Text of new tokens, with the space or the half character they start with."""
        return self._text(self._tail + new)[len(self._before) :]

    def _text(self, ids: list[int]) -> str:
        return str(self._tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False))

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        for i, row in zip(self.rows, input_ids[:, len(self.prompt) :].tolist(), strict=True):
            if self.ended[i] is None and (end := ending(self.decode(row), self._settings)):
                self.ended[i] = _End(*end, tokens=len(row))
                self.seconds[i] = time.monotonic() - self.started
        return self._torch.tensor([self.ended[i] is not None for i in self.rows], device=input_ids.device)


def _libraries() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError:
        raise MissingExtra("an hf: model", "hf") from None
    return torch, transformers


def _sampling_dtype(torch: Any) -> str:
    """For `open_model`: a processor with AMX samples in half the time in bfloat16, one without it takes longer."""
    capabilities: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()  # older versions do not say
    return "bfloat16" if capabilities.get("amx_bf16") else ""


def open_model(name: str, dtype: str = "", *, threads: int = 0) -> tuple[Any, Any]:
    """Load a tokenizer and a model, on the GPU if there is one, in evaluation mode.

    Args:
        name: A repository, one with a branch (`REPO@BRANCH`), a folder, a GGUF file, or `embedded`.
        dtype: `float32` or `bfloat16`; "" takes bfloat16 on the GPU and float32 on the CPU.
        threads: Compute threads on the CPU; 0 leaves torch's choice.

    Raises:
        MissingExtra: If torch or transformers is not installed.
        ModelError: If the model is not there or cannot be loaded.
    """
    torch, transformers = _libraries()
    if threads:
        torch.set_num_threads(threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    with _quiet(transformers):
        where, revision = _locate(name)
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(where, revision=revision, padding_side="left")
            model = transformers.AutoModelForCausalLM.from_pretrained(
                where,
                revision=revision,
                dtype=getattr(torch, dtype or ("bfloat16" if device == "cuda" else "float32")),
            )
            return tokenizer, model.to(device).eval()
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(f"cannot load hf:{name}: {' '.join(str(error).split())[:300]}") from None


def _locate(name: str) -> tuple[str, str]:
    """The folder or repository a name stands for, and the branch."""
    path = os.path.expanduser(name)
    if os.path.isdir(path):
        return path, "main"
    if name == "embedded" or (name.endswith(".gguf") and os.path.isfile(path)):
        from seccoder.models import dequantise

        return str(dequantise.embedded() if name == "embedded" else dequantise.folder_of(Path(path))), "main"
    if name.startswith(("/", ".", "~")):
        raise ModelError(f"cannot load hf:{name}: no such folder")
    repository, _, revision = name.partition("@")
    named = (known.revisions[repository] for known in _KNOWN.values() if repository in known.revisions)
    return repository, revision or next(named, "main")


@contextmanager
def _quiet(transformers: Any) -> Iterator[None]:
    """Keep transformers' progress bars and advice off stderr."""
    logging = transformers.utils.logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
