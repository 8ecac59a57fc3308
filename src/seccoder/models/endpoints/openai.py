"""Uses any OpenAI-compatible endpoint as a code LM: chat (`/chat/completions`) or plain text (`/completions`).

The server that samples may be a hosted one, vLLM, ollama or llama.cpp. Each sample is a streamed request of its own
with its own seed, because many servers ignore `n`. A stream is closed where extraction would cut the text, and most
servers then stop.

Not guaranteed: that a server honours seeds, or that it applies `top_k`. Only servers that say they are llama.cpp or
vLLM are sent `top_k`; the others refuse fields that they do not know.
"""

import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from seccoder.errors import ModelError, UsageError
from seccoder.models.base import BaseLM
from seccoder.models.endpoints import line_ends
from seccoder.models.endpoints.endpoint import Endpoint, Lost, Transient
from seccoder.models.endpoints.many import Servers
from seccoder.models.sampling import Finish, ending, seed_of
from seccoder.types import Completion, Prompt, SamplingSettings

IN_FLIGHT = 8  # requests at a time
DEFAULT_CONTEXT = 8192  # tokens, for a server that does not say
_STOPS = 4  # stop strings that the API takes; all of them are looked for here as well
SAMPLERS = ["temperature", "top_k", "top_p"]  # transformers' order; llama.cpp's own puts the temperature last
# Why an answer is not complete, as servers say it; `model_length` is that of Mistral's.
_FINISH: dict[str, Finish] = {"length": "length", "model_length": "length", "content_filter": "filter"}
_PIECE = re.compile(r"[A-Za-z]{1,3}|[^\S\n]{1,4}|\n|[^\x00-\x7f]|[^A-Za-z\s]")


def from_spec(spec: str, *, threads: int = 0) -> "OpenAILM":
    """Make the code LM of an `openai:` or `ollama:` spec. It asks the server what it has, and it ignores the threads.

    `openai:MODEL` is a chat model and `openai:MODEL?completions` one that continues text. The server is the one at
    OPENAI_BASE_URL, which may name several, separated by commas; for `ollama:` the one at OLLAMA_HOST.

    Raises:
        UsageError: If the suffix or the address cannot be used.
        ModelError: If the server cannot be reached or refuses.
    """
    kind, _, rest = spec.partition(":")
    model, mark, way = rest.partition("?")
    if not model or (mark and way not in ("chat", "completions")):
        raise UsageError(f"unknown model {spec!r}; it should be {kind}:MODEL or {kind}:MODEL?completions")
    if kind == "ollama":
        endpoints = [Endpoint(_ollama(os.environ.get("OLLAMA_HOST", "")))]
    else:
        urls = os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
        key = os.environ.get("OPENAI_API_KEY", "").strip()
        endpoints = [Endpoint(url.strip(), key) for url in urls.split(",")]
    return OpenAILM(endpoints, model, chat=way != "completions", spec=spec)


def _ollama(host: str) -> str:
    """Return the address in OLLAMA_HOST, which may lack scheme and port, and may be the one a server listens at."""
    scheme, mark, rest = host.rpartition("://")
    rest = rest.rstrip("/") or "127.0.0.1"
    rest = rest.replace("0.0.0.0", "127.0.0.1")  # noqa: S104  (it is replaced, not bound)
    if ":" not in rest:
        rest += ":11434"
    return f"{scheme if mark else 'http'}://{rest}/v1"


@dataclass
class _Choice:
    """One sample while it comes in."""

    text: str = ""
    finish: Finish | None = None
    ended_here: bool = False  # we ended it, and the server does not know
    prompt_tokens: int | None = None
    tokens: int | None = None
    seconds: float = 0.0


