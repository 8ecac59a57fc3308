"""The confusion table of each oracle on tests/labelled, put into docs/oracles.md: python perf/confusion.py [NAME ...]

For each language and oracle: vulnerable sources flagged and secure ones flagged, with Wilson intervals of 95%, F1, and
the same per CWE. `static, any of them` flags what one of the static oracles flags for the target's family. A source an
oracle has not analysed counts as not flagged. The set was seen while the executed oracle was improved; the static ones
were not tuned on it.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from poisoning import wilson

from seccoder import oracles
from seccoder.oracles.verdict import on_target
from seccoder.types import Source

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "oracles.md"
BEGIN, END = "<!-- written by perf/confusion.py -->\n", "<!-- end of what perf/confusion.py writes -->\n"
LANGUAGES = {".py": "python", ".c": "c", ".cpp": "cpp", ".js": "javascript", ".ts": "typescript"}
NAMES = ("executed", "bandit", "gcc", "ruff", "semgrep", "cppcheck", "clang")
ENSEMBLE = "static, any of them"


def labelled() -> list[tuple[Source, bool]]:
    """Every labelled source, and whether it is vulnerable."""
    found = []
    for path in sorted((ROOT / "tests" / "labelled").glob("cwe-*/*")):
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


def main() -> None:
    """Ask, count, and write the tables."""
    names = sys.argv[1:] or list(NAMES)
    everything = labelled()
    sources = [source for source, _ in everything]
    answers = oracles.check(sources, oracles.load(names))
    flagged: dict[str, list[bool]] = {
        name: [bool(on_target(source, checks[n].findings)) for source, checks in zip(sources, answers, strict=True)]
        for n, name in enumerate(names)
    }
    static = [name for name in names if name != "executed"]
    flagged[ENSEMBLE] = [any(flagged[name][i] for name in static) for i in range(len(sources))]
    lines = [
        f"`python perf/confusion.py` on the {len(sources)} sources of `tests/labelled`; Wilson intervals of 95%.",
        "An oracle that is not installed, or has no check for a language, has no row.\n",
        "| language | oracle | vulnerable flagged | secure flagged | F1 |",
        "|---|---|---|---|---|",
    ]
    for language in dict.fromkeys(LANGUAGES.values()):
        rows = [i for i, source in enumerate(sources) if source.language == language]
        for name, flags in flagged.items():
            asked = name == ENSEMBLE or any(answers[i][names.index(name)].analysed for i in rows)
            if rows and asked:
                bad = [flags[i] for i in rows if everything[i][1]]
                good = [flags[i] for i in rows if not everything[i][1]]
                f1 = 2 * sum(bad) / max(1, len(bad) + sum(bad) + sum(good))
                lines.append(f"| {language} | {name} | {share(bad)} | {share(good)} | {f1:.2f} |")
    cwes = sorted({source.cwe or "" for source in sources}, key=lambda cwe: int(cwe[4:]))
    lines += ["", "Vulnerable and secure sources flagged, by CWE:\n", f"| CWE | {' | '.join(flagged)} |"]
    lines.append("|" + "---|" * (len(flagged) + 1))
    for cwe in cwes:
        rows = [i for i, source in enumerate(sources) if source.cwe == cwe]
        bad, good = [i for i in rows if everything[i][1]], [i for i in rows if not everything[i][1]]
        cells = [
            f"{sum(f[i] for i in bad)}/{len(bad)}, {sum(f[i] for i in good)}/{len(good)}" for f in flagged.values()
        ]
        lines.append(f"| {cwe[4:]} | {' | '.join(cells)} |")
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}" + "\n".join(lines) + f"\n{END}" + rest.split(END)[1])
    print("\n".join(lines))


if __name__ == "__main__":
    main()
