"""Fetches public data on request, pinned by hash: SVEN's and SafeCoder's sets, HumanEval, the embedded model.

`fetch` downloads the data, `pinned` says what it must be, and `sven` and `safecoder` read it.
"""

from seccoder.data.fetch import HUMANEVAL, NAMES, Item, folder, items, pull

__all__ = ["HUMANEVAL", "NAMES", "Item", "folder", "items", "pull"]
