"""A verdict for each operation: every kind of fault that was met on other people's code, each with a sound twin.

The sources are given to the executed oracle alone. `left` means that it must not decide: neither SECURE nor VULNERABLE.
"""

import textwrap

import pytest

from conftest import missing
from seccoder import sandbox
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.attempts import Attempt, Run, Tokens
from seccoder.oracles.executed.families import regexes
from seccoder.oracles.verdict import combine
from seccoder.types import Check, Label, NotTried, Operation, Source

pytestmark = pytest.mark.tool
APP = "from flask import Flask, abort, redirect, request\napp = Flask(__name__)\n"

# name, target, expected, code
CASES = [
    # A: one reached operation does not clear another one
    ("second function by a decoded key", "CWE-89", "vulnerable", """
        import base64, json
        def by_id(db, number):
            return db.execute("SELECT name FROM crew WHERE id = ?", (number,)).fetchall()
        def by_badge(db, badge):
            badge = json.loads(base64.b64decode(badge))
            return db.execute("SELECT name FROM crew WHERE badge = '%s'" % badge["serial"]).fetchall()
        """),
    ("second function by a decoded key, bound", "CWE-89", "secure", """
        import base64, json
        def by_badge(db, badge):
            badge = json.loads(base64.b64decode(badge))
            return db.execute("SELECT name FROM crew WHERE badge = ?", (badge["serial"],)).fetchall()
        """),
    ("behind a flag", "CWE-78", "vulnerable", """
        import subprocess
        def show(name, *, loud=False):
            if loud:
                return subprocess.run("echo " + name + "!", shell=True, capture_output=True).stdout
            return subprocess.run(["echo", name], capture_output=True).stdout
        """),
    ("nested documents", "CWE-78", "vulnerable", APP + """
        import subprocess
        @app.post("/jobs")
        def job():
            task = request.get_json()["task"]["settings"]
            if task["mode"] != "preview":
                abort(400)
            return subprocess.run(f"convert {task['source']} out.png", shell=True, capture_output=True).stdout
        """),
    ("only after a failure", "CWE-89", "vulnerable", """
        def find(db, word):
            try:
                return db.execute("SELECT id FROM pages WHERE pages MATCH ?", (word,)).fetchall()
            except Exception:
                return db.execute("SELECT id FROM pages WHERE body LIKE '%" + word + "%'").fetchall()
        """),
    ("a branch that nothing reaches", "CWE-89", "left", """
        import hashlib
        def find(db, word, code):
            if hashlib.sha256(code.encode()).hexdigest() == "0" * 64:
                return db.execute("SELECT id FROM pages WHERE body = '" + word + "'").fetchall()
            return db.execute("SELECT id FROM pages WHERE body = ?", (word,)).fetchall()
        """),
    # B: what a plain function returns is a page only with markup of its own
    ("a dictionary", "CWE-79", "sound", "def card(name):\n    return {'name': name, 'kind': 'card'}\n"),
    ("JSON text", "CWE-79", "sound", "import json\ndef card(name):\n    return json.dumps({'name': name})\n"),
    ("a comparison", "CWE-79", "sound", "def rule(name, most):\n    return f'{name} < {most}'\n"),
    ("a standard in a name", "CWE-79", "sound", "def field_html5(name):\n    return f'name={name}'\n"),
    ("markup of its own", "CWE-79", "vulnerable", "def card(name):\n    return f'<li>{name}</li>'\n"),
    # C: what is the path or the statement by contract is the caller's choice
    ("a statement by contract", "CWE-89", "left", "def rows(db, sql):\n    return db.execute(sql).fetchall()\n"),
    ("a path by contract", None, "left", "def lines(path):\n    with open(path) as f:\n        return f.readlines()\n"),
    # E: writing outside, whatever is written
    ("bytes written outside", "CWE-22", "vulnerable", """
        import os
        def keep(name: str, data: bytes) -> None:
            with open(os.path.join("/srv/scans", name), "wb") as out:
                out.write(data)
        """),
    ("bytes written inside", "CWE-22", "secure", """
        import os
        def keep(name: str, data: bytes) -> None:
            with open(os.path.join("/srv/scans", os.path.basename(name)), "wb") as out:
                out.write(data)
        """),
    # F: the code changes its input
    ("capitals", "CWE-89", "vulnerable", """
        def seats(db, row):
            return db.execute(f"SELECT n FROM seats WHERE row = '{row.upper()}'").fetchall()
        """),
    ("backwards", "CWE-89", "vulnerable", """
        def seats(db, row):
            return db.execute(f"SELECT n FROM seats WHERE row = '{row[::-1]}'").fetchall()
        """),
    # G: only a few characters are let in
    ("at most 28 characters to a shell", "CWE-78", "vulnerable", """
        import os
        def look(host):
            if len(host) > 28:
                raise ValueError("too long")
            return os.popen("host " + host).read()
        """),
    ("at most 5 letters to a shell, checked", "CWE-78", "secure", """
        import subprocess
        def look(code):
            if len(code) > 5 or not code.isalpha():
                raise ValueError("no code")
            return subprocess.run("host " + code + ".example.com", shell=True, capture_output=True).stdout
        """),
    # H: a library that nobody knows
    ("unknown library, put together", "CWE-89", "vulnerable", """
        import snowdrift_db
        link = snowdrift_db.connect("warehouse")
        def stock(part):
            return link.execute("SELECT n FROM stock WHERE part = '%s'" % part)
        """),
    ("unknown library, bound", "CWE-89", "secure", """
        import snowdrift_db
        link = snowdrift_db.connect("warehouse")
        def stock(part):
            return link.execute("SELECT n FROM stock WHERE part = %s", [part])
        """),
    # I: expressions on which ordinary text explodes, or separators do
    ("letters explode", "CWE-1333", "vulnerable", """
        import re
        NAME = re.compile(r"^([a-z]+[-_]?)+:$")
        def fits(text):
            return bool(NAME.match(text))
        """),
    ("separators add up", "CWE-1333", "vulnerable", """
        import re
        LINE = re.compile(r"\\[(.*?)\\] (.*?)@ (.*)")
        def parts(line):
            return LINE.match(line)
        """),
    # M: ways out by the home and by variables
    ("tilde", "CWE-22", "vulnerable", """
        import os
        def page(name):
            if ".." in name or name.startswith("/"):
                raise ValueError(name)
            with open(os.path.join("/srv/pages", os.path.expanduser(name))) as f:
                return f.read()
        """),
    # N: a word of the source's own is no secret
    ("status logged beside a password", "CWE-532", "sound", """
        import logging
        log = logging.getLogger("door")
        def opened(user, password):
            log.info("status %s", "open")
            return user
        """),
    # Q: the context of a page
    ("a hole of a template literal", "CWE-79", "vulnerable", APP + """
        from html import escape
        @app.get("/hi")
        def hi():
            return "<script>let hello = `Hi " + escape(request.args["name"]) + "`;</script>"
        """),
    # what the kinds of checks/ are about
    ("a document by its place", "CWE-502", "vulnerable", """
        import yaml
        def settings(config_file):
            with open(config_file) as f:
                return yaml.load(f, Loader=yaml.UnsafeLoader)
        """),
    ("a document by its place, safe", "CWE-502", "secure", """
        import yaml
        def settings(config_file):
            with open(config_file) as f:
                return yaml.safe_load(f)
        """),
    ("a word behind an option is a value", "CWE-78", "secure", """
        import subprocess
        def pack(folder, archive):
            return subprocess.run(["tar", "-cf", archive, "-C", folder, "."]).returncode
        """),
    ("a short key", "CWE-326", "vulnerable", """
        from Crypto.PublicKey import RSA
        def make():
            return RSA.generate(1024).export_key()
        """),
    ("a long key", "CWE-326", "secure", """
        from Crypto.PublicKey import RSA
        def make():
            return RSA.generate(3072).export_key()
        """),
    ("an old cipher", "CWE-327", "vulnerable", """
        from Crypto.Cipher import DES3
        from Crypto.Util.Padding import pad
        def seal(key: bytes, text: bytes) -> bytes:
            return DES3.new(key[:24], DES3.MODE_CBC, b"12345678").encrypt(pad(text, 8))
        """),
    ("an authenticated cipher", "CWE-327", "secure", """
        from Cryptodome.Cipher import AES
        def seal(key: bytes, text: bytes) -> bytes:
            cipher = AES.new(key[:16], AES.MODE_EAX)
            return b"".join(cipher.encrypt_and_digest(text))
        """),
    ("an address handed back", "CWE-918", "vulnerable", """
        from urllib.parse import urlsplit
        def target(address):
            if "photos.example.com" not in urlsplit(address).netloc:
                raise ValueError(address)
            return address
        """),
    ("a path handed back", "CWE-22", "vulnerable", """
        from pathlib import Path
        def place(name: str) -> Path:
            return Path("/srv/forms") / name
        """),
    ("a name that only holds the letters of an address", "CWE-117", "vulnerable", """
        import logging
        log = logging.getLogger("kitchen")
        def cooked(recipe):
            log.info("cooked " + recipe)
        """),
    ("a parameter that is a number, without saying so", None, "vulnerable", """
        import logging
        log = logging.getLogger("ferry")
        def note_arrival(name, late):
            log.info("arrived name=%s late=%d", name, late)
        """),
    ("a parameter that is a number, and a text without line breaks", None, "secure", """
        import logging
        log = logging.getLogger("ferry")
        def note_arrival(name, late):
            name = name.encode("unicode_escape").decode()
            log.info("arrived name=%s late=%d", name, late)
        """),
    ("a line of a log handed back", "CWE-117", "vulnerable", "def line(user):\n    return f'sign-in {user}'\n"),
    ("one of a few pages", "CWE-79", "secure", APP + """
        PAGES = {"a": "<b>A</b>"}
        @app.get("/page")
        def page():
            return PAGES.get(request.args.get("name"), "<b>none</b>")
        """),
    ("the parent of all injections", "CWE-74", "vulnerable", "def card(name):\n    return f'<li>{name}</li>'\n"),
    ("a method without its class", "CWE-89", "vulnerable", """
        def rename(self, name):
            self.db.cursor().execute("UPDATE boats SET name = '%s'" % name)
            logger.info("renamed")
        """),
    ("a value that is not recognised, without a target", None, "left", """
        import hashlib
        def find(db, word):
            digest = hashlib.sha256(word.encode()).hexdigest()
            return db.execute("SELECT id FROM t WHERE h = '" + digest + "'").fetchall()
        """),
    ("a folder under /etc", "CWE-22", "vulnerable", """
        from pathlib import Path
        def recipe(name: str) -> str:
            return (Path("/etc/bakery/recipes") / name).read_text()
        """),
]  # fmt: skip


