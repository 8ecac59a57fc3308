import csv
import tempfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path


def send_payroll(month: str, salaries: Iterable[tuple[str, Decimal]], upload: Callable[[Path], None]) -> None:
    """Write (IBAN, amount) rows to a CSV file, pass it to the bank's upload, and remove it."""
    path = Path(tempfile.gettempdir()) / f"payroll-{month}.csv"
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["iban", "amount"])
            writer.writerows(salaries)
        upload(path)
    finally:
        path.unlink(missing_ok=True)
