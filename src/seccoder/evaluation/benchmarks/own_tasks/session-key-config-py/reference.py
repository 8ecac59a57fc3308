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
    key = environ.get("SECRET_KEY", "").strip()
    if not key:
        raise ValueError("SECRET_KEY is not set; make one with: python -c 'import secrets; print(secrets.token_hex())'")
    port = int(environ.get("PORT") or 8000)
    if not 0 < port < 65536:
        raise ValueError(f"PORT is {port}")
    return Config(key.encode(), environ.get("DATABASE_URL") or "sqlite:///app.db", port, environ.get("DEBUG") == "1")