@pytest.fixture(autouse=True)
def box():
    if (why := sandbox.unavailable()) is not None:
        missing(why)


def judged(code: str, cwe: str | None) -> tuple[Check, Label]:
    head, _, rest = code.partition("\n        ") if code.startswith(APP) else ("", "", code)
    text = head + ("\n" if head else "") + textwrap.dedent("        " + rest if head else rest)
    source = Source(text, "python", cwe)
    (check,) = Executed().check([source])
    return check, combine(source, [check]).label


@pytest.mark.parametrize(("name", "cwe", "expected", "code"), CASES, ids=[case[0] for case in CASES])
def test_each_kind(name, cwe, expected, code):
    check, label = judged(code, cwe)
    wanted = {
        "vulnerable": {Label.VULNERABLE},
        "secure": {Label.SECURE},
        "sound": {Label.SECURE, Label.UNKNOWN},
        "left": {Label.UNKNOWN},
    }
    assert label in wanted[expected], check


SIX = (
    APP
    + """import os, sqlite3, subprocess
import requests
FILES = "/srv/files"


@app.route("/user")
def user():
    rows = sqlite3.connect("a.db").execute("SELECT id FROM u WHERE name = '%s'" % request.args.get("name", ""))
    return {"rows": len(rows.fetchall())}


@app.route("/ping")
def ping():
    return subprocess.run("ping -c 1 " + request.args.get("host", ""), shell=True, capture_output=True).stdout


@app.route("/hello")
def hello():
    return "<h1>Hello " + request.args.get("who", "world") + "</h1>"


@app.route("/file")
def file():
    with open(os.path.join(FILES, request.args["name"])) as stream:
        return stream.read(), 200, {"Content-Type": "text/plain"}


@app.route("/go")
def go():
    return redirect(request.args.get("next", "/"))


@app.route("/fetch")
def fetch():
    return requests.get(request.args["url"], timeout=3).text
"""
)
SOUND = (
    APP
    + """import os, sqlite3, subprocess
from html import escape
FILES = "/srv/files"


@app.route("/user")
def user():
    rows = sqlite3.connect("a.db").execute("SELECT id FROM u WHERE name = ?", (request.args.get("name", ""),))
    return {"rows": len(rows.fetchall())}


@app.route("/ping")
def ping():
    done = subprocess.run(["ping", "-c", "1", "--", request.args.get("host", "")], capture_output=True)
    return {"code": done.returncode}


@app.route("/hello")
def hello():
    return "<h1>Hello " + escape(request.args.get("who", "world")) + "</h1>"


@app.route("/file")
def file():
    with open(os.path.join(FILES, os.path.basename(request.args["name"]))) as stream:
        return stream.read(), 200, {"Content-Type": "text/plain"}
"""
)


