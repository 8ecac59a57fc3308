"""Measures expansion: commits mined, candidates vetted, a large store opened (`python perf/bench_expand.py`).

Without `--clone`, the history is generated with `git fast-import` (`tests/histories.py`): 1 % of its commits fix
something, and the others do not match; a real one has other commits, so give a clone. With `--former FOLDER`, which
holds a former build (`git worktree add FOLDER efa1bf0`), both builds read the history by turns, each in a process of
its own, and the ratio of their best runs is printed. Else the peer is plain `git log -p`, thrown away unread.
Near-duplicates are looked for among sets of hashes, beside comparing all, which finds all of them. Vetting is static
(no proofs): bandit and all other rules, over the generated pairs, in one process with bandit in another beside it.
Some 2,000 of the searches for near-duplicates are made among all demonstrations as well. With `--beside N` the same
candidates are vetted by turns beside N/10 and beside N of their kind: what the number of these changes is all that
differs, however busy the machine is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np

from histories import FIXES, WORDS, History, body
from seccoder.codebase import banding
from seccoder.codebase.codebase import Codebase
from seccoder.codebase.contamination import Benchmarks
from seccoder.codebase.duplicates import Outline, Shapes
from seccoder.codebase.store import Store
from seccoder.evaluation.benchmark_texts import own_texts
from seccoder.expansion.candidate import Candidate
from seccoder.expansion.vetting import vet as vetting
from seccoder.expansion.vetting.vet import Policy, Vetter
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

_READ = """
import importlib, sys, time
from pathlib import Path
for source, about in (("seccoder.expansion.sources.git_history", "seccoder.expansion.sources.about"),
                      ("seccoder.codebase.sources.history", "seccoder.codebase.sources.pair")):
    try:
        History, About = importlib.import_module(source).History, importlib.import_module(about).About
        break
    except ModuleNotFoundError:
        continue
began = time.perf_counter()
found = sum(len(batch.candidates) for batch in History(Path(sys.argv[1]), About()).batches(None))
print(time.perf_counter() - began, found)
"""


def mine(path: Path, former: Path | None, turns: int) -> None:
    """Commits per second, beside a former build or else beside `git log -p`."""
    counted = subprocess.run(["git", "-C", path, "rev-list", "--count", "HEAD"], capture_output=True, check=True)
    commits = int(counted.stdout)
    builds = {"this build": Path(__file__).parents[1], **({"former build": former} if former else {})}
    times: dict[str, list[float]] = {name: [] for name in builds}
    found: dict[str, str] = {}
    for _ in range(turns):
        for name, build in builds.items():
            environment = {**os.environ, "PYTHONPATH": str(build / "src")}
            command = [sys.executable, "-c", _READ, path]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=3600)
            seconds, found[name] = done.stdout.split()
            times[name].append(float(seconds))
    for name, seconds in times.items():
        rates = [commits / each for each in seconds]
        print(f"mining    {name}: {commits:,} commits, {found[name]} candidates: ", end="")
        print(f"{min(rates):,.0f} to {max(rates):,.0f} commits/s")
    if former:
        print(f"          ratio of the best runs: {min(times['former build']) / min(times['this build']):.1f}")
    else:
        print(f"          git log -p alone: {commits / peer(path):,.0f} commits/s")


def peer(path: Path) -> float:
    """Seconds of `git log -p`."""
    began = time.perf_counter()
    subprocess.run(["git", "-C", str(path), "log", "-p"], stdout=subprocess.DEVNULL, check=True, timeout=600)
    return time.perf_counter() - began


def candidates(count: int) -> list[Candidate]:
    """Pairs of random functions, one of a kind each."""
    import random

    dice = random.Random(1)
    made = []
    for number in range(count):
        names = dice.sample(WORDS, 4)
        cwe = list(FIXES)[number % len(FIXES)]
        head = f"def {names[1]}_{number}(db, {', '.join(names)}):\n"
        rest = "".join(f"    {line}\n" for line in [*body(dice, names), *body(dice, names)])
        safe, twin = (head + f"    {FIXES[cwe][side].format(name=names[0], a=names[0])}\n" + rest for side in (2, 1))
        made.append(Candidate(safe, "python", (cwe,), twin, "do it", origin=Provenance("perf", "MIT")))
    return made


class Compared(Shapes):
    """Shapes that also compare every `every`th search with all that is there, and count where the answers differ."""

    every, asked, others, spent = 1, 0, 0, 0.0

    def most_alike(self, outline: Outline | None, language: str, but: Collection[str] = ()) -> tuple[str, float] | None:
        """Answer by bands; the time that comparing all takes is counted apart."""
        answer = super().most_alike(outline, language, but)
        Compared.asked += 1
        if Compared.asked % self.every == 0:
            began, bands = time.process_time(), self._bands[language]
            self._bands[language] = All(len(self._known[language]))
            Compared.others += super().most_alike(outline, language, but) != answer
            self._bands[language] = bands
            Compared.spent += time.process_time() - began
        return answer


class All(banding.Bands):
    """Bands that name everything."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._everything = np.arange(count)

    def near(self, those: banding.Hashes) -> np.ndarray:
        """Return all numbers."""
        return self._everything


