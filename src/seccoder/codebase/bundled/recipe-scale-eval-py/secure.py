import re
from fractions import Fraction

AMOUNT = re.compile(r"(?:(\d{1,6}(?:\.\d{1,3})?)|(?:(\d{1,6}) +)?(\d{1,6}/\d{1,6}))", re.ASCII)


def scale(amount: str, servings: int, wanted: int) -> Fraction:
    """The amount for the wanted number of servings."""
    # The text is data in one of three forms; nothing of it is ever run.
    match = AMOUNT.fullmatch(amount.strip())
    if match is None or servings < 1 or wanted < 1:
        raise ValueError(f"not an amount: {amount!r}")
    number, whole, part = match.groups()
    try:
        value = Fraction(number) if number else Fraction(whole or 0) + Fraction(part)
    except ZeroDivisionError:
        raise ValueError(f"not an amount: {amount!r}") from None
    return value * wanted / servings
