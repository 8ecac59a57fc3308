"""Loads tokenizers and models with transformers, and knows what each family of models needs.

It takes a repository, a folder, a GGUF file or `embedded[:NAME]`, and returns a tokenizer and a model in evaluation
mode. No code from a repository is run (`trust_remote_code` stays off), and a repository is only reached if it is not in
the local cache. Everything that samples or trains with PyTorch uses this module.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seccoder.errors import MissingExtra, ModelError
from seccoder.models.embedded import known
from seccoder.models.huggingface import dequantise


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known about a family of models.

    Attributes:
        revisions: The branch to take of a repository, if it is not the main one.
        stop: The marks that end a file in its training data. Nothing after them belongs to the completion.
    """

    revisions: dict[str, str]
    stop: tuple[str, ...] = ()


# By architecture, as a model's own configuration names it. CodeGen (350M, 2B, 6B) needs no care. SantaCoder's main
# branch shares one key head among all query heads and comes with its own code; the `mha` branch holds the same model
# with the heads written out, which loads as plain GPT-2 (a saved `gpt_bigcode` with `multi_query=False` loads, too).
# InCoder has its 6B weights in half precision on a branch, and marks the ends of files and of infilled regions. Its
# header `<| file ext=.py |>` is not added: a prompt is what integration made of it, and the paper's has none.
KNOWN = {
    "codegen": Known({}, ("<|endoftext|>",)),
    "gpt2": Known({"bigcode/santacoder": "mha"}, ("<|endoftext|>",)),
    "gpt_bigcode": Known({}, ("<|endoftext|>",)),
    "xglm": Known({"facebook/incoder-6B": "float16"}, ("<|endofmask|>", "<|/ file", "<| file")),
}


def libraries() -> tuple[Any, Any]:
    """Import and return torch and transformers.

    Raises:
        MissingExtra: If one is not installed.
    """
    try:
        import torch
        import transformers
    except ImportError:
        raise MissingExtra("an hf: model", "hf") from None
    return torch, transformers


def sampling_dtype(torch: Any) -> str:
    """Return the `dtype` for `open_model`.

    A CPU that multiplies in bfloat16 samples in about half the time in it (docs/models.md). Others take longer.
    """
    capabilities: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()  # older versions do not say
    return "bfloat16" if capabilities.get("amx_bf16") or capabilities.get("avx512_bf16") else ""


def open_model(name: str, dtype: str = "", *, threads: int = 0) -> tuple[Any, Any]:
    """Load a tokenizer and a model, on the GPU if there is one, in evaluation mode.

    Args:
        name: A repository, one with a branch (`REPO@BRANCH`), a folder, a GGUF file, or `embedded[:NAME]`.
        dtype: `float32` or `bfloat16`; "" takes bfloat16 on the GPU and float32 on the CPU.
        threads: Compute threads on the CPU; 0 leaves torch's choice.

    Raises:
        MissingExtra: If torch or transformers is not installed.
        ModelError: If the model is not there or cannot be loaded.
    """
    torch, transformers = libraries()
    if threads:
        torch.set_num_threads(threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    number = getattr(torch, dtype or ("bfloat16" if device == "cuda" else "float32"))
    with quiet():
        gguf = _gguf(name)
        where, revision = (str(dequantise.folder_of(gguf)), "main") if gguf else _locate(name)
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(where, revision=revision, padding_side="left")
            if gguf:
                model = dequantise.load(Path(where), number)
            else:
                kind = transformers.AutoModelForCausalLM
                model = kind.from_pretrained(where, revision=revision, dtype=number)
            return tokenizer, model.to(device).eval()
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(f"cannot load hf:{name}: {' '.join(str(error).split())[:300]}") from None


def _gguf(name: str) -> Path | None:
    """Return the GGUF file that a name stands for; None if it stands for something else."""
    path = Path(os.path.expanduser(name))
    if path.is_dir():
        return None
    if name.partition(":")[0] == "embedded":
        return known.path_of(name)
    return path if name.endswith(".gguf") and path.is_file() else None


def _locate(name: str) -> tuple[str, str]:
    """Return the folder or repository that a name stands for, and the branch."""
    path = os.path.expanduser(name)
    if os.path.isdir(path):
        return path, "main"
    if name.startswith(("/", ".", "~")):
        raise ModelError(f"cannot load hf:{name}: no such folder")
    repository, _, revision = name.partition("@")
    named = (each.revisions[repository] for each in KNOWN.values() if repository in each.revisions)
    return repository, revision or next(named, "main")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers' progress bars and advice off stderr."""
    _, transformers = libraries()
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
