"""Defines the exceptions that a caller can meet, and the exit code that each one means.

    SecCoderError            anything seccoder reports on purpose
    ├── UsageError           bad arguments or input                  exit 2
    ├── MissingExtra         an optional dependency is not there     exit 3
    ├── MissingTool          an external program is not there        exit 3
    ├── ModelError           a code LM or embedder failed            exit 3
    ├── StoreError           a secure codebase cannot be used        exit 3
    └── ClusterError         a cluster is lost or cannot do the work exit 3

Every message is one line that says what was wrong and what to do. A tool that fails on *one* source is not an error but
data: a `Check` with a reason, and the verdict UNKNOWN.
"""


class SecCoderError(Exception):
    """Base of everything seccoder raises on purpose; `exit_code` is what the command line returns for it."""

    exit_code = 3


class UsageError(SecCoderError):
    """The arguments or the input cannot be used."""

    exit_code = 2


class MissingExtra(SecCoderError):
    """An optional dependency is not installed.

    Args:
        what: The feature that needs it, for the message.
        extra: The extra of this package that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional dependency; install it with: pip install 'seccoder[{extra}]'")


class MissingTool(SecCoderError):
    """An external program is not installed.

    Args:
        tool: The program's name.
        command: The exact command that installs it.
    """

    def __init__(self, tool: str, command: str) -> None:
        super().__init__(f"{tool} is not installed; install it with: {command}")


class ModelError(SecCoderError):
    """A code LM or an embedder could not be loaded, reached or used."""


class StoreError(SecCoderError):
    """A secure codebase cannot be opened, read or written."""


class ClusterError(SecCoderError):
    """A cluster cannot be joined, cannot do the work, or lost it."""
