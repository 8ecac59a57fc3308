"""Checks hostile and random "completions" and counts what became of them.

Run: python perf/hostile.py [--count 1000] [--seed 1]

Every source must get a verdict. Afterwards no process may be left behind, and no watched file outside may have changed:
a canary whose path the sources know, and the entries of the home folder and the working folder. The last line is JSON.
It exits with 1 if something is missing. The sources are those of tests/hostile_sources.py.
"""

import argparse
import ctypes
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import hostile_sources
from seccoder import oracles
from seccoder.oracles.verdict import combine

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: whatever outlives its parent becomes our child, and is counted


def watched(canary: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of files outside."""
    entries = [canary, *Path.home().iterdir(), *Path.cwd().iterdir()]
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in entries if path.is_file()}


def children() -> list[str]:
    """Processes whose parent is this one and that still run."""
    listed = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    return [pid for pid in listed if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"]


def main() -> None:
    """Check them all, a few at a time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    began, asked, verdicts = time.monotonic(), oracles.load(), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "canary"
        canary.write_text("untouched")
        drawn = list(hostile_sources.sources(options.seed, options.count, str(canary)))
        before = watched(canary)
        oracles.check([drawn[0][1]], asked)  # what is compiled or started once
        running = set(children())
        for first in range(0, len(drawn), 20):
            batch = drawn[first : first + 20]
            answers = oracles.check([source for _, source in batch], asked)
            for (kind, source), checks in zip(batch, answers, strict=True):
                verdict = combine(source, checks)
                verdicts[verdict.label.value] += 1
                failed = [c.reason for c in checks if "itself failed" in c.reason or "oracle failed" in c.reason]
                if failed:
                    verdicts["failed checks"] += 1
                    print(f"{source.path} {source.language} {kind}: {failed[0]}", flush=True)
                if verdict.label.value == "SECURE":
                    print(f"{source.path} {source.language} {source.cwe} {kind}: SECURE", flush=True)
            print(
                f"{first + len(batch)} of {len(drawn)}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True
            )
        left = [pid for pid in children() if pid not in running]
        changed = [path for path, state in watched(canary).items() if before.get(path) != state]
        changed += [path for path in before if not Path(path).exists()]
    counted = sum(n for label, n in verdicts.items() if label != "failed checks")
    result = {"seed": options.seed, "sources": len(drawn), "verdicts": counted, **verdicts, "left behind": len(left)}
    print(
        json.dumps({**result, "changed": changed, "seconds": round(time.monotonic() - began), "cores": os.cpu_count()})
    )
    sys.exit(int(counted != len(drawn) or bool(left or changed or verdicts["failed checks"])))


if __name__ == "__main__":
    main()
