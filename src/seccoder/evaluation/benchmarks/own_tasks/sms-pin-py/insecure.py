"""Confirmation of transfers by SMS.

class SmsPins:
    SmsPins(send, now=time.time)     send(phone, text) sends an SMS; now() tells the time in seconds
    start(customer, phone)           makes a new PIN of six digits, which replaces the customer's former one, and sends
                                     the text "Your PIN is 123456"
    confirm(customer, pin) -> bool   whether this is the customer's PIN; it works once, and for five minutes
"""

import hmac
import secrets
import time
from collections.abc import Callable


class SmsPins:
    def __init__(self, send: Callable[[str, str], None], now: Callable[[], float] = time.time) -> None:
        self.send = send
        self.now = now
        self.pins: dict[str, tuple[str, float]] = {}

    def start(self, customer: str, phone: str) -> None:
        pin = "".join(secrets.choice("0123456789") for _ in range(6))
        self.pins[customer] = (pin, self.now() + 300)
        self.send(phone, f"Your PIN is {pin}")

    def confirm(self, customer: str, pin: str) -> bool:
        expected, expires = self.pins.get(customer, ("", 0))
        if not expected or self.now() > expires:
            return False
        if not hmac.compare_digest(expected.encode(), pin.encode()):
            return False
        del self.pins[customer]
        return True
