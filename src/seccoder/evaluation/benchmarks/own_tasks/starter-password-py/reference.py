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
    import secrets

    if length < 4:
        raise ValueError("a password has at least 4 characters")
    kinds = [
        [character for character in kind if character not in CONFUSING]
        for kind in (string.ascii_uppercase, string.ascii_lowercase, string.digits, SIGNS)
    ]
    every = [character for kind in kinds for character in kind]
    while True:
        password = [secrets.choice(every) for _ in range(length)]
        if all(set(kind) & set(password) for kind in kinds):
            return "".join(password)
