"""Runs GGUF models in this process, through llama.cpp's server (`xllamacpp`) on a loopback port.

The server is used like any other endpoint, and the token counts are exact. A prompt is prefilled once, however many
samples are drawn from it. They are drawn as one batch, which shares the prompt's memory and whose members end by
themselves, if the server can see where each ends: it looks for strings (`stop_at`). Where only `stop_when` can say it,
they are drawn one after the other from the cached prompt. This was measured and not guessed: see `docs/models.md`.

Not guaranteed: equal texts for equal seeds on another machine, after another number of samples at a time, or in calls
side by side. A GGUF file is read by C++ code, so do not open one that you do not trust.
"""

import os
import secrets
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from seccoder.code import marks
from seccoder.errors import MissingExtra, MissingTool, ModelError, UsageError
from seccoder.models import specs
from seccoder.models.base import BaseLM
from seccoder.models.embedded import header, known
from seccoder.models.embedded.room import Need, Room
from seccoder.models.endpoints import line_ends
from seccoder.models.endpoints.endpoint import Endpoint, Transient
from seccoder.models.endpoints.many import Servers
from seccoder.models.endpoints.openai import SAMPLERS, OpenAILM
from seccoder.models.sampling import Finish, ending, seed_of
from seccoder.types import Completion, Prompt, SamplingSettings

SLOTS = 25  # samples drawn at a time: the paper's number per prompt
CELLS = 16_384  # tokens in memory; a shared prompt counts once, so 8,192 and 25 completions of 300 fit
# The families whose marks stand in this order: a model knows those that are one token each of its vocabulary.
INFILL = tuple(marks.INFILL[name] for name in ("Qwen", "StarCoder", "SantaCoder", "CodeLlama", "DeepSeek"))
_THREADS = 8  # more do not help models that are small enough to sample on a CPU


def from_spec(spec: str, *, threads: int = 0) -> "LlamaCppLM":
    """Make the code LM of a spec: `gguf:PATH`, `embedded`, or `embedded:NAME` for a model that was pulled.

    `?chat` or `?completions` behind it says whether the model is asked in messages or continues text. Without them the
    file of `gguf:PATH` decides by whether it has a chat template. The models that have a name continue code, and are
    asked in messages where there is only a task in words (docs/log.md says what that rests on).

    Raises:
        UsageError: If no embedded model has that name, or something else is behind a question mark.
        MissingExtra: If llama.cpp is not installed.
        ModelError: If the model has not been pulled, the file is no model, or there is too little memory for it.
    """
    where, chat = specs.way(spec)
    kind, _, name = where.partition(":")
    if kind == "gguf":
        return LlamaCppLM(name, spec=spec, threads=threads, chat=chat)
    named = LlamaCppLM(known.fast_path_of(where), spec=spec, threads=threads, chat=bool(chat))
    named.words_in_chat = chat is None and named.has_template
    return named


