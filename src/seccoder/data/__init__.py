"""Public data, pinned by hash and fetched on request: SVEN's and SafeCoder's sets, HumanEval, the embedded model.

`fetch` brings it, `pinned` says what it must be, `sven` and `safecoder` read it.
"""

from seccoder.data.fetch import HUMANEVAL, NAMES, Item, folder, items, pull

__all__ = ["HUMANEVAL", "NAMES", "Item", "folder", "items", "pull"]
