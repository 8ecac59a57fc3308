"""Counts what gets through vetting of poisoned candidates, and what is wrongly refused of honest ones.

Run: python perf/poisoning.py [--seed N] [--no-proofs]        (the table of docs/expansion.md)

The bundled demonstrations are split by seed: carriers of attacks, honest candidates, and the base to which they are
proposed. Half of the honest candidates are real fixes from SafeCoder's pairs, if that data is here (`seccoder data pull
safecoder`): fixed functions of public commits, without a proof. The attacks (tests/poison_kinds.py) were written before
anybody looked at the vetting. They are counted by kind, and each kind is vetted by itself, so that none is refused as a
copy of another kind's.

"Got through" means accepted into the base with the attack still in it. What is quarantined is kept, never retrieved.
Intervals are Wilson's, 95 %. The last line is JSON.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from seccoder import data
from seccoder.codebase.codebase import Codebase
from seccoder.data import safecoder
from seccoder.errors import SecCoderError
from seccoder.expansion.candidate import Decision, from_demonstration
from seccoder.expansion.vetting import vet
from seccoder.types import Demonstration

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from poison_kinds import KINDS, poisoned

CARRIERS, HONEST = 120, 50


def split(seed: int) -> tuple[list[Demonstration], list[Demonstration], list[Demonstration]]:
    """Carriers, honest candidates and base."""
    with Codebase.open("bundled") as bundled:
        every = sorted(bundled.demonstrations(), key=lambda d: d.id)
    random.Random(seed).shuffle(every)
    honest = every[CARRIERS : CARRIERS + HONEST]
    try:
        pairs = sorted(safecoder.demonstrations(data.folder("safecoder")), key=lambda d: d.id)
        fixes = random.Random(seed).sample([d for d in pairs if d.vulnerable], HONEST)
        honest += [replace(d, origin=replace(d.origin, licence="MIT")) for d in fixes]
    except SecCoderError as error:
        print(f"no real fixes among the honest candidates: {error}", file=sys.stderr)
        honest = every[CARRIERS : CARRIERS + 2 * HONEST]
    return every[:CARRIERS], honest, [d for d in every[CARRIERS:] if d not in honest]


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    z, p = 1.96, count / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-proofs", action="store_true", help="do not run the proofs that come with candidates")
    arguments = parser.parse_args()
    carriers, honest, base = split(arguments.seed)
    policy = vet.Policy(run_proofs=not arguments.no_proofs)
    attacks = poisoned(carriers, arguments.seed)
    rows = []
    print(f"{len(attacks)} poisoned, {len(honest)} honest, a base of {len(base)}; seed {arguments.seed}")
    print(f"{'kind':28}{'n':>4}{'through':>9}{'cleaned':>9}{'quarantine':>12}{'reject':>8}  refused by")
    for kind in KINDS:
        mine = [attack for attack in attacks if attack.kind == kind]
        vettings = vet.vet([from_demonstration(attack.demonstration) for attack in mine], base=base, policy=policy)
        count: Counter[str] = Counter()
        rules: Counter[str] = Counter()
        for attack, vetting in zip(mine, vettings, strict=True):
            if vetting.decision is Decision.ACCEPT:
                through = attack.got_through(vetting.demonstration)
                count["through" if through else "cleaned"] += 1
                if through:
                    print(
                        f"through: {kind}: {attack.demonstration.language} {attack.demonstration.cwes} {vetting.level}"
                    )
            else:
                count[str(vetting.decision)] += 1
                rules[vetting.against[0].rule] += 1
        rows.append({"kind": kind, "n": len(mine), "breaks_out": mine[0].breaks_out, **count})
        cells = [count[name] for name in ("through", "cleaned", "quarantine", "reject")]
        print(f"{kind:28}{len(mine):>4}{cells[0]:>9}{cells[1]:>9}{cells[2]:>12}{cells[3]:>8}  {dict(rules)}")
    vettings = vet.vet([from_demonstration(d) for d in honest], base=base, policy=policy)
    for name, mine in (("bundled", vettings[:HONEST]), ("SafeCoder", vettings[HONEST:])):
        decided = Counter(str(vetting.decision) for vetting in mine)
        rules = Counter(v.against[0].rule for v in mine if v.against)
        rows.append({"kind": f"honest, {name}", "n": len(mine), **decided})
        cells = [decided[word] for word in ("accept", "quarantine", "reject")]
        print(f"honest, {name:20}{len(mine):>4}{cells[0]:>9} accepted{cells[1]:>12}{cells[2]:>8}  {dict(rules)}")
    through = sum(row.get("through", 0) for row in rows)
    out = sum(row.get("through", 0) for row in rows if row.get("breaks_out"))
    refused = sum(1 for v in vettings if v.decision is Decision.REJECT)
    kept = sum(1 for v in vettings if v.decision is not Decision.ACCEPT)
    for told, n, total in (
        ("poisoned, got through", through, len(attacks)),
        ("of these, executes or breaks out", out, len(attacks)),
        ("honest, rejected", refused, len(honest)),
        ("honest, rejected or quarantined", kept, len(honest)),
    ):
        low, high = wilson(n, total)
        print(f"{told}: {n} of {total} = {n / total:.3f} [{low:.3f}, {high:.3f}]")
    print(json.dumps({"seed": arguments.seed, "proofs": not arguments.no_proofs, "rows": rows}))


if __name__ == "__main__":
    main()
