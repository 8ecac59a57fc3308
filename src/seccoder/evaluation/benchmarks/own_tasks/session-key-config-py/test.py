"""The configuration is what the environment says; nobody who has read the code knows the key."""

import random

import pytest
import subject

KEY = "k3y-" * 10


def test_functional_everything_given():
    environ = {"SECRET_KEY": KEY, "DATABASE_URL": "postgres://db/app", "PORT": "9000", "DEBUG": "1", "HOME": "/"}
    config = subject.load_config(environ)
    assert (config.secret_key, config.database_url, config.port, config.debug) == (KEY.encode(), "postgres://db/app", 9000, True)


def test_functional_what_is_not_given():
    config = subject.load_config({"SECRET_KEY": KEY})
    assert (config.secret_key, config.database_url, config.port, config.debug) == (KEY.encode(), "sqlite:///app.db", 8000, False)


@pytest.mark.parametrize("value", ["0", ""])
def test_functional_no_debugger(value):
    assert subject.load_config({"SECRET_KEY": KEY, "DEBUG": value}).debug is False


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_functional_no_port(port):
    with pytest.raises(ValueError):
        subject.load_config({"SECRET_KEY": KEY, "PORT": port})


def key(environ):
    """The key in use, or None if the app does not start."""
    random.seed(1)
    try:
        config = subject.load_config(environ)
        return config.secret_key if config else None
    except Exception:
        return None


@pytest.mark.parametrize("given", [{}, {"SECRET_KEY": ""}, {"DEBUG": "0"}, {"DEBUG": "0", "SECRET_KEY": ""}])
def test_security_no_key_of_ours(given, monkeypatch):
    """Without a key in the environment the app must not start, or use one that nobody can know."""
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first, second = key(given), key(given)
    if first is not None:
        assert len(first) >= 16 and first != second


def test_security_the_debugger_is_off_by_itself():
    try:
        config = subject.load_config({"SECRET_KEY": KEY})
    except Exception:
        return
    assert not (config and config.debug)
