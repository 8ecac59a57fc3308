"""Checks over two local Ray workers that are killed again and again, beside `--shard` (`python perf/bench_ray.py`).

    python perf/bench_ray.py [--cached 100000] [--real 2000] [--kills 20]

The files are generated, each of its own content. The real ones are run; of the others the results are put into the
cache before, so that none of them may travel. Three runs, each in processes of its own and from the same cache:

1. Two processes with `--shard 1/2` and `2/2`, without Ray.
2. One process over a Ray cluster of two workers.
3. The same, while a worker is killed (signal 9) so many times. Only workers are killed, and only those of this run.

Each must give the same for every file, exactly once, and a last run must find all of it in the cache and run nothing.
How long a journey takes is measured apart, with checks that take no time, because a run of real ones takes a few
percent more or less each time. It is what a check over Ray costs beyond one without, and goes in the same batches.
"""

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seccoder.code.shards import Shard
from seccoder.oracles.cache import Cache
from seccoder.oracles.checking import check_texts
from seccoder.oracles.cluster import joined
from seccoder.oracles.files import Text
from seccoder.sandbox import parallel
from seccoder.types import Check, Source

GOAL = 2.0  # milliseconds of overhead for each check
JOURNEYS = 2_000
ORACLES = ("executed",)
UNSAFE = 'import subprocess\n\n\ndef size_{n}(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
SAFE = 'import subprocess\n\n\ndef size_{n}(name):\n    subprocess.run(["du", "-sh", "--", name])\n'
Result = dict[str, Any]


def texts(cached: int, real: int) -> list[Text]:
    """The files: those that are run come first, then those whose results are kept."""
    made = [Text(f"real_{n}.py", "python", (UNSAFE if n % 2 else SAFE).format(n=n)) for n in range(real)]
    return made + [Text(f"kept_{n}.py", "python", f"def add_{n}(a, b):\n    return a + b\n") for n in range(cached)]


def keep(every: Sequence[Text], folder: Path) -> None:
    """Put a result into the cache for each file that is not to be run; it could not come from a run."""
    cache = Cache(folder)
    for text in every:
        if text.path.startswith("kept_"):
            source = Source(text.text, "python", path=text.path)
            cache.put("executed", source, Check("executed", "kept", "executed", analysed=True, exercised=True))


def journey(count: int) -> float:
    """Milliseconds that a check travels, in the best of five rounds."""
    sources = [Source(SAFE.format(n=n), "python") for n in range(count)]
    rounds = []

    def nothing(source: Source) -> Check:
        return Check("executed", source.text[:1], "executed", analysed=True, exercised=True)

    for _ in range(5):
        began = time.perf_counter()
        assert len(list(parallel.each(nothing, sources, together=8))) == count
        rounds.append(time.perf_counter() - began)
    return min(rounds) * 1000 / count


def one_run(every: list[Text], cache: Path, ray: str | None, shard: str | None, out: Path) -> None:
    """Check the files, or a shard of them, and write what came out, and the seconds without the cluster's start."""
    part = Shard.parse(shard) if shard else None
    mine = [text for text in every if part is None or part.holds(text.text)]
    with joined(ray) as environment:
        began = time.monotonic()
        results = check_texts(mine, names=ORACLES, cache=Cache(cache, environment), jobs=1 if part else None)
        took = time.monotonic() - began
        travels = journey(JOURNEYS) if ray is not None else 0.0
    told = {"seconds": took, "journey": travels, "files": [result.to_json() for result in results]}
    out.write_text(json.dumps(told))


def workers(parent: int) -> list[int]:
    """The Ray workers below a process that have a task, by their names."""
    below, found = {parent}, []
    for _ in range(3):  # driver, raylet, worker
        for path in Path("/proc").glob("[0-9]*"):
            try:
                stat = (path / "stat").read_text()
                name = (path / "cmdline").read_bytes()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) in below and int(path.name) not in below:
                below.add(int(path.name))
                if name.startswith(b"ray::_work"):
                    found.append(int(path.name))
    return found


def run(every: list[Text], cache: Path, shards: Sequence[str | None], ray: str | None = None, kills: int = 0) -> Any:
    """Do one run in a process for each shard: seconds, results, how many workers were killed, and a journey."""
    context, dice, killed = multiprocessing.get_context("spawn"), random.Random(0), 0
    outs = [cache.with_name(f"{cache.name}-{number}.json") for number in range(len(shards))]
    made = [
        context.Process(target=one_run, args=(every, cache, ray, shard, out))
        for shard, out in zip(shards, outs, strict=True)
    ]
    for process in made:
        process.start()
    while killed < kills and made[0].is_alive():
        time.sleep(dice.uniform(0.5, 3))
        if busy := workers(made[0].pid or 0):
            os.kill(dice.choice(busy), signal.SIGKILL)
            killed += 1
    for process in made:
        process.join()
    if any(process.exitcode for process in made):
        sys.exit("a run failed")
    told = [json.loads(out.read_text()) for out in outs]
    files = [file for each in told for file in each["files"]]
    return max(each["seconds"] for each in told), files, killed, told[0]["journey"]


def problems(name: str, expected: dict[str, Result], files: Sequence[Result]) -> list[str]:
    """What is lost, doubled or different."""
    paths = Counter(file["path"] for file in files)
    lost = expected.keys() - paths.keys()
    doubled = [path for path, times in paths.items() if times > 1]
    other = [file["path"] for file in files if expected.get(file["path"]) != file]
    said = {"lost": len(lost), "doubled": len(doubled), "different": len(other)}
    return [f"{name}: {count} {what}" for what, count in said.items() if count]


def main() -> int:
    """Print what came out; 1 if anything was lost, doubled or different."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cached", type=int, default=100_000)
    parser.add_argument("--real", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=20)
    given = parser.parse_args()
    every = texts(given.cached, given.real)
    count = len(every)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keep(every, folder / "kept")
        caches = {which: folder / which for which in ("shards", "ray", "killed")}
        for each in caches.values():
            shutil.copytree(folder / "kept", each, copy_function=os.link)  # no entry is ever changed in its place
        plain, files, _, _ = run(every, caches["shards"], ("1/2", "2/2"))
        expected = {file["path"]: file for file in files}
        wrong = problems("--shard", expected, files) + [f"{count - len(expected)} lost"] * (len(expected) != count)
        print(f"--shard, two processes: {count:,} checks, {given.real:,} of them real, in {plain:.1f} s", flush=True)
        seconds, files, _, over = run(every, caches["ray"], (None,), ray="")
        wrong += problems("--ray", expected, files)
        print(f"--ray, two workers: {seconds:.1f} s; a check travels for {over:.2f} ms", flush=True)
        seconds, files, killed, _ = run(every, caches["killed"], (None,), ray="", kills=given.kills)
        wrong += problems("killed", expected, files)
        print(f"--ray, {killed} workers killed: {seconds:.1f} s", flush=True)
        again, files, _, _ = run(every, caches["killed"], (None,))
        wrong += problems("from the cache", expected, files)
        print(f"again from the cache that this left: {again:.1f} s", flush=True)
        wrong += [f"only {killed} kills"] * (killed < given.kills) + [f"over {GOAL} ms a check"] * (over > GOAL)
        print("; ".join(wrong) or "nothing lost, nothing doubled, the same results", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
