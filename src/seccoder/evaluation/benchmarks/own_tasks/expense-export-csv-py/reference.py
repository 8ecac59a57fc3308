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
    def cell(text: str) -> str:
        # A spreadsheet takes what begins like this for a formula; the apostrophe makes it a text.
        return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(["name", "purpose", "amount"])
    for claim in claims:
        sign = "-" if claim.cents < 0 else ""
        units, cents = divmod(abs(claim.cents), 100)
        writer.writerow([cell(claim.name), cell(claim.purpose), f"{sign}{units}.{cents:02d}"])
    return output.getvalue()