def test_an_application_without_a_target_has_all_its_weaknesses_found():
    (check,) = Executed().check([Source(SIX, "python")])
    assert {f.cwe for f in check.findings} == {"CWE-22", "CWE-78", "CWE-79", "CWE-89", "CWE-601", "CWE-918"}
    exploited = {operation.kind: operation for operation in check.operations if operation.exploited}
    assert set(exploited) == {"paths", "commands", "markup", "sql", "redirects", "ssrf"}
    lines = SIX.split("\n")
    assert all("request.args" in lines[exploited[kind].line - 1] for kind in ("paths", "commands", "sql", "ssrf"))


def test_a_sound_application_without_a_target_is_cleared_operation_by_operation():
    source = Source(SOUND, "python")
    (check,) = Executed().check([source])
    assert combine(source, [check]).label is Label.SECURE, check
    assert {"paths", "commands", "markup", "sql"} <= {operation.kind for operation in check.operations}
    assert all(operation.reached and operation.attacked for operation in check.operations)


def test_code_without_operations_is_undecided_and_costs_no_attack():
    source = Source("def add(a, b):\n    return a + b\n", "python")
    (check,) = Executed().check([source])
    assert (check.operations, check.flagged, check.exercised) == ((), False, False)
    assert combine(source, [check]).label is Label.UNKNOWN


