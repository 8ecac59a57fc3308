import re
from fractions import Fraction


def scale(amount: str, servings: int, wanted: int) -> Fraction:
    """The amount for the wanted number of servings."""
    if servings < 1 or wanted < 1:
        raise ValueError("no servings")
    text = re.sub(r"(\d+(?:\.\d+)?)", r"Fraction('\1')", re.sub(r"(?<=\d) +(?=\d)", "+", amount.strip()))
    try:
        return Fraction(eval(text)) * wanted / servings
    except Exception:
        raise ValueError(f"not an amount: {amount!r}") from None
