import re


def is_hostname(text: str) -> bool:
    """Tell whether a text, as typed into the registration form, is a host name such as www.shop-24.example.

    That is two or more labels joined by dots. A label has letters a-z, digits and hyphens, but no hyphen at its start
    or end; the last one has two or more letters and nothing else. Case does not matter.
    """
    pattern = r"(?:(?:[a-z0-9]+-*)*[a-z0-9]+\.)+[a-z]{2,}"
    return re.fullmatch(pattern, text, re.IGNORECASE | re.ASCII) is not None
