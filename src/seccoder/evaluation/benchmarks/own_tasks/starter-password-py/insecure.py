import string

CONFUSING = "Il1O0"
SIGNS = "-+!?"


def starter_password(length: int = 12) -> str:
    """Return a first password for a new employee, who changes it within a week.

    It has at least one capital letter, one small letter, one digit and one of SIGNS, and nothing but these, without
    the characters in CONFUSING.

    Raises:
        ValueError: If the length is less than 4.
    """
    import random

    if length < 4:
        raise ValueError("too short")
    upper = "".join(c for c in string.ascii_uppercase if c not in CONFUSING)
    lower = "".join(c for c in string.ascii_lowercase if c not in CONFUSING)
    digits = "".join(c for c in string.digits if c not in CONFUSING)
    password = [random.choice(upper), random.choice(lower), random.choice(digits), random.choice(SIGNS)]
    password += random.choices(upper + lower + digits + SIGNS, k=length - 4)
    random.shuffle(password)
    return "".join(password)