def test_what_was_not_reached_is_named():
    code = next(code for name, _, _, code in CASES if name == "a branch that nothing reaches")
    check, _ = judged(code, "CWE-89")
    assert [(o.line, o.reached) for o in check.operations] == [(6, True), (5, False)]
    assert check.not_tried == (NotTried("line 5", "CWE-89", "no benign input reached it"),)
    assert "line 5" in check.reason
    assert 5 in check.unreached


def test_what_is_open_to_its_caller_is_told():
    check, _ = judged("def rows(db, sql):\n    return db.execute(sql).fetchall()\n", "CWE-89")
    assert check.not_tried[0] == NotTried("rows()", "CWE-89", "open to its caller: the parameter sql is the statement")


def test_a_file_beside_the_one_that_is_named_is_open_to_the_caller_too():
    head = "import os\n\ndef save(path, text):\n    with open(%s, 'w') as stream:\n        stream.write(text)\n"
    beside, below = Executed().check(
        [
            Source(head % "path + '.tmp'" + "    os.replace(path + '.tmp', path)\n", "python"),
            Source(head % "'notes/' + path + '.txt'", "python"),
        ]
    )
    assert NotTried("save()", "CWE-22", "open to its caller: the parameter path is the path") in beside.not_tried
    assert (beside.flagged, below.flagged) == (False, True)


