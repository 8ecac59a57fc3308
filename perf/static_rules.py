"""Counts for each rule of a static oracle where it speaks when no weakness was asked for.

Run: python perf/static_rules.py [ORACLE ...]     (default: bandit gcc)

Two kinds of sources are read: the labelled ones with the bundled demonstrations and their twins, and files of the
standard library and of packages that are installed here, in which a rule's finding is hardly ever a weakness. A rule
may decide by itself only if it finds weaknesses of its family in the first and nothing that is sound in either.
"""

import sys
import sysconfig
from collections import Counter
from pathlib import Path

from confusion import labelled

from seccoder import oracles
from seccoder.code.cwe import same_family
from seccoder.codebase.codebase import Codebase
from seccoder.types import Source

PACKAGES = "flask jinja2 werkzeug click packaging yaml".split()


def judged() -> list[tuple[Source, bool]]:
    """Every source of which it is known whether it has its weakness."""
    found = [one for name in ("labelled", "labelled_apart") for one in labelled(name)]
    with Codebase.open("bundled") as base:
        for demonstration in base.demonstrations():
            if demonstration.vulnerable is not None:
                for text, bad in ((demonstration.code, False), (demonstration.vulnerable, True)):
                    found.append((Source(text, demonstration.language, demonstration.cwes[0]), bad))
    return found


def well_known() -> list[Source]:
    """Files of the standard library and of a few packages."""
    paths = sysconfig.get_paths()
    files = sorted(Path(paths["stdlib"]).glob("*.py"))
    files += [path for name in PACKAGES for path in sorted((Path(paths["purelib"]) / name).glob("*.py"))]
    return [Source(path.read_text(errors="replace"), "python", path=path.name) for path in files]


def main() -> None:
    known, plain = judged(), well_known()
    for name in sys.argv[1:] or ["bandit", "gcc"]:
        loaded = oracles.load([name])
        counted: dict[tuple[str, str], Counter[str]] = {}
        checks = oracles.check([Source(source.text, source.language) for source, _ in known], loaded)
        for (source, bad), (check,) in zip(known, checks, strict=True):
            for rule, cwe in {(finding.rule, finding.cwe or "") for finding in check.findings}:
                mine = bool(cwe and source.cwe) and same_family(cwe, source.cwe or "")
                counted.setdefault((rule, cwe), Counter())[
                    f"{'vulnerable' if bad else 'secure'}{'' if mine else '*'}"
                ] += 1
        for (check,) in oracles.check(plain, loaded):
            for rule, cwe in {(finding.rule, finding.cwe or "") for finding in check.findings}:
                counted.setdefault((rule, cwe), Counter())["well known"] += 1
        print(f"{name}: {len(known)} judged sources, {len(plain)} well-known files; * with another weakness")
        for (rule, cwe), numbers in sorted(counted.items()):
            print(f"  {rule} {cwe}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(numbers.items())))


if __name__ == "__main__":
    main()
