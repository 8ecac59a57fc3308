"""Runs in the sandbox, in a child process: calls applications that speak WSGI or HTTP themselves.

It needs neither framework nor network. Answers are given back as they were written, including line breaks in their
heads.
"""
# ruff: noqa: ANN001, ANN002, ANN201, ANN202, ANN204, B905, D102, D103
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import io
import types
from urllib.parse import quote, urlencode

BODY = 20_000


def values_by_kind(entry, values):
    parts = {"query": {}, "form": {}, "json": {}, "cookie": {}, "header": {}, "path": {}}
    for (kind, name, *_), value in zip(entry["slots"], values):
        parts.setdefault(kind, {})[name] = value
    return parts


def call_wsgi(application, entry, values):
    """Call a WSGI application once."""
    from wsgiref.util import setup_testing_defaults

    parts, heads = values_by_kind(entry, values), []
    body = urlencode(parts["form"]).encode()
    environ = {
        "QUERY_STRING": urlencode(parts["query"]), "REQUEST_METHOD": "POST" if body else "GET",
        "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "PATH_INFO": "/" + "".join(parts["path"].values()),
    }  # fmt: skip
    setup_testing_defaults(environ)
    said = application(environ, lambda status, headers, *_: heads.append((status, headers)))
    body = b"".join(item if isinstance(item, bytes) else str(item).encode() for item in said)[:BODY]
    status, headers = heads[-1] if heads else ("200 OK", [])
    found = {str(name): str(value) for name, value in headers}
    kind = next((value for name, value in found.items() if name.lower() == "content-type"), "")
    return {"status": int(status.split()[0]), "type": kind, "headers": found, "body": body}


class Wire:
    """Is a connection that reads from one text and writes to another."""

    def __init__(self, asked):
        self.asked, self.said = asked, b""

    def makefile(self, mode="r", *_):
        return io.BytesIO(self.asked) if "r" in mode else io.BufferedWriter(_Raw(self))

    def sendall(self, data):
        self.said += bytes(data)

    settimeout = setsockopt = shutdown = close = lambda self, *_: None


class _Raw(io.RawIOBase):
    def __init__(self, wire):
        self.wire = wire

    def writable(self):
        return True

    def write(self, data):
        self.wire.sendall(data)
        return len(data)


def call_handler(kind, entry, values):
    """Send one request to a handler class of `http.server`."""
    parts = values_by_kind(entry, values)
    path = next(iter(parts["path"].values()), "")
    path = "/" + quote(path.removeprefix("/"), safe="/.") + ("?" + urlencode(parts["query"]) if parts["query"] else "")
    method = entry["name"].rpartition("do_")[2]
    body = urlencode(parts["form"]).encode()
    headers = {"Host": "localhost", "Content-Length": str(len(body)), **parts["header"]}
    if parts["cookie"]:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in parts["cookie"].items())
    head = f"{method} {path} HTTP/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    wire = Wire(head.encode("latin-1", "replace") + b"\r\n" + body)
    kind(wire, ("127.0.0.1", 4000), types.SimpleNamespace(server_name="localhost", server_port=80))
    raw, _, content = wire.said.partition(b"\r\n\r\n")
    first, *lines = raw.decode("latin-1").replace("\r\n", "\n").split("\n")
    found = dict(line.partition(": ")[::2] for line in lines)
    words = first.split()
    return {
        "status": int(words[1]) if len(words) > 1 and words[1].isdigit() else 0,
        "headers": found, "body": content[:BODY],
        "type": next((value for name, value in found.items() if name.lower() == "content-type"), ""),
    }  # fmt: skip
