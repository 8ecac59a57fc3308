"""Knows how requests are treated, in general and by the tables of single clients in `seccoder.toml`.

A table `[serve.clients.NAME]` says in `key`, `agent` or `path` which requests it is for: patterns with `*` and `?` for
the client's API key, its User-Agent and the path. All that are given must match, and the first table that matches
counts. Everything else in it takes the place of the server's own option of that name.

What a request itself says (`x-seccoder`, the end of the model's name) goes before its client's table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from typing import Any

from seccoder.code import languages
from seccoder.errors import UsageError

MODES = ("augment", "observe", "off")
STREAMS = ("pass", "tell", "hold")


@dataclass(frozen=True, slots=True)
class Options:
    """How requests and answers are treated.

    Attributes:
        language: Canonical name of the language of all requests; None means the one that each shows.
        mode: `augment`, `observe` or `off`, where a request does not say it.
        budget: How many tokens may be added to a request.
        retriever: Name of the retriever; None means the one of the settings.
        check: Whether code in answers is checked.
        repair: Whether code that a check showed to be vulnerable is asked for once more.
        streams: What becomes of streams whose code is checked: `pass` lets them through as they come, `tell` keeps them
            open until the verdicts have followed in a comment, `hold` keeps all of them back until then.
    """

    language: str | None = None
    mode: str = "augment"
    budget: int = 600
    retriever: str | None = None
    check: bool = False
    repair: bool = False
    streams: str = "pass"


@dataclass(frozen=True, slots=True)
class Client:
    """The requests of one client.

    Attributes:
        name: Of its table.
        options: How they are treated.
        patterns: By what they are known.
    """

    name: str
    options: Options
    patterns: Mapping[str, str] = field(default_factory=dict)

    def sends(self, headers: Mapping[str, str], path: str) -> bool:
        """Tell whether a request is one of this client's."""
        key = headers.get("x-api-key") or headers.get("authorization", "").removeprefix("Bearer ")
        seen = {"key": key, "agent": headers.get("user-agent", ""), "path": path}
        return all(fnmatchcase(seen[name], pattern) for name, pattern in self.patterns.items())


def read(table: Any, options: Options) -> tuple[Client, ...]:
    """Return the clients of the table `[serve]`.

    Args:
        table: As it was read; None if there is none.
        options: The server's own, for what a client's table does not say.

    Raises:
        UsageError: If something in it is unknown, or of another type.
    """
    clients = table.get("clients", {}) if isinstance(table, dict) else None if table is not None else {}
    if not isinstance(clients, dict) or (table and set(table) != {"clients"}):
        raise UsageError("seccoder.toml: [serve] holds nothing but tables [serve.clients.NAME]")
    return tuple(_client(name, given, options) for name, given in clients.items())


def _client(name: str, given: Any, options: Options) -> Client:
    where = f"seccoder.toml: [serve.clients.{name}]"
    if not isinstance(given, dict):
        raise UsageError(f"{where} must be a table")
    known = {each.name: getattr(options, each.name) for each in fields(Options)}
    patterns = {key: value for key, value in given.items() if key in ("key", "agent", "path")}
    changes = {key: value for key, value in given.items() if key not in patterns}
    if not patterns:
        raise UsageError(f"{where} must say in key, agent or path which requests it is for")
    for key, value in patterns.items():
        if not isinstance(value, str) or not value:
            raise UsageError(f"{where}: {key} must be a text, with * and ? as in a file's name, not {value!r}")
    allowed: dict[str, tuple[str, ...]] = {"mode": MODES, "streams": STREAMS}
    for key, value in changes.items():
        if key not in known:
            raise UsageError(f"{where}: unknown setting {key!r}; known: key, agent, path, {', '.join(known)}")
        kind = str if known[key] is None else type(known[key])
        wrong = type(value) is not kind or (type(value) is int and value < 1)
        if wrong or value not in allowed.get(key, (value,)):
            wants = " or ".join(allowed[key]) if key in allowed else {str: "a text", bool: "true or false"}.get(kind)
            raise UsageError(f"{where}: {key} must be {wants or 'a whole number above 0'}, not {value!r}")
    if "language" in changes:
        try:
            changes["language"] = languages.canonical(changes["language"])
        except UsageError as error:
            raise UsageError(f"{where}: {error}") from None
    fresh = replace(options, **changes)
    if fresh.repair and not fresh.check:
        raise UsageError(f"{where}: repair needs check")
    return Client(name, fresh, patterns)
