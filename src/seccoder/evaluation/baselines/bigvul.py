"""Draws the paper's generalizability set: pairs of Big-Vul (MSR 2020) of weaknesses that are not evaluated.

The public CSV of Fan et al. (`MSR_data_cleaned.csv`, 10 GB) is read once, from front to back, and 723 pairs are drawn
by seed: of each CWE as many as the paper's Figure 8 says. Only what is drawn is held in memory. The `others` of that
figure are taken to be all rows of other CWEs that are not evaluated, and rows without a CWE.

The paper's own draw is not published, so this is a set of the same shape and not the same set.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from seccoder.code import cwe
from seccoder.errors import UsageError
from seccoder.evaluation.baselines.pairs import EVALUATED, Pair
from seccoder.expansion.sources import bigvul

COLUMNS = ("cwe_id", "func_before", "func_after", "lang", "vul")
OTHERS = "others"

# The paper's Figure 8, by number.
_FIGURE_8 = "20:84 399:47 200:49 310:7 119:167 264:42 415:8 400:7 754:1 404:5 189:30 362:28 287:1 358:2 269:3 254:10"
_FIGURE_8 += " 284:13 77:2 617:2 732:9 120:2 824:1 59:3 18:2 255:1 134:3 17:5 19:3 191:1 281:1 772:2 285:4 94:2 704:3"
_FIGURE_8 += " 346:1 330:1 674:1 834:1 835:1 918:1 369:1"
COUNTS: dict[str, int] = {
    **{f"CWE-{number}": int(count) for number, _, count in (entry.partition(":") for entry in _FIGURE_8.split())},
    OTHERS: 166,
}

_LANGUAGES = {"C": "c", "CPP": "cpp", "C++": "cpp"}


@dataclass(frozen=True, slots=True)
class Draw:
    """The pairs to train on, a tenth as many more to validate on, and what was wanted and is not there."""

    training: list[Pair]
    validation: list[Pair]
    missing: dict[str, int]


def rows(path: Path, on_progress: Callable[[int, int | None], None] | None = None) -> Iterator[Pair]:
    """Yield the vulnerable functions of the CSV with their fixes, without unchanged ones and other languages.

    Args:
        path: The CSV.
        on_progress: Called with the characters read and the bytes in all.

    Raises:
        UsageError: If the CSV cannot be read or lacks a column.
    """
    for row in bigvul.rows(path, COLUMNS, on_progress):
        if pair := _pair(row):
            yield pair


def _pair(row: Mapping[str, str]) -> Pair | None:
    before, after = row.get("func_before", ""), row.get("func_after", "")
    language = _LANGUAGES.get(row.get("lang", "").strip().upper())
    if row.get("vul", "").strip() not in {"1", "1.0"} or language is None or not after.strip() or before == after:
        return None
    tag = row.get("cwe_id", "").strip()
    try:
        name = cwe.normalise(tag)
    except UsageError:
        name = ""  # the field is empty, NVD-CWE-Other or NVD-CWE-noinfo
    return Pair(language, name, after, before)


def draw(pairs: Iterator[Pair], seed: int, counts: Mapping[str, int] = COUNTS) -> Draw:
    """Draw so many pairs of each CWE to train on, uniformly, in one pass (with a reservoir for each CWE).

    A pair that is there twice counts once.
    """
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    wanted = {name: count + count // 10 for name, count in counts.items()}
    kept: dict[str, list[Pair]] = {name: [] for name in counts}
    met: Counter[str] = Counter()
    seen: set[bytes] = set()
    for pair in pairs:
        name = pair.cwe if pair.cwe in counts else OTHERS
        key = hashlib.sha256(f"{pair.vulnerable}\0{pair.secure}".encode()).digest()
        if pair.cwe in EVALUATED or name not in counts or key in seen:
            continue
        seen.add(key)
        met[name] += 1
        if len(kept[name]) < wanted[name]:
            kept[name].append(pair)
        elif (place := rng.randrange(met[name])) < wanted[name]:
            kept[name][place] = pair
    training, validation = [], []
    for name, found in kept.items():
        rng.shuffle(found)
        training += found[: counts[name]]
        validation += found[counts[name] :]
    missing = {name: counts[name] - len(found) for name, found in kept.items() if len(found) < counts[name]}
    return Draw(training, validation, missing)
