import csv
import io
from dataclasses import dataclass


@dataclass
class Claim:
    """An expense claim as a member entered it."""

    name: str
    purpose: str
    cents: int


def export_expenses(claims: list[Claim]) -> str:
    """Return the claims as a CSV text (with commas), which our treasurer opens in Excel.

    The first row is name,purpose,amount; the amount is in the currency's unit with two decimals, such as 12.50 or
    -3.00 for a refund.
    """
    output = io.StringIO()
    writer = csv.writer(output, quoting=csv.QUOTE_ALL)
    writer.writerow(["name", "purpose", "amount"])
    for claim in claims:
        writer.writerow([claim.name, claim.purpose, f"{claim.cents / 100:.2f}"])
    return output.getvalue()
