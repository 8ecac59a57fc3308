"""Holds what several commands share: the query from a file or standard input, common options, and progress.

Files are untrusted. Their size, their encoding and whether they are binary are checked before anything else sees them.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from seccoder.code import languages
from seccoder.code.shards import Shard
from seccoder.errors import UsageError
from seccoder.types import Progress, Query

MAX_BYTES = 1_000_000  # far beyond any model's context
_TELL_EVERY = 10.0  # seconds between two lines of progress where there is no terminal


class _Language(click.ParamType):  # type: ignore[type-arg]  # it is generic from click 8.3 on
    """A language, which may be spelled in any known way and becomes the canonical name."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the canonical name. If the language is unknown, the `UsageError` names the known ones."""
        return languages.canonical(value)


class _Cwe(click.ParamType):  # type: ignore[type-arg]  # it is generic from click 8.3 on
    """A CWE, which may be spelled in any known way and becomes `CWE-22`."""

    name = "cwe"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the canonical spelling. If it is no CWE, the `UsageError` says how one is written."""
        from seccoder.code.cwe import normalise

        return normalise(value)


class _Shard(click.ParamType):  # type: ignore[type-arg]  # it is generic from click 8.3 on
    """A part of the work, written `1/4`."""

    name = "shard"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        """Return the shard. If there is no such part, the `UsageError` says how one is written."""
        return Shard.parse(value)


LANGUAGE, CWE = _Language(), _Cwe()

shard_option = click.option(
    "--shard", type=_Shard(), metavar="I/N", help="Do the I-th of N parts of it; all parts together are the whole."
)

ray_option = click.option(
    "--ray",
    is_flag=False,
    flag_value="",
    metavar="[ADDRESS]",
    help="Let a Ray cluster do the work: HOST:PORT, ray://HOST:PORT, or one started here.",
)

codebase_option = click.option(
    "--codebase",
    metavar="PATH",
    help="Secure codebase: a store's path, a pulled set's name or lance:PATH. Default: the bundled one and your own.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def query_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument FILE and the options --language and --task, which say what is being written."""
    command = click.option("--task", metavar="TEXT", help="What the code is to do, in words.")(command)
    command = click.option("--language", type=LANGUAGE, metavar="L", help=f"One of {', '.join(languages.LANGUAGES)}.")(
        command
    )
    return click.argument("file", required=False, metavar="[FILE|-]")(command)


def read_query(file: str | None, language: str | None, task: str | None, suffix: str | None = None) -> Query:
    """Build the query from a file (`-`: standard input), a task in words, or both.

    Raises:
        UsageError: If there is neither, the file cannot be used as text, or its language is unknown.
    """
    code = read_text(file) if file else ""
    if not code.strip() and not (task or "").strip():
        what = f"{file} is empty" if file else "nothing to work on"
        raise UsageError(f"{what}; give a file with incomplete code, '-' for standard input, or --task TEXT")
    if language is None and file and file != "-":
        language = languages.from_path(file)
        if language is None:
            raise UsageError(f"{file}: {languages.UNTOLD}")
    return Query(code=code, language=language, task=(task or "").strip(), suffix=suffix or "")


def read_text(file: str) -> str:
    """Read a text file or, for `-`, standard input.

    Raises:
        UsageError: If it is missing, a folder, unreadable, too large, binary, or not UTF-8.
    """
    name = "standard input" if file == "-" else file
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"cannot read {name!r}: not a file name") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{name} is larger than {MAX_BYTES:,} bytes; give the part that is being written")
    if b"\0" in data:
        raise UsageError(f"{name} is binary, not source code")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8 (byte {error.start}); convert it first") from None


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Show progress on stderr while the block runs: a bar on a terminal, elsewhere a line every ten seconds.

    Both show the rate and the time left, as soon as enough was done since the first call to compute them.

    Yields:
        A callback of (done, total); a total of None means that it is not known.
    """
    began: tuple[float, int] | None = None

    def pace(done: int, total: int | None) -> str:
        nonlocal began
        now = time.monotonic()
        if began is None:
            began = now, done
        seconds, fresh = now - began[0], done - began[1]
        if seconds < 1 or not fresh:
            return ""
        left = f", {_duration((total - done) * seconds / fresh)} left" if total else ""
        rate = fresh / seconds
        return (f"{rate:,.1f}/s" if rate >= 1 else f"{rate * 60:,.1f}/min") + left

    if not sys.stderr.isatty():
        last = time.monotonic()

        def tell(done: int, total: int | None) -> None:
            nonlocal last
            told = pace(done, total)
            if time.monotonic() - last >= _TELL_EVERY:
                last = time.monotonic()
                of = f" of {total:,}" if total else ""
                click.echo(f"{label}: {done:,}{of}" + (f", {told}" if told else ""), err=True)

        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, TextColumn("{task.fields[pace]}"), console=Console(stderr=True), transient=True) as bar:
        row = bar.add_task(label, total=None, pace="")

        def update(done: int, total: int | None) -> None:
            bar.update(row, completed=done, total=total, pace=pace(done, total))

        yield update


def _duration(seconds: float) -> str:
    """Write a duration like `2 h 05 min`, `12 min` or `40 s`."""
    minutes = round(seconds / 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min" if seconds >= 90 else f"{seconds:.0f} s"


def echo_json(value: Any) -> None:
    """Print a value as JSON on stdout."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
