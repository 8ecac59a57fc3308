"""Reads what a Go file offers, from its syntax tree: what can be called, literals, keys of requests, sites.

It takes source text and returns what the check needs: a surface, the sites with the kinds of their operations, and the
file that hands the source's functions to the harness. The source itself stays as it is, but for the name of a package
`main`, which cannot be imported.
"""
# ruff: noqa: E501 - tables

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from seccoder.code.parsing import grammar
from seccoder.oracles.executed.surface import Surface

_MAX_LITERALS = 60
_LITERALS = ("interpreted_string_literal", "raw_string_literal", "int_literal", "true", "false", "nil", "float_literal")
_SITES = (  # what is called, as it stands in the source, and the kind of the operation
    ("file", r"(?:os|ioutil)\.(?:Open|OpenFile|Create|ReadFile|WriteFile|Mkdir|MkdirAll|Rename|ReadDir|Symlink|Link|Chdir)"),
    ("file", r"http\.ServeFile|(?:filepath\.Walk|filepath\.WalkDir|os\.CreateTemp|os\.MkdirTemp)"),
    ("removal", r"os\.(?:Remove|RemoveAll)"),
    ("statement", r"(?!.*\.URL\.)\w+(?:\.\w+)*\.(?:Query|QueryRow|Exec|Prepare|QueryContext|QueryRowContext|ExecContext|PrepareContext)"),
    ("program", r"\w+\.(?:Run|Start|Output|CombinedOutput)|syscall\.Exec"),
    ("request", r"(?:http|\w*[cC]lient)\.(?:Get|Post|Head|PostForm|Do)|net\.Dial\w*|\w*[dD]ialer\.Dial\w*"),
    ("redirect", r"http\.Redirect|\w+\.Redirect"),
    ("log", r"(?:log|logger|\w*[lL]og)\.(?:Print|Printf|Println|Fatal|Fatalf|Panicf|Output)"),
    ("digest", r"(?:md5|sha1|sha256|sha512)\.(?:New|Sum\w*|New\w+)"),
    ("random", r"rand\.(?:Read|Int|Intn|Int31n?|Int63n?|Float64|Perm|Shuffle|New|Uint32|Uint64|Prime)"),
    ("cookie", r"http\.SetCookie|\w+\.SetCookie"),
)  # fmt: skip
_KEYS = (  # the kind of a slot of a request, and what asks for it by a literal
    ("header", r"\bHeader\.(?:Get|Values)|\.GetHeader"),
    ("form", r"\.(?:PostFormValue|PostForm|PostForm\.Get|DefaultPostForm)"),
    ("file", r"\.FormFile"),
    ("cookie", r"\.Cookie"),
    ("path", r"chi\.URLParam|\.Param|\.PathValue"),
    ("query", r"\.(?:FormValue|Query\(\)\.Get|Query\(\)\.Has|DefaultQuery|Query|GetQuery|Form\.Get)|\b(?:q|query|params|values|form)\.Get"),
)  # fmt: skip
_DIALECTS = ("mysql", "postgres", "pgx", "lib/pq", "sqlite", "sqlserver")


@dataclass(slots=True)
class Found:
    """What a Go file offers.

    Attributes:
        surface: Its literals, imports and dialect.
        package: The name of its package, as it was.
        keys: The slots of requests, as kind and name.
        sites: The lines with operations, and their kinds.
        fixed: The lines with calls whose arguments are all literals.
        entries: The file that hands its functions to the harness.
    """

    surface: Surface
    package: str = "subject"
    keys: list[tuple[str, str]] = field(default_factory=list)
    sites: list[tuple[int, str]] = field(default_factory=list)
    fixed: set[int] = field(default_factory=set)
    entries: str = ""


@dataclass(frozen=True, slots=True)
class _Function:
    label: str
    names: tuple[str, ...]
    line: int
    gives: tuple[str, ...]  # the names of the types that it returns, without stars


def read(text: str) -> Found:
    """Return what the file offers."""
    parser = grammar("go")
    assert parser is not None  # noqa: S101 - the grammar is a dependency
    root = parser.parse(text.encode("utf-8", "replace")).root_node
    lowered = text.lower()
    dialect = next((name for name in _DIALECTS if name in lowered), "sqlite")
    found = Found(Surface(dialect="postgres" if dialect in {"pgx", "lib/pq"} else dialect))
    literals: dict[str, None] = {}
    keys: dict[tuple[str, str], None] = {}
    for node in _nodes(root):
        said = _text(node)
        if node.type in {"interpreted_string_literal", "raw_string_literal"} and len(said) <= 200:
            literals.setdefault(_plain(said))
        elif node.type == "package_clause":
            found.package = said.split()[-1]
        elif node.type == "import_spec" and (path := node.child_by_field_name("path")) is not None:
            found.surface.imports.append(_text(path).strip('"`'))
        elif node.type == "call_expression":
            _call(node, found, keys)
        elif node.type == "index_expression" and (match := re.search(r'\[\s*"(\w+)"\s*\]$', said)):
            keys.setdefault(("path" if "mux.Vars" in text else "item", match[1]))
        elif node.type == "field_declaration" and (tag := re.search(r'json:"(\w+)', said)):
            keys.setdefault(("json", tag[1]))
    imported = set(found.surface.imports)
    found.surface.literals = [name for name in literals if name and name not in imported][:_MAX_LITERALS]
    if "archive/zip" in imported:
        found.surface.imports.append("zipfile")  # as the family of paths knows archives
    if "archive/tar" in imported:
        found.surface.imports.append("tarfile")
    found.keys = [key for key in keys if key[0] != "json" or "Body" in text or "BindJSON" in text][:16]
    found.entries = _entries(list(_functions(root)), list(_globals(root)), found.package)
    return found


