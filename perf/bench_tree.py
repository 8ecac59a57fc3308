"""Measures `seccoder check` over a tree of 300 files beside `semgrep scan` (`python perf/bench_tree.py [--files N]`).

The tree holds Python files of the standard library, JavaScript and C files that are written here, and secure and
vulnerable ones of our own demonstrations among them. It is a git repository. Measured in one run: semgrep with our
rules, a first and a second check, a commit of ten files, and the same commit again, each beside what is aimed at. Each
figure is a process of its own, all with one cache that begins empty. The load of the machine is printed with them:
where other things run all are slower, so that only the ratios count. The exit code is 1 if an aim was missed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "src/seccoder/codebase/bundled"
RULES = ROOT / "src/seccoder/oracles/static/semgrep_rules"
JAVASCRIPT = """"use strict";

function total{n}(items) {{
  return items.reduce((sum, item) => sum + item.price * item.count, {n});
}}

function label{n}(item) {{
  return item.name.trim().toLowerCase().replace(/ +/g, "-") + "-{n}";
}}

module.exports = {{ total{n}, label{n} }};
"""
C = """#include <stddef.h>

struct item{n} {{ int price; int count; }};

long total{n}(const struct item{n} *items, size_t n)
{{
    long sum = {n};
    for (size_t i = 0; i < n; i++)
        sum += (long)items[i].price * items[i].count;
    return sum;
}}
"""

AIMS = {  # seconds, or how many times as long as semgrep
    "check, first run": (5.0, "x semgrep"),
    "check, second run": (2.0, "s"),
    "commit of ten files": (15.0, "s"),
    "the same commit again": (1.0, "s"),
}


def fill(tree: Path, files: int) -> None:
    """Write a third of the files in each language; a tenth of all are demonstrations, with operations in them."""
    each = files // 3
    python = [
        path for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")) if path.stat().st_size < 60_000
    ]
    for language, suffix in (("py", "py"), ("js", "js"), ("c", "c")):
        (tree / language).mkdir()
        demonstrations = sorted(BUNDLED.glob(f"*-{language}"))[: each // 10]
        for number in range(each):
            place = tree / language / f"file{number:03}.{suffix}"
            if number < len(demonstrations):
                side = "secure" if number % 2 else "vulnerable"
                shutil.copy(demonstrations[number] / f"{side}.{suffix}", place)
            elif language == "py":
                shutil.copy(python[number % len(python)], place)
            else:
                place.write_text((JAVASCRIPT if language == "js" else C).format(n=number))


def timed(command: list[str], folder: Path, cache: Path) -> tuple[float, str]:
    """Run a command, and return the seconds that it took and the last line that it said."""
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "SECCODER_CACHE": str(cache)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return time.monotonic() - began, (done.stderr.strip().splitlines() or [""])[0]


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--semgrep", default=shutil.which("semgrep"), help="the semgrep that is compared with")
    given = parser.parse_args()
    seccoder = [sys.executable, "-m", "seccoder", "check"]
    with tempfile.TemporaryDirectory() as name:
        tree, cache = Path(name, "tree"), Path(name, "cache")
        tree.mkdir()
        fill(tree, given.files)
        git = ["git", "-c", "user.name=b", "-c", "user.email=b@example.org"]
        subprocess.run([*git, "init", "-q"], cwd=tree, check=True)
        subprocess.run([*git, "add", "."], cwd=tree, check=True)
        subprocess.run([*git, "commit", "-qm", "a tree"], cwd=tree, check=True)
        told = {}
        if given.semgrep:
            scan = [given.semgrep, "scan", "--metrics=off", "--disable-version-check", "--quiet", f"--config={RULES}"]
            told["semgrep scan"] = timed([*scan, "."], tree, cache)
        told["check, first run"] = timed([*seccoder, "."], tree, cache)
        told["check, second run"] = timed([*seccoder, "."], tree, cache)
        changed = [
            *sorted((tree / "py").iterdir())[:4],
            *sorted((tree / "js").iterdir())[:3],
            *sorted((tree / "c").iterdir())[:3],
        ]
        for path in changed:
            comment = "#" if path.suffix == ".py" else "//"
            path.write_text(path.read_text() + f"\n{comment} changed\n")
        subprocess.run([*git, "add", "."], cwd=tree, check=True)
        told["commit of ten files"] = timed([*seccoder, "--staged"], tree, cache)
        told["the same commit again"] = timed([*seccoder, "--staged"], tree, cache)
        print(f"{given.files} files, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
        missed = False
        for what, (seconds, line) in told.items():
            times = seconds / told["semgrep scan"][0] if given.semgrep else None
            most, unit = AIMS.get(what, (None, ""))
            value = times if unit == "x semgrep" else seconds
            late = most is not None and value is not None and value > most
            missed = missed or late
            aim = f"{'MISSED' if late else 'aim'}: {most:g} {unit}" if most is not None and value is not None else ""
            peer = f"{times:6.2f} x semgrep" if times is not None else ""
            print(f"{what:24} {seconds:7.1f} s {peer:18} {aim:20} {line}", flush=True)
        sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
