import random
import time

LIFETIME = 60 * 60


class PasswordResets:
    def __init__(self) -> None:
        self._pending: dict[str, tuple[str, float]] = {}

    def issue(self, email: str) -> str:
        token = f"{random.getrandbits(256):064x}"
        self._pending[token] = (email, time.time() + LIFETIME)
        return token

    def redeem(self, token: str) -> str | None:
        """The address whose password may be changed now, or None; a token works once."""
        email, expires = self._pending.pop(token, ("", 0.0))
        return email if time.time() < expires else None
