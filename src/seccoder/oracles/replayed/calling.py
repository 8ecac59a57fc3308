"""Runs in a written test, behind `watching.py`: loads the code, makes its arguments out of texts, and calls it."""
# ruff: noqa: ANN001, ANN201, B905, D103, F821, T201
# (This is the second half of a script; the package never imports it.)
# mypy: ignore-errors

import base64
import importlib
import importlib.util
import inspect
import io
import json
import os
import pathlib
import re
import sys
import types
import typing
from unittest import mock
from urllib.parse import quote, urlencode


def address(host):
    """Names stand for one public address each; those of inner networks for this machine."""
    host = str(host or "")
    if re.fullmatch(r"[\d.]+", host):
        return host
    inner = "." not in host or host.endswith((".internal", ".local", ".localhost"))
    return "127.0.0.1" if inner else f"93.184.{len(host) % 200}.{sum(host.encode()) % 200}"


def values_in(values):
    return [value for value in values if len(value) > 2]


def placed(value):
    """Return a value with this test's folder in place of the one where it was shown."""
    return value.replace("/box/app", f"{TOP}/app").replace("/box/", f"{TOP}/") if isinstance(value, str) else value


ENCODERS = {
    "base64": lambda value: base64.b64encode(octets(value)).decode(),
    "base64url": lambda value: base64.urlsafe_b64encode(octets(value)).decode(),
    "hex": lambda value: octets(value).hex(),
    "json": json.dumps,
    "query": lambda value: urlencode(value if isinstance(value, dict) else {"q": value}),
}


