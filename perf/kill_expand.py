"""Kills expansions with signal 9 at random moments and says what was lost (`python perf/kill_expand.py`).

The history is generated (`tests/histories.py`), and so are the moments; bandit is asked, so that also what it is asked
for is interrupted. Nothing may be lost, every store must open whole, and resuming must come to the same demonstrations
as an expansion that was never disturbed.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import kills
from histories import History


def main() -> int:
    """Print what happened; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1.5, help="after which a kill comes at the latest")
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
            seconds=arguments.seconds,
            oracles=("bandit",),
            seed=arguments.seed,
        )
    print(
        f"{report.kills} kills, {report.during_writes} left a journal behind, {report.finished_first} runs finished "
        f"before theirs; {len(report.problems)} problems {report.problems[:5]}; {time.perf_counter() - began:.0f} s"
    )
    return bool(report.problems)


if __name__ == "__main__":
    sys.exit(main())
