"""Makes confusion tables of each oracle on our labelled sources, for docs/oracles.md.

Run: python perf/confusion.py [NAME ...]

There are two sets. `tests/labelled` was seen while the executed oracle was improved, and `tests/labelled_apart` was
written apart (docs/oracles.md says how far) and has been seen since. Neither estimates anything. The tables show, for
each language and oracle, the vulnerable sources flagged and the secure ones flagged, with Wilson intervals of 95%, F1,
what the oracle by itself would call SECURE wrongly and leave undecided, and the same per CWE. `static, any of them`
flags what one of the static oracles flags for the target's family. A source that an oracle has not analysed counts as
not flagged.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from poisoning import wilson

from seccoder import oracles
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "oracles.md"
BEGIN, END = "<!-- written by perf/confusion.py -->\n", "<!-- end of what perf/confusion.py writes -->\n"
LANGUAGES = {".py": "python", ".c": "c", ".cpp": "cpp", ".js": "javascript", ".ts": "typescript"}
NAMES = ("executed", "bandit", "gcc", "ruff", "semgrep", "cppcheck", "clang")
ENSEMBLE = "static, any of them"
SETS = {
    "labelled": "Seen while the executed oracle was improved",
    "labelled_apart": "Written apart, seen since, two entries corrected after the first run",
}


def labelled(name: str) -> list[tuple[Source, bool]]:
    """Every source of a set, and whether it is vulnerable."""
    found = []
    for path in sorted((ROOT / "tests" / name).glob("cwe-*/*")):
        if path.suffix in LANGUAGES:
            text = path.read_text()
            source = Source(text, LANGUAGES[path.suffix], f"CWE-{int(path.parent.name[4:])}", path=path.name)
            found.append((source, re.match(r"\S+ vulnerable: ", text) is not None))
    return found


def share(flags: Sequence[bool]) -> str:
    """How many, with the interval."""
    if not flags:
        return ""
    low, high = wilson(sum(flags), len(flags))
    return f"{sum(flags)} of {len(flags)} ({low:.2f} to {high:.2f})"


def table(title: str, everything: Sequence[tuple[Source, bool]], names: Sequence[str]) -> list[str]:
    """Ask every oracle about a set, and count."""
    sources = [source for source, _ in everything]
    answers = oracles.check(sources, oracles.load(names))
    flagged: dict[str, list[bool]] = {name: [checks[n].flagged for checks in answers] for n, name in enumerate(names)}
    static = [name for name in names if name != "executed"]
    flagged[ENSEMBLE] = [any(flagged[name][i] for name in static) for i in range(len(sources))]
    lines = [
        f"{title}: {len(sources)} sources.\n",
        "| language | oracle | vulnerable flagged | called SECURE | secure flagged | undecided | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for language in dict.fromkeys(LANGUAGES.values()):
        rows = [i for i, source in enumerate(sources) if source.language == language]
        for name, flags in flagged.items():
            asked = name == ENSEMBLE or any(answers[i][names.index(name)].analysed for i in rows)
            if rows and asked:
                bad = [i for i in rows if everything[i][1]]
                good = [i for i in rows if not everything[i][1]]
                hits, false = sum(flags[i] for i in bad), sum(flags[i] for i in good)
                alone = (
                    {}
                    if name == ENSEMBLE
                    else {i: combine(sources[i], [answers[i][names.index(name)]]).label for i in rows}
                )
                secure = sum(alone.get(i) is Label.SECURE for i in bad)
                undecided = len(good) - false - sum(alone.get(i) is Label.SECURE for i in good)
                f1 = 2 * hits / max(1, len(bad) + hits + false)
                cells = [
                    share([flags[i] for i in bad]),
                    secure,
                    share([flags[i] for i in good]),
                    undecided,
                    f"{f1:.2f}",
                ]
                lines.append(f"| {language} | {name} | {' | '.join(map(str, cells))} |")
    cwes = sorted({source.cwe or "" for source in sources}, key=lambda cwe: int(cwe[4:]))
    lines += ["", "Vulnerable and secure ones flagged, by CWE:\n", f"| CWE | {' | '.join(flagged)} |"]
    lines.append("|" + "---|" * (len(flagged) + 1))
    for cwe in cwes:
        rows = [i for i, source in enumerate(sources) if source.cwe == cwe]
        bad, good = [i for i in rows if everything[i][1]], [i for i in rows if not everything[i][1]]
        cells = [
            f"{sum(f[i] for i in bad)}/{len(bad)}, {sum(f[i] for i in good)}/{len(good)}" for f in flagged.values()
        ]
        lines.append(f"| {cwe[4:]} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Make the tables of both sets, and write them."""
    names = sys.argv[1:] or list(NAMES)
    lines = [
        "`python perf/confusion.py`; Wilson intervals of 95%. An oracle that is not installed, or has no check for a",
        "language, has no row.",
    ]
    for name, told in SETS.items():
        lines += ["", *table(f"**`tests/{name}`.** {told}", labelled(name), names)]
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}" + "\n".join(lines) + f"\n{END}" + rest.split(END)[1])
    print("\n".join(lines))


if __name__ == "__main__":
    main()
