"""Asks a server whether the text that it is to continue ends a line, where its tokenizer joins both.

`seccoder.models.sampling` says what that is about. Only servers that show their tokens can be asked: llama.cpp's, and
vLLM. It takes four short requests.

Not guaranteed: vLLM could only be tried with a stand-in that answers as its documentation says.
"""

from collections.abc import Sequence
from typing import Any

from seccoder.errors import ModelError
from seccoder.models.endpoints.endpoint import Endpoint, Lost, Transient
from seccoder.models.sampling import LIKELIEST, ends_a_line, joined

_LIKELIEST_OF_VLLM = 20  # it refuses more unless it was started with `--max-logprobs`


def expected(root: Endpoint, kind: str, model: str, text: str) -> bool:
    """Tell whether the model expects a line's end that is one token with the text's end.

    Args:
        root: The server, without the `/v1` of its address.
        kind: `llamacpp` or `vllm`; of others nothing is known.
        model: The model's name there.
        text: What is to be continued.

    Raises:
        Transient: If the server cannot be reached or is overloaded; `Lost` if it says nothing.
    """
    if kind not in ("llamacpp", "vllm") or not text or text != text.rstrip():
        return False
    try:
        tokens = _tokens(root, kind, model, text)
        if joined(tokens, _tokens(root, kind, model, f"{text}\n")) is None:
            return False
        return ends_a_line(_likeliest(root, kind, model, tokens[:-1]), _text(root, kind, model, tokens[-1:]))
    except (Transient, Lost):
        raise
    except (ModelError, KeyError, IndexError, TypeError, AttributeError):  # an older server, or one behind a proxy
        return False


def _tokens(root: Endpoint, kind: str, model: str, text: str) -> list[int]:
    if kind == "llamacpp":
        body: dict[str, Any] = {"content": text, "add_special": True, "parse_special": True}
    else:
        body = {"model": model, "prompt": text}
    return list(root.post("/tokenize", body)["tokens"])


def _text(root: Endpoint, kind: str, model: str, tokens: Sequence[int]) -> str:
    answer = root.post("/detokenize", {"model": model, "tokens": list(tokens)})
    return str(answer["content" if kind == "llamacpp" else "prompt"])


def _likeliest(root: Endpoint, kind: str, model: str, tokens: Sequence[int]) -> list[str]:
    """Return the texts of the tokens that the model expects behind others, likeliest first."""
    body: dict[str, Any] = {"prompt": list(tokens), "temperature": 0}
    if kind == "llamacpp":
        body |= {"n_predict": 1, "n_probs": LIKELIEST, "cache_prompt": True}
        return [each["token"] for each in root.post("/completion", body)["completion_probabilities"][0]["top_logprobs"]]
    body |= {"model": model, "max_tokens": 1, "logprobs": _LIKELIEST_OF_VLLM}
    likeliest: dict[str, float] = root.post("/v1/completions", body)["choices"][0]["logprobs"]["top_logprobs"][0]
    return sorted(likeliest, key=likeliest.__getitem__, reverse=True)
