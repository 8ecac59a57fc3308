"""Makes three bases to compare: clean, poisoned, and poisoned but vetted (`python perf/poisoned_base.py DIR`).

    clean.sqlite      the bundled demonstrations
    poisoned.sqlite   the same with both sides swapped: each shows the vulnerable code and calls it secure
    vetted.sqlite     what vetting let in of the clean and the swapped ones, offered to an empty base in random order

Then, for each of them, `seccoder evaluate sven --arm none --arm hybrid --codebase DIR/NAME.sqlite --out DIR/NAME`
measures what the base does to a model (`none` is the same for all, so once is enough). `python perf/poisoned_base.py
DIR --compare` prints the figures and the differences between the runs, paired over scenarios, with 95 % intervals.
Swapping is the plainest poison. The demonstrations are offered without their proofs.
"""

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from seccoder.codebase.codebase import Codebase
from seccoder.codebase.store import Store
from seccoder.evaluation.scores import difference
from seccoder.expansion import decisions
from seccoder.expansion.candidate import Candidate, from_demonstration
from seccoder.expansion.vetting.vet import Policy, vet
from seccoder.types import Demonstration


def swapped(demonstration: Demonstration) -> Demonstration:
    """The same with its sides the other way round."""
    return replace(demonstration, code=demonstration.vulnerable or "", vulnerable=demonstration.code)


def offered(demonstration: Demonstration) -> Candidate:
    """What a stranger would propose: without the proof, and without the note."""
    return replace(from_demonstration(demonstration), test=None, note="")


Rates = dict[str, float]  # by scenario
BASES = ("clean", "poisoned", "vetted")
METRICS = ("security-rate", "secure-exercised", "proven")


def compare(folder: Path) -> None:
    """Print each arm's figures, and the differences between the bases."""
    shown: dict[str, list[dict[str, Any]]] = {}
    for name in BASES:
        rows = json.loads((folder / name / "scores.json").read_text())["results"]
        for arm, label in (("none", "none"), ("hybrid", name)):
            shown.setdefault(label, []).extend(row for row in rows if row["arm"] == arm and "against" not in row)
    for metric in METRICS:
        rates: dict[str, Rates] = {}
        for label, rows in shown.items():
            mine = [row for row in rows if row["metric"] == metric]
            rates[label] = {row["target"]: row["value"] for row in mine if row["scope"] == "scenario"}
            whole = next(row for row in mine if row["scope"] == "all")
            counts = ", ".join(f"{whole[each]} {each}" for each in ("n", "vulnerable", "secure", "invalid", "inert"))
            print(f"{metric:18}{label:22}{whole['value']:.3f} [{whole['low']:.3f}, {whole['high']:.3f}]  {counts}")
        for label, base in (
            ("poisoned", "clean"),
            ("vetted", "clean"),
            ("vetted", "poisoned"),
            *((name, "none") for name in BASES),
        ):
            both = sorted(rates[label].keys() & rates[base].keys())
            told = difference(np.array([[rates[label][name] - rates[base][name]] for name in both]))
            print(
                f"{metric:18}{label + ' - ' + base:22}{told.value:+.3f} [{told.low:+.3f}, {told.high:+.3f}]  "
                f"p {told.p:.3f}, {len(both)} scenarios, {told.outcome}"
            )


def main() -> None:
    """Make the bases and print what vetting let in, or compare what was measured on them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--compare", action="store_true")
    arguments = parser.parse_args()
    if arguments.compare:
        compare(arguments.folder)
        return
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with Codebase.open("bundled") as base:
        honest = base.demonstrations()
    poisoned = [swapped(each) for each in honest]
    for name, demonstrations in (("clean", honest), ("poisoned", poisoned)):
        with Store.open(arguments.folder / f"{name}.sqlite") as store:
            store.add(demonstrations)
    both = [(offered(each), True) for each in honest] + [(offered(each), False) for each in poisoned]
    random.Random(arguments.seed).shuffle(both)
    vettings = vet([candidate for candidate, _ in both], policy=Policy())
    with Store.open(arguments.folder / "vetted.sqlite") as store:
        decisions.settle(store, vettings, "offered")
    for kind, wanted in (("honest", True), ("swapped", False)):
        mine = [vetting for vetting, (_, good) in zip(vettings, both, strict=True) if good is wanted]
        counts = {str(name): sum(v.decision == name for v in mine) for name in ("accept", "quarantine", "reject")}
        print(f"{kind}, beside one another: {len(mine)} offered, {counts}")
    for kind, some in (("honest", honest), ("swapped", poisoned)):
        alone = vet(map(offered, some))
        counts = {str(name): sum(v.decision == name for v in alone) for name in ("accept", "quarantine", "reject")}
        print(f"{kind}, alone:              {len(alone)} offered, {counts}")


if __name__ == "__main__":
    main()
