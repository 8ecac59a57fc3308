"""Runs in the sandbox, in a child process: stands in for SQLAlchemy and for psycopg's composed statements.

What goes through `text()` is a statement as soon as it is made; a session executes it on the stand-in for databases.
Values from which a query is built (`filter_by`, `where`, comparisons) are bound: they are recorded as what the query
was given.
"""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D102
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import re
import sys
import types

import databases
from shells import Shell


class Text(str):
    """Is a statement as text."""

    def __new__(cls, text="", *_, **__):
        databases.statements.append([str(text), None, "postgres", False, databases.line()])
        return super().__new__(cls, text)

    def bindparams(self, *_, **__):
        return self

    columns = params = execution_options = bindparams


class Link(databases.Connection):
    """Stands in for a connection, a session and an engine."""

    def __init__(self, *_, **__):
        super().__init__("sqlite")

    def execute(self, statement="", parameters=None, *_, **named):
        if isinstance(statement, Shell):
            return statement
        given = named or parameters or {}
        text, flat = str(statement), {}
        if not isinstance(given, dict):
            return Rows(super().execute(text, given))
        for name, value in given.items():
            if isinstance(value, (list, tuple)):
                text = re.sub(rf":{name}\b", "(" + ", ".join(f":{name}{i}" for i, _ in enumerate(value)) + ")", text)
                flat |= {f"{name}{i}": one for i, one in enumerate(value)}
            else:
                flat[name] = value
        return Rows(super().execute(text, flat))

    scalars = scalar = exec_driver_sql = execute

    def begin(self, *_, **__):
        return self

    connect = raw_connection = begin_nested = begin

    def query(self, *entities, **__):
        return Shell("sqlalchemy.query")

    def add(self, *_, **__):
        pass

    add_all = delete = flush = refresh = remove = expunge = dispose = add

    def get(self, *given, **__):
        return Shell("sqlalchemy.get")(*given)

    def __call__(self, *_, **__):
        return self


class Rows:
    """Holds the rows that a statement gave."""

    def __init__(self, cursor):
        self._rows, self.rowcount, self.lastrowid = list(cursor.fetchall()), cursor.rowcount, cursor.lastrowid
        self.returns_rows = True

    def fetchall(self):
        return self._rows

    all = fetchmany = fetchall

    def mappings(self):
        return self

    scalars = unique = mappings

    def fetchone(self):
        return self._rows[0] if self._rows else None

    first = one = one_or_none = fetchone

    def scalar(self):
        return self._rows[0][0] if self._rows else None

    scalar_one_or_none = scalar_one = scalar

    def __iter__(self):
        return iter(self._rows)


def _sqlalchemy():
    databases.tell(connection=lambda _: Link())
    module = Shell("sqlalchemy")
    module.text = module.literal_column = Text
    module.create_engine = module.create_async_engine = lambda *_, **__: Link()
    for name in ("Connection", "Engine"):
        setattr(module, name, Link)
    orm = module.orm
    orm.Session = Link
    orm.sessionmaker = orm.scoped_session = lambda *_, **__: Link()
    module.engine.create_engine = module.create_engine
    for name, found in (
        ("sqlalchemy", module),
        ("sqlalchemy.orm", orm),
        ("sqlalchemy.sql", module),
        ("sqlalchemy.engine", module.engine),
    ):
        sys.modules[name] = found
    sys.modules["sqlalchemy.sql.expression"] = module
    for name in ("flask_sqlalchemy", "sqlmodel"):
        found = Shell(name)
        found.SQLAlchemy = Database
        found.text, found.create_engine, found.Session = Text, module.create_engine, Link
        sys.modules[name] = found


class Database(Shell):
    """Stands in for Flask-SQLAlchemy's `db`."""

    def __init__(self, *_, **__):
        super().__init__("sqlalchemy.db")
        self.session, self.engine, self.text = Link(), Link(), Text


class Composed(str):
    """Is a part of a psycopg statement."""

    def format(self, *given, **named):
        return Composed(str.format(self, *map(_part, given), **{name: _part(value) for name, value in named.items()}))

    def join(self, parts):
        return Composed(str.join(self, map(_part, parts)))

    def as_string(self, *_):
        return str(self)

    def __add__(self, other):
        return Composed(str(self) + _part(other))


def _part(value):
    return str(value) if isinstance(value, str) else str(databases.escape_string(value))


def _psycopg():
    module = types.ModuleType("psycopg.sql")
    module.SQL = module.Composed = Composed
    module.Identifier = lambda *names: Composed(".".join('"' + str(name).replace('"', '""') + '"' for name in names))
    module.Literal = lambda value: Composed("'" + str(value).replace("'", "''") + "'")
    module.Placeholder = lambda name=None: Composed(f"%({name})s" if name else "%s")
    for name in ("psycopg", "psycopg2"):
        sys.modules[f"{name}.sql"] = module
    return module


def install(imports):
    """Install the stand-ins for the libraries that the source imports."""
    if {"sqlalchemy", "flask_sqlalchemy", "sqlmodel"} & imports:
        _sqlalchemy()
    if {"psycopg", "psycopg2"} & imports:
        for name in ("psycopg", "psycopg2"):
            if name in imports:
                __import__(name)
                sys.modules[name].sql = _psycopg()
