"""Describes what a Python or JavaScript file offers to call: functions, request keys, arguments and literals."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Function:
    """A top-level function, or a method of a top-level class.

    Attributes:
        name: `name` or `Class.name`.
        parameters: Name and annotation (source text, "" if none) of each required or optional positional parameter.
        keys: (kind, key) of each request value read in it; kind is one of query, form, json, cookie, header, file,
            session.
        decorated: It has a decorator, so a framework calls it.
        line: Where it begins.
        owner: The parameters of its class's constructor; None for a function.
        shapes: What a parameter (of it or of the constructor) is, by name, where its use tells (see `shapes.of`).
        items: (parameter, key) of each entry read from a parameter that is a dictionary.
        options: Command line: (parameter, flag or "" for a positional argument) where decorators of click say so.
        handler: It answers requests of `http.server`.
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


@dataclass(slots=True)
class Surface:
    """Everything found in one file."""

    functions: list[Function] = field(default_factory=list)
    literals: list[str] = field(default_factory=list)
    argv: int = 0  # the highest index of sys.argv that is read; -1 if its length is open
    arguments: list[tuple[str, str]] = field(default_factory=list)  # of an ArgumentParser: (name, flag or "")
    stdin: int = 0  # how many lines it wants from standard input, as far as that can be seen
    dialect: str = "sqlite"  # of a database connection that it is given
    imports: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of what can be called at the top (JavaScript)
    exported: list[str] = field(default_factory=list)  # of those, what `export` says is for others
    script: bool = False  # there are statements that do something when it is run
