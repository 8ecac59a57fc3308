"""Runs git on a repository that nobody trusts, so that git executes nothing from it.

A repository's configuration, hooks, attributes, alternates and links to other repositories may be an attacker's. This
also holds where a user asks about a folder that they only unpacked. Therefore hooks, monitors, filters, external diffs,
text conversions, signature programs, replaced objects, submodules and every transport are switched off.

One thing is not contained: git itself runs outside of the sandbox. A flaw in git's own reading of a repository would do
harm here as it does in `git log`.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from seccoder.errors import UsageError

MAX_BLOB = 1_000_000  # bytes; a larger file is data
SECONDS = 120

_CONFIG = {
    "advice.detachedHead": "false",
    "color.ui": "false",
    "core.alternateRefsCommand": "true",
    "core.attributesFile": os.devnull,
    "core.bigFileThreshold": str(MAX_BLOB),
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "false",
    "core.sshCommand": "false",
    "diff.orderFile": os.devnull,
    "diff.noprefix": "false",
    "diff.renames": "false",
    "diff.submodule": "short",
    "fetch.recurseSubmodules": "false",
    "gpg.program": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.mailmap": "false",
    "log.showSignature": "false",
    "protocol.allow": "never",
    "safe.directory": "*",
    "submodule.recurse": "false",
}
_PLAIN_DIFF = ("--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules")
_OPTIONS = {"diff": _PLAIN_DIFF, "log": _PLAIN_DIFF, "status": ("--ignore-submodules",)}
_READING_WORK_TREE = {"diff", "status"}  # they pass files through filters that the configuration names


def run(
    arguments: Sequence[str],
    folder: Path,
    *,
    users: bool = False,
    config: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    **variables: str,
) -> "subprocess.CompletedProcess[bytes]":
    """Run a git command to its end.

    Args:
        arguments: The command and its arguments.
        folder: Where it runs.
        users: Whether git sees the user's own configuration (which files they ignore everywhere) and environment
            (which index a commit hook is about). Without them, git says the same for everybody.
        config: Further settings of git, by name.
        seconds: How long it may take.
        **variables: Further environment variables, such as `GIT_DIR`.

    Raises:
        UsageError: If it takes longer, or the repository configures a filter that cannot be switched off.
        OSError: If git cannot be started.
    """

    def output(command: list[str]) -> "subprocess.CompletedProcess[bytes]":
        try:
            return subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=environment(users=users, **variables),
                cwd=folder,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UsageError(f"git {arguments[0]} took longer than {seconds:g} seconds") from None

    settings = dict(config or {})
    if arguments[0] in _READING_WORK_TREE:
        listed = output(command(["config", "--name-only", "-z", "--get-regexp", r"^filter\."])).stdout
        for key in filter(None, map(os.fsdecode, listed.split(b"\0"))):
            name = key.rpartition(".")[0]
            if "=" in name:  # git would take a part of the name for the value
                raise UsageError(f"this repository configures a filter with a hostile name: {name!r}")
            settings |= {f"{name}.clean": "", f"{name}.process": "", f"{name}.required": "false"}
    return output(command(arguments, settings))


def command(arguments: Sequence[str], config: Mapping[str, str] | None = None) -> list[str]:
    """Make the command line of a git command. It is safe only in an `environment`, and on a work tree only by `run`."""
    options = [part for name, value in {**_CONFIG, **(config or {})}.items() for part in ("-c", f"{name}={value}")]
    name, *rest = arguments
    return ["git", "--no-pager", "--no-replace-objects", *options, name, *_OPTIONS.get(name, ()), *rest]


def environment(*, users: bool = False, **variables: str) -> dict[str, str]:
    """Make the environment of a git command; `run` says what the arguments mean."""
    without = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": "/nonexistent",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return {
        **(os.environ if users else without),
        "LC_ALL": "C.UTF-8",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        **variables,
    }
