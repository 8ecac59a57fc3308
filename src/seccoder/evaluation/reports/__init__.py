"""Reports of one run or of several side by side; a formatter is one function from a `Report` to a text.

In flow run folders, out flows the text in one of `FORMATS`. To add a format, write a module with one such function and
a line in `formatter`.
"""

from collections.abc import Callable

from seccoder.errors import UsageError
from seccoder.evaluation.reports.content import Report, with_short_names

FORMATS = ("text", "html", "json", "latex")


def formatter(name: str) -> Callable[[Report], str]:
    """The function that writes a report in a format.

    Raises:
        UsageError: If there is no format of that name.
    """
    if name == "text":
        from seccoder.evaluation.reports.text import text

        return _for_people(text)
    if name == "html":
        from seccoder.evaluation.reports.html import html

        return _for_people(html)
    if name == "json":
        from seccoder.evaluation.reports.json import json

        return json
    if name == "latex":
        from seccoder.evaluation.reports.latex import latex

        return _for_people(latex)
    raise UsageError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")


def _for_people(write: Callable[[Report], str]) -> Callable[[Report], str]:
    return lambda report: write(with_short_names(report))
