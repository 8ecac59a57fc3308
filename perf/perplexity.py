"""Measures by perplexity whether a requantised GGUF file predicts held-out code as well as its original.

    python perf/perplexity.py ORIGINAL.gguf REQUANTISED.gguf...

The text is fixed files of this Python's standard library and of /usr/include. Each is cut to its first 2,000 characters
and scored alone, so that the intervals can be taken over files. The weights are scored as PyTorch has them after
dequantising, in float32. This measures the weights and not llama.cpp's rounding of activations, which is alike for all.
It prints a table and, as the last line, JSON. `ratio` is over the first file, with an interval from a bootstrap over
texts.
"""

import json
import math
import sys
import sysconfig
from pathlib import Path

PYTHON = (
    "argparse base64 bisect calendar configparser copy csv dataclasses fractions heapq shelve shlex tempfile zipfile"
)
HEADERS = "stdlib.h stdio.h string.h time.h unistd.h pthread.h signal.h dirent.h regex.h math.h"
CHARACTERS = 2000


def corpus() -> dict[str, str]:
    stdlib = Path(sysconfig.get_paths()["stdlib"])
    paths = [stdlib / f"{name}.py" for name in PYTHON.split()] + [
        Path("/usr/include") / name for name in HEADERS.split()
    ]
    return {
        path.name: path.read_text(encoding="utf-8", errors="replace")[:CHARACTERS] for path in paths if path.is_file()
    }


def load(path: Path) -> tuple:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    torch.set_num_threads(1)
    folder, name = str(path.parent), path.name
    model = AutoModelForCausalLM.from_pretrained(
        folder, gguf_file=name, quantization_config=GgufConfig(dequantize=True), dtype=torch.float32
    )
    return model.eval(), AutoTokenizer.from_pretrained(folder, gguf_file=name)


def losses(path: Path, texts: dict[str, str]) -> dict[str, tuple[float, int]]:
    """Per text: the sum of the tokens' negative log-likelihoods, and their number."""
    import torch

    model, tokenizer = load(path)
    scored = {}
    with torch.inference_mode():
        for name, text in texts.items():
            ids = torch.tensor([tokenizer(text)["input_ids"]])
            logits = model(ids).logits[0, :-1].float()
            scored[name] = (
                torch.nn.functional.cross_entropy(logits, ids[0, 1:], reduction="sum").item(),
                ids.shape[1] - 1,
            )
    return scored


def ratio_interval(ours: dict, base: dict, draws: int = 2000) -> tuple[float, float]:
    import numpy as np

    a, b = (np.array([scored[name][0] for name in base]) for scored in (ours, base))
    tokens = np.array([base[name][1] for name in base])
    picks = np.random.default_rng(0).integers(len(tokens), size=(draws, len(tokens)))
    low, high = np.quantile(np.exp((a[picks] - b[picks]).sum(1) / tokens[picks].sum(1)), [0.025, 0.975])
    return float(low), float(high)


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]]
    if not paths:
        sys.exit("usage: python perf/perplexity.py ORIGINAL.gguf REQUANTISED.gguf...")
    texts = corpus()
    results, base = [], {}
    for path in paths:
        scored = losses(path, texts)
        base = base or scored
        tokens = sum(n for _, n in scored.values())
        value = math.exp(sum(loss for loss, _ in scored.values()) / tokens)
        reference = math.exp(sum(loss for loss, _ in base.values()) / tokens)
        low, high = ratio_interval(scored, base)
        results.append(
            {
                "file": path.name,
                "perplexity": value,
                "ratio": value / reference,
                "low": low,
                "high": high,
                "tokens": tokens,
            }
        )
        print(
            f"{path.name:40} {value:8.4f}  x {value / reference:.4f} [{low:.4f}, {high:.4f}]  {tokens} tokens",
            flush=True,
        )
    print(json.dumps({"texts": sorted(texts), "results": results}))


if __name__ == "__main__":
    main()
