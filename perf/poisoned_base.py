"""Makes three bases to compare: clean, poisoned, and poisoned but vetted (`python perf/poisoned_base.py DIR`).

    clean.sqlite      the bundled demonstrations
    poisoned.sqlite   the same with both sides swapped: each shows the vulnerable code and calls it secure
    vetted.sqlite     what vetting let in of the clean and the swapped ones, offered to an empty base in random order

Then, for each of them, `seccoder evaluate sven --arm none --arm hybrid --codebase DIR/NAME.sqlite --out DIR/NAME`
says what it does to a model. Swapping is the plainest poison; what is offered comes without its proof.
"""

import argparse
import random
from dataclasses import replace
from pathlib import Path

from seccoder.codebase import decisions
from seccoder.codebase.candidate import Candidate, from_demonstration
from seccoder.codebase.store import Codebase, Store
from seccoder.codebase.vet import Policy, vet
from seccoder.types import Demonstration


def swapped(demonstration: Demonstration) -> Demonstration:
    """The same with its sides the other way round."""
    return replace(demonstration, code=demonstration.vulnerable or "", vulnerable=demonstration.code)


def offered(demonstration: Demonstration) -> Candidate:
    """What a stranger would propose: without the proof, and without the note."""
    return replace(from_demonstration(demonstration), test=None, note="")


def main() -> None:
    """Make the bases, and print what vetting let in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
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
