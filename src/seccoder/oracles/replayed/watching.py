"""Runs in a written test, before `calling.py`: starts the code in a process of its own, and notes what it does."""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, D102, D103, F821, S101
# (This is the first half of a script; the package never imports it.)
# mypy: ignore-errors

import ast
import builtins
import html.parser
import importlib.abc
import importlib.machinery
import importlib.util
import json
import logging
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
from unittest import mock
from urllib.parse import urlsplit

CODE = os.environ.get("CODE") or ""  # the file that is tested
CALL = json.loads(r"""{}""")  # what is called, with a harmless value and with the one that was shown


def test_the_input_does_only_what_a_harmless_one_does():
    harmless, shown = played("harmless"), played("shown")
    if FAMILY == "paths":  # what lies below the same folder is alike
        folders = [folder for _, folder in harmless] or ["TOP/app/files"]
        shown = [what for what in shown if not any(f"{what[1]}/".startswith(f"{folder}/") for folder in folders)]
    more = [what for what in shown if what not in harmless]
    assert not more, f"with the input {CALL['shown']!r} it did what no harmless value leads to: {more}"


def played(which):
    """Call the code in a process and a folder of its own, and return what it did."""
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/app/files")
        command = [sys.executable, "-B", os.path.abspath(__file__), which, f"{folder}/seen"]
        environment = {**os.environ, "CODE": os.path.abspath(CODE), "HOME": folder, "TMPDIR": folder}
        done = subprocess.run(
            command, cwd=f"{folder}/app", env=environment, input=b"", capture_output=True, timeout=60, check=False
        )
        try:
            with open(f"{folder}/seen", encoding="utf-8") as stream:
                return json.load(stream)
        except (OSError, ValueError):
            said = done.stderr.decode(errors="replace").strip()[-2000:]
            raise RuntimeError(f"{CODE} could not be called: {said}") from None


# --- in the process that calls the code: what it does is noted, and refused where it leaves the temporary folder ---

TOP = os.path.realpath(os.path.join(os.getcwd(), ".."))
FAMILY = CALL.get("family", "")
STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn")
FILES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.listdir", "os.scandir", "shutil.", "os.truncate")
FILES += ("os.chmod", "os.chown", "os.link", "os.symlink", "glob.")
READS = ("os.listdir", "os.scandir", "glob.")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
real_stat, real_lexists = os.stat, os.path.lexists


class Seen:
    """What the code did, as far as it bears on the weakness."""

    def __init__(self):
        self.notes, self.on, self.busy, self.folders = [], False, False, [TOP]

    def note(self, what):
        if self.on and what not in self.notes:
            self.notes.append(what)

    def hook(self, event, given):
        if self.busy:
            return
        self.busy = True
        try:
            self.look(event, given)
        finally:
            self.busy = False

    def look(self, event, given):
        if event.startswith(STARTS):
            self.note_command(event, given)
            raise PermissionError("this test starts no programs")
        if event in ("socket.connect", "socket.sendto", "socket.bind"):
            if FAMILY == "ssrf":
                self.note(["connects to", str(given[1])])
            raise ConnectionRefusedError("this test makes no connections")
        if event == "pickle.find_class" and FAMILY == "deserialise":
            self.note(["loads", *map(str, given)])
        if event == "open" and isinstance(given[0], (str, bytes)):
            self.file(given[0], writes=bool((given[2] or 0) & WRITES))
        elif event.startswith(FILES):
            for path in given[:2]:
                if isinstance(path, (str, bytes, os.PathLike)):
                    self.file(path, writes=not event.startswith(READS))

    def file(self, path, *, writes):
        path = os.path.realpath(os.fsdecode(path))
        if any(word in path for word in ("mark", "word")) and FAMILY == "paths":
            self.note(["uses a file in", os.path.dirname(path).replace(TOP, "TOP")])
        inside = path == os.devnull or path == TOP or path.startswith(TOP + os.sep)
        if writes and not inside:
            if FAMILY in ("code", "deserialise"):
                self.note(["writes", path])
            raise PermissionError("this test writes only into its own folder")

    def note_command(self, event, given):
        if FAMILY in ("code", "deserialise"):
            self.note(["starts a program"])
        if FAMILY not in ("commands", "options"):
            return
        words = given[0] if event == "os.system" else given[1] if event != "os.spawn" else given[2]
        if isinstance(words, (list, tuple)):
            words = [os.fsdecode(word) for word in words]
            if os.path.basename(words[0]) in ("sh", "bash", "dash", "zsh") and words[1:2] == ["-c"]:
                words = words[2]
        words = os.fsdecode(words) if isinstance(words, bytes) else words
        self.note(["runs", command_shape(words) if isinstance(words, str) else argument_shape(words)])

    def stat(self, path, *given, **named):
        """A file of the call that the code looks for in this test's folder is there."""
        try:
            return real_stat(path, *given, **named)
        except FileNotFoundError:
            name = os.path.realpath(os.fsdecode(path)) if isinstance(path, (str, bytes, os.PathLike)) else ""
            if not self.on or not name.startswith(TOP + os.sep) or not re.search("word|mark", os.path.basename(name)):
                raise
            self.busy = True
            try:
                os.makedirs(os.path.dirname(name), exist_ok=True)
                with open(name, "x", encoding="utf-8") as stream:
                    stream.write("inside")
            finally:
                self.busy = False
            return real_stat(path, *given, **named)