class LlamaCppLM(BaseLM):
    """A GGUF file behind an in-process server; close it, or use it in a `with` statement.

    Args:
        path: The GGUF file.
        spec: The spec that names the model in results.
        threads: How many threads compute; 0 means one per core that is free (`free_cores`), but 8 at most.
        chat: Whether it is asked in messages, in the file's own template; None if it is where the file has one.

    Raises:
        UsageError: If it is to be asked in messages and has no chat template.
        MissingExtra: If llama.cpp is not installed.
        ModelError: If the file is not there, is not a GGUF model, or cannot be loaded.
    """

    calls_at_a_time = 2  # while the last samples of one prompt are drawn, those of the next one take the free places

    def __init__(self, path: str | Path, *, spec: str = "", threads: int = 0, chat: bool | None = False) -> None:
        self.name = spec or f"gguf:{path}"
        if threads < 0:
            raise UsageError(f"threads must be 0 or more, not {threads}")
        path = Path(os.path.expanduser(path))
        pairs = header.read(path)
        self.has_template = bool(pairs.get("tokenizer.chat_template"))
        if chat and not self.has_template:
            raise UsageError(f"{path} has no chat template: it continues text (?completions)")
        self.chat = self.has_template if chat is None else chat
        _check_memory(path, pairs)
        self.key = secrets.token_urlsafe()  # others on this machine can reach the port, but not use it
        self._server = _serve(path, threads or min(free_cores(), _THREADS), self.key)
        self.url = f"{self._server.listening_address}/v1"  # for any other client on this machine
        # Under load a long prompt can take minutes; this server is ours, so silence does not mean that it is gone.
        self._endpoint = Endpoint(self.url, self.key, silence=3600, deadline=24 * 3600)
        self._root = Endpoint(self._server.listening_address, self.key, silence=3600, deadline=24 * 3600)
        self._retried = Servers([self._root])
        self._client = OpenAILM([self._endpoint], str(path), chat=False, spec=self.name, in_flight=1)
        self.context_length = self._client.context_length
        self.room = Room(CELLS, SLOTS)
        self._gone = threading.Event()
        self.infill = next((each for each in INFILL if all(self._is_token(mark) for mark in each)), None)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text exactly.

        Raises:
            ModelError: If the model has been closed.
        """
        return len(self._tokens(text, add_special=True))

    def needs(self, body: Mapping[str, Any]) -> Need:
        """Return what a request of OpenAI's API takes at most: its prompt and all it asks for.

        Args:
            body: The request's body, with `messages` or a `prompt`. What cannot be read is taken to need everything,
                because the server says itself what is wrong with it.
        """
        n = body.get("n")
        samples = n if isinstance(n, int) and n > 0 else 1
        try:
            text = self._root.post("/apply-template", dict(body))["prompt"] if "messages" in body else body["prompt"]
            if not isinstance(text, str):  # several prompts, or one of tokens
                return Need(CELLS, SLOTS)
            prompt = self.count_tokens(text)
        except (ModelError, KeyError):
            return Need(CELLS, SLOTS)
        room = max(0, self.context_length - prompt)
        asked = body.get("max_completion_tokens") or body.get("max_tokens")
        each = min(asked, room) if isinstance(asked, int) and asked > 0 else room
        return Need(prompt + each * samples, samples)

    def _tokens(self, text: str, *, add_special: bool) -> list[int]:
        body = {"content": text, "add_special": add_special, "parse_special": True}
        tokens = self._retried.do(lambda root: root.post("/tokenize", body)).get("tokens")
        return tokens if isinstance(tokens, list) else []

    def _is_token(self, text: str) -> bool:
        return len(self._tokens(text, add_special=False)) == 1

    def _in_template(self, prompt: Prompt) -> Prompt:
        """Return a prompt for a model that continues text: the messages in the file's own chat template."""
        messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
        body = {"messages": messages or [{"role": "user", "content": prompt.text}]}
        text = self._retried.do(lambda root: root.post("/apply-template", body)).get("prompt")
        if not isinstance(text, str):
            raise ModelError(f"{self.name} has a chat template that llama.cpp cannot use; continue text: ?completions")
        return Prompt(text)

    def _ends_a_line(self, text: str) -> bool:
        """Tell whether the model expects a line's end that is one token with the text's end."""
        tokens = self.count_tokens(text)
        if tokens > self.context_length:
            return False
        with self.room.kept(Need(tokens, 1)):
            return self._retried.do(lambda root: line_ends.expected(root, "llamacpp", "", text))

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Sample n completions; those that do not fit into the context end with `length` where it ends.

        Raises:
            ModelError: If the prompt is empty or does not fit into the context.
        """
        begun = ""
        if self.chat or prompt.messages:
            prompt = self._in_template(prompt)
        elif self._ends_a_line(prompt.text):
            begun = "\n"
            prompt = Prompt(prompt.text + begun)
        prompt_tokens = self.count_tokens(prompt.text)
        if not prompt_tokens:  # the server would wait for one for ever
            raise ModelError(f"{self.name} cannot continue an empty prompt")
        room = self.context_length - prompt_tokens
        if room < 1:
            raise ModelError(
                f"the prompt has {prompt_tokens} tokens, and {self.name} has room for {self.context_length} in all"
            )
        settings = replace(settings, max_tokens=min(settings.max_tokens, room))
        at_a_time = 1
        if settings.stop_when is None or settings.stop_at:
            at_a_time = max(1, min(SLOTS, (CELLS - prompt_tokens) // max(1, settings.max_tokens)))
        completions: list[Completion] = []
        gone = self._gone
        while len(completions) < n:
            first = len(completions)
            seeds = [seed_of(settings, i) for i in range(first, min(n, first + at_a_time))]
            with self.room.kept(Need(prompt_tokens + len(seeds) * settings.max_tokens, len(seeds))):
                started = time.monotonic()
                if settings.stop_at and len(seeds) > 1:
                    completions += self._batch(prompt, seeds, settings, started, gone, begun)
                else:
                    completions += self._client.sample(prompt, seeds, settings, started, gone, begun=begun)
        return [self._with_token_counts(completion, prompt_tokens) for completion in completions]

    def _batch(
        self,
        prompt: Prompt,
        seeds: Sequence[int],
        settings: SamplingSettings,
        started: float,
        gone: threading.Event,
        begun: str,
    ) -> list[Completion]:
        """Draw samples as one batch in which the server ends each by itself, and says at which string it did.

        It uses the server's own interface, because the compatible one (`OpenAILM`) does not tell that string.
        """
        body = {
            "prompt": prompt.text,
            "n_predict": settings.max_tokens,
            "n_cmpl": len(seeds),
            "seed": seeds[0],  # the server adds 0, 1, ...
            "temperature": settings.temperature,
            "top_p": settings.top_p,
            "top_k": settings.top_k,
            "min_p": 0,
            "samplers": SAMPLERS,
            "stop": [*settings.stop, *settings.stop_at],
            "stream": True,
            "cache_prompt": True,
        }

        def attempt(root: Endpoint) -> list[Completion]:
            texts = [begun] * len(seeds)
            ended: dict[int, Completion] = {}
            with closing(root.events("/completion", body)) as events:  # type: ignore[type-var]
                for event in events:
                    if gone.is_set():
                        raise ModelError("given up")
                    at = event.get("index") or 0
                    texts[at] += event.get("content") or ""
                    if not event.get("stop"):
                        continue
                    word = event.get("stopping_word") or ""
                    finish: Finish = "length" if event.get("stop_type") == "limit" else "stop"
                    if word and word not in settings.stop:
                        texts[at] += word
                        finish = "cut"
                    if begun and (end := ending(texts[at], replace(settings, stop_when=None))):
                        texts[at], finish = end  # the server does not see what it begins with
                    tokens, seconds = event.get("tokens_predicted"), time.monotonic() - started
                    ended[at] = Completion(texts[at], seeds[at], finish, None, tokens, seconds)
            if len(ended) < len(seeds):
                raise Transient(f"{root.url} broke off in the middle of an answer")
            return [ended[at] for at in range(len(seeds))]

        return self._retried.do(attempt)

    def _with_token_counts(self, completion: Completion, prompt_tokens: int) -> Completion:
        """Fill in the token counts of a completion, also if it was broken off before the server gave them."""
        tokens = completion.tokens
        if tokens is None:
            tokens = self.count_tokens(completion.text) - self.count_tokens("")
        return replace(completion, prompt_tokens=prompt_tokens, tokens=tokens)

    def give_up(self) -> None:
        """Make the calls that are open end at their next token."""
        gone, self._gone = self._gone, threading.Event()
        gone.set()

    def close(self) -> None:
        """Stop the server and free the model."""
        self._endpoint.close()
        self._root.close()
        self._server = None


def _check_memory(path: Path, pairs: dict[str, Any]) -> None:
    """Refuse a model for which there is too little memory: the system would end the process, or swap for hours."""
    needed, free = header.memory(path, pairs, CELLS), free_memory()
    if free < needed:
        smaller = "; embedded:smollm2 needs 0.8 GB" if needed > 1e9 else ""
        raise ModelError(
            f"{path.name} needs about {needed / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free here{smaller}"
        )


def free_memory() -> int:
    """Bytes of memory that this process may still take: the machine's, or its control group's if that has less."""
    free = [2**62]
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free.append(int(next(line for line in lines if line.startswith("MemAvailable")).split()[1]) << 10)
    group = Path("/sys/fs/cgroup")
    with suppress(OSError, ValueError):  # "max" is no number: there is no limit
        limit = int((group / "memory.max").read_text(encoding="ascii"))
        free.append(limit - int((group / "memory.current").read_text(encoding="ascii")))
    return min(free)


def free_cores() -> int:
    """Cores that this process may use and that have nothing to do, at least one.

    All threads wait for the slowest. With one thread more than there are free cores, two cores of which one was busy
    took four times as long as a single thread.
    """
    cores = len(os.sched_getaffinity(0))
    return max(1, min(cores, cores - round(os.getloadavg()[0])))


def _serve(path: Path, threads: int, key: str) -> Any:
    """Start the server.

    Raises:
        MissingExtra: If `xllamacpp` is not installed.
        ModelError: If it does not load the file.
    """
    llama = _llama()
    params = llama.CommonParams()
    params.model.path = str(path)
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # any free one
    params.api_keys = [key]
    params.cors_origins = ""  # no web page has business here
    params.n_ctx = CELLS
    params.n_parallel = SLOTS
    params.kv_unified = True  # samples of one prompt share its cells
    params.cache_ram_mib = 0
    params.cache_idle_slots = False
    params.fit_params = False
    params.warmup = False
    params.ui = False
    params.verbosity = -1
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads = threads
        cpu.poll = 0
    try:
        return llama.Server(params)
    except (RuntimeError, ValueError, OSError):  # its message names no reason
        raise ModelError(f"llama.cpp cannot load {path}: it is damaged, or of an unknown architecture") from None


def _llama() -> ModuleType:
    with _patient_threads():
        try:
            import xllamacpp
        except ModuleNotFoundError:
            raise MissingExtra("the embedded model", "embedded") from None
        except ImportError as error:  # a shared library of the system
            if "libgomp" in str(error):
                raise MissingTool("libgomp", "apt-get install libgomp1") from None
            raise ModelError(f"llama.cpp does not load here: {error}") from None
    return xllamacpp  # type: ignore[no-any-return]


@contextmanager
def _patient_threads() -> Iterator[None]:
    """Make OpenMP's threads spin for a moment and then sleep, while they wait for each other.

    It reads its variables once, when it is loaded. By default they only spin: with a thread per core and any other
    load, each then burns the time slice that the one it waits for would need, and a prompt of 269 tokens took up to
    38 s on two busy cores. If they only sleep, an idle machine is a third slower (docs/models.md).
    """
    wanted = {"OMP_WAIT_POLICY": "active", "GOMP_SPINCOUNT": "50000"}
    if wanted.keys() & os.environ.keys():  # the user knows better
        yield
        return
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name in wanted:
            del os.environ[name]
