import re
from decimal import Decimal


def parse_amount(text: str) -> Decimal:
    # An exact form, not "whatever Decimal accepts": that includes -5, NaN, 1E9 and fractions of a cent.
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) or Decimal(text) == 0:
        raise ValueError("enter an amount from 0.01 to 999.99")
    return Decimal(text)


def transfer(balances: dict[str, Decimal], source: str, target: str, amount_text: str) -> None:
    """Move an amount between two gift cards; raises ValueError and changes nothing if that cannot be done."""
    amount = parse_amount(amount_text.strip())
    if source not in balances or target not in balances:
        raise ValueError("unknown gift card")
    if amount > balances[source]:
        raise ValueError("there is not that much on the card")
    balances[source] -= amount
    balances[target] += amount
