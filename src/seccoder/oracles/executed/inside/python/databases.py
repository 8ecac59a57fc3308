"""Runs in the sandbox, in a child process: stands in for database drivers (MySQLdb, psycopg2 and others).

The drivers include pymysql and mysql.connector. They are SQLite in memory behind the DB-API, with `%s` parameters and
MySQL's escaping functions. A table or column that a statement names is made when the statement comes. A query that
finds nothing is given one row of placeholder text, so that the code behind `if row:` runs too. Every statement is
recorded, and the caller treats the record as a claim: untrusted code runs in the same process.
"""
# ruff: noqa: E501, ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D102, D103
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import hashlib
import re
import sqlite3

DRIVERS = {
    "MySQLdb": "mysql", "pymysql": "mysql", "mysql.connector": "mysql", "mariadb": "mysql", "flask_mysqldb": "mysql",
    "psycopg2": "postgres", "psycopg": "postgres", "pg8000": "postgres", "pyodbc": "ansi", "cx_Oracle": "ansi",
    "oracledb": "ansi", "pymssql": "ansi",
}  # fmt: skip
statements = []  # the statements of the current attempt: [sql, parameters, dialect, ok, line]
filler = "placeholder"
_told = {"line": lambda: None, "connection": None, "fail": lambda _: None}  # what `tell` was given


SERVER_ONLY = [  # what SQLite does not know, and what replaces it
    (re.compile(pattern, re.I), plain)
    for pattern, plain in (
        (r"\s+FOR\s+(UPDATE|SHARE)\b.*$", ""), (r"\s+LOCK\s+IN\s+SHARE\s+MODE\b", ""), (r"\s+ON\s+DUPLICATE\s+KEY\s+UPDATE\b.*$", ""),
        (r"^(\s*)INSERT\s+INTO\s+(\S+)\s+SET\b", r"\1UPDATE \2 SET"), (r"\bINSERT\s+IGNORE\b", "INSERT OR IGNORE"), (r"\bILIKE\b", "LIKE"),
        (r"\b(FROM|INTO|UPDATE|JOIN)\s+(?:\"[^\"]+\"|`[^`]+`|\w+)\.(\"[^\"]+\"|`[^`]+`|\w+)", r"\1 \2"), (r"::\w+", ""), (r"^(\s*(?:DELETE|UPDATE)\b.*?)\s+LIMIT\s+\d+\s*;?\s*$", r"\1"), (r"\bCURDATE\(\)", "CURRENT_DATE"),
        (r"\s+INTERVAL\s+('[^']*'|\?|\d+)(\s+(DAY|HOUR|MINUTE|MONTH|YEAR|SECOND))?", r" \1"), (r"\bDEFAULT\b(?=\s*[,)])", "NULL"),
    )
]  # fmt: skip


def _names_in(sql):
    return re.findall(r"[A-Za-z_][A-Za-z_0-9]*", re.sub(r"'(?:[^'\\]|\\.|'')*'", " ", sql))


def _translate(sql, parameters, dialect):
    """Translate to SQLite's parameter style, and turn MySQL's backslash escapes into doubled quotes."""
    if parameters is not None and dialect != "sqlite":
        if isinstance(parameters, dict):
            sql = re.sub(r"%\((\w+)\)s", r":\1", sql)
        else:
            sql = sql.replace("%s", "?").replace("%d", "?")
            parameters = tuple(parameters) if isinstance(parameters, (list, tuple)) else (parameters,)
        sql = sql.replace("%%", "%")
    for pattern, plain in SERVER_ONLY if dialect != "sqlite" else ():
        sql = pattern.sub(plain, sql)
    if dialect == "mysql":
        sql = re.sub(r"\\(.)", lambda found: "''" if found[1] == "'" else found[1], sql, flags=re.S)
        sql = re.sub(r"\bNOW\(\)", "datetime('now')", sql, flags=re.I)
    return sql, parameters


class Cursor:
    """Is a DB-API cursor that records statements and makes what they miss."""

    def __init__(self, connection):
        self.connection, self._cursor, self._extra = connection, connection._raw.cursor(), []
        self.arraysize, self.rowcount, self.lastrowid = 1, -1, 1

    description = property(lambda self: self._cursor.description)

    def execute(self, sql, parameters=None, *rest, **options):
        dialect = self.connection._dialect
        if isinstance(sql, bytes):
            sql = sql.decode(errors="replace")
        entry = [str(sql), _plain(parameters), dialect, False, line()]
        statements.append(entry)
        _told["fail"](sqlite3.OperationalError("the operation failed"))
        text, given = _translate(str(sql), parameters, dialect)
        self._extra = []
        if re.match(r"\s*(CALL|EXEC(UTE)?)\s+\w", text, re.I):  # stored procedures are on the server
            entry[3] = True
            return self
        for _ in range(30):
            try:
                self._cursor.execute(text, () if given is None else given)
                break
            except sqlite3.OperationalError as error:
                if not self.connection._repair(str(error), text):
                    raise
        entry[3] = True
        self.rowcount, self.lastrowid = self._cursor.rowcount, self._cursor.lastrowid
        if self._cursor.description and self.connection._fill:
            rows = self._cursor.fetchall()
            width = len(self._cursor.description)
            self._extra = rows or [self.connection._row(self._cursor, (filler,) * width)]
        return self

    def executemany(self, sql, many):
        for parameters in many:
            self.execute(sql, parameters)
        return self

    def executescript(self, sql):
        statements.append([str(sql), None, self.connection._dialect, True, line()])
        self._cursor.executescript(sql)
        return self

    def callproc(self, name, parameters=()):
        statements.append([f"CALL {name}", _plain(parameters), self.connection._dialect, True, line()])
        return parameters

    def fetchone(self):
        return self._extra.pop(0) if self._extra else self._cursor.fetchone()

    def fetchmany(self, size=1):
        return [row for _ in range(size) if (row := self.fetchone()) is not None]

    def fetchall(self):
        rows, self._extra = self._extra + self._cursor.fetchall(), []
        return rows

    def __iter__(self):
        return iter(self.fetchall())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def close(self):
        pass

    def mogrify(self, sql, parameters=None):
        return sql if parameters is None else sql % tuple(_quote(value) for value in parameters)


