"""Implements `seccoder connect`: it writes what an agent, a hook or a pipeline needs, and takes exactly that back."""

import json
import os
import shutil
import sys
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seccoder.connecting.agents import AGENTS, HINTS
from seccoder.connecting.pipelines import NEXT, PIPELINES

if TYPE_CHECKING:
    from seccoder.connecting.agents import Wanted
    from seccoder.connecting.changes import Change
    from seccoder.oracles.checking import FileResult


@click.command("connect")
@click.argument("what", type=click.Choice([*AGENTS, *PIPELINES]), metavar="WHAT")
@click.option("--print", "only_print", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--remove", is_flag=True, help="Take exactly that back.")
@click.option(
    "--base-url", metavar="URL", help="Send the agent's own requests there: the address seccoder serve shows."
)
@click.option("--hook", is_flag=True, hidden=True, help="Check the file that an agent's event on standard input names.")
@click.pass_context
def command(ctx: click.Context, what: str, only_print: bool, remove: bool, base_url: str | None, hook: bool) -> None:
    """Connect a coding agent, or have every change of a repository checked.

    WHAT is an agent (claude-code, codex, cursor, vscode, opencode, continue, aider, cline, copilot, gemini, windsurf or
    zed), which gets our tools (MCP), a hook that checks what it wrote and, with --base-url, our server; or it is
    pre-commit, github or gitlab, which get a hook or a pipeline. The project is the working directory. Other settings
    and comments stay as they are.
    """
    from seccoder.connecting.agents import Wanted
    from seccoder.connecting.changes import Own
    from seccoder.errors import UsageError

    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise UsageError(f"{base_url!r} is no address; seccoder serve shows one like http://127.0.0.1:8787/v1")
    if what in PIPELINES and (base_url is not None or hook):
        raise UsageError(f"--base-url and --hook are for agents, and {what} is none")
    if hook:
        ctx.exit(_hook(what, sys.stdin.buffer.read().decode("utf-8", "replace")))
    wanted = Wanted(_seccoder(), Path.cwd(), Path.home(), base_url.rstrip("/") if base_url else None)
    if remove and base_url is None:  # what --base-url wrote for the usual address goes as well
        wanted = replace(wanted, base_url="http://127.0.0.1:8787/v1")
    if what in AGENTS:
        changes: list[Change] = AGENTS[what](wanted)
    else:
        changes = [Own(wanted.project / name, text) for name, text in PIPELINES[what]().items()]
    paths = dict.fromkeys(change.path for change in changes)
    planned = [_plan(path, [each for each in changes if each.path == path], remove, only_print) for path in paths]
    for path, before, after in filter(None, planned):  # only now, when all of them can be made
        _carry_out(path, before, after, wanted, remove=remove, only_print=only_print)
    if (hint := (HINTS | NEXT).get(what)) and not remove:
        click.echo(hint, err=True)


def _plan(path: Path, changes: "list[Change]", remove: bool, only_print: bool) -> tuple[Path, str, str] | None:
    """Return a file's path, its text, and its text with the changes; None if what was to be shown is shown."""
    from seccoder.connecting.changes import InTheWay, read
    from seccoder.errors import UsageError

    try:
        before = after = read(path)
        for change in changes:
            try:
                after = change.undone(after) if remove else change.made(after)
            except InTheWay as error:
                if not only_print:
                    raise
                click.echo(f"{path}, to be added by hand:", err=True)
                click.echo(error.ours, nl=False)
                return None
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None
    return path, before, after


def _carry_out(path: Path, before: str, after: str, wanted: "Wanted", *, remove: bool, only_print: bool) -> None:
    """Write a file, or show what would be written."""
    from seccoder.connecting.changes import write

    inside = path.is_relative_to(wanted.project)
    shown = path.relative_to(wanted.project) if inside else path
    if after == before:
        click.echo(f"{shown}: {'nothing of ours is in it' if remove else 'is connected already'}", err=True)
    elif only_print:
        click.echo(f"{shown}:", err=True)
        difference = unified_diff(before.splitlines(), after.splitlines(), str(shown), str(shown), lineterm="")
        click.echo("\n".join(difference) if before else after.rstrip("\n"))
    else:
        write(path, after, wanted.project if inside else wanted.home)
        click.echo(f"{shown}: {'taken back' if remove else 'written'}", err=True)


def _seccoder() -> tuple[str, ...]:
    """Return the command that starts seccoder from anywhere: its name if that is on everybody's PATH, else its path."""
    found = shutil.which("seccoder")
    if found and not Path(found).is_relative_to(sys.prefix):
        return ("seccoder",)
    beside = Path(sys.executable).with_name("seccoder")
    # -P: the agent starts it in the project, whose modules must not be imported.
    return (str(beside),) if beside.exists() else (sys.executable, "-P", "-m", "seccoder")


def _hook(agent: str, event: str) -> int:
    """Check the file that an event names, and say what was shown in it; return the exit code that the agent expects."""
    from seccoder.code import languages
    from seccoder.errors import SecCoderError
    from seccoder.oracles import files
    from seccoder.pipeline import SecCoder
    from seccoder.types import Label

    path = _written(event)
    if path is None or languages.from_path(path) is None or not os.path.isfile(path):
        return 0
    try:
        with SecCoder() as seccoder:
            (result,) = seccoder.check_files(files.collect([path]))
    except SecCoderError as error:
        click.echo(f"seccoder: {error}", err=True)
        return 1  # to every agent: a hook that failed, which stops nothing
    if result.verdict.label is not Label.VULNERABLE:
        return 0
    told = _told(result)
    if agent == "cursor":  # it reads an object from standard output
        click.echo(json.dumps({"additional_context": told}))
        return 0
    click.echo(told, err=True)
    return 2


def _written(event: str) -> str | None:
    """Return the path in an agent's event; agents put it in different places."""
    try:
        value: Any = json.loads(event)
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    inner = next((value[name] for name in ("tool_input", "tool_info") if isinstance(value.get(name), dict)), value)
    path = inner.get("file_path")
    return os.path.join(str(value.get("cwd") or ""), path) if isinstance(path, str) and "\0" not in path else None


def _told(result: "FileResult") -> str:
    from seccoder.code.text import printable_line

    verdict = result.verdict
    lines = [f"seccoder: {result.path} is {verdict.label} ({verdict.evidence}): {verdict.reason}"]
    lines += [f"line {each.line}: {each.message} [{each.cwe}]" for each in verdict.findings]
    return "\n".join([*map(printable_line, lines), "Please mend this."])
