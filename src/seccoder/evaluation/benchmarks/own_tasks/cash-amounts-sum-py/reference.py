def total(typed):
    """Return the sum of the amounts in a text such as "3+4.50+12", as a number."""
    return sum(float(amount) for amount in typed.split("+"))
