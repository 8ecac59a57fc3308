"""Divides work into N shards, which several processes or machines do and nobody has to hand out.

A piece of work belongs to a shard by a hash of what it is, not by its place in a list. So every process knows its part
by itself, the parts never overlap, and what is added later or listed in another order moves nothing. What is the same
(two files with one content) is in the same shard and is done once. The price is that shards are of equal size only on
average: N should be well below the number of pieces.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from seccoder.errors import UsageError


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` parts of some work; `number` begins at 1."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` writes, such as `1/4`.

        Raises:
            UsageError: If it is anything else, or there is no such part.
        """
        match = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text, re.ASCII)
        if match and 1 <= int(match[1]) <= int(match[2]):
            return cls(int(match[1]), int(match[2]))
        raise UsageError(f"{text!r} is no shard; write I/N with I from 1 to N, such as 1/4")

    def holds(self, name: str) -> bool:
        """Tell whether what has this name, or is this text, belongs to this part."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8]) % self.count == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"