def _nodes(root: Any) -> Iterator[Any]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _text(node: Any) -> str:
    return (node.text or b"").decode(errors="replace") if node is not None else ""


def _plain(literal: str) -> str:
    if literal.startswith("`"):
        return literal.strip("`")
    return re.sub(r"\\(.)", lambda escape: {"n": "\n", "t": "\t", "r": "\r"}.get(escape[1], escape[1]), literal[1:-1])


def _call(node: Any, found: Found, keys: dict[tuple[str, str], None]) -> None:
    called, line = _text(node.child_by_field_name("function")), node.end_point[0] + 1
    name = node.child_by_field_name("function")
    line = (name.end_point[0] if name is not None else node.start_point[0]) + 1
    arguments = node.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None else []
    for kind, pattern in _SITES:
        if re.fullmatch(pattern, called):
            found.sites.append((line, kind))
            if given and all(each.type in _LITERALS for each in given):
                found.fixed.add(line)
    texts = [_plain(_text(each)) for each in given if each.type in _LITERALS[:2]]
    for kind, pattern in _KEYS:
        if texts and re.search(rf"(?:{pattern})$", called) and re.fullmatch(r"[\w.-]{1,40}", texts[0]):
            keys.setdefault((kind, texts[0]))
            break


def _functions(root: Any) -> Iterator[_Function]:
    for node in root.children:
        if node.type not in {"function_declaration", "method_declaration"} or node.child_by_field_name("body") is None:
            continue
        name = _text(node.child_by_field_name("name"))
        if name in {"init", "_"} or node.child_by_field_name("type_parameters") is not None:
            continue
        names = list(_names(node.child_by_field_name("parameters")))
        label = name
        if node.type == "method_declaration":
            owner = node.child_by_field_name("receiver")
            type_ = re.search(r"(\*?)\s*(\w+)\s*\)$", _text(owner))
            if type_ is None or "[" in _text(owner):
                continue
            label = f"({type_[1]}{type_[2]}).{name}"
            names = [type_[2].lower(), *names]
        result = _text(node.child_by_field_name("result"))
        yield _Function(label, tuple(names), node.start_point[0] + 1, tuple(re.findall(r"\*?\b(\w+)\b", result)))


def _globals(root: Any) -> Iterator[str]:
    """Return the variables of the package that have no value, such as a database that `main` opens."""
    for node in root.children:
        if node.type == "var_declaration":
            for each in _nodes(node):
                if each.type == "var_spec" and each.child_by_field_name("value") is None:
                    yield from (
                        _text(name) for name in each.children_by_field_name("name") if name.type == "identifier"
                    )


def _names(parameters: Any) -> Iterator[str]:
    for each in parameters.named_children if parameters is not None else []:
        if each.type in {"parameter_declaration", "variadic_parameter_declaration"}:
            named = [child for child in each.children_by_field_name("name") if child.type == "identifier"]
            yield from (_text(child) for child in named)
            if not named:
                yield "unnamed"


def _entries(functions: list[_Function], variables: list[str], package: str) -> str:
    """Return the file that hands the functions to the harness. A method's receiver is made by its own maker."""
    plain = [each for each in functions if not each.label.startswith("(")]
    lines = [f"package {'subject' if package == 'main' else package}", "", 'import boxharness "box/harness"', ""]
    lines += ["func init() {", "\tboxharness.Entries = []boxharness.Entry{"]
    for each in functions:
        owner = re.match(r"\(\*?(\w+)\)", each.label)
        maker = next((one for one in plain if owner and owner[1] in one.gives and one.label != "main"), None)
        made = f", Make: {maker.label}, MakeNames: {_list(maker.names)}" if maker else ""
        told = f'Label: "{each.label}", Call: {each.label}, Names: {_list(each.names)}, Line: {each.line}{made}'
        lines.append(f"\t\t{{{told}}},")
    lines += ["\t}", f"\tboxharness.Globals = []any{{{', '.join('&' + name for name in variables if name != '_')}}}"]
    return "\n".join([*lines, "}", ""])


def _list(names: tuple[str, ...]) -> str:
    return "[]string{" + ", ".join(f'"{name}"' for name in names) + "}"
