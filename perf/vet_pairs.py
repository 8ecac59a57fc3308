"""Vets pairs that are believed to be good: the bundled ones, SVEN, SafeCoder (`python perf/vet_pairs.py`).

SVEN and SafeCoder are taken from where `seccoder data pull` put them. They were not used to make the rules, but the
limits of some rules were looked at on SVEN's training set. Proofs are off, and so is the comparison with benchmarks, of
which these sets are part. Pairs for which nothing but their author's word speaks are let in, to see what the other
rules do. Those refused as duplicates are counted apart, because sets with near-duplicates are meant to shrink.

Before that, the pairs of SVEN and SafeCoder are offered with their sides swapped, on nobody's word: a vulnerable
function as the secure one. None of them may be let in (`--swapped` does only this).
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from seccoder import data
from seccoder.codebase.codebase import Codebase
from seccoder.data import safecoder, sven
from seccoder.errors import SecCoderError
from seccoder.expansion.candidate import Decision, from_demonstration
from seccoder.expansion.vetting.vet import Policy, vet
from seccoder.types import Demonstration


def print_outcome(name: str, demonstrations: Iterable[Demonstration]) -> None:
    """Print what became of one set."""
    vettings = vet(map(from_demonstration, demonstrations), policy=Policy(run_proofs=False, accept_assertions=True))
    duplicates = sum(any(reason.rule == "duplicate" for reason in each.against) for each in vettings)
    rest = len(vettings) - duplicates
    counts = Counter(each.decision for each in vettings)
    refused = counts[Decision.REJECT] - duplicates
    rules = Counter(rule for each in vettings for rule in {reason.rule for reason in each.against})
    levels = Counter(str(each.level) for each in vettings if each.decision is Decision.ACCEPT)
    print(f"{name}: {len(vettings)} pairs, {duplicates} duplicates; of {rest} others, ", end="")
    print(
        f"accepted {counts[Decision.ACCEPT] / rest:.3f}, kept aside {counts[Decision.QUARANTINE] / rest:.3f}, ", end=""
    )
    print(f"refused {refused / rest:.3f}")
    print(f"    by rule: {dict(rules.most_common())}; levels: {dict(levels.most_common())}")


def print_swapped(demonstrations: Iterable[Demonstration]) -> None:
    """Print how many pairs are let in with their sides swapped."""
    pairs = [from_demonstration(each) for each in demonstrations if each.vulnerable]
    swapped = [replace(each, code=each.vulnerable or "", vulnerable=each.code, fix=False) for each in pairs]
    decisions = Counter(str(each.decision) for each in vet(swapped, policy=Policy(run_proofs=False)))
    print(f"vulnerable as secure: {len(swapped)} pairs, {decisions['accept']} let in; {dict(decisions)}")


def main() -> None:
    """Print one set after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--swapped", action="store_true", help="only offer vulnerable functions as secure ones")
    only_swapped = parser.parse_args().swapped
    try:
        sets = {
            "SVEN, training": list(sven.demonstrations(data.folder("sven"), "train")),
            "SVEN, validation": list(sven.demonstrations(data.folder("sven"), "val")),
            "SafeCoder": list(safecoder.demonstrations(data.folder("safecoder"))),
        }
    except SecCoderError as error:
        print(f"not vetted: {error}")
        sets = {}
    print_swapped(each for those in sets.values() for each in those)
    if only_swapped:
        return
    with Codebase.open("bundled") as base:
        print_outcome("bundled, without their proofs", base.demonstrations())
    for name, those in sets.items():
        print_outcome(name, those)


if __name__ == "__main__":
    main()