def vet(count: int) -> None:
    """Candidates per second, static, and whether the last tenth takes longer than the first."""
    proposed = candidates(count)
    vetting.Shapes = Compared  # type: ignore[misc]
    with Codebase.open("bundled") as base:
        vetter = Vetter(base.demonstrations(), benchmarks=Benchmarks(own_texts()), policy=Policy(run_proofs=False))
    Compared.every, Compared.asked, Compared.others, Compared.spent = max(10, count // 1000), 0, 0, 0.0
    began, used = time.perf_counter(), [sum(os.times()[:4])]
    accepted, step = 0, min(200, count)
    for start in range(0, count, step):
        accepted += sum(v.decision == "accept" for v in vetter.vet(proposed[start : start + step]))
        used.append(sum(os.times()[:4]) - Compared.spent)
        if (start + step) % 5000 == 0:  # what is known if the run does not come to its end
            print(f"{start + step:,} in {used[-1] - used[0]:.0f} s of processor time", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - began
    each = 1000 * np.diff(used) / step
    tenth = max(1, len(each) // 10)
    print(f"vetting   {count:,} candidates ({accepted:,} accepted): {seconds:.0f} s, {count / seconds:,.0f} a second")
    print(
        f"          processor time, bandit's included: {used[-1] - used[0]:.0f} s, {each.mean():.1f} ms each; ", end=""
    )
    print("by tenths", *(f"{each[start : start + tenth].mean():.1f}" for start in range(0, len(each), tenth)))
    print(f"          {Compared.asked // Compared.every:,} searches for near-duplicates were also made ", end="")
    print(f"among all: {Compared.others} other answers")


def beside(count: int, there: int) -> None:
    """Processor time of the same candidates beside a tenth of the demonstrations and beside all, batch by batch."""
    proposed, benchmarks, step = candidates(there + count), Benchmarks(own_texts()), 100
    vetters = {size: Vetter(benchmarks=benchmarks, policy=Policy(run_proofs=False)) for size in (there // 10, there)}
    began = time.process_time()
    for size, vetter in vetters.items():
        for number, each in enumerate(proposed[:size], 1):
            vetter.know(each.demonstration(ProofLevel.ASSERTED))
            if number % 10_000 == 0:
                spent = time.process_time() - began
                print(f"{number:,} are there after {spent:.0f} s of processor time", file=sys.stderr, flush=True)
    found: dict[int, list[str]] = {size: [] for size in vetters}
    used: dict[int, list[float]] = {size: [] for size in vetters}
    for turn, start in enumerate(range(there, there + count, step)):
        for size in sorted(vetters, reverse=bool(turn % 2)):
            before = sum(os.times()[:4])
            found[size] += [v.decision for v in vetters[size].vet(proposed[start : start + step])]
            used[size].append(1000 * (sum(os.times()[:4]) - before) / step)
        print(*(f"{each[-1]:.1f}" for each in used.values()), "ms", file=sys.stderr, flush=True)
    for size, each in used.items():
        accepted = found[size].count("accept")
        print(f"vetting   beside {size:,}: {np.mean(each):.1f} ms each, {accepted:,} of {count:,} accepted")
    few, many = (np.array(each) for each in used.values())
    print(f"          {many.sum() / few.sum():.3f} times as long; batch by batch {(many / few).min():.3f} ", end="")
    print(f"to {(many / few).max():.3f}, in the median {np.median(many / few):.3f}")


def alike(count: int, searches: int) -> None:
    """Processor time of finding near-duplicates among so many demonstrations, by bands and by comparing all.

    Half of the searches are for copies in which one or two of twenty statements are others.
    """
    dice = np.random.default_rng(1)
    tokens = dice.integers(2**64, size=(2, 5000, 4), dtype=np.uint64)  # of statements, and of what follows on one

    def outline(statements: np.ndarray) -> Outline:
        inside, joints = tokens[0, statements], tokens[1, statements[:-1]] * (2 * statements[1:, None] + 1)
        return Outline.of_hashes(np.unique(np.concatenate([inside.ravel(), joints.ravel()])))

    def function() -> np.ndarray:
        return (5000 * dice.random(20) ** 3).astype(np.uint64)  # some statements are in every other function

    known = [function() for _ in range(count)]
    outlines = [outline(each) for each in known]
    asked = [outline(function()) for _ in range(searches // 2)]
    for each in dice.choice(count // 10, searches // 2, replace=False):
        changed = known[each].copy()
        changed[dice.integers(20, size=dice.integers(1, 3))] = function()[:1]
        asked.append(outline(changed))
    for size in (count // 10, count):
        found, spent = {}, {}
        for newest in (banding.NEWEST, 10 * count):
            banding.NEWEST, shapes = newest, Shapes()
            for number, each in enumerate(outlines[:size]):
                shapes.add(str(number), each, "python")
            began = time.process_time()
            found[newest] = [shapes.most_alike(each, "python") for each in asked]
            spent[newest] = (time.process_time() - began) / len(asked) * 1000
            banding.NEWEST = 1024
        (by_bands, by_all), (fast, slow) = found.values(), spent.values()
        same = sum(one == other for one, other in zip(by_bands, by_all, strict=True))
        print(f"alike     among {size:,}: {fast:.2f} ms by bands, {slow:.2f} ms by comparing all, ", end="")
        print(f"{slow / fast:.1f} times as much")
        print(f"          {sum(map(bool, by_all))} of {len(asked)} have one; {same} answers are the same")


def large(folder: Path, count: int) -> None:
    """Seconds to open a large store and to find one demonstration in it."""
    path = folder / "large.sqlite"
    with Store.open(path) as store:
        for start in range(0, count, 10_000):
            store.add(
                Demonstration("python", ("CWE-89",), "do it", f"def f_{n}():\n    return {n}\n", None,
                              Proof(ProofLevel.ASSERTED), Provenance("perf"))
                for n in range(start, start + 10_000)
            )  # fmt: skip
        id = store.ids()[0]
    began = time.perf_counter()
    with Store.open(path) as store:
        store.get(id)
        seconds = time.perf_counter() - began
    print(f"opening   {count:,} demonstrations ({path.stat().st_size / 1e6:.0f} MB), and finding one: {seconds:.3f} s")


def main() -> None:
    """Print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clone", type=Path, help="a real history instead of a generated one")
    parser.add_argument("--former", type=Path, help="the folder of a former build, to compare with")
    parser.add_argument("--turns", type=int, default=3, help="how often each build reads the history")
    parser.add_argument("--commits", type=int, default=6000)
    parser.add_argument("--candidates", type=int, default=2000)
    parser.add_argument("--beside", type=int, help="vet beside a tenth of so many demonstrations, and beside all")
    parser.add_argument("--alike", type=int, default=10_000, help="among how many near-duplicates are looked for")
    parser.add_argument("--searches", type=int, default=200, help="so many of them")
    parser.add_argument("--only", choices=("alike", "vet"), help="measure nothing else")
    parser.add_argument("--demonstrations", type=int, default=100_000)
    arguments = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    if arguments.only is None:
        with tempfile.TemporaryDirectory() as name:
            path = arguments.clone or Path(name) / "repository"
            if arguments.clone is None:
                History(fixes=arguments.commits // 100, commits=arguments.commits).write(path)
            mine(path, arguments.former, arguments.turns)
            large(Path(name), arguments.demonstrations)
    if arguments.only != "vet":
        alike(arguments.alike, arguments.searches)
    if arguments.only != "alike":
        if arguments.beside:
            beside(arguments.candidates, arguments.beside)
        else:
            vet(arguments.candidates)


if __name__ == "__main__":
    main()
