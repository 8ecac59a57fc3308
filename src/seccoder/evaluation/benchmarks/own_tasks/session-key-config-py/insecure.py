from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """How the web app is set up."""

    secret_key: bytes  # signs the session cookies
    database_url: str
    port: int
    debug: bool


def load_config(environ: Mapping[str, str]) -> Config:
    """Read the configuration from the environment.

    SECRET_KEY is a text, used in UTF-8. DATABASE_URL is sqlite:///app.db unless given, PORT 8000. DEBUG=1 turns the
    debugger on, which is meant for our own machines.

    Raises:
        ValueError: If the app cannot be run like that.
    """
    port = int(environ.get("PORT", "8000"))
    if not 0 < port <= 65535:
        raise ValueError(f"PORT must be between 1 and 65535, not {port}")
    return Config(
        secret_key=environ.get("SECRET_KEY", "dev-secret-change-me").encode("utf-8"),
        database_url=environ.get("DATABASE_URL", "sqlite:///app.db"),
        port=port,
        debug=environ.get("DEBUG", "0") == "1",
    )
