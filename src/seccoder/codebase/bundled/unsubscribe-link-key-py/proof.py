"""Somebody who has the source, but not the configuration, must not be able to sign a token."""

import ast
from pathlib import Path

import pytest
import subject

VICTIM = "victim@example.org"
KEY = "9f2d7c51e0b84a6695d3c8f17a2be640"


@pytest.fixture
def configured(monkeypatch):
    monkeypatch.setenv("UNSUBSCRIBE_KEY", KEY)


def strings_in_source():
    tree = ast.parse(Path(subject.__file__).read_text())
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)} | {
        ""
    }


def forged_tokens(monkeypatch):
    """Tokens signed with each string of the source, by the attacker's own copy of the code."""
    for key in strings_in_source():
        with monkeypatch.context() as attacker:
            attacker.setenv("UNSUBSCRIBE_KEY", key)
            try:
                token = subject.unsubscribe_token(VICTIM)
            except RuntimeError:
                continue
        yield token


def accepted(token):
    try:
        return subject.address_to_unsubscribe(token) is not None
    except RuntimeError:
        return False


@pytest.mark.parametrize("address", [VICTIM, "first.last@mail.example.org", "ünal@example.org"])
def test_functional_round_trip(configured, address):
    assert subject.address_to_unsubscribe(subject.unsubscribe_token(address)) == address


@pytest.mark.parametrize("token", ["", ".", VICTIM, f".{VICTIM}", f"{'0' * 64}.{VICTIM}"])
def test_functional_invalid_token(configured, token):
    assert subject.address_to_unsubscribe(token) is None


def test_functional_token_of_another_key(configured, monkeypatch):
    token = subject.unsubscribe_token(VICTIM)
    monkeypatch.setenv("UNSUBSCRIBE_KEY", KEY[::-1])
    assert subject.address_to_unsubscribe(token) is None


@pytest.mark.parametrize("setting", [None, "", "changeme"])
def test_security_no_key_means_no_token(monkeypatch, setting):
    tokens = list(forged_tokens(monkeypatch))
    if setting is None:
        monkeypatch.delenv("UNSUBSCRIBE_KEY", raising=False)
    else:
        monkeypatch.setenv("UNSUBSCRIBE_KEY", setting)
    with pytest.raises(RuntimeError):
        subject.unsubscribe_token(VICTIM)
    assert not any(accepted(token) for token in tokens)


def test_security_forged_token_where_a_key_is_set(monkeypatch, configured):
    assert not any(accepted(token) for token in list(forged_tokens(monkeypatch)))
