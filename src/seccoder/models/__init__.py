"""Loads code LMs (paper, step 4) by their specs; each kind is a module behind `seccoder.types.CodeLM`.

Only the module of the chosen model is imported, so that nobody waits for torch or an HTTP client that they do not use.
Nothing is guessed: `codegen` is not `hf:codegen`.

    spec                  where          what it is
    embedded              embedded       Qwen2.5-Coder-0.5B in this process (`seccoder data pull qwen2.5-coder-0.5b`)
    embedded:NAME         embedded       qwen2.5-coder-1.5b or smollm2, which are pulled by the same names
    gguf:PATH             embedded       any GGUF file; it chats if it has a template (or `?chat`, `?completions`)
    openai:MODEL          endpoints      a chat endpoint at OPENAI_BASE_URL; `openai:MODEL?completions` continues text
    ollama:MODEL          endpoints      the same at OLLAMA_HOST
    hf:REPO-OR-PATH       huggingface    PyTorch, on CPU or GPU; `hf:embedded[:NAME]`, `hf:FILE.gguf` unpack a GGUF file
                                         (`hf:...?chat`, `hf:...?completions` decide as for `gguf:`)
    hf:...+sven-sec:DIR   huggingface    the same behind SVEN's secure prefix; `+sven-vul:DIR` its vulnerable one
    hf:...+safecoder:DIR  huggingface    the same with a SafeCoder adapter
    fake: or fake:PATH    fake           fixed completions, for tests and documentation
"""

from seccoder.code import lazy
from seccoder.errors import UsageError
from seccoder.models import specs
from seccoder.types import CodeLM

SPECS = ("embedded[:NAME]", "gguf:PATH", "openai:MODEL", "ollama:MODEL", "hf:REPO-OR-PATH", "fake:[PATH]")

# The word before a spec's colon -> the function that makes the code LM of such a spec, given the spec and the threads.
models: dict[str, str] = {
    "embedded": "seccoder.models.embedded.llamacpp:from_spec",
    "gguf": "seccoder.models.embedded.llamacpp:from_spec",
    "openai": "seccoder.models.endpoints.openai:from_spec",
    "ollama": "seccoder.models.endpoints.openai:from_spec",
    "hf": "seccoder.models.huggingface.lm:from_spec",
    "fake": "seccoder.models.fake:from_spec",
}


def load(spec: str, *, threads: int = 0) -> CodeLM:
    """Make the code LM that a spec names. Close it after use, or use it in a `with` statement.

    Args:
        spec: One of `SPECS`, such as `embedded:smollm2` or `hf:Salesforce/codegen-350M-mono`.
        threads: Compute threads of a model that runs in this process; 0 chooses by what the machine has.

    Raises:
        UsageError: If no model goes by that spec.
        MissingExtra: If the optional dependency that runs it is not installed.
        ModelError: If the model cannot be loaded or is not there.
    """
    kind, colon, name = specs.way(spec)[0].partition(":")
    complete = bool(name) or kind == "fake" if colon else kind == "embedded"
    if kind not in models or not complete:
        raise UsageError(f"unknown model {spec!r}; known: {', '.join(SPECS)}")
    lm: CodeLM = lazy.load(models, kind)(spec, threads=threads)
    return lm
