"""Samples from models run by PyTorch: the paper's own (CodeGen, SantaCoder, InCoder) and any other causal one.

A model is a Hugging Face repository, a local folder or a GGUF file (unpacked once, see `dequantise`), with what was
trained on top of it (`adapters`). A prompt is prefilled once, as one row, however many samples are drawn from it
(transformers' `num_return_sequences` prefills it once per sample). Samples of many prompts are drawn at a time
(`pool`). A sample's text depends on its seed and not on the samples beside it, up to the rounding that differs between
batch sizes. No code from a repository is run (`trust_remote_code` stays off), and a repository is only reached if it is
not in the local cache.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from seccoder.errors import ModelError, UsageError
from seccoder.models import specs
from seccoder.models.base import BaseLM
from seccoder.models.huggingface import adapters
from seccoder.models.huggingface.loading import KNOWN, Known, libraries, open_model, quiet, sampling_dtype
from seccoder.models.sampling import joined
from seccoder.types import Completion, Prompt, SamplingSettings

if TYPE_CHECKING:
    from seccoder.models.huggingface.pool import Request


def from_spec(spec: str, *, threads: int = 0) -> "TransformersLM":
    """Make the code LM of an `hf:` spec.

    `?chat` or `?completions` behind it says whether the model is asked in messages or continues text. Without them,
    code is continued, and a task in words alone is asked in messages if the model has a chat template.

    Raises:
        UsageError: If it is to be asked in messages and has no chat template.
        MissingExtra: If torch or transformers is not installed.
        ModelError: If the model is not there or cannot be loaded.
    """
    where, chat = specs.way(spec)
    return TransformersLM(where.partition(":")[2], spec=spec, threads=threads, chat=chat)


class TransformersLM(BaseLM):
    """A causal model on the GPU if there is one, else on the CPU; in bfloat16 where the hardware has it, else float32.

    Attributes:
        arithmetic: The number format and the device it computes with; its texts depend on both.
        tokenizer: Its tokenizer.
        model: The model itself.
        device: `cuda` or `cpu`.
        eos: Tokens that end a text.
        shares: Whether samples of one prompt share its keys and values.
        mixes: Whether prompts of different lengths can be in one batch. They cannot if positions depend on the longest.
        virtual: How many tokens the prefix before every prompt has.

    Args:
        name: A repository such as `Salesforce/codegen-350M-mono`, one with a branch (`REPO@BRANCH`), a folder, a GGUF
            file, or `embedded`; behind it, what was trained on it: `+sven-sec:FOLDER`, `+sven-vul:FOLDER` or
            `+safecoder:FOLDER`.
        spec: The spec that names the model in results.
        threads: Compute threads on the CPU; 0 leaves torch's choice.
        chat: Whether it is asked in messages, in its own template; None if only tasks in words are.

    Raises:
        UsageError: If it is to be asked in messages and has no chat template.
        MissingExtra: If torch or transformers is not installed.
        ModelError: If the model or what is on top of it is not there, cannot be loaded, or they do not fit.
    """

    def __init__(self, name: str, *, spec: str = "", threads: int = 0, chat: bool | None = False) -> None:
        self.name = spec or f"hf:{name}"
        if threads < 0:
            raise UsageError(f"threads must be 0 or more, not {threads}")
        base, adapter = specs.split(name)
        self._torch, _ = libraries()
        self.tokenizer, self.model = open_model(base, sampling_dtype(self._torch), threads=threads)
        has_template = bool(self.tokenizer.chat_template)
        if chat and not has_template:
            raise UsageError(f"hf:{name} has no chat template: it continues text (?completions)")
        self.chat = bool(chat)
        self.words_in_chat = chat is None and has_template
        self.device: str = self.model.device.type
        self.arithmetic = f"{str(self.model.dtype).removeprefix('torch.')} on {self.device}"
        self._prefix: Any = None
        if adapter is not None and adapter.kind == "safecoder":
            self.model = adapters.merge(adapter, self.model)
        elif adapter is not None:
            self._prefix = adapters.load_prefix(adapter, self.model)
        from seccoder.models.huggingface import kvcache

        with quiet():  # a GPU reads memory so fast that the more, smaller steps of sharing would cost it more
            self.shares = self.device == "cpu" and kvcache.can_share(self.model)
        config = self.model.config
        rope = str(getattr(config, "rope_parameters", None))
        self.mixes = not any(kind in rope for kind in ("longrope", "dynamic"))
        self.virtual = 0 if self._prefix is None else int(self._prefix.shape[2])  # tokens of the prefix
        self.context_length = int(getattr(config, "max_position_embeddings", None) or 2048) - self.virtual
        self._known = KNOWN.get(config.model_type, Known({}))
        generation = self.model.generation_config
        eos = generation.eos_token_id if generation.eos_token_id is not None else self.tokenizer.eos_token_id
        self.eos = set(eos) if isinstance(eos, list) else set() if eos is None else {eos}

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text exactly, with those that the tokenizer adds in front."""
        return len(self._encode(text))

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Sample n completions, as many at a time as fit into memory.

        Raises:
            ModelError: If the prompt is empty or does not fit into the context, or memory runs out.
        """
        return [each for _, completions, _ in self.generate_all([(prompt, n, settings)]) for each in completions]

    def generate_all(
        self, requests: Iterable[tuple[Prompt, int, SamplingSettings]]
    ) -> Iterator[tuple[int, list[Completion], float]]:
        """Sample for many prompts, of several at a time: much faster than one after the other, above all on a CPU.

        Args:
            requests: The arguments of `generate`, with n > 0; each is taken from the iterator when its turn comes.

        Yields:
            Number of a request (from 0), its completions, and the seconds spent on them. Of the time spent on several
            requests at once, each gets its share. A request is yielded when it is finished, so the order may change.

        Raises:
            ModelError: If a prompt is empty or does not fit into the context, or memory runs out.
        """
        from seccoder.models.huggingface.pool import Pool

        try:
            for number, completions, seconds in Pool(self, (self._request(*each) for each in requests)).run():
                counted = [
                    replace(each, prompt_tokens=(each.prompt_tokens or 0) - self.virtual) for each in completions
                ]
                yield number, counted, seconds
        except self._torch.OutOfMemoryError:
            raise ModelError(f"{self.name} ran out of memory on {self.device}") from None

    def _request(self, prompt: Prompt, n: int, settings: SamplingSettings) -> "Request":
        from seccoder.models.huggingface.pool import Request

        asked = self.chat or bool(prompt.messages)
        ids = self._in_template(prompt) if asked else self._encode(prompt.text)
        goes_on = not asked and prompt.text == prompt.text.rstrip()
        with_newline = joined(ids, self._encode(f"{prompt.text}\n")) if goes_on else None
        if not ids:
            raise ModelError(f"{self.name} cannot continue an empty prompt")
        room = self.context_length - len(ids)
        if room < 1:
            raise ModelError(f"the prompt has {len(ids)} tokens, and {self.name} has room for {self.context_length}")
        settings = replace(
            settings, max_tokens=min(settings.max_tokens, room), stop=(*settings.stop, *self._known.stop)
        )
        # The prefix is only in the cache. Fillers take its places among the tokens, and nothing reads them.
        return Request([min(self.eos, default=0)] * self.virtual + ids, n, settings, with_newline)

    def _in_template(self, prompt: Prompt) -> list[int]:
        """Return the tokens of the messages in the model's own template, behind which its answer begins."""
        messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
        messages = messages or [{"role": "user", "content": prompt.text}]
        try:
            text = self.tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        except Exception as error:  # a template is a program, and raises what it likes
            why = " ".join(str(error).split())[:200]
            raise ModelError(
                f"{self.name} has a chat template that does not take these messages ({why}); use ?completions"
            ) from None
        return list(self.tokenizer(text, verbose=False, add_special_tokens=False)["input_ids"])  # they are in it

    def _encode(self, text: str) -> list[int]:
        return list(self.tokenizer(text, verbose=False)["input_ids"])

    def prefill(self, ids: Sequence[int]) -> tuple[Any, Any]:
        """Run all but the last of a request's tokens once.

        Returns:
            The cache of one row; None for a single token, and for models that keep none of the usual form. And the
            logits of the last token; None for a single one.
        """
        cache: Any = None if self._prefix is None else adapters.cache_of([self._prefix], self.model)
        logits = None
        if len(ids) > self.virtual + 1:
            rows = self._torch.tensor([ids[self.virtual : -1]], device=self.device)
            out = self.model(rows, past_key_values=cache, use_cache=True, logits_to_keep=1)
            cache = getattr(out, "past_key_values", None)
            logits = out.logits[0, -1]
        return cache, logits

    def close(self) -> None:
        """Free the model's memory."""
        self.model = None
        if self.device == "cuda":
            self._torch.cuda.empty_cache()
