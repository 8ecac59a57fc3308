"""Implements `seccoder doctor`, which shows what is installed, what is missing, and what installs it.

It changes nothing.
"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import click

from seccoder.cli.inputs import echo_json, json_option


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that seccoder can use: what it is for, whether it is there, and the command that installs it."""

    name: str
    purpose: str
    found: str | None  # its version or place; None if it is missing
    command: str


@click.command("doctor")
@json_option
def command(as_json: bool) -> None:
    """Show what is installed, what is missing, and the command for each."""
    parts = list(_parts())
    if as_json:
        rows = [{"name": p.name, "purpose": p.purpose, "found": p.found, "install": p.command} for p in parts]
        echo_json({"parts": rows})
        return
    width = max(len(part.name) for part in parts)
    for part in parts:
        if part.found is not None:
            click.echo(f"{click.style('ok     ', fg='green')} {part.name:{width}}  {part.found}")
        else:
            click.echo(f"{click.style('missing', fg='yellow')} {part.name:{width}}  {part.purpose}: {part.command}")


def _parts() -> Iterator[Part]:
    from seccoder import __version__, data, sandbox

    here = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    yield Part("seccoder", "", f"{__version__} on Python {here}", "")
    reason = sandbox.unavailable()
    yield Part(
        "sandbox", f"runs generated code ({reason})", None if reason else "bubblewrap", "apt-get install bubblewrap"
    )
    for tool, purpose, install in (
        ("gcc", "compiles and checks C", "apt-get install gcc"),
        ("javac", "runs Java", "apt-get install default-jdk-headless"),
        ("go", "runs Go", "apt-get install golang-go"),
        ("git", "check --diff and --staged", "apt-get install git"),
    ):
        yield Part(tool, purpose, shutil.which(tool), install)
    for name in ("ruff", "cppcheck", "clang", "semgrep", "codeql"):
        yield _oracle(name)
    for package, purpose, install in (
        ("bandit", "static evidence for Python", "pip install seccoder"),
        ("xllamacpp", "runs the embedded models and any GGUF", "pip install 'seccoder[embedded]'"),
        ("transformers", "models hf:...", "pip install 'seccoder[hf]'"),
        ("peft", "seccoder train, hf:...+safecoder:DIR", "pip install 'seccoder[train]'"),
        ("sentence-transformers", "retrievers dense:...", "pip install 'seccoder[dense]'"),
        ("mcp", "serves coding agents", "pip install 'seccoder[mcp]'"),
        ("uvicorn", "seccoder serve", "pip install 'seccoder[serve]'"),
        ("tokenizers", "the paper's demonstration sets", "pip install 'seccoder[paper]'"),
        ("ray", "checks on a cluster: --ray", "pip install 'seccoder[ray]'"),
    ):
        yield Part(package, purpose, _version(package), install)
    for item in data.items():
        yield Part(f"data {item.name}", item.description, item.where, f"seccoder data pull {item.name}")


def _oracle(name: str) -> Part:
    """Describe the tool of an optional oracle; it is looked for where the oracle itself looks."""
    from seccoder.oracles.static import tools

    install = import_module(f"seccoder.oracles.static.{name}").INSTALL
    try:
        found: str | None = tools.program(name, install)
    except tools.Missing:
        found = None
    return Part(name, f"oracle {name} (optional)", found, install)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
