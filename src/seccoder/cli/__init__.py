"""Runs the command line: one module per command, imported when it is used; an error becomes one line on stderr.

Results go to stdout, and progress and errors go to stderr. The exit codes are those of `seccoder.errors`: 0 means done,
2 bad input, 3 that something is missing or failed, 130 interrupted. Only `check` exits with 1, and a hook of `connect`
as its agent expects. The package has no logic of its own: it reads arguments, environment and standard input, and calls
what does the work.
"""

import os
import sys
from typing import NoReturn

import click

from seccoder import __version__
from seccoder.code import lazy
from seccoder.code.text import printable_line
from seccoder.errors import SecCoderError

COMMANDS = {  # in the order of the help page, each with its line there
    "demo": "Six prompts, completed without and with a demonstration.",
    "generate": "Complete or write code, and check every completion.",
    "retrieve": "Show the demonstrations that fit a query.",
    "check": "Give files a verdict with its evidence.",
    "codebase": "Look after the secure codebase.",
    "evaluate": "Measure arms on a benchmark.",
    "report": "Show what runs showed, as text, HTML, JSON or LaTeX.",
    "reproduce": "Reproduce the paper's tables and figures.",
    "train": "Train SVEN's prefixes or a SafeCoder adapter for a model.",
    "data": "Fetch the embedded models and the paper's data.",
    "serve": "Put secure examples into what any OpenAI client asks.",
    "mcp": "Offer retrieval and checks to a coding agent.",
    "connect": "Connect a coding agent, a commit hook or a pipeline.",
    "doctor": "Show what is missing and how to install it.",
}


class _LazyGroup(click.Group):
    """A group whose commands are the modules of this package, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = lazy.load({cmd_name: f"seccoder.cli.{cmd_name}:command"}, cmd_name)
        command.short_help = COMMANDS[cmd_name]
        return command


@click.group(cls=_LazyGroup, name="seccoder", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="seccoder")
def cli() -> None:
    """Make any code model write more secure code.

    Before the model writes, a secure example of the same kind of code goes into the prompt; after it wrote, the
    result is checked by running it in a sandbox.
    """


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code. Every error is one line on stderr, without a traceback."""
    try:
        result = cli.main(args=arguments, prog_name="seccoder", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except SecCoderError as error:
        return _fail(str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", 130)
    except (BrokenPipeError, SystemExit):
        # The reader of our stdout has gone (`| head`). This is no error, but click, which sees it first, would exit
        # with 1, which has another meaning here. The next line keeps the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        return _fail(f"{error.strerror or error}{place}", 3)
    except Exception as error:
        if os.environ.get("SECCODER_DEBUG"):
            raise
        return _fail(
            f"internal error, please report it ({type(error).__name__}: {error}); SECCODER_DEBUG=1 shows where", 3
        )


def _fail(message: str, code: int) -> int:
    click.echo(f"seccoder: {printable_line(message)}", err=True)  # the message may quote hostile input
    return code
