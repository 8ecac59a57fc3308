"""Asks each oracle about the bundled demonstrations and their vulnerable twins.

Run: python perf/twins.py [ORACLE ...] [LANGUAGE ...]     (default: executed bandit gcc; the table of docs/oracles.md)

An oracle is asked about the demonstration's own first CWE. The demonstrations were not written for the oracles, and
their twins are subtle on purpose. They are a hard set, and no estimate of accuracy on what models write. Sources for
which an oracle has no check are not counted. The last line is JSON.
"""

import json
import sys
from collections import Counter

from seccoder import oracles
from seccoder.codebase.codebase import Codebase
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source


def main() -> None:
    with Codebase.open("bundled") as base:
        pairs = [d for d in base.demonstrations() if d.vulnerable is not None]
    asked = set(sys.argv[1:]) & {d.language for d in pairs}
    pairs = [d for d in pairs if not asked or d.language in asked]
    names = [name for name in sys.argv[1:] if name not in asked] or ["executed", "bandit", "gcc"]
    rows = []
    heads = ("vulnerable flagged", "called SECURE", "secure flagged", "undecided")
    print(f"{'oracle':10} {'language':12} {heads[0]:>20} {heads[1]:>14} {heads[2]:>15} {heads[3]:>10}")
    for name in names:
        loaded = oracles.load([name])
        for language in sorted({d.language for d in pairs}):
            chosen = [d for d in pairs if d.language == language]
            sources = [Source(d.vulnerable or "", language, d.cwes[0]) for d in chosen]
            sources += [Source(d.code, language, d.cwes[0]) for d in chosen]
            checks = [check for (check,) in oracles.check(sources, loaded)]
            counted: Counter[str] = Counter()
            for number, (bad, good) in enumerate(zip(checks[: len(chosen)], checks[len(chosen) :], strict=True)):
                if not (bad.analysed and good.analysed):
                    continue
                verdicts = [combine(sources[number], [bad]), combine(sources[len(chosen) + number], [good])]
                counted["pairs"] += 1
                counted["hits"] += bad.flagged
                counted["false alarms"] += good.flagged
                counted["called secure"] += verdicts[0].label is Label.SECURE
                counted["undecided"] += verdicts[1].label is not Label.SECURE and not good.flagged
            if counted["pairs"]:
                n = counted["pairs"]
                told = [f"{counted[key]} of {n}" for key in ("hits", "called secure", "false alarms", "undecided")]
                print(f"{name:10} {language:12} {told[0]:>20} {told[1]:>14} {told[2]:>15} {told[3]:>10}")
                rows.append({"oracle": name, "language": language, **counted})
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
