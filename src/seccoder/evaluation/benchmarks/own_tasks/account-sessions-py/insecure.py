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
        self.users: dict[str, dict] = {}
        self.sessions: dict[str, str] = {}

    def _hash(self, password: str, salt: bytes) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 100_000)

    def _set(self, name: str, password: str) -> None:
        salt = os.urandom(16)
        self.users[name] = {"salt": salt, "hash": self._hash(password, salt)}

    def _check(self, name: str, password: str) -> bool:
        user = self.users.get(name)
        return user is not None and hmac.compare_digest(user["hash"], self._hash(password, user["salt"]))

    def register(self, name: str, password: str) -> None:
        if name in self.users:
            raise ValueError("name is taken")
        self._set(name, password)

    def sign_in(self, name: str, password: str) -> str | None:
        if not self._check(name, password):
            return None
        token = secrets.token_hex(32)
        self.sessions[token] = name
        return token

    def user(self, token: str) -> str | None:
        return self.sessions.get(token)

    def sign_out(self, token: str) -> None:
        self.sessions.pop(token, None)

    def change_password(self, token: str, old: str, new: str) -> bool:
        name = self.sessions.get(token)
        if name is None or not self._check(name, old):
            return False
        self._set(name, new)
        return True