seen = Seen()


def command_shape(text):
    """What a shell would make of a text: its operators, and where it would put something in."""
    found, quoted, at = [], "", 0
    while at < len(text):
        c = text[at]
        if c == "\\" and quoted != "'":
            at += 2
            continue
        if c in "'\"" and quoted in ("", c):
            quoted = "" if quoted else c
        elif quoted != "'" and (c == "`" or text[at : at + 2] == "$("):
            found.append(c)
        elif not quoted and c in ";|&<>\n()":
            found.append(c)
        at += 1
    return found + (["an open quotation"] if quoted else [])


def argument_shape(words):
    """Whether the input made an option of a program, which stands before `--`."""
    words = [str(word) for word in words]
    end = min(words.index(word) if word in words else len(words) for word in ("--", "--end-of-options"))
    return "with an option from the input" if any(re.match("-+(mark|word)", word) for word in words[:end]) else ""


def statement_shape(text):
    """A statement's tokens; literals of one kind are alike."""
    pattern = r"'(?:[^'\\]|''|\\.)*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|\d+(?:\.\d+)?|\w+|\S"
    kinds = {"'": "text", '"': "name", "`": "name", "-": "comment", "/": "comment"}
    found = []
    for word in re.findall(pattern, str(text), re.S):
        kind = kinds.get(word[0]) if len(word) > 1 else None
        found.append(kind or ("number" if word[0].isdigit() else word.lower()))
    return found


class Row(tuple):
    """A row that has every column."""

    def __getitem__(self, key):
        return "word" if isinstance(key, str) else tuple.__getitem__(self, key)

    def keys(self):
        return ["name"]


class Database:
    """A connection and its cursor: it notes the statements, and answers with one row."""

    lastrowid = rowcount = 1
    description = (("name",),)

    def execute(self, statement, *_, **__):
        if FAMILY == "sql":
            seen.note(["statement", statement_shape(statement)])
        return self

    executemany = executescript = query = exec_driver_sql = fetch = fetchrow = fetchval = execute

    def cursor(self, *_, **__):
        return self

    def fetchone(self, *_):
        return Row(["word"] * 12)

    def fetchall(self, *_):
        return [self.fetchone()]

    def __iter__(self):
        return iter(self.fetchall())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: self


class Missing(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules that are not installed are stood in for; a database's driver connects to what notes statements."""

    def find_spec(self, name, path, target=None):
        frame = sys._getframe(1)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        mine = frame is not None and frame.f_code.co_filename == CODE
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if mine else None

    def create_module(self, spec):
        made = mock.MagicMock(name=spec.name)
        made.connect = made.Connection = lambda *_, **__: Database()
        return made

    def exec_module(self, module):
        pass


# the literals of a script, which an input may fill
LITERAL = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`""", re.DOTALL)


class Tags(html.parser.HTMLParser):
    """The elements and attributes into which the input came."""

    def handle_starttag(self, tag, attributes):
        if re.search("mark|word", self.get_starttag_text()):
            names = sorted(name for name, _ in attributes)
            steps = [(value or "").partition(":")[0].strip() for name, value in attributes if name in ("href", "src")]
            seen.note(["element", tag, names, [step for step in steps if step.lower() == "javascript"]])

    def handle_data(self, data):
        if re.search("mark|word", data) and self.cdata_elem:
            seen.note(["script", re.sub(r"\w+", "x", re.sub(LITERAL, "text", data))])


def answered(body, headers):
    """Note what an answer shows of the weakness."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    if FAMILY == "markup":
        parser = Tags(convert_charrefs=True)
        parser.feed(text)
        parser.close()
    place = next((value for name, value in headers.items() if name.lower() == "location"), "")
    if FAMILY == "redirects" and (place or text):
        parts = urlsplit((place or text).strip().replace("\\", "/"))
        if "mark" in parts.netloc or parts.scheme == "javascript":
            seen.note(["sends to", parts.scheme, parts.netloc])
    if FAMILY == "code" and "55555" in text and "*" not in text:
        seen.note(["the template was computed"])
    if FAMILY == "xml_entities" and "secret" in text:
        seen.note(["a file was put in"])


def install():
    """Put what notes in the place of what works on the world."""
    real_eval, real_exec = builtins.eval, builtins.exec

    def watched(run):
        def call(text, *given, **named):
            if isinstance(text, str) and FAMILY == "code" and any(value in text for value in values_in(CALL[WHICH])):
                try:
                    seen.note(["evaluates", [type(node).__name__ for node in ast.walk(ast.parse(text.strip()))]])
                except SyntaxError:
                    pass
            if not given and not named:
                frame = sys._getframe(1)
                given = (frame.f_globals, frame.f_locals)
            return run(text, *given, **named)

        return call

    class Lines(logging.Handler):
        def emit(self, record):
            if FAMILY == "logs":
                seen.note(["log", self.format(record).count("\n")])

    builtins.eval, builtins.exec = watched(real_eval), watched(real_exec)
    sqlite3.connect = lambda *_, **__: Database()
    socket.getaddrinfo = lambda host, port, *_, **__: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address(host), int(port or 0)))
    ]
    socket.gethostbyname = address
    logging.getLogger().addHandler(Lines())
    logging.getLogger().setLevel(logging.DEBUG)
    sys.meta_path.append(Missing())
    os.stat = seen.stat
    sys.addaudithook(seen.hook)
