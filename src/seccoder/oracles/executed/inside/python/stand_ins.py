"""Runs in the sandbox, in a child process: installs the stand-ins for everything that is not there.

- Database drivers become those of `databases`; SQLAlchemy and psycopg's composed statements become those of `orm`.
- `flask.safe_join`, which is gone since Flask 2.1, is Werkzeug's, which raises NotFound as the old one did. A route
  without its leading slash gets one. `session` is there for a file that uses it without importing it, as some of SVEN's
  prompts do.
- Any other module that is not installed becomes an empty shell of `shells`.

So ordinary code gets as far as it would.
"""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import builtins
import importlib.abc
import importlib.machinery
import sqlite3
import sys

import crypto
import orm
from databases import DRIVERS, Connection, escape_string
from shells import Shell


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Comes last among the finders: a module that no other found becomes a shell or a database driver."""

    def find_spec(self, name, path, target=None):
        # this is only for the code under test: libraries try imports to see what is there, and must see the truth
        frame = sys._getframe(1)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        if frame is None or not frame.f_code.co_filename.startswith(("/box/app/", "/box/harness/orm.py")):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Shell(spec.name)

    def exec_module(self, module):
        dialect = DRIVERS.get(module.__name__) or DRIVERS.get(module.__name__.partition(".")[0])
        missing.append(module.__name__)
        if dialect:
            module.connect = module.Connect = module.Connection = lambda *_, **__: Connection(dialect)
            module.escape_string, module.paramstyle = escape_string, "format"
            for name in (
                "Error",
                "DatabaseError",
                "OperationalError",
                "IntegrityError",
                "ProgrammingError",
                "InterfaceError",
            ):
                setattr(module, name, sqlite3.Error if name == "Error" else getattr(sqlite3, name))
            for name in ("cursors", "extras", "connector", "pooling"):
                if not (dialect == "mysql" and name == "connector"):
                    getattr(module, name)


missing = []


def install(imports=()):
    """Install every stand-in. This is called in the child process, before the code under test is loaded."""
    sys.meta_path.append(_Finder())
    orm.install(set(imports))
    if {"Crypto", "Cryptodome"} & set(imports):
        crypto.install()
    sqlite3.connect = sqlite3.dbapi2.connect = lambda database=None, *_, **__: Connection("sqlite")
    if "flask" not in sys.modules:  # loaded beforehand if the code speaks of it
        return
    import flask
    import werkzeug.exceptions
    import werkzeug.security
    import werkzeug.utils

    def safe_join(directory, *parts):
        joined = werkzeug.security.safe_join(str(directory), *map(str, parts))
        if joined is None:
            raise werkzeug.exceptions.NotFound()
        return joined

    flask.safe_join = safe_join
    flask.escape = __import__("markupsafe").escape
    flask.Markup = __import__("markupsafe").Markup
    add = flask.Flask.add_url_rule

    def add_url_rule(self, rule, *arguments, **options):
        return add(self, rule if rule.startswith("/") else "/" + rule, *arguments, **options)

    flask.Flask.add_url_rule = add_url_rule
    builtins.session = flask.session  # SVEN's prompts use it without importing it; nothing else is supplied so
