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


PIN_SECONDS = 300
TRIES = 5


class SmsPins:
    def __init__(self, send: Callable[[str, str], None], now: Callable[[], float] = time.time) -> None:
        self._send = send
        self._now = now
        self._pins: dict[str, tuple[str, float]] = {}
        self._failures: dict[str, int] = {}

    def start(self, customer: str, phone: str) -> None:
        pin = f"{secrets.randbelow(10**6):06d}"
        self._pins[customer] = (pin, self._now() + PIN_SECONDS)
        self._failures[customer] = 0
        self._send(phone, f"Your PIN is {pin}")

    def confirm(self, customer: str, pin: str) -> bool:
        if customer not in self._pins:
            return False
        expected, until = self._pins[customer]
        if self._now() >= until:
            del self._pins[customer]
            return False
        if hmac.compare_digest(expected.encode(), pin.encode()):
            del self._pins[customer]
            return True
        self._failures[customer] += 1
        if self._failures[customer] >= TRIES:
            del self._pins[customer]  # a million PINs are soon tried
        return False
