"""Resolves the settings and knows the folders that seccoder reads and writes.

A flag wins over the environment (`SECCODER_*`), the environment over `seccoder.toml`, and that over the default. The
nearest `seccoder.toml` at or above the working directory is read. There are a dozen settings at most, and all of them
are fields of `Settings`.
"""

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from seccoder.errors import UsageError

Example = Literal["auto", "first", "slice", "cue", "half", "after"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. A flag of the same name on the command line wins over it.

    docs/settings.md is made from the list below.

    Attributes:
        model: The spec of the code LM; docs/models.md lists them.
        retriever: The name of the retriever.
        k: How many demonstrations are put into a prompt.
        codebase: The path of a secure codebase, the name of a pulled one, or `lance:` and a folder or address in
            LanceDB. If it is empty, the bundled codebase and the user's own are used together.
        sandbox: What runs untrusted code: `bwrap`, `docker` or `podman`. The last two are never chosen silently.
        threads: How many threads a model in this process computes with; 0 chooses by the cores that are free to use.
        temperature: The sampling temperature; 0 always takes the likeliest token.
        top_p: The share of probability from which tokens are drawn (nucleus sampling).
        max_tokens: How many new tokens a completion may have.
        seed: The seed from which the seeds of all completions are derived.
        example: When a demonstration is shown: `first`, before anything is written (the paper's order), `slice`, the
            same with only those of its lines that matter, `cue`, the weakness and its remedy in words and no code,
            `half`, before the first half of several completions and not before the others, or `after`, only in repair,
            when a check has found what the example must be about. `auto` is `first`, but for models that were measured
            to write better so it is `cue` in messages and else `after`.
        min_score: The score below which a demonstration is not shown; of `hybrid` it is a probability that the first
            one fits. If it is not set, the retriever's own threshold is used.
    """

    model: str = "embedded"
    retriever: str = "hybrid"
    k: int = 1
    codebase: str = ""
    sandbox: str = "bwrap"
    threads: int = 0
    temperature: float = 0.4
    top_p: float = 0.95
    max_tokens: int = 300
    seed: int = 0
    example: Example = "auto"
    min_score: float | None = None


def resolve(**flags: Any) -> Settings:
    """Resolve the settings; a flag that is None was not given.

    Raises:
        UsageError: If the environment or `seccoder.toml` holds an unknown name or a value of the wrong type.
    """
    known = {field.name: field.default for field in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in _file().items():
        if name == "serve":  # about clients of the server, which reads it (`seccoder.serving.clients`)
            continue
        if name not in known:
            raise UsageError(f"seccoder.toml: unknown setting {name!r}; known: {', '.join(known)}")
        values[name] = _convert(name, value, known[name], "seccoder.toml")
    for name, default in known.items():
        if (text := os.environ.get(f"SECCODER_{name.upper()}")) is not None:
            values[name] = _convert(name, text, default, "the environment")
    values.update({name: value for name, value in flags.items() if value is not None})
    return Settings(**values)


def serve_table() -> Any:
    """Return what `seccoder.toml` says about clients of the server, as it was read; None if it says nothing.

    Raises:
        UsageError: If the file cannot be read.
    """
    return _file().get("serve")


def _file() -> dict[str, Any]:
    for folder in [cwd := Path.cwd(), *cwd.parents]:
        path = folder / "seccoder.toml"
        if path.is_file():
            try:
                return tomllib.loads(path.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise UsageError(f"cannot read {path}: {error}") from None
    return {}


def _convert(name: str, value: Any, default: Any, where: str) -> Any:
    kind = float if default is None else type(default)
    if name == "example" and value not in get_args(Example):
        raise UsageError(f"{where}: setting 'example' must be {' or '.join(get_args(Example))}, not {value!r}")
    try:
        if isinstance(value, bool) or (kind is str and not isinstance(value, str)):
            raise ValueError
        return kind(value)
    except (TypeError, ValueError):
        raise UsageError(f"{where}: setting {name!r} must be of type {kind.__name__}, not {value!r}") from None


def cache_dir() -> Path:
    """Return the folder for what can be made or fetched again: pulled data, models. `SECCODER_CACHE` moves it."""
    if override := os.environ.get("SECCODER_CACHE"):
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path("seccoder")


def user_codebase() -> Path:
    """Return the path of the user's own secure codebase. `SECCODER_HOME` moves the folder that it is in."""
    if override := os.environ.get("SECCODER_HOME"):
        return Path(override) / "codebase.sqlite"
    from platformdirs import user_data_path

    return user_data_path("seccoder") / "codebase.sqlite"


def data_dirs() -> list[Path]:
    """Return the existing folders that are searched for archives of benchmark and training data, in order."""
    candidates = [os.environ.get("SECCODER_DATA"), "../shared/data", cache_dir() / "data"]
    return [Path(candidate) for candidate in candidates if candidate and Path(candidate).is_dir()]