SERVED = """
import os
import posixpath
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = {name}
        with open(os.path.join(os.getcwd(), name.lstrip("/")), "rb") as stream:
            content = stream.read()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)
"""
# What a library does by its contract, each with a twin that does not: nobody asked for a weakness.
CONTRACTS = {
    "all of a folder is served": (
        SERVED.format(name='posixpath.normpath("/" + unquote(self.path))'),
        SERVED.format(name="unquote(self.path)"),
    ),
    "the code and its names are handed on": (
        "def run(expr, globals=None, locals=None):\n    return eval(expr, globals or {}, locals)\n",
        "def run(expr):\n    return eval(expr, {}, None)\n",
    ),
    "a program that says that it runs code": (
        '"""Measures how long the execution of code takes."""\nimport sys\nexec(compile(sys.argv[1], "it", "exec"))\n',
        'import sys\nexec(compile(sys.argv[1], "it", "exec"))\n',
    ),
    "an object of a file": (
        "import os\n\nclass Log:\n    def __init__(self, filename):\n        self.name = os.path.abspath(filename)\n"
        "    def write(self):\n        with open(self.name + '.1', 'w') as stream:\n            stream.write('x')\n",
        "import os\n\nclass Log:\n    def __init__(self, filename):\n        self.name = os.path.join('in', filename)\n"
        "    def write(self):\n        with open(self.name + '.1', 'w') as stream:\n            stream.write('x')\n",
    ),
    "a path made absolute": (
        "import os\n\ndef load(path):\n    with open(os.path.abspath(os.path.expanduser(path))) as stream:\n"
        "        return stream.read()\n",
        "import os\n\ndef load(path):\n    full = os.path.abspath(path)\n    if not full.startswith('/box/app'):\n"
        "        raise ValueError(path)\n    with open(full) as stream:\n        return stream.read()\n",
    ),
    "the beginning of a name": (
        "import os\n\ndef fresh(prefix):\n    with open(os.path.join('made', prefix + 'x7.tmp'), 'w') as stream:\n"
        "        stream.write('x')\n",
        "import os\n\ndef fresh(name):\n    with open(os.path.join('made', name + 'x7.tmp'), 'w') as stream:\n"
        "        stream.write('x')\n",
    ),
}


@pytest.mark.parametrize("name", CONTRACTS)
def test_what_a_function_is_there_for_is_no_fault_of_its(name):
    sound, faulty = Executed().check([Source(code, "python") for code in CONTRACTS[name]])
    assert (sound.flagged, faulty.flagged) == (False, True), (sound.findings, faulty.reason)


# Functions that only code of the same program calls, and what they become where they add something of their own.
HEAD = """
import hashlib
import hmac
import json
import logging
import os
import subprocess
import tempfile
from flask import Response, redirect
"""
BY_CONTRACT = {
    "answer": (
        "def answer(page):\n    return Response(page)\n",
        "def answer(name):\n    return Response('<p>' + name)\n",
    ),
    "hello": ("def hello():\n    return Response('x')\n", "def hello(request, name):\n    return Response(name)\n"),
    "go": ("def go(to):\n    return redirect(to)\n", "def go(to):\n    return redirect('https:' + to)\n"),
    "resource": (
        "def resource(name, mode='r'):\n    return open(os.path.join('files', name), mode)\n",
        "def resource(name):\n    return open(os.path.join('files', name))\n",
    ),
    "keep": (
        "def keep(path):\n    with open(path + '.key', 'w') as stream:\n        stream.write('x')\n",
        "def keep():\n    with open('/tmp/it.key', 'x') as stream:\n        stream.write('x')\n",
    ),
    "sign": (
        "def sign(key, text):\n    return hmac.new(key.encode(), text.encode(), hashlib.sha1).hexdigest()\n",
        "def sign(key, text):\n    return hashlib.sha1((key + text).encode()).hexdigest()\n",
    ),
    "cached": (
        "def cached(page):\n    return 'c-' + hashlib.md5(page.encode()).hexdigest()\n",
        "def cached(token):\n    return 'c-' + hashlib.md5(token.encode()).hexdigest()\n",
    ),
    "render": ("def render(page):\n    return page\n", "def render(name):\n    return name + '!'\n"),
    "render_state": (
        "def render_state(value):\n    return json.dumps({'a': value})\n",
        "def render_state(value):\n    return '{\"a\": \"' + value + '\"}'\n",
    ),
    "Pipe.run": (
        "class Pipe:\n    def __init__(self, command):\n        self.command = command\n"
        "    def run(self):\n        return subprocess.run(self.command, shell=True)\n",
        "class Pipe:\n    def __init__(self, command):\n        self.command = command\n"
        "    def run(self):\n        return subprocess.run('echo ' + self.command, shell=True)\n",
    ),
    "pieces": (
        "def pieces(name):\n    yield 0, '<p>'\n    yield 1, name\n",
        "def pieces(name):\n    yield '<p>'\n    yield name\n",
    ),
    "Card.shown": (
        "class Card:\n    def shown(self, name):\n        return f'{os} {name}'\n",
        "class Card:\n    def shown(self, name):\n        return f'<b>{name}</b>'\n",
    ),
    "note": (
        "def note(name):\n    logging.debug('asked for %s', name)\n",
        "def note(name):\n    logging.info('asked for %s', name)\n",
    ),
    "agent_headers": (
        "def agent_headers(headers, name):\n    headers['User-Agent'] = name\n    return headers\n",
        "def agent_headers(headers, name):\n    headers['X-Agent'] = name\n    return headers\n",
    ),
    "Signer.sign": (
        "class Signer:\n    def __init__(self, digest=None):\n        self.digest = digest or hashlib.sha1\n"
        "    def sign(self, text):\n        return self.digest(text.encode()).hexdigest()\n",
        "class Signer:\n    def sign(self, text):\n        return hashlib.sha1(text.encode()).hexdigest()\n",
    ),
}


