"""Fetches public data on request, pinned by hash: the embedded models, SVEN's and SafeCoder's sets, HumanEval.

`fetch` downloads the data, `pinned` says what it must be, and `sven` and `safecoder` read it.
"""

from seccoder.data.fetch import HUMANEVAL, NAMES, Item, folder, items, pull

__all__ = ["HUMANEVAL", "NAMES", "Item", "folder", "items", "pull"]
