"""Writes reports of one run or of several side by side; a formatter is a function from a `Report` to a text.

`gather` makes a `Report` of run folders, and `formats` names the formatters. To add a format, write a module with one
such function and add a line to `formats`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from seccoder.code import lazy
from seccoder.errors import UsageError

if TYPE_CHECKING:
    from seccoder.evaluation.reports.content import Report

formats: dict[str, str] = {
    "text": "seccoder.evaluation.reports.text:text",
    "html": "seccoder.evaluation.reports.html:html",
    "json": "seccoder.evaluation.reports.json:json",
    "latex": "seccoder.evaluation.reports.latex:latex",
}


def formatter(name: str) -> "Callable[[Report], str]":
    """Return the function that writes a report in a format.

    Raises:
        UsageError: If there is no format of that name.
    """
    if name not in formats:
        raise UsageError(f"unknown format {name!r}; known: {', '.join(formats)}")
    write: Callable[[Report], str] = lazy.load(formats, name)
    return write if name == "json" else lambda report: write(_for_people(report))


def _for_people(report: "Report") -> "Report":
    from seccoder.evaluation.reports.content import with_short_names

    return with_short_names(report)
