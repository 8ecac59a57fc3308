"""Measures embedded sampling against transformers: same weights, same machine, one run.

    python perf/bench_sampling.py [--prompts 269,2000] [--new 64] [--repeat 3] [--threads N] [--hf] [GGUF...]
    python perf/bench_sampling.py --many 12 --new 300 [--repeat 3] [--threads N]

It reports tokens per second, and ratios. The peer is transformers in bfloat16 with the weights of the first GGUF file
dequantised, `generate(do_sample=True)`, for n = 25 with `num_return_sequences=25`, exactly `--new` tokens each. Ours is
`seccoder.models.embedded.llamacpp` with each GGUF file (default: the embedded model). The prompts were never seen
before, so prefilling counts on both sides. With `--hf`, `seccoder.models.huggingface.lm` is measured too, which is made
of the same library as the peer. Both sides get the same number of threads. Runs alternate, medians are compared, and
the spread of the ratio over the repetitions stands beside it.

For n = 1, `decode` leaves prefilling out on both sides. Ours is called again with the prompt that it has just had,
which is therefore cached. From the peer's time, that for a single token is subtracted. The last line is JSON. A prompt
of 8,192 minus `--new` tokens is the largest that fits; transformers prefills it 25 times there, which takes minutes.
"""

import argparse
import json
import os
import statistics
import sysconfig
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from seccoder.models.embedded import smollm2
from seccoder.models.embedded.llamacpp import LlamaCppLM
from seccoder.types import CodeLM, Completion, Prompt, SamplingSettings

# Torch brings the OpenMP that both sides then use. It gets the settings that seccoder.models.embedded.llamacpp makes
# when that is loaded first.
os.environ.setdefault("OMP_WAIT_POLICY", "active")
os.environ.setdefault("GOMP_SPINCOUNT", "50000")

N = 25
TARGETS = {1: 4.0, N: 1.0}  # times as fast as the peer


class Peer:
    """transformers, as its documentation says to sample."""

    def __init__(self, path: Path, threads: int) -> None:
        import torch
        import transformers

        transformers.utils.logging.disable_progress_bar()
        torch.set_num_threads(threads)
        folder, name = str(path.parent), path.name
        self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, gguf_file=name)
        self.model = transformers.AutoModelForCausalLM.from_pretrained(
            folder,
            gguf_file=name,
            quantization_config=transformers.GgufConfig(dequantize=True),
            dtype=torch.bfloat16,
        ).eval()

    def rate(self, text: str, n: int, new: int, decode: bool = False) -> float:
        """Tokens per second."""
        prefill = self.seconds(text, n, 1) if decode else 0.0
        return (new - decode) * n / (self.seconds(text, n, new) - prefill)

    def seconds(self, text: str, n: int, new: int) -> float:
        inputs = self.tokenizer(text, return_tensors="pt")
        started = time.perf_counter()
        self.model.generate(
            **inputs,
            do_sample=True,
            temperature=0.4,
            top_p=0.95,
            top_k=50,
            num_return_sequences=n,
            max_new_tokens=new,
            min_new_tokens=new,
            pad_token_id=0,
        )
        return time.perf_counter() - started


def ours(lm: CodeLM, text: str, n: int, new: int) -> float:
    started = time.perf_counter()
    completions = lm.generate(Prompt(text), n, SamplingSettings(max_tokens=new))
    return sum(completion.tokens or 0 for completion in completions) / (time.perf_counter() - started)


def prompts(lm: CodeLM, tokens: int, count: int) -> list[str]:
    """Code of the standard library, cut to so many tokens; each starts with another line, so none is in a cache."""
    stdlib = Path(sysconfig.get_paths()["stdlib"])
    code = "".join((stdlib / f"{name}.py").read_text() for name in ("argparse", "tarfile", "dataclasses", "zipfile"))
    made = []
    for i in range(count):
        lines = f"# Version {i} of this module.\n" + code
        low, high = 0, min(len(lines), tokens * 6)
        while low < high:  # the longest text of at most so many tokens
            middle = (low + high + 1) // 2
            low, high = (middle, high) if lm.count_tokens(lines[:middle]) <= tokens else (low, middle - 1)
        made.append(lines[:low])
    return made


Rates = list[float]


