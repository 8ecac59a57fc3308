"""Measures how fast a prompt is read by llama.cpp in this process, and how fast one that begins like the last.

    python perf/bench_reading.py [--model embedded] [--tokens 500,1000,2000] [--head 800] [--repeat 5] [--threads 2]

Two ratios, of medians over prompts that the model has not seen:

- `reading`: the time of a call of ours for one new token, over what the same library in the same run says that it took
  to compute the same number of prompt tokens, as `llama-bench` does (its own `prompt_ms`, with the cache off).
- `again`: a prompt of `--head` tokens and a tail of 30, over the next prompt with the same head and another tail.

The last line is JSON.
"""

import argparse
import json
import random
import statistics
import time

from seccoder.models.embedded.llamacpp import LlamaCppLM, from_spec
from seccoder.types import Prompt, SamplingSettings

ONE = SamplingSettings(max_tokens=1, temperature=0)
TARGETS = {"reading": 1.3, "again": 5.0}


def text(lm: LlamaCppLM, tokens: int, seed: int) -> str:
    """Return code of about so many tokens, of names that no other seed has."""
    rng = random.Random(seed)
    lines: list[str] = []
    while lm.count_tokens("".join(lines)) < tokens:
        name = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=8))
        lines += [f"def {name}(value):\n    return value * {rng.randrange(10**6)}\n\n" for _ in range(4)]
    return "".join(lines)


def called(lm: LlamaCppLM, prompt: str) -> float:
    """Seconds of a call for one token."""
    started = time.monotonic()
    lm.generate(Prompt(prompt), 1, ONE)
    return time.monotonic() - started


def computed(lm: LlamaCppLM, prompt: str) -> float:
    """Seconds that llama.cpp says it computed on the prompt."""
    body = {"prompt": prompt, "n_predict": 1, "temperature": 0, "cache_prompt": False}
    return float(lm._root.post("/completion", body)["timings"]["prompt_ms"]) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--tokens", default="500,1000,2000")
    parser.add_argument("--head", type=int, default=800)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    found: dict[str, float] = {}
    with from_spec(given.model, threads=given.threads) as lm:
        for tokens in map(int, given.tokens.split(",")):
            prompts = [text(lm, tokens, 1000 * tokens + i) for i in range(2 * given.repeat)]
            pairs = [(called(lm, prompts[i]), computed(lm, prompts[i + 1])) for i in range(0, len(prompts), 2)]
            ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
            found[f"reading {tokens}"] = ours / theirs
            rates = f"{tokens} tokens: {tokens / ours:.0f} tokens/s, llama.cpp says {tokens / theirs:.0f}"
            print(f"{rates}; {ours / theirs:.2f} times as long (goal {TARGETS['reading']})", flush=True)
        ratios = []
        for i in range(given.repeat):
            head = text(lm, given.head, 7 + i)
            first, second = (called(lm, head + text(lm, 30, 10_000 + 2 * i + tail)) for tail in range(2))
            ratios.append(first / second)
        found["again"] = statistics.median(ratios)
        print(f"a head of {given.head} tokens: {found['again']:.1f} times as fast again (goal {TARGETS['again']})")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
