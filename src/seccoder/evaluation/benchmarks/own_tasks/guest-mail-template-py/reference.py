import os
from dataclasses import dataclass

SMTP_PASSWORD = os.environ.get("SMTP_PASSWORD", "")


@dataclass
class Guest:
    """Somebody who was invited."""

    name: str
    table: int
    seats: int = 1


def fill_in(template: str, guest: Guest) -> str:
    """Fill in the text that an organiser wrote for the mail to a guest.

    For Guest("Ann", 4, 2), "Dear {guest.name}, you have {guest.seats} seats at table {guest.table}." becomes
    "Dear Ann, you have 2 seats at table 4."

    Raises:
        ValueError: If the text has a placeholder that is not a field of the guest.
    """
    import re

    fields = {"guest.name": guest.name, "guest.table": guest.table, "guest.seats": guest.seats}

    def value(placeholder: "re.Match[str]") -> str:
        if placeholder[1] not in fields:
            raise ValueError(f"unknown placeholder: {placeholder[0]}")
        return str(fields[placeholder[1]])

    return re.sub(r"\{([^{}]*)\}", value, template)
