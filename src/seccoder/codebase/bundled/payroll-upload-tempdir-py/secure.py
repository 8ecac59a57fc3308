import csv
import tempfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path


def send_payroll(month: str, salaries: Iterable[tuple[str, Decimal]], upload: Callable[[Path], None]) -> None:
    """Write (IBAN, amount) rows to a CSV file, pass it to the bank's upload, and remove it."""
    # A new folder with a random name and mode 0700: nobody can wait there with a link or read what is in it.
    with tempfile.TemporaryDirectory(prefix="payroll-") as folder:
        path = Path(folder) / f"{month}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["iban", "amount"])
            writer.writerows(salaries)
        upload(path)