def octets(value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def built(leaves):
    """Return the value that has all the leaves in it, each at the end of its path."""
    path, value = leaves[0]
    if not path:
        return value
    kind, *named = path[0]
    below = {}
    for steps, leaf in leaves:
        if steps and steps[0][0] == kind:
            below.setdefault(tuple(steps[0][1:]), []).append((steps[1:], leaf))
    if kind == "key":
        return {key: built(inner) for (key,), inner in below.items()}
    if kind == "attribute":
        return types.SimpleNamespace(**{name: built(inner) for (name,), inner in below.items()})
    if kind == "list":
        return [built(inner) for inner in below.values()]
    return ENCODERS[kind](built(below[tuple(named)]))


def loaded(name):
    """Load the code as what it is: a module, maybe of a package, or a program."""
    folder, parts = os.path.dirname(CODE), []
    while os.path.isfile(f"{folder}/__init__.py"):
        parts.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    sys.path[:0] = [folder, os.path.dirname(CODE)]
    for count in range(len(parts)):
        importlib.import_module(".".join(parts[: count + 1]))
    name = name or ".".join([*parts, "code_under_test"])
    spec = importlib.util.spec_from_file_location(name, CODE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def given(name, note, shape, value):
    """Return what a parameter takes, made of a text."""
    if not isinstance(value, str):
        return value
    plain = note.replace(" ", "").removesuffix("|None").removeprefix("Optional[").rstrip("]").rpartition(".")[2]
    if shape in ("connection", "cursor") or (
        not shape and name.lower() in ("db", "conn", "connection", "cursor", "cur")
    ):
        return Database()
    if shape in ("self", "request"):
        return mock.MagicMock(name=name)
    if shape == "callable":
        return lambda *_, **__: value
    if plain == "Path" or (shape == "path" and plain != "str"):
        return pathlib.Path(value)
    if "bytes" in plain:
        return value.encode()
    if plain in ("BinaryIO", "IO", "BytesIO"):
        return io.BytesIO(value.encode())
    if plain in ("TextIO", "StringIO"):
        return io.StringIO(value)
    if plain in ("int", "float"):
        return (
            float(value)
            if re.fullmatch(r"\d+(\.\d+)?", value) and plain == "float"
            else int(re.sub(r"\D", "", value) or 7)
        )
    if note.startswith(("list", "List", "Sequence", "Iterable", "tuple")) or shape == "list":
        return [value]
    return value


def arguments(entry, values):
    by_name, items, flags = {}, {}, {}
    for slot, value in zip(entry["slots"], values):
        if slot[0] == "parameter":
            by_name[slot[1]] = value
        elif slot[0] == "item":
            items.setdefault(slot[2], {})[slot[1]] = value
        elif slot[0] == "flag":
            flags[slot[1]] = value == "1"
    found = {}
    for name, note, word in entry["parameters"]:
        if by_name.get(name) != "\0":  # it is not given
            found[name] = items.get(name) or given(name, note, entry["shapes"].get(name, ""), by_name.get(name, word))
    return found | flags


def call_function(module, entry, values):
    target = module
    for part in entry["name"].split("."):
        if isinstance(target, type) and entry["owner"] is not None:
            own = {slot[1]: value for slot, value in zip(entry["slots"], values) if slot[0] == "owner"}
            shapes = entry["shapes"]
            target = target(**{n: given(n, note, shapes.get(n, ""), own.get(n, w)) for n, note, w in entry["owner"]})
        target = getattr(target, part)
    if hasattr(target, "main") and hasattr(target, "params"):  # it is a command of click
        return target.main(command_line([flag for _, flag in entry["options"]], values), standalone_mode=False)
    result = target(**arguments(entry, values))
    if inspect.iscoroutine(result):
        import asyncio

        result = asyncio.run(result)
    return "".join(map(str, result)) if isinstance(result, typing.Generator) else result


def command_line(flags, values):
    words = []
    for flag, value in zip([*flags, *[""] * len(values)], values):
        words += [f"{flag}={value}"] if flag.startswith("--") else [flag, value] if flag else [value]
    return words


def application(module):
    import flask

    for value in list(vars(module).values()):
        if (
            isinstance(value, types.FunctionType)
            and "app" in value.__name__
            and not inspect.signature(value).parameters
        ):
            value = value()
        if isinstance(value, flask.Flask):
            return value
        if isinstance(value, flask.Blueprint):
            app = flask.Flask("app")
            app.register_blueprint(value)
            return app
    raise LookupError("there is no application")


def call_route(module, entry, values):
    app = application(module)
    app.secret_key = app.secret_key or "key"
    client, path, body = app.test_client(), entry["rule"], None
    parts = {kind: {} for kind in ("query", "form", "json", "cookie", "header", "session", "file")}
    for (kind, name), value in zip(entry["slots"], values):
        if kind == "path":
            path = path.replace(f"<{name}>", quote(value, safe="/."))
        elif kind == "body":
            body = value
        elif kind == "file":
            parts["file"][name] = (io.BytesIO(b"inside"), value)
        else:
            parts[kind][name] = value
    with client.session_transaction() as session:
        session.update(parts["session"])
    for name, value in parts["cookie"].items():
        client.set_cookie(name, value)
    options = {"query_string": parts["query"], "method": entry["method"], "headers": parts["header"]}
    if parts["json"]:
        options["json"] = parts["json"]
    elif parts["form"] or parts["file"]:
        options["data"] = {**parts["form"], **parts["file"]}
    elif body is not None:
        options["data"] = body
    seen.on = True
    return client.open(path, **options)


def play():
    """Make the call, and answer with what was noted."""
    entry, groups = CALL["entry"], {}
    for slot, path, value in zip(entry["slots"], entry.get("paths") or [[]] * 99, CALL[WHICH]):
        groups.setdefault(tuple(slot), []).append((path, placed(value)))
    entry = {**entry, "slots": list(groups)}
    values = [built(leaves) for leaves in groups.values()]
    for path in re.findall(r"file://(/[\w./-]+)", " ".join(map(str, values))):
        if path.startswith(TOP):
            pathlib.Path(path).write_text("secret", encoding="utf-8")
    sys.argv = ["app.py"]
    install()
    if entry["kind"] == "script":
        sys.argv += command_line(entry["flags"], values)
        sys.stdin = io.StringIO("\n".join(values) + "\n")
        sys.stdout = io.StringIO()
        seen.on = True
        loaded("__main__")
        return answered(sys.stdout.getvalue(), {})
    module = loaded("")
    if entry["kind"] == "route":
        answer = call_route(module, entry, values)
        return answered(answer.get_data(), dict(answer.headers))
    seen.on = True
    result = call_function(module, entry, values)
    body = result.get_data() if hasattr(result, "get_data") else result.read() if hasattr(result, "read") else result
    return answered(body, dict(getattr(result, "headers", {}) or {}))


if __name__ == "__main__" and len(sys.argv) == 3:
    WHICH, PLACE = sys.argv[1:]
    try:
        play()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        if not seen.on:
            raise
    seen.on, seen.busy = False, True
    with open(PLACE, "w", encoding="utf-8") as stream:
        json.dump(seen.notes, stream)
elif __name__ == "__main__":
    test_the_input_does_only_what_a_harmless_one_does()
    print("passed")
