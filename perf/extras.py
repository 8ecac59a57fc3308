"""Resolves the package's extras with pip, in dry runs: whoever installs two of them together gets versions that fit.

Run: python perf/extras.py [--pairs] [PYPROJECT]     (about 40 seconds; it needs the package index, installs nothing)

Versions that fit all extras at once fit every pair, so one resolution says it of all pairs. If there is none within two
minutes, the exit code is 1, and `--pairs` tries each pair, a minute at most, to name those that exclude each other (pip
looks for minutes before it gives up). The last line is JSON.
"""

import argparse
import itertools
import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ALL, PAIR = 120.0, 60.0  # seconds
PIP = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--only-binary", ":all:", "--quiet"]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("pyproject", nargs="?", type=Path, default=Path(__file__).parents[1] / "pyproject.toml")
    given = parser.parse_args()
    project = tomllib.loads(given.pyproject.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    groups = list(itertools.combinations(sorted(extras), 2)) if given.pairs else [tuple(extras)]
    wrong = {}
    started = time.monotonic()
    for names in groups:
        wanted = [requirement for name in names for requirement in extras[name]]
        if told := refused([*project["dependencies"], *wanted], PAIR if given.pairs else ALL):
            wrong[",".join(names)] = told
            print(f"[{','.join(names)}]: {told}", flush=True)
    seconds = time.monotonic() - started
    print(f"{len(groups) - len(wrong)} of {len(groups)} sets of extras resolve, in {seconds:.0f} s")
    print(json.dumps({"extras": list(extras), "wrong": wrong, "seconds": round(seconds, 1)}))
    return 1 if wrong else 0


def refused(requirements: list[str], seconds: float) -> str:
    """Return why there are no versions that fit these requirements; "" if there are."""
    try:
        done = subprocess.run([*PIP, *requirements], capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"no answer within {seconds:.0f} s"
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["pip failed"])[-1]


if __name__ == "__main__":
    sys.exit(main())
