"""Measures samples that end early: drawn as one batch that ends each by itself, against one after the other.

    python perf/bench_batch.py [--model embedded] [--samples 10] [--new 300] [--tasks 6] [--repeat 1] [--threads N]

Both sides draw the same number of samples of the demo's prompts (four in Python, two in C), each with a retrieved
example, with the same weights, seeds and settings, in one process, alternating. `--samples` is n; a sample ends where
extraction would cut it. One after the other is what was done before batches could end so. Reported are samples per
minute by the clock and per processor minute of this process (in which the model computes), and the ratios; on a busy
machine the latter is the one to read. The last line is JSON.
"""

import argparse
import json
import time
from dataclasses import replace

from seccoder import SecCoder
from seccoder.evaluation.demo import TASKS
from seccoder.prompts.continuation import Continuation
from seccoder.types import SamplingSettings

WAYS = ("one after the other", "batch")


def main() -> None:
    """Draw, time and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--samples", type=int, default=10)
    parser.add_argument("--new", type=int, default=300)
    parser.add_argument("--tasks", type=int, default=len(TASKS))
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0)
    args = parser.parse_args()
    clock, processor, tokens = ({way: 0.0 for way in WAYS} for _ in range(3))
    with SecCoder(model=args.model, codebase="bundled", threads=args.threads) as seccoder:
        for round_ in range(args.repeat):
            for number, task in enumerate(TASKS[: args.tasks]):
                asked = Continuation.of(task.query(), chat=seccoder.lm.chat)
                hits = seccoder.retrieve(task.query())
                prompt = asked.prompt(hits, seccoder.lm, max_tokens=args.new, threshold=None)
                seccoder.lm.generate(prompt, 1, SamplingSettings(max_tokens=1))  # read once for both sides
                batch = SamplingSettings(
                    max_tokens=args.new, seed=round_, stop_at=asked.stop_at(), stop_when=asked.stop_when()
                )
                settings = {"batch": batch, "one after the other": replace(batch, stop_at=())}
                for way in WAYS if (round_ + number) % 2 else reversed(WAYS):
                    began = time.monotonic(), time.process_time()
                    drawn = seccoder.lm.generate(prompt, args.samples, settings[way])
                    clock[way] += time.monotonic() - began[0]
                    processor[way] += time.process_time() - began[1]
                    tokens[way] += sum(each.tokens or 0 for each in drawn)
                    files = len({asked.file(each.text) for each in drawn})
                    print(
                        f"{task.id:16} {way:20} {clock[way]:7.1f} s in all, {processor[way]:7.1f} of the processor, "
                        f"{tokens[way]:.0f} tokens, {files} different files",
                        flush=True,
                    )
    count = args.samples * min(args.tasks, len(TASKS)) * args.repeat
    result = {
        "model": args.model,
        "samples": count,
        "per minute": {way: round(60 * count / clock[way], 1) for way in WAYS},
        "per processor minute": {way: round(60 * count / processor[way], 1) for way in WAYS},
        "ratio": round(clock[WAYS[0]] / clock["batch"], 2),
        "ratio, processor": round(processor[WAYS[0]] / processor["batch"], 2),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
