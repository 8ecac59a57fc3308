from collections.abc import Mapping


def evaluate_formula(formula: str, cells: Mapping[str, float]) -> float:
    """Compute a formula such as `=(B2 - B3) * 1.19`.

    Raises:
        ValueError: It is not arithmetic on numbers and known cells.
        ZeroDivisionError: It divides by zero.
    """
    if len(formula) > 200:
        raise ValueError("the formula is too long")
    try:
        return float(eval(formula.lstrip("= "), {"__builtins__": {}}, dict(cells)))
    except (SyntaxError, NameError, TypeError) as error:
        raise ValueError(f"malformed formula: {error}") from None
