"""Code LMs (paper, step 4), chosen by an explicit spec; each is one module behind `seccoder.types.CodeLM`.

In flows a spec, out flows a code LM. Only the chosen module is imported, so that nobody pays for torch or an HTTP
client they do not use. Nothing is guessed: `codegen` is not `hf:codegen`.

    spec                  where          what it is
    embedded              embedded       SmolLM2-135M-Instruct in this process (`seccoder data pull smollm2`)
    gguf:PATH             embedded       any GGUF file
    openai:MODEL          endpoints      a chat endpoint at OPENAI_BASE_URL; `openai:MODEL?completions` continues text
    ollama:MODEL          endpoints      the same at OLLAMA_HOST
    hf:REPO-OR-PATH       huggingface    PyTorch, on CPU or GPU; `hf:embedded` and `hf:FILE.gguf` unpack a GGUF file
    hf:...+sven-sec:DIR   huggingface    the same behind SVEN's secure prefix; `+sven-vul:DIR` its vulnerable one
    hf:...+safecoder:DIR  transformers   the same with a SafeCoder adapter
    fake: or fake:PATH    fake           fixed completions, for tests and documentation
"""

from seccoder.errors import UsageError
from seccoder.types import CodeLM

SPECS = ("embedded", "gguf:PATH", "openai:MODEL", "ollama:MODEL", "hf:REPO-OR-PATH", "fake:[PATH]")


def load(spec: str, *, threads: int = 0) -> CodeLM:
    """Make the code LM that a spec names. Call its `close()` when done; it is a context manager, too.

    Args:
        spec: One of `SPECS`, such as `embedded` or `hf:Salesforce/codegen-350M-mono`.
        threads: Compute threads of a model that runs in this process; 0 chooses by what the machine has.

    Raises:
        UsageError: If no model goes by that spec.
        MissingExtra: If the optional dependency that runs it is not installed.
        ModelError: If the model cannot be loaded or is not there.
    """
    kind, colon, name = spec.partition(":")
    if spec == "embedded":
        from seccoder.models.embedded import llamacpp

        return llamacpp.embedded(threads=threads)
    if kind == "fake" and colon:
        from seccoder.models import fake

        return fake.FakeLM(name)
    if kind == "gguf" and name:
        from seccoder.models.embedded import llamacpp

        return llamacpp.LlamaCppLM(name, spec=spec, threads=threads)
    if kind in ("openai", "ollama") and name:
        from seccoder.models.endpoints import openai

        return openai.from_spec(spec)
    if kind == "hf" and name:
        from seccoder.models.huggingface import lm

        return lm.TransformersLM(name, threads=threads)
    raise UsageError(f"unknown model {spec!r}; known: {', '.join(SPECS)}")
