"""Measures checks per second (`python perf/bench_checks.py`), each against a peer in the same run.

The peer of the executed checks is a bare interpreter or compiler, started once per file. It does less (it neither
isolates nor attacks anything), so it is the floor: the time that a start costs here. The peer of the static checks,
which take a batch, is one file at a time.
"""
# ruff: noqa: E501

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from seccoder import oracles
from seccoder.oracles.executed import Executed
from seccoder.types import Source

FLASK = (
    "import os, sqlite3\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route('/x')\ndef view():\n    "
)
PYTHON = {
    "CWE-22": "return open(os.path.join('/srv/docs', os.path.basename(request.args['f']))).read()\n",
    "CWE-78": "import subprocess\n    return str(subprocess.run(['ping', request.args['host']]).returncode)\n",
    "CWE-79": "from markupsafe import escape\n    return f\"<p>{escape(request.args['n'])}</p>\"\n",
    "CWE-89": "return str(sqlite3.connect('a.db').execute('SELECT * FROM t WHERE n = ?', (request.args['n'],)).fetchall())\n",
}
HEAD = "#include <limits.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint main(int argc, char **argv) {\n"
C = {
    "CWE-787": 'char b[16]; if (argc < 2) return 1; snprintf(b, sizeof b, "%s", argv[1]); puts(b); return 0; }\n',
    "CWE-125": 'int a[3] = {1, 2, 3}, i; if (scanf("%d", &i) != 1) return 1; if (i >= 0 && i < 3) printf("%d", a[i]); return 0; }\n',
    "CWE-190": 'int v = argc > 1 ? atoi(argv[1]) : 0; if (v > INT_MAX - 9) return 1; printf("%d", v + 9); return 0; }\n',
    "CWE-476": 'int *p = malloc(8); if (!p) return 1; *p = 1; printf("%d", *p); free(p); return 0; }\n',
}


def timed(work: Callable[[], object], count: int) -> float:
    """Items per second."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def main() -> None:
    """Print one line per language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=24, help="samples per language")
    count = parser.parse_args().samples
    oracle, kept = Executed(), dict[str, list[Source]]()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {count} samples each; per second:")
    with tempfile.TemporaryDirectory() as folder:
        for language, bodies, head in (("python", PYTHON, FLASK), ("c", C, HEAD)):
            cwes = list(bodies)
            sources = [Source(head + bodies[cwes[i % 4]], language, cwes[i % 4]) for i in range(count)]
            path = Path(folder) / f"file.{language}"
            path.write_text(sources[0].text)
            if language == "python":
                command = [sys.executable, str(path)]
            else:
                command = ["gcc", "-x", "c", "-w", "-fsanitize=address,undefined", "-o", f"{folder}/program", str(path)]
            bare = timed(lambda c=command: [subprocess.run(c, check=True) for _ in range(count)], count)
            checks = oracle.check(sources)
            speed = timed(lambda s=sources: oracle.check(s), count)
            kept[language] = sources
            proven = sum(check.exercised is True and not check.flagged for check in checks)
            print(
                f"{language:7} executed checks {speed:6.2f}   bare {command[0].rpartition('/')[2]} {bare:6.2f}   secure {proven}/{count}"
            )
    for name, language in (("bandit", "python"), ("ruff", "python"), ("gcc", "c"), ("cppcheck", "c"), ("clang", "c")):
        (static,) = oracles.load([name])
        batch = timed(lambda o=static, s=kept[language]: o.check(s), count)
        alone = timed(lambda o=static, s=kept[language]: [o.check([one]) for one in s], count)
        print(f"{language:7} {name:15} batch {batch:7.2f}   one file at a time {alone:6.2f}")
    both = [source for sources in kept.values() for source in sources]
    everything = oracles.load(["bandit", "ruff", "gcc", "cppcheck", "clang"])
    print(f"both    all five        batch {timed(lambda: oracles.check(both, everything), len(both)):7.2f}")


if __name__ == "__main__":
    main()
