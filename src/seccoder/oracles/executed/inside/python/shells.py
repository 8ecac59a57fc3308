"""Runs in the sandbox, in a child process: stands in for modules, classes and objects that are not installed.

The attributes of an empty shell can be read and called; they do nothing, except that this is recorded. For a few of
them it matters what they give back, such as the answers of web frameworks: `KNOWN` lists those by name.
"""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D102
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import functools
import re
import types

import observe


class Shell(types.ModuleType):
    """Stands in for a module, class, function or object that is not there. It accepts every use and does nothing."""

    __path__ = ()
    __all__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        shell = KNOWN[name] if name in KNOWN else Shell(f"{self.__name__}.{name}")
        setattr(self, name, shell)
        return shell

    def __call__(self, *arguments, **options):
        observe.note("call", name=self.__name__, given=arguments, options=options)
        # if it is a decorator, it must hand back what it decorates
        return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], types.FunctionType) else self

    def __mro_entries__(self, bases):
        return (Base,)

    def __eq__(self, other):
        observe.note("call", name=f"{self.__name__}.==", given=[other], options={})
        return True

    __hash__ = types.ModuleType.__hash__

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __iter__(self):
        return iter(())

    def __getitem__(self, _):
        return self


class Answer:
    """Is the answer of a view, for a framework that is not installed."""

    def __init__(self, content="", status=200, headers=None, content_type="text/html", **options):
        self.content, self.status_code, self.headers = content, status, dict(headers or {})
        self.content_type = options.get("media_type") or options.get("mimetype") or str(content_type)

    def __setitem__(self, name, value):
        self.headers[name] = value
        if name.lower() == "content-type":
            self.content_type = str(value)

    def write(self, text):
        self.content += text

    def get_data(self):
        return self.content if isinstance(self.content, bytes) else str(self.content).encode("utf-8", "replace")


class _Ready(type):
    """Is the type of classes whose base is not there. An attribute that the class does not have is a shell, too."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Shell(f"{cls.__name__}.{name}")


class Base(metaclass=_Ready):
    """Stands in for a class that is not there, as the base of one that is."""

    def __init__(self, *_, **given):
        for name, value in given.items():
            setattr(self, name, value)


def _redirect(to="/", *_, status_code=302, **__):
    return Answer("", status_code, {"Location": str(to)})


def _filter(text, *_):
    return re.sub(r"[\\*()\0]", lambda found: f"\\{ord(found[0]):02x}", str(text))


KNOWN = {  # by name, the parts of missing libraries for which it matters what they give back
    "HttpResponse": Answer, "HTMLResponse": Answer,
    "PlainTextResponse": functools.partial(Answer, content_type="text/plain"),
    "HttpResponseRedirect": _redirect, "RedirectResponse": _redirect, "redirect": _redirect,
    "escape_filter_chars": _filter, "filter_format": lambda text, values: text % tuple(map(_filter, values)),
}  # fmt: skip
