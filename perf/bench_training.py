"""Measures a training step of SVEN and SafeCoder against the plain language-modelling step of the same model.

    python perf/bench_training.py [--model hf:PATH] [--tokens 256] [--repeat 7] [--dtype bfloat16] [--threads 1]

All are measured in one run. There are two peers, both by the model's own `forward(labels=...)` and backward over one
sequence. `prefix` learns one prefix of peft (what SVEN's step would be without its two further losses), and `full`
learns all weights. Ours are SVEN's three losses on the same sequence, `first` when the frozen model has not seen it yet
and `later` when it has (every epoch but the first), and SafeCoder's losses. Steps alternate. The median of processor
seconds is compared, because other jobs may share the machine. A step's ratio is its time over the peer's, so 2.2 means
2.2 times as slow. The last line is JSON.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch

from seccoder.evaluation.baselines import safecoder, sven
from seccoder.evaluation.baselines.pairs import Example
from seccoder.models.huggingface.loading import open_model

TARGET = 2.2


class Plain:
    """The plain step; `prefix` or `full`."""

    def __init__(self, model: Any, kind: str) -> None:
        self.model = model
        if kind == "prefix":
            from peft import PrefixTuningConfig, get_peft_model

            self.model = get_peft_model(model, PrefixTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=5))

    def step(self, example: Example) -> None:
        ids = torch.tensor([example.tokens], device=self.model.device)
        self.model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=ids).loss.backward()


class Ours:
    """A step of an objective."""

    def __init__(self, objective: Any) -> None:
        self.objective = objective
        objective.training(True)

    def step(self, example: Example) -> None:
        sum(self.objective.losses(example).values()).backward()


def seconds(step: Callable[[Example], None], example: Example) -> float:
    started = time.process_time()
    step(example)
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="hf:embedded")
    parser.add_argument("--tokens", type=int, default=256)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--dtype", default="bfloat16")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    def model() -> Any:
        return open_model(arguments.model.removeprefix("hf:"), arguments.dtype, threads=arguments.threads)[1]

    full = Plain(model(), "full")
    full.model.requires_grad_(True)
    prefix = Plain(model().requires_grad_(False), "prefix")
    three = Ours(sven.Sven(model(), sven.SvenSettings()))
    low_rank = Ours(safecoder.SafeCoder(model(), safecoder.SafeCoderSettings()))
    rng = random.Random(0)

    def example() -> Example:
        tokens = tuple(rng.randrange(1000, 20000) for _ in range(arguments.tokens))
        return Example(tokens, tuple(rng.random() < 0.15 for _ in tokens), "secure")

    taken = {name: [] for name in ("full", "prefix", "sven first", "sven later", "safecoder")}
    for round_ in range(arguments.repeat + 1):
        fresh = example()
        found = {
            "full": seconds(full.step, fresh),
            "sven first": seconds(three.step, fresh),
            "prefix": seconds(prefix.step, fresh),
            "sven later": seconds(three.step, fresh),
            "safecoder": seconds(low_rank.step, replace(fresh, label="vulnerable")),
        }
        full.model.zero_grad(set_to_none=True)
        if round_:  # the first warms up
            for name, value in found.items():
                taken[name].append(value)

    result = {"model": arguments.model, "tokens": arguments.tokens, "dtype": arguments.dtype, "rates": {}, "ratios": {}}
    for name, values in taken.items():
        result["rates"][name] = round(arguments.tokens / statistics.median(values), 1)
        print(f"{name:<12}{result['rates'][name]:>9.1f} tokens/s")
    for name in ("sven first", "sven later", "safecoder"):
        for peer in ("prefix", "full"):
            ratios = [a / b for a, b in zip(taken[name], taken[peer], strict=True)]
            ratio = statistics.median(ratios)
            result["ratios"][f"{name} / {peer}"] = round(ratio, 2)
            print(f"{name} / {peer}: {ratio:.2f} times as long (from {min(ratios):.2f} to {max(ratios):.2f})")
    result["target"] = TARGET
    print(json.dumps(result))


if __name__ == "__main__":
    main()
