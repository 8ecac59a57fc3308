"""What the commands about the secure codebase share: opening it, and printing what strangers wrote.

Reading means the bundled demonstrations and the user's own, writing means the user's own, unless `--codebase` says
otherwise. Demonstrations may come from strangers, so what a terminal would obey is taken out of what is printed.
"""

import getpass
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from seccoder.code.text import printable_line

if TYPE_CHECKING:
    from seccoder.codebase.codebase import Codebase
    from seccoder.codebase.store import Store
    from seccoder.types import Demonstration


def opened(codebase: str | None) -> "Codebase":
    """The codebase that is read."""
    from seccoder import settings
    from seccoder.codebase.codebase import Codebase

    return Codebase.open(settings.resolve(codebase=codebase).codebase)


def writable(codebase: str | None) -> "Store":
    """The store that changes go to, made by the first change."""
    from seccoder import settings
    from seccoder.codebase import codebase as codebases

    return codebases.writable(settings.resolve(codebase=codebase).codebase)


def user() -> str:
    """Who adds something."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in aligned columns; the last column is free."""
    clean = [[printable_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in list(zip(*clean, strict=True))[:-1]]
    for row in clean:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def title(demonstration: "Demonstration") -> str:
    """What a demonstration does, in one line."""
    text = " ".join((demonstration.task or demonstration.origin.path).split())
    return text if len(text) <= 72 else text[:69] + "..."
