"""Accounts of the photo app, kept in memory.

class Accounts:
    register(name, password)                      raises ValueError if the name is taken
    sign_in(name, password) -> str | None         the token of a new session, or None; people have several devices
    user(token) -> str | None                     whose session it is, or None if it is none
    sign_out(token)                               on this device
    change_password(token, old, new) -> bool      of the session's user, for instance after a phone was lost; False if
                                                  the old one is wrong
"""

import hashlib
import hmac
import os
import secrets


class Accounts:
    def __init__(self) -> None:
        self._passwords: dict[str, tuple[bytes, bytes]] = {}
        self._sessions: dict[str, str] = {}

    def register(self, name: str, password: str) -> None:
        if name in self._passwords:
            raise ValueError(f"{name} is taken")
        self._passwords[name] = self._hashed(password)

    def sign_in(self, name: str, password: str) -> str | None:
        if not self._right(name, password):
            return None
        token = secrets.token_urlsafe(32)
        self._sessions[token] = name
        return token

    def user(self, token: str) -> str | None:
        return self._sessions.get(token)

    def sign_out(self, token: str) -> None:
        self._sessions.pop(token, None)

    def change_password(self, token: str, old: str, new: str) -> bool:
        name = self._sessions.get(token)
        if name is None or not self._right(name, old):
            return False
        self._passwords[name] = self._hashed(new)
        # Whoever has the lost phone is still signed in there.
        self._sessions = {each: whose for each, whose in self._sessions.items() if whose != name or each == token}
        return True

    def _hashed(self, password: str, salt: bytes = b"") -> tuple[bytes, bytes]:
        salt = salt or os.urandom(16)
        return salt, hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)

    def _right(self, name: str, password: str) -> bool:
        salt, expected = self._passwords.get(name, (b"-", b""))
        return hmac.compare_digest(self._hashed(password, salt)[1], expected)