def measure(
    peer: Peer, lms: dict[str, CodeLM], texts: list[str], n: int, new: int
) -> list[tuple[str, Rates, dict[str, Rates]]]:
    """Per kind of measurement: the peer's rates over the repetitions, and those of each of ours."""
    whole: Rates = []
    decode: Rates = []
    ours_whole: dict[str, Rates] = {name: [] for name in lms}
    ours_decode: dict[str, Rates] = {name: [] for name in lms}
    for i, text in enumerate(texts):
        for name in [None, *lms] if i % 2 == 0 else [*lms, None]:  # taking turns at being first
            if name is None:
                whole.append(peer.rate(text, n, new))
                if n == 1:
                    decode.append(peer.rate(text, n, new, decode=True))
            else:
                ours_whole[name].append(ours(lms[name], text, n, new))
                if n == 1:
                    ours_decode[name].append(ours(lms[name], text, n, new))
    return [("whole", whole, ours_whole)] + ([("decode", decode, ours_decode)] if n == 1 else [])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gguf", nargs="*", type=Path)
    parser.add_argument("--prompts", default="269,2000", help="prompt lengths in tokens")
    parser.add_argument("--samples", default=f"1,{N}", help="samples per prompt")
    parser.add_argument("--new", type=int, default=64)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--hf", action="store_true", help="also hf:embedded")
    parser.add_argument("--many", type=int, default=0, help="only: hf:embedded with so many prompts at a time")
    return parser.parse_args()


def many(count: int, repeat: int, new: int, threads: int) -> None:
    """Tokens a processor second of hf:embedded, all prompts at a time against one after the other (its own peer).

    Of each prompt, from 150 to 1,000 tokens long, 25 samples, which end at their first empty line or at `new` tokens.
    """
    from seccoder.models.huggingface.lm import TransformersLM

    lm = TransformersLM("embedded", threads=threads)
    lengths = [150 + 850 * number // max(1, count - 1) for number in range(count)]
    requests = [
        (Prompt(prompts(lm, length, 1)[0]), N, SamplingSettings(max_tokens=new, stop_when=lambda text: "\n\n" in text))
        for length in lengths
    ]

    def rate(ways: Callable[[], Iterable[list[Completion]]]) -> float:
        started = time.process_time()
        tokens = sum(completion.tokens or 0 for completions in ways() for completion in completions)
        return tokens / (time.process_time() - started)

    ratios = []
    for _ in range(repeat):
        alone = rate(lambda: (lm.generate(*request) for request in requests))
        together = rate(lambda: (completions for _, completions, _ in lm.generate_all(iter(requests))))
        ratios.append(together / alone)
        print(f"{count} prompts x {N}: one after the other {alone:.0f} tokens/s, at a time {together:.0f}", flush=True)
    print(f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}), load {os.getloadavg()[0]:.1f}")


def main() -> None:
    args = arguments()
    if args.many:
        many(args.many, args.repeat, args.new, args.threads)
        return
    paths = args.gguf or [smollm2.fetch()]
    peer = Peer(paths[0], args.threads)
    loaded = [LlamaCppLM(path, threads=args.threads) for path in paths]
    lms: dict[str, CodeLM] = {path.name: lm for path, lm in zip(paths, loaded, strict=True)}
    if args.hf:
        from seccoder.models.huggingface.lm import TransformersLM

        lms["hf:embedded"] = TransformersLM("embedded", threads=args.threads)
    results = []
    print(
        f"{'file':32} {'prompt':>6} {'n':>3} {'what':>7} {'transformers':>13} {'ours':>8} {'ratio':>6}  spread, target"
    )
    for length in map(int, args.prompts.split(",")):
        for n in map(int, args.samples.split(",")):
            texts = prompts(next(iter(lms.values())), length, args.repeat)
            for what, base, rates in measure(peer, lms, texts, n, args.new):
                for name, ours_rates in rates.items():
                    each = [a / b for a, b in zip(ours_rates, base, strict=True)]
                    row = {
                        "file": name,
                        "prompt_tokens": length,
                        "n": n,
                        "what": what,
                        "transformers": statistics.median(base),
                        "ours": statistics.median(ours_rates),
                        "ratio": statistics.median(ours_rates) / statistics.median(base),
                        "low": min(each),
                        "high": max(each),
                        "target": TARGETS.get(n),
                    }
                    results.append(row)
                    print(
                        f"{name:32} {length:6} {n:3} {what:>7} {row['transformers']:13.1f} {row['ours']:8.1f}"
                        f" {row['ratio']:6.2f}  {min(each):.2f}-{max(each):.2f}, {TARGETS.get(n, '')}",
                        flush=True,
                    )
    for lm in loaded:
        lm.close()
    load = os.getloadavg()[0]
    print(
        json.dumps({"threads": args.threads, "new": args.new, "repeat": args.repeat, "load": load, "results": results})
    )


if __name__ == "__main__":
    main()