class OpenAILM(BaseLM):
    """A model behind one endpoint or several.

    Args:
        endpoints: Where it is.
        model: Its name there.
        chat: Whether it wants messages.
        spec: The spec that names the model in results.
        in_flight: How many requests one call sends at a time.

    Attributes:
        calls_at_a_time: How many calls of `generate` keep the servers busy.

    Raises:
        ModelError: If no server can be reached, or one refuses.
    """

    def __init__(
        self, endpoints: Sequence[Endpoint], model: str, *, chat: bool, spec: str = "", in_flight: int = IN_FLIGHT
    ) -> None:
        self.name = spec or f"openai:{model}"
        self.chat = chat
        self.calls_at_a_time = 2 * len(endpoints)  # the end of one call leaves room for the beginning of the next
        self._servers = Servers(endpoints)
        self._model = model
        self._in_flight = in_flight
        asked: dict[Endpoint, tuple[int, str]] = {}
        for endpoint in endpoints:
            try:
                asked[endpoint] = self._ask(endpoint)
            except Lost:  # it may come later, and is then taken for what the others are
                if endpoint is endpoints[-1] and not asked:
                    raise
        self.context_length = min(length for length, _ in asked.values())
        kinds = {kind for _, kind in asked.values()}
        others = kinds.pop() if len(kinds) == 1 else ""
        self._kinds = {endpoint: asked[endpoint][1] if endpoint in asked else others for endpoint in endpoints}
        self._shows_tokens = any(self._kinds.values())

    def count_tokens(self, text: str) -> int:
        """Estimate the tokens from above: one per three letters or four spaces, per digit, sign, line, non-ASCII byte.

        Over the code of the C and Python standard libraries it stayed above the count of every tokenizer it was
        compared with (`docs/models.md` has the figures). It is not a bound: random letters can have more tokens.
        """
        return sum(1 if piece.isascii() else len(piece.encode("utf-8", "replace")) for piece in _PIECE.findall(text))

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Sample n completions, a request each, `in_flight` of them at a time.

        Raises:
            ModelError: If the server cannot be reached, refuses, or does not complete an answer.
        """
        started = time.monotonic()
        begun = ""
        if not self.chat and self._ends_a_line(prompt.text):
            begun = "\n"
            prompt = Prompt(prompt.text + begun)
        gone = threading.Event()  # a request failed, or nobody waits any more: the other requests need not go on

        def one(i: int) -> Completion:
            if gone.is_set():
                raise ModelError("given up")
            try:
                return self.sample(prompt, [seed_of(settings, i)], settings, started, gone, begun=begun)[0]
            except BaseException:
                gone.set()
                raise

        if n == 1:
            return [one(0)]
        pool = ThreadPoolExecutor(max(1, min(n, self._in_flight)), thread_name_prefix="openai")
        futures = [pool.submit(one, i) for i in range(n)]
        try:
            failures = [error for future in futures if (error := future.exception()) is not None]
        finally:
            gone.set()
            pool.shutdown(cancel_futures=True)
        if failures:
            raise next((error for error in failures if str(error) != "given up"), failures[0])
        return [future.result() for future in futures]

    def _ends_a_line(self, text: str) -> bool:
        """Tell whether the model expects a line's end that is one token with the text's end, if a server can say it."""
        if not self._shows_tokens:
            return False

        def ask(endpoint: Endpoint) -> bool:
            with closing(endpoint.root()) as root:
                return line_ends.expected(root, self._kinds[endpoint], self._model, text)

        try:
            return self._servers.do(ask)
        except Lost:  # something in front of it does not pass this on; if it is gone itself, sampling will say so
            self._shows_tokens = False
            return False

    def sample(
        self,
        prompt: Prompt,
        seeds: Sequence[int],
        settings: SamplingSettings,
        started: float,
        gone: threading.Event | None = None,
        *,
        begun: str = "",
    ) -> list[Completion]:
        """Sample with one request.

        Several seeds must be consecutive, and only a server that is known to add 0, 1, ... to a seed may be asked.

        Args:
            prompt: The prompt.
            seeds: One per sample.
            settings: How to sample.
            started: When the call began, by the monotonic clock.
            gone: Set when the answer is not wanted any more.
            begun: What every completion begins with; the prompt ends with it.

        Raises:
            ModelError: As for `generate`.
        """

        def ask(endpoint: Endpoint) -> list[_Choice]:
            path, body = self._request(endpoint, prompt, seeds, settings)
            with closing(endpoint.events(path, body)) as events:  # type: ignore[type-var]
                choices = [_Choice(begun) for _ in seeds]
                return self._collect(endpoint, events, choices, settings, started, gone)

        return [
            Completion(c.text, seed, c.finish or "stop", c.prompt_tokens, c.tokens, c.seconds)
            for seed, c in zip(seeds, self._servers.do(ask), strict=True)
        ]

    def _request(
        self, endpoint: Endpoint, prompt: Prompt, seeds: Sequence[int], settings: SamplingSettings
    ) -> tuple[str, dict[str, Any]]:
        kind = self._kinds[endpoint]
        body: dict[str, Any] = {
            "model": self._model,
            "max_tokens": settings.max_tokens,
            "temperature": settings.temperature,
            "top_p": settings.top_p,
            "seed": seeds[0],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if len(seeds) > 1:
            body["n"] = len(seeds)
        if settings.stop:
            body["stop"] = list(settings.stop[:_STOPS])
        if kind == "vllm":
            body["top_k"] = settings.top_k or -1
        elif kind == "llamacpp":
            body |= {"top_k": settings.top_k, "min_p": 0, "samplers": SAMPLERS, "cache_prompt": True}
        if not self.chat and not prompt.text:  # some servers would wait for one for ever
            raise ModelError(f"{self.name} cannot continue an empty prompt")
        if not self.chat:
            return "/completions", body | {"prompt": prompt.text}
        messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
        return "/chat/completions", body | {"messages": messages or [{"role": "user", "content": prompt.text}]}

    def _collect(
        self,
        endpoint: Endpoint,
        events: Iterator[dict[str, Any]],
        choices: list[_Choice],
        settings: SamplingSettings,
        started: float,
        gone: threading.Event | None,
    ) -> list[_Choice]:
        """Read the samples out of a stream until all of them have ended."""
        try:
            for event in events:
                if gone is not None and gone.is_set():
                    raise ModelError("given up")
                self._take(endpoint, event, choices, settings, started)
                if all(choice.finish for choice in choices) and any(choice.ended_here for choice in choices):
                    break  # otherwise the server still sends the token counts
        except ModelError:
            if not all(choice.finish for choice in choices):
                raise
        if not all(choice.finish for choice in choices):
            raise Transient(f"{endpoint.url} broke off in the middle of an answer")
        return choices

    def _take(
        self,
        endpoint: Endpoint,
        event: dict[str, Any],
        choices: list[_Choice],
        settings: SamplingSettings,
        started: float,
    ) -> None:
        """Add one event of a stream (or a whole answer that was not streamed) to the samples it belongs to."""
        usage = event.get("usage")
        try:
            for part in event.get("choices") or ():
                choice = choices[part.get("index") or 0]
                if isinstance(usage, dict):
                    choice.prompt_tokens, choice.tokens = usage.get("prompt_tokens"), usage.get("completion_tokens")
                if choice.finish is not None:
                    continue
                text = (part.get("delta") or part.get("message") or {}).get("content") if self.chat else part["text"]
                choice.text += text or ""
                if text and (end := ending(choice.text, settings)):
                    choice.text, choice.finish = end
                    choice.ended_here = True
                elif reason := part.get("finish_reason"):
                    choice.finish = _FINISH.get(reason, "stop")
                choice.seconds = time.monotonic() - started
            if isinstance(usage, dict) and not event.get("choices") and len(choices) == 1:
                choices[0].prompt_tokens, choices[0].tokens = usage.get("prompt_tokens"), usage.get("completion_tokens")
        except (AttributeError, IndexError, KeyError, TypeError):
            raise ModelError(f"{endpoint.url} answers in a form that is not this API") from None

    def _ask(self, endpoint: Endpoint) -> tuple[int, str]:
        """Ask the server for the model's context length, and which server it says it is."""
        try:
            models = Servers([endpoint]).do(lambda each: each.get("/models")).get("data")
        except ModelError as error:
            if "does not know this model or path" in str(error):
                return DEFAULT_CONTEXT, ""  # a server without this page can still complete
            raise
        known = [model for model in models or () if isinstance(model, dict)] if isinstance(models, list) else []
        this = next((model for model in known if model.get("id") == self._model), known[0] if len(known) == 1 else {})
        meta = this.get("meta") if isinstance(this.get("meta"), dict) else {}
        length = this.get("max_model_len") or (meta or {}).get("n_ctx")
        server = this.get("owned_by")
        if not isinstance(length, int) or isinstance(length, bool) or length < 1:
            length = DEFAULT_CONTEXT
        return length, server if server in ("llamacpp", "vllm") else ""

    def close(self) -> None:
        """Close the connections."""
        self._servers.close()
