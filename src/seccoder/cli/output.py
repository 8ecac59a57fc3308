"""Holds what the commands about the secure codebase share: they open it, and they print what strangers wrote.

Unless `--codebase` says otherwise, the bundled demonstrations and the user's own are read together, and changes go to
the user's own. Demonstrations may come from strangers, so everything that a terminal would obey is taken out of what is
printed.
"""

import getpass
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from seccoder.code.text import printable_line, printable_lines

if TYPE_CHECKING:
    from seccoder.codebase.codebase import Codebase
    from seccoder.codebase.store import Store
    from seccoder.types import Demonstration


def opened(codebase: str | None) -> "Codebase":
    """Open the codebase to read it."""
    from seccoder import settings
    from seccoder.codebase.codebase import Codebase

    return Codebase.open(settings.resolve(codebase=codebase).codebase)


def writable(codebase: str | None) -> "Store":
    """Open the store that changes go to; the first change makes it."""
    from seccoder import settings
    from seccoder.codebase import codebase as codebases

    return codebases.writable(settings.resolve(codebase=codebase).codebase)


def user() -> str:
    """Return the name of whoever adds something."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def echo_code(code: str) -> None:
    """Print code that a model wrote: as it is into a file, and without anything that a terminal would obey on one."""
    click.echo(printable_lines(code) if sys.stdout.isatty() else code)


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in aligned columns; the last column may be of any width."""
    clean = [[printable_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in list(zip(*clean, strict=True))[:-1]]
    for row in clean:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def title(demonstration: "Demonstration") -> str:
    """Say in one line what a demonstration does."""
    text = " ".join((demonstration.task or demonstration.origin.path).split())
    return text if len(text) <= 72 else text[:69] + "..."
