"""Checks labelled sources while every processor has four other things to do: python perf/busy.py [COUNT]

Budgets count processor time, so all verdicts come out as on a quiet machine, which is what the labels say. It is no
test, because it would starve the tests beside it. It prints how many came out otherwise, and exits with 1 if one did.
"""

import os
import subprocess
import sys
import time
import tomllib

from confusion import ROOT, labelled

from seccoder.oracles.executed import Executed
from seccoder.oracles.verdict import combine
from seccoder.types import Label


def main() -> None:
    """Check every n-th source of the set whose labels all come out."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    missed = tomllib.loads((ROOT / "tests" / "labelled" / "expect.toml").read_text())
    known = {slug.rpartition("/")[2] for slug in missed}
    every = [(source, bad) for source, bad in labelled("labelled") if source.path not in known]
    chosen = every[:: max(1, len(every) // count)][:count]
    burning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4 * (os.cpu_count() or 1))]
    began = time.monotonic()
    try:
        checks = Executed().check([source for source, _ in chosen])
    finally:
        for process in burning:
            process.kill()
            process.wait()
    wrong = []
    for (source, bad), check in zip(chosen, checks, strict=True):
        label = combine(source, [check]).label
        if label is not (Label.VULNERABLE if bad else Label.SECURE):
            wrong.append(f"{source.path}: {label} ({check.reason})")
    seconds = time.monotonic() - began
    print(f"{len(chosen)} sources, load {os.getloadavg()[0]:.1f}, {seconds:.0f} s: {len(wrong)} came out otherwise")
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