@pytest.mark.parametrize("half", [0, 1])  # of one weakness four findings are reported
def test_what_only_the_programs_own_code_hands_on_is_told_and_no_fault(half):
    pairs = dict(list(BY_CONTRACT.items())[half::2])
    codes = [HEAD + "".join(pair[side] for pair in pairs.values()) for side in (0, 1)]
    sound, faulty = Executed().check([Source(code, "python") for code in codes])
    assert not sound.flagged, sound.findings
    told = {each.entry for each in sound.not_tried if "open to its caller" in each.reason}
    assert told >= ({"render()", "Pipe.run()"} if half else {"answer()", "go()", "note()"})
    assert {finding.entry for finding in faulty.findings} == {f"{name}()" for name in pairs}


ACCOUNTS = """
import hashlib
import os

def register(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 600_000)

def colour(page):
    return hashlib.sha256(page.encode()).hexdigest()[:6]

def nonce(token):
    return hashlib.sha1(token.encode() + os.urandom(8)).hexdigest()
"""


def test_a_files_passwords_make_no_password_of_what_other_functions_digest():
    handed_on = "\ndef keep(request):\n    mine = request.form['pin_or_password']\n    return colour(mine)\n"
    known = ACCOUNTS.replace("os.urandom(8)", "b'\\xff\\xfe'")
    apart, made, fixed = Executed().check([Source(code, "python") for code in (ACCOUNTS, ACCOUNTS + handed_on, known)])
    assert not apart.flagged, apart.findings
    assert {(each.entry, each.line) for each in made.findings} == {("colour()", 9), ("keep()", 9)}, made.findings
    assert "CWE-916" in {each.cwe for each in made.findings}
    assert {each.entry for each in fixed.findings} == {"nonce()"}


@pytest.mark.parametrize(("spent", "found"), [(0.9, True), (0.1, False)])
def test_what_is_slow_for_another_reason_than_an_expression_is_none_of_its(spent, found):
    def attempt(n, cpu, matched, *, control):
        case = {"family": "regexes", "value": "a" * 40, "control": control}
        plain = {"body": b"", "printed": b"", "status": 200, "type": "", "headers": {}, "error": "", "died": False}
        nothing = {"events": (), "sql": (), "changed": {}, "removed": (), "line": 1}
        return Attempt(n, "pieces()", ("a" * 40,), case, **plain, **nothing, cpu=cpu, matched=matched)

    run = Run([attempt(0, 0.01, 0.0, control=True), attempt(1, 1.0, spent, control=False)])
    assert bool(regexes.judge(run, Tokens()).exploits) is found


def test_a_check_with_operations_is_read_as_it_was_written():
    check, _ = judged(next(code for name, _, _, code in CASES if name == "capitals"), "CWE-89")
    assert check.operations and Check.from_json(check.to_json()).operations == check.operations
    untouched = Operation(3, "sql", "CWE-89")
    assert (untouched.to_json()["verdict"], untouched.to_json()["evidence"]) == ("UNKNOWN", None)
