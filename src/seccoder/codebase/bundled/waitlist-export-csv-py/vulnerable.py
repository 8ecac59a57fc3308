import csv
import io
from collections.abc import Iterable


def export(guests: Iterable[tuple[str, int, str]]) -> str:
    """The waiting list as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Name", "Guests", "Note"])
    for name, size, note in guests:
        writer.writerow([name, size, note])
    return out.getvalue()