def _plain(parameters):
    if isinstance(parameters, dict):
        return [str(value) for value in parameters.values()]
    if isinstance(parameters, (list, tuple)):
        return [str(value) for value in parameters]
    return None if parameters is None else [str(parameters)]


class Escaped(str):
    """Is text that can be decoded, because MySQLdb gives bytes and other drivers give text."""

    def decode(self, *_, **__):
        return str(self)


def _quote(value):
    return Escaped(str(value) if isinstance(value, (int, float)) else "'" + escape_string(str(value)) + "'")


def escape_string(value, *_):
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return Escaped(text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"').replace("\0", "\\0"))


class Connection:
    """Is a DB-API connection to SQLite in memory."""

    def __init__(self, dialect="sqlite", database=None, **_):
        self._dialect = dialect
        self._raw = _connect(database or ":memory:", check_same_thread=False)
        self._fill = database is None or database == ":memory:"
        for name, count, function in FUNCTIONS:
            self._raw.create_function(name, count, function)
        self._last = None
        self.row_factory, self.autocommit, self.isolation_level, self.total_changes = None, False, None, 0

    def _row(self, cursor, values):
        return self.row_factory(cursor, values) if self.row_factory and self.row_factory is not sqlite3.Row else values

    def _repair(self, error, sql):
        """Make the table or column that a statement misses. Return True if the statement is worth another try."""
        raw = self._raw
        if found := re.search(r"no such table: (?:\w+\.)?(\S+)", error):
            raw.execute(f'CREATE TABLE "{found[1]}" (id)')
            return True
        if found := re.search(r"no such column: (?:\w+\.)?(\S+)|has no column named (\S+)", error):
            column, names = found[1] or found[2], set(_names_in(sql))
            tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            for table in tables:
                if table in names:
                    try:
                        raw.execute(f'ALTER TABLE "{table}" ADD COLUMN "{column}"')
                        return True
                    except sqlite3.OperationalError:
                        continue
            return False
        if found := re.search(r"table (\S+) has (\d+) columns? but (\d+) values", error):
            for index in range(int(found[3]) - int(found[2])):
                raw.execute(f'ALTER TABLE "{found[1]}" ADD COLUMN "c{index}"')
            return int(found[3]) > int(found[2])
        return False

    def cursor(self, *_, **__):
        cursor = Cursor(self)
        self._last = cursor
        if self.row_factory is not None:
            cursor._cursor.row_factory = self.row_factory
        return cursor

    def execute(self, sql, parameters=None):
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql, many):
        return self.cursor().executemany(sql, many)

    def executescript(self, sql):
        return self.cursor().executescript(sql)

    query = execute

    def commit(self, *_):
        self._raw.commit()

    def rollback(self, *_):
        self._raw.rollback()

    def close(self, *_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def escape_string(self, value, *_):
        return escape_string(value)

    def escape(self, value, *_):
        return _quote(value)

    literal = escape

    def __getattr__(self, name):
        if name.startswith("fetch") or name in {"rowcount", "lastrowid"}:  # with some drivers this is a cursor
            return getattr(self._last or self.cursor(), name)
        return getattr(self._raw, name)

    def store_result(self):
        return self

    use_result = store_result

    def fetch_row(self, maxrows=1, how=0):
        return tuple((self._last or self.cursor()).fetchmany(maxrows or 100))


def line():
    """Return the line of the code under test that is being executed, or None."""
    return _told["line"]()


def handed(dialect):
    """Return the connection that the code is given."""
    return (_told["connection"] or Connection)(dialect)


def tell(*, line=None, connection=None, fail=None):
    """Set how the current line is found, what makes the connections that the code is given, or when a statement fails."""
    told = {"line": line, "connection": connection, "fail": fail}
    _told.update({name: value for name, value in told.items() if value is not None})


def _hashed(name):
    return lambda text: getattr(hashlib, name)(str(text).encode()).hexdigest()


FUNCTIONS = [  # the servers' own functions
    ("concat", -1, lambda *parts: "".join(map(str, parts))), ("if", 3, lambda test, yes, no: yes if test else no), ("now", 0, lambda: "2000-01-01"),
    ("md5", 1, _hashed("md5")), ("sha1", 1, _hashed("sha1")), ("sha2", 2, lambda text, _: _hashed("sha256")(text)), ("password", 1, str),
    ("unix_timestamp", 0, lambda: 0), ("rand", 0, lambda: 0.5), ("uuid", 0, lambda: "0"), ("last_insert_id", 0, lambda: 1),
]  # fmt: skip
_connect = sqlite3.connect
