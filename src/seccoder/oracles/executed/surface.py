"""Describes what a Python or JavaScript file offers to call: functions, request keys, arguments and literals."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Function:
    """Describes a top-level function, or a method of a top-level class.

    Attributes:
        name: Its name, as `name` or `Class.name`.
        parameters: (name, annotation) of each required or optional positional parameter. The annotation is source text,
            or "" if there is none.
        keys: (kind, key) of each request value that it reads. The kind is one of query, form, json, cookie, header,
            file and session.
        decorated: Whether it has a decorator, so that a framework calls it.
        line: The line on which it begins.
        owner: The parameters of the constructor of its class, or None for a function.
        shapes: The shapes of its parameters and the constructor's, by name, where their use tells (see `shapes.of`).
        items: (parameter, key) of each entry that it reads from a parameter that is a dictionary.
        options: (parameter, flag) of each command-line argument that decorators of click declare. The flag is "" for a
            positional argument.
        handler: Whether it answers requests of `http.server`.
        end: The line on which it ends.
        flags: Name and default of each parameter that is on or off.
        optional: The names of the parameters that need not be given.
        makers: The names of all parameters of the constructor of its class.
    """

    name: str
    parameters: list[tuple[str, str]]
    keys: list[tuple[str, str]]
    decorated: bool
    line: int
    owner: list[tuple[str, str]] | None = None
    shapes: dict[str, str] = field(default_factory=dict)
    items: list[tuple[str, str]] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    handler: bool = False
    end: int | None = None
    flags: list[tuple[str, bool]] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    makers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Surface:
    """Describes everything that was found in one file."""

    functions: list[Function] = field(default_factory=list)
    literals: list[str] = field(default_factory=list)
    argv: int = 0  # the highest index of sys.argv that the code reads, or -1 if there is no highest
    arguments: list[tuple[str, str]] = field(default_factory=list)  # (name, flag or "") of each in an ArgumentParser
    stdin: int = 0  # how many lines it reads from standard input, as far as that can be seen
    dialect: str = "sqlite"  # the dialect of a database connection that the code is given
    imports: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # the names that can be called at the top level (JavaScript)
    exported: list[str] = field(default_factory=list)  # those of `names` that the file exports
    script: bool = False  # whether it has statements that do something when it is run
    passwords: list[tuple[int, int]] | None = None  # first and last line of what handles passwords, where that is told
