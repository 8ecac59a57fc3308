"""Both ways for every Python family: what is vulnerable must be exploited, what is secure exercised and not exploited."""
# ruff: noqa: E501

import itertools
import sys
import textwrap
from dataclasses import dataclass

import pytest

from seccoder import sandbox
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.families import paths
from seccoder.oracles.executed.python import check as python
from seccoder.types import Source, Why

pytestmark = pytest.mark.tool

FLASK = (
    "import os, subprocess, sqlite3\nfrom flask import Flask, request, send_file, Response\napp = Flask(__name__)\n\n"
)


@dataclass(frozen=True)
class Case:
    """`expected` is secure, vulnerable or inert."""

    name: str
    cwe: str
    expected: str
    code: str


def route(name, cwe, expected, body, path="/x", head=""):
    code = (
        FLASK
        + textwrap.dedent(head)
        + f"\n@app.route('{path}')\ndef view():\n"
        + textwrap.indent(textwrap.dedent(body), "    ")
    )
    return Case(name, cwe, expected, code)


def plain(name, cwe, expected, code):
    return Case(name, cwe, expected, textwrap.dedent(code))


CASES = [
    # --- CWE-22 ---
    route("join", "CWE-22", "vulnerable", "return open(os.path.join('/srv/docs', request.args['f'])).read()"),
    route(
        "prefix without separator",
        "CWE-22",
        "vulnerable",
        """
        path = os.path.realpath(os.path.join('/srv/docs', request.args.get('f')))
        if not path.startswith('/srv/docs'):
            return 'no', 403
        return send_file(path)
        """,
    ),
    route(
        "dots removed once",
        "CWE-22",
        "vulnerable",
        "name = request.args['f'].replace('../', '')\nreturn open('/srv/docs/' + name).read()",
    ),
    route(
        "upload under its own name",
        "CWE-22",
        "vulnerable",
        "f = request.files['doc']\nf.save(os.path.join('/srv/up', f.filename))\nreturn 'ok'",
    ),
    plain(
        "argument",
        "CWE-22",
        "vulnerable",
        """
        import sys
        with open("reports/" + sys.argv[1]) as stream:
            print(stream.read())
        """,
    ),
    plain(
        "zip by hand",
        "CWE-22",
        "vulnerable",
        """
        import os, zipfile
        def unpack(target="/srv/out"):
            with zipfile.ZipFile("bundle.zip") as bundle:
                for name in bundle.namelist():
                    path = os.path.join("/srv/out", name)
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    with open(path, "wb") as stream:
                        stream.write(bundle.read(name))
        """,
    ),
    route(
        "prefix with separator",
        "CWE-22",
        "secure",
        """
        path = os.path.realpath(os.path.join('/srv/docs', request.args.get('f')))
        if not path.startswith('/srv/docs' + os.sep):
            return 'no', 403
        return send_file(path)
        """,
    ),
    route(
        "relative_to",
        "CWE-22",
        "secure",
        """
        from pathlib import Path
        base = Path('/srv/docs').resolve()
        path = (base / request.args['f']).resolve()
        if not path.is_relative_to(base):
            return 'no', 404
        return path.read_text()
        """,
    ),
    route("basename", "CWE-22", "secure", "return open('/srv/docs/' + os.path.basename(request.args['f'])).read()"),
    route(
        "secure_filename upload",
        "CWE-22",
        "secure",
        """
        from werkzeug.utils import secure_filename
        f = request.files['doc']
        f.save(os.path.join('/srv/up', secure_filename(f.filename)))
        return 'ok'
        """,
    ),
    plain(
        "tar with filter",
        "CWE-22",
        "secure",
        """
        import tarfile
        def unpack():
            with tarfile.open("bundle.tar.gz") as bundle:
                bundle.extractall("/srv/out", filter="data")
        """,
    ),
    route("slash on strings", "CWE-22", "inert", "return open('/srv/docs/' / request.args['f']).read()"),
    route("never opens", "CWE-22", "inert", "name = request.args['f']\nreturn 'done'"),
    # --- CWE-78 ---
    route("os.system", "CWE-78", "vulnerable", "os.system('ping -c 1 ' + request.args['host'])\nreturn 'ok'"),
    route(
        "list that ends in sh -c",
        "CWE-78",
        "vulnerable",
        "return subprocess.run(['sh', '-c', f\"nslookup {request.args['host']}\"], capture_output=True).stdout",
    ),
    route(
        "double quotes around it",
        "CWE-78",
        "vulnerable",
        "return subprocess.getoutput('ls \"' + request.args['dirname'] + '\"')",
    ),
    route(
        "semicolons forbidden",
        "CWE-78",
        "vulnerable",
        """
        host = request.args['host']
        if ';' in host or '&' in host or '|' in host:
            return 'no', 400
        return subprocess.check_output('ping -c 1 ' + host, shell=True)
        """,
    ),
    route(
        "argument list",
        "CWE-78",
        "secure",
        "return str(subprocess.run(['ping', '-c', '1', request.args['host']]).returncode)",
    ),
    route(
        "shlex.quote",
        "CWE-78",
        "secure",
        "import shlex\nos.system('ping -c 1 ' + shlex.quote(request.args['host']))\nreturn 'ok'",
    ),
    route(
        "full match first",
        "CWE-78",
        "secure",
        """
        import re
        host = request.args['host']
        if not re.fullmatch(r'[A-Za-z0-9.-]+', host):
            return 'no', 400
        return subprocess.getoutput(f'nslookup {host}')
        """,
    ),
    route("name error before the call", "CWE-78", "inert", "subprocess.run(['ping', hosst])\nreturn 'ok'"),
    # --- CWE-79 ---
    route("f-string", "CWE-79", "vulnerable", "return f\"<p>Hello {request.args.get('name')}</p>\""),
    route(
        "attribute, only angle brackets escaped",
        "CWE-79",
        "vulnerable",
        "name = request.args['name'].replace('<', '&lt;').replace('>', '&gt;')\nreturn '<input value=\"' + name + '\">'",
    ),
    route(
        "safe filter",
        "CWE-79",
        "vulnerable",
        "from flask import render_template_string\nreturn render_template_string('<b>{{ n|safe }}</b>', n=request.args['n'])",
    ),
    route(
        "script tag removed once",
        "CWE-79",
        "vulnerable",
        "return '<p>' + request.args['q'].replace('<script>', '').replace('</script>', '') + '</p>'",
    ),
    route(
        "escape", "CWE-79", "secure", "from markupsafe import escape\nreturn f\"<p>{escape(request.args['n'])}</p>\""
    ),
    route(
        "html.escape in an attribute",
        "CWE-79",
        "secure",
        "import html\nreturn f\"<input value='{html.escape(request.args['n'])}'>\"",
    ),
    route(
        "template",
        "CWE-79",
        "secure",
        "from flask import render_template_string\nreturn render_template_string('<b>{{ n }}</b>', n=request.args['n'])",
    ),
    route("plain text", "CWE-79", "secure", "return Response(request.args['n'], mimetype='text/plain')"),
    route("value not shown", "CWE-79", "secure", "name = request.args['n']\nreturn '<p>Hello</p>'"),
    # --- CWE-89 ---
    route(
        "f-string query",
        "CWE-89",
        "vulnerable",
        "db = sqlite3.connect('a.db')\nreturn str(db.execute(f\"SELECT * FROM users WHERE name = '{request.args['n']}'\").fetchall())",
    ),
    route(
        "escaped, then formatted without quotes",
        "CWE-89",
        "vulnerable",
        """
        import MySQLdb
        db = MySQLdb.connect(host='h')
        cursor = db.cursor()
        cursor.execute("SELECT * FROM orders WHERE id = %s" % db.escape_string(request.args['id']).replace(chr(92), ''))
        return str(cursor.fetchall())
        """,
    ),
    route(
        "quotes doubled for MySQL",
        "CWE-89",
        "vulnerable",
        """
        import pymysql
        cursor = pymysql.connect(host='h').cursor()
        name = request.args['n'].replace("'", "''")
        cursor.execute("SELECT * FROM users WHERE name = '" + name + "' AND x = 'y'")
        return str(cursor.fetchone())
        """,
    ),
    route(
        "second query",
        "CWE-89",
        "vulnerable",
        """
        import psycopg2
        cursor = psycopg2.connect('dbname=x').cursor()
        cursor.execute("SELECT id FROM users WHERE mail = %s", (request.args['mail'],))
        if cursor.fetchone():
            cursor.execute("DELETE FROM users WHERE mail = '" + request.args['mail'] + "'")
        return 'ok'
        """,
    ),
    route(
        "parameters",
        "CWE-89",
        "secure",
        "db = sqlite3.connect('a.db')\nreturn str(db.execute('SELECT * FROM users WHERE name = ?', (request.args['n'],)).fetchall())",
    ),
    route(
        "order by from a list",
        "CWE-89",
        "secure",
        """
        column = request.args['sort']
        if column not in ('name', 'age'):
            return 'no', 400
        return str(sqlite3.connect(':memory:').execute('SELECT * FROM users ORDER BY ' + column).fetchall())
        """,
    ),
    route(
        "integer first",
        "CWE-89",
        "secure",
        "import MySQLdb\nc = MySQLdb.connect().cursor()\nc.execute('SELECT * FROM o WHERE id = %d' % int(request.args['id']))\nreturn 'ok'",
    ),
    route("query is never sent", "CWE-89", "inert", "query = \"SELECT '\" + request.args['n'] + \"'\"\nreturn 'ok'"),
    # --- CWE-94 ---
    plain("eval", "CWE-94", "vulnerable", "def compute(expression):\n    return eval(expression)\n"),
    plain(
        "eval without builtins",
        "CWE-94",
        "vulnerable",
        "def compute(expression):\n    return eval(expression, {'__builtins__': {}}, {})\n",
    ),
    plain(
        "exec of a template",
        "CWE-94",
        "vulnerable",
        "def run(name):\n    exec(f\"value = '{name}'\")\n    return name\n",
    ),
    plain("literal_eval", "CWE-94", "secure", "import ast\ndef compute(text):\n    return ast.literal_eval(text)\n"),
    plain(
        "table",
        "CWE-94",
        "secure",
        """
        def compute(expression):
            left, _, right = expression.partition("+")
            return int(left) + int(right)
        """,
    ),
    plain("number", "CWE-94", "secure", "def parse(text):\n    return int(text) if text.isdigit() else text.strip()\n"),
    # --- CWE-502 ---
    plain(
        "pickle",
        "CWE-502",
        "vulnerable",
        "import base64, pickle\ndef load(data):\n    return pickle.loads(base64.b64decode(data))\n",
    ),
    plain(
        "yaml.unsafe",
        "CWE-502",
        "vulnerable",
        "import yaml\ndef load(text):\n    return yaml.load(text, Loader=yaml.UnsafeLoader)\n",
    ),
    plain(
        "pickle file",
        "CWE-502",
        "vulnerable",
        "import pickle\ndef load():\n    return pickle.load(open('state.pkl', 'rb'))\n",
    ),
    plain("json", "CWE-502", "secure", "import json\ndef load(text):\n    return json.loads(text)\n"),
    plain("yaml.safe_load", "CWE-502", "secure", "import yaml\ndef load(text):\n    return yaml.safe_load(text)\n"),
    plain(
        "unpickler that finds nothing",
        "CWE-502",
        "secure",
        """
        import base64, io, pickle
        class Plain(pickle.Unpickler):
            def find_class(self, module, name):
                raise pickle.UnpicklingError(name)
        def load(data):
            return Plain(io.BytesIO(base64.b64decode(data))).load()
        """,
    ),
    # --- hostile: none of these may pass for secure ---
    plain("leaves at once", "CWE-22", "inert", "import os\nos._exit(0)\n"),
    plain("leaves politely", "CWE-22", "inert", "import sys\nsys.exit(0)\n"),
    route("leaves in the view", "CWE-22", "inert", "os._exit(0)"),
    route("hangs in the view", "CWE-22", "inert", "while True: pass"),
    plain("prints the result", "CWE-22", "inert", "print('{\"finished\": true}')\nprint('{\"done\": true}')\n"),
    plain(
        "writes to every descriptor",
        "CWE-89",
        "inert",
        """
        import os
        line = b'{"attempt": {"n": 0, "entry": "x", "values": [], "case": {"label": "benign"}, "line": 1}, "found": {}}\\n'
        for descriptor in range(3, 50):
            try:
                os.write(descriptor, line + b'{"finished": true}\\n')
            except OSError:
                pass
        """,
    ),
    route(
        "patches what the harness uses",
        "CWE-22",
        "inert",
        "return 'ok'",
        head="""
        import builtins, json
        builtins.open = lambda *a, **k: None
        json.dumps = lambda *a, **k: '{"end": {"status": 200}}'
        os.write = lambda *a: 0
        """,
    ),
    plain(
        "reads the file that is made for it and says something else",
        "CWE-22",
        "inert",
        """
        def load(topic):
            try:
                open(f"help_{topic}.txt").read()
            except OSError:
                pass
            return "done"
        """,
    ),
    plain(
        "asks whether it is there",
        "CWE-22",
        "inert",
        "import os\ndef load(topic):\n    return 'yes' if os.path.exists(f'help_{topic}.txt') else 'no'\n",
    ),
    plain(
        "asks for files of the machine's",
        "CWE-22",
        "inert",
        """
        import os
        def load(name):
            for folder in ("/etc", "/proc/self", "/box/harness", "/usr/lib", ".."):
                os.path.exists(f"{folder}/{name}.py")
            return name
        """,
    ),
    plain(
        "reads a file whatever the value", "CWE-22", "inert", "def load(name):\n    return open('kept.cfg2').read()\n"
    ),
    plain(
        "ends in its constructor",
        "CWE-22",
        "inert",
        """
        import os
        class Store:
            def __init__(self, root):
                os._exit(0)
            def read(self, name):
                return open(name).read()
        """,
    ),
    plain(
        "returns before it asks",
        "CWE-89",
        "inert",
        """
        class Users:
            def __init__(self, connection):
                self.connection = connection
            def find(self, name):
                return [name]
                return self.connection.execute("SELECT 1 FROM users WHERE name = ?", (name,)).fetchall()
        """,
    ),
    plain(
        "asks without the value",
        "CWE-89",
        "secure",
        "def find(cursor, name):\n    cursor.execute('SELECT 1')\n    return cursor.fetchall(), name\n",
    ),
    plain("prints its argument", "CWE-22", "inert", "import sys\nprint(sys.argv[1], open(sys.argv[0]))\n"),
    plain("prints its argument", "CWE-78", "inert", "import sys\nprint('ping', sys.argv[1])\n"),
    plain("prints its argument", "CWE-89", "inert", "import sys\nprint('SELECT', sys.argv[1])\n"),
    plain(
        "a command that does nothing",
        "CWE-78",
        "inert",
        """
        import click
        @click.command()
        @click.argument("host")
        def ping(host):
            click.echo(f"ping {host}")
        """,
    ),
    route(
        "claims that files are missing",
        "CWE-22",
        "inert",
        """
        paths = ["/etc/shadow", "/box/app/app.py", "/" + "x" * 5000, 7, None, {}, "/srv/../etc/x", "\\0", "b.txt"]
        for end in ({"absent": paths}, {"absent": 3}, {"absent": {"a": 1}}, 5, [], None, {"body": 7, "status": "x"}):
            for descriptor in range(3, 40):
                try:
                    os.write(descriptor, (json.dumps({"begin": 0}) + "\\n" + json.dumps({"end": end}) + "\\n").encode())
                except OSError:
                    pass
        return "ok"
        """,
        head="import json\n",
    ),
    plain("kills its parent", "CWE-22", "inert", "import os\nos.kill(os.getppid(), 9)\n"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.cwe}-{case.expected}-{case.name}")
def test_both_ways(boxed, case):
    (check,) = Executed().check([Source(case.code, "python", case.cwe)])
    if case.expected == "vulnerable":
        assert check.flagged and check.exercised and check.analysed, check
        assert check.findings[0].cwe == case.cwe and check.findings[0].oracle == "executed"
    else:
        assert not check.flagged, check
        assert (
            (check.exercised, check.analysed) == (True, True) if case.expected == "secure" else not check.exercised
        ), check
        assert bool(check.reason) == (case.expected == "inert"), check


def test_a_finding_names_the_entry_the_payload_and_the_line(boxed):
    case = next(case for case in CASES if case.name == "os.system")
    (check,) = Executed().check([Source(case.code, "python", case.cwe)])
    finding = check.findings[0]
    assert "GET /x" in finding.message and "echo $((" in finding.given and finding.entry_line is not None
    assert case.code.splitlines()[finding.line - 1].strip().startswith("os.system")


@pytest.mark.parametrize("text", ["def f(:\n", "x = '\n", "\0", "if True:\nx = 1\n", "(" * 5000])
def test_what_does_not_parse_is_invalid(text):
    (check,) = Executed().check([Source(text, "python", "CWE-89")])
    assert check.valid is False and check.analysed and not check.flagged and "does not parse" in check.reason


def test_without_a_target_every_family_is_tried(boxed):
    code = (
        FLASK
        + "@app.route('/x')\ndef view():\n    os.system('ping ' + request.args['h'])\n    return '<p>' + request.args['h']\n"
    )
    (check,) = Executed().check([Source(code, "python")])
    assert {"CWE-78", "CWE-79"} <= {finding.cwe for finding in check.findings}


def test_other_languages_and_cwes_are_said_to_be_uncovered():
    checks = Executed().check([Source("fun a() = 1", "kotlin", "CWE-89"), Source("x = 1", "python", "CWE-416")])
    assert [check.analysed for check in checks] == [False, False]
    assert all("no executed check" in check.reason for check in checks)


def test_where_nothing_can_be_run_every_source_still_gets_its_check(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # no bubblewrap
    for check in Executed().check([Source("x = 1", "python"), Source("int x;", "c")]):
        assert (check.analysed, check.why) == (False, Why.MISSING_TOOL)
        assert check.reason.startswith("generated code is not run: bubblewrap is not installed")


def test_a_box_that_shows_another_interpreter_is_of_no_use(monkeypatch):
    monkeypatch.setattr(sys, "prefix", "/elsewhere")
    sandbox.unavailable.cache_clear()
    (check,) = Executed().check([Source("x = 1", "python")])
    sandbox.unavailable.cache_clear()
    assert check.reason.endswith("not the one of /elsewhere")


def test_empty_huge_and_strange_sources_get_a_check():
    texts = [
        "",
        "\n" * 1000,
        "x = 1\n" * 20_000,
        "# \udcff\n",
        "\ufeffx = 1\n",
        "import nothing_like_this\nnothing_like_this.go()\n",
    ]
    for check in Executed().check([Source(text, "python") for text in texts]):
        assert not check.flagged and not check.exercised


def test_a_program_and_its_functions_have_a_process_each(boxed):
    code = """
    import os
    import sys

    def load(name):
        print("process", os.getpid())
        with open("/srv/" + name) as stream:
            return stream.read()

    if __name__ == "__main__":
        print(load(sys.argv[1]))
    """
    campaign, _ = python.examine(textwrap.dedent(code), [paths])
    kinds = [attempt.how["kind"] for attempt in campaign.run.attempts if attempt.printed]
    assert sum(a != b for a, b in itertools.pairwise(kinds)) > 3  # they take turns
    told = {(kind, found) for a in campaign.run.attempts for kind, found in [(a.how.get("kind"), _process(a))] if found}
    assert sorted(kind for kind, _ in told) == ["function", "script"]


def _process(attempt):
    """The process that an attempt was made in, as it said."""
    return attempt.printed.partition(b"process ")[2].partition(b"\n")[0]
