from decimal import Decimal, InvalidOperation


def parse_amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("enter an amount") from None


def transfer(balances: dict[str, Decimal], source: str, target: str, amount_text: str) -> None:
    """Move an amount between two gift cards; raises ValueError and changes nothing if that cannot be done."""
    amount = parse_amount(amount_text.strip())
    if source not in balances or target not in balances:
        raise ValueError("unknown gift card")
    if amount > balances[source]:
        raise ValueError("there is not that much on the card")
    balances[source] -= amount
    balances[target] += amount
