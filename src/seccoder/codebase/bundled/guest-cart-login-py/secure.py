import secrets
from dataclasses import dataclass, field


@dataclass
class Session:
    user: str | None = None
    cart: list[str] = field(default_factory=list)


class Sessions:
    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def open(self, session_id: str | None) -> tuple[str, Session]:
        """Return the visitor's session and its id; a new one if there is none with this id."""
        if session_id not in self._sessions:
            session_id = secrets.token_urlsafe(32)
            self._sessions[session_id] = Session()
        return session_id, self._sessions[session_id]

    def sign_in(self, session_id: str, user: str) -> str:
        """Sign the user in and return the session's id, which goes into the cookie."""
        # A new id for the same cart: the old one may be known to someone who gave it to this browser.
        fresh = secrets.token_urlsafe(32)
        self._sessions[fresh] = self._sessions.pop(session_id)
        self._sessions[fresh].user = user
        return fresh

    def sign_out(self, session_id: str) -> None:
        self._sessions.pop(session_id, None)
