"""Measures the samples a minute that an evaluation draws and checks: of several models, and of another build.

    python perf/bench_evaluation.py [--samples 2] [--model SPEC ...] [--against CHECKOUT --peer SPEC]

Each side is `seccoder evaluate sven-validation --arm none --arm hybrid` in a process of its own: six scenarios, so many
samples of each with and without an example, retrieved from the paper's base. Sampling, checking and starting count. No
side has results of checks to begin with. The peer comes first: it is another build where one is named, else the first
model. Reported are samples a minute by the clock, processor seconds a sample (of all processes together), tokens a
sample, and the largest memory of one process. On a busy machine the processor's time is the one to read. Needs the
models and SVEN's archive, which `seccoder data pull sven` finds or fetches. The last line is JSON.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from seccoder.settings import cache_dir

ROOT = Path(__file__).resolve().parent.parent
MODELS = ("embedded?completions", "hf:embedded:qwen2.5-coder-0.5b")


def measured(checkout: Path, model: str, samples: int) -> dict[str, float]:
    """Evaluate once, and return what it took."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(cache_dir() / "models", Path(folder, "models"))  # results of checks are not shared
        environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "SECCODER_CACHE": folder}
        seccoder = [sys.executable, "-m", "seccoder"]
        subprocess.run([*seccoder, "data", "pull", "sven"], env=environment, stdout=subprocess.DEVNULL, check=True)
        command = [*seccoder, "evaluate", "sven-validation", "--arm", "none", "--arm", "hybrid"]
        command += ["--model", model, "--codebase", "sven", "--samples", str(samples), "--seeds", "1"]
        command += ["--out", f"{folder}/run"]
        began = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)  # it and all that it waited for
        clock = time.monotonic() - began
        if status:
            raise SystemExit(f"{model} could not be measured")
        drawn = [json.loads(line) for line in Path(folder, "run/samples.jsonl").read_text("utf-8").splitlines()]
    processor = used.ru_utime + used.ru_stime
    return {
        "samples a minute": round(60 * len(drawn) / clock, 1),
        "processor seconds a sample": round(processor / len(drawn), 2),
        "tokens a sample": round(sum(each["tokens"] for each in drawn) / len(drawn), 1),
        "GB": round(used.ru_maxrss / 1e6, 2),
    }


def main() -> None:
    """Evaluate with each side, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=2, help="of each scenario and arm")
    parser.add_argument("--model", action="append", help=f"default: {' and '.join(MODELS)}")
    parser.add_argument("--against", type=Path, help="a checkout of another build")
    parser.add_argument("--peer", default="embedded", help="the other build's model")
    given = parser.parse_args()
    if not shutil.which("bwrap"):
        print("left out: it needs bubblewrap")
        return
    sides = [("this build", ROOT, model) for model in given.model or MODELS]
    if given.against:
        sides.insert(0, ("other build", given.against.resolve(), given.peer))
    results = []
    for build, checkout, model in sides:
        results.append({"build": build, "model": model, **measured(checkout, model, given.samples)})
        rate = results[-1]["samples a minute"] / results[0]["samples a minute"]
        cost = results[0]["processor seconds a sample"] / results[-1]["processor seconds a sample"]
        print(
            f"{json.dumps(results[-1])}: {rate:.1f} times the first by the clock, {cost:.1f} by the processor",
            flush=True,
        )
    print(json.dumps({"load": round(os.getloadavg()[0], 1), "results": results}))


if __name__ == "__main__":
    main()
