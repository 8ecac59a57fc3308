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
