"""Reads SafeCoder's pairs of a vulnerable and a fixed function, with a task in words (He et al., ICML 2024).

It takes the extracted data (`seccoder.data` fetches it): `sec-new-desc.jsonl` of train and val, and val's
`sec-desc.jsonl`, which is SVEN's validation set with descriptions (its counterpart of train is not among the data
fetched). It returns demonstrations in the languages that seccoder knows (no Ruby), each content once.

SafeCoder is published under the MIT licence, and that is what `origin` says. The functions themselves keep the licences
of the repositories they were taken from. The descriptions were written by a language model.
"""

from collections.abc import Iterator
from pathlib import Path

from seccoder.data.sven import read_pairs
from seccoder.types import Demonstration

FILES = (
    "data_train_val/train/sec-new-desc.jsonl",
    "data_train_val/val/sec-new-desc.jsonl",
    "data_train_val/val/sec-desc.jsonl",
)


def demonstrations(root: Path) -> Iterator[Demonstration]:
    """Yield all pairs, in the order of the files, each content once.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    seen: set[str] = set()
    for name in FILES:
        for demonstration in read_pairs(root / name, "safecoder"):
            if demonstration.id not in seen:
                seen.add(demonstration.id)
                yield demonstration
