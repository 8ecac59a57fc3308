import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _text(value: str) -> str:
    # Quoting is for the CSV reader; the spreadsheet looks at the first sign of the cell afterwards.
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value


def export(guests: Iterable[tuple[str, int, str]]) -> str:
    """The waiting list as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Name", "Guests", "Note"])
    for name, size, note in guests:
        writer.writerow([_text(name), size, _text(note)])
    return out.getvalue()
