"""Kills expansions with signal 9 at random moments and reports what was lost (`python perf/kill_expand.py`).

The history is generated (`tests/histories.py`), and so are the moments. Nothing may be lost, every store must open
whole, and an expansion that is resumed must come to the same demonstrations as one that was never disturbed. Then two
processes add a thousand demonstrations each, one by one, to one store.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import kills
from histories import History
from seccoder.codebase.store import Store
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance


def main() -> int:
    """Print what happened; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--oracle", action="append", default=[], help="ask it, so that it is interrupted too")
    arguments = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        History(fixes=40, commits=400, seed=arguments.seed).write(Path(name) / "repository")
        folder = Path(name) / "stores"
        folder.mkdir()
        report = kills.killed(
            Path(name) / "repository",
            folder,
            arguments.kills,
            oracles=tuple(arguments.oracle),
            seed=arguments.seed,
        )
        there = writers(Path(name) / "written.sqlite", 1000)
    print(f"{report.kills} kills, {report.amid} amid the work, {report.journals} left a journal behind")
    print(f"{report.finished} expansions finished, {len(report.problems)} problems {report.problems[:5]}")
    print(f"two writers of 1,000 each: {there:,} demonstrations; {time.perf_counter() - began:.0f} s in all")
    return bool(report.problems) or there != 2000


def writers(path: Path, count: int) -> int:
    """How many demonstrations there are after two processes added so many each."""
    processes = [multiprocessing.Process(target=add, args=(path, name, count)) for name in ("one", "other")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    with Store.open(path) as store:
        return len(store.ids())


def add(path: Path, name: str, count: int) -> None:
    """Add so many demonstrations, one by one."""
    proof, origin = Proof(ProofLevel.ASSERTED), Provenance("perf")
    with Store.open(path) as store:
        for number in range(count):
            store.add([Demonstration("python", ("CWE-89",), "", f"{name} = {number}\n", None, proof, origin)])


if __name__ == "__main__":
    sys.exit(main())
