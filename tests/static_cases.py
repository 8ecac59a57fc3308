"""Both-ways fixtures of the optional static oracles, one pair per weakness and idiom, and who is expected to see them.

`CASES`: (language, CWE, secure, vulnerable, the oracles that must flag the vulnerable and not the secure one). An
oracle for that language that is not named misses the vulnerable one, or cannot tell it from the secure one; the tests
assert this too, so that an oracle that learns something new says so here.
"""

# ruff: noqa: E501 - code in code

PYTHON = [
    (
        "CWE-78",
        'import subprocess\ndef run(name):\n    subprocess.run(["du", "-sh", "--", name], check=False)\n',
        'import subprocess\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n',
        {"ruff", "semgrep"},
    ),
    (
        "CWE-78",
        "import os, shlex\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route('/p')\ndef ping():\n"
        "    host = shlex.quote(request.args.get('host'))\n    subprocess_line = f'ping -c 1 {host}'\n"
        "    return str(os.system(subprocess_line))\n",
        "import os\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route('/p')\ndef ping():\n"
        "    host = request.args.get('host')\n    line = f'ping -c 1 {host}'\n    return str(os.system(line))\n",
        {"semgrep"},  # ruff flags every os.system with a computed command, quoted or not
    ),
    (
        "CWE-78",
        "import subprocess\ndef run(name):\n    subprocess.run(['ls', '--', name], check=True)\n",
        "import subprocess\ndef run(name):\n    subprocess.run(['sh', '-c', 'ls ' + name], check=True)\n",
        {"semgrep"},
    ),
    (
        "CWE-89",
        "import sqlite3\ndef find(cursor, name):\n    cursor.execute('SELECT id FROM users WHERE name = ?', (name,))\n",
        "import sqlite3\ndef find(cursor, name):\n    cursor.execute(f\"SELECT id FROM users WHERE name = '{name}'\")\n",
        {"ruff", "semgrep"},
    ),
    (
        "CWE-89",
        "from flask import request\ndef find(db):\n    return db.execute('SELECT * FROM t WHERE n = %s', [request.args['n']])\n",
        "from flask import request\ndef find(db):\n    where = \"n = '\" + request.args['n'] + \"'\"\n"
        "    return db.execute(' '.join(['SELECT * FROM t WHERE', where]))\n",
        {"semgrep"},
    ),
    (
        "CWE-22",
        "import os\nfrom flask import Flask, request, abort\napp = Flask(__name__)\nROOT = '/srv/files'\n@app.route('/f')\n"
        "def read():\n    path = os.path.realpath(os.path.join(ROOT, request.args['name']))\n"
        "    if not path.startswith(ROOT + os.sep):\n        abort(404)\n    with open(path) as f:\n        return f.read()\n",
        "import os\nfrom flask import Flask, request\napp = Flask(__name__)\nROOT = '/srv/files'\n@app.route('/f')\n"
        "def read():\n    path = os.path.join(ROOT, request.args['name'])\n    with open(path) as f:\n        return f.read()\n",
        {"semgrep"},
    ),
    (
        "CWE-22",
        "import tarfile\ndef unpack(name):\n    with tarfile.open(name) as archive:\n"
        "        archive.extractall('/tmp/unpack', filter='data')\n",
        "import tarfile\ndef unpack(name):\n    with tarfile.open(name) as archive:\n"
        "        archive.extractall('/tmp/unpack')\n",
        {"ruff", "semgrep"},
    ),
    (
        "CWE-79",
        "import html\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route('/hi')\ndef hi():\n"
        "    return '<p>Hello ' + html.escape(request.args['name']) + '</p>'\n",
        "from flask import Flask, request\napp = Flask(__name__)\n@app.route('/hi')\ndef hi():\n"
        "    return '<p>Hello ' + request.args['name'] + '</p>'\n",
        {"semgrep"},
    ),
    (
        "CWE-79",
        "import jinja2\nenvironment = jinja2.Environment(autoescape=jinja2.select_autoescape())\n",
        "import jinja2\nenvironment = jinja2.Environment()\n",
        {"ruff", "semgrep"},
    ),
    (
        "CWE-502",
        "import json\nfrom flask import request\ndef load():\n    return json.loads(request.data)\n",
        "import pickle\nfrom flask import request\ndef load():\n    return pickle.loads(request.data)\n",
        {"ruff", "semgrep"},
    ),
    (
        "CWE-502",
        "import yaml\ndef load(text):\n    return yaml.safe_load(text)\n",
        "import yaml\ndef load(text):\n    return yaml.load(text, Loader=yaml.UnsafeLoader)\n",
        {"ruff", "semgrep"},
    ),
    (
        "CWE-918",
        "import requests\nfrom urllib.parse import urlparse\nfrom flask import request, abort\nALLOWED = {'api.example.org'}\n"
        "def fetch():\n    url = request.args['url']\n    parts = urlparse(url)\n"
        "    if parts.scheme != 'https' or parts.hostname not in ALLOWED:\n        abort(400)\n"
        "    return requests.get(url, timeout=5).text\n",
        "import requests\nfrom flask import request\ndef fetch():\n    url = request.args['url']\n"
        "    return requests.get(url, timeout=5).text\n",
        {"semgrep"},
    ),
    (
        "CWE-327",
        "import hashlib\ndef digest(data):\n    return hashlib.sha256(data).hexdigest()\n",
        "import hashlib\ndef digest(data):\n    return hashlib.md5(data).hexdigest()\n",
        {"ruff"},  # there is no rule of ours for it: nothing flows
    ),
    (
        "CWE-295",
        "import requests\ndef get(url):\n    return requests.get(url, timeout=5)\n",
        "import requests\ndef get(url):\n    return requests.get(url, timeout=5, verify=False)\n",
        {"ruff"},
    ),
    (  # an escaped value put into an attribute without quotes: nobody reading line by line sees it
        "CWE-79",
        "import html\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route('/a')\ndef a():\n"
        "    return '<input value=\"' + html.escape(request.args['v']) + '\">'\n",
        "import html\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route('/a')\ndef a():\n"
        "    return '<input value=' + html.escape(request.args['v']) + '>'\n",
        set(),
    ),
    (  # a prefix without a separator: a sibling folder passes
        "CWE-22",
        "import os\nfrom flask import request, abort\nROOT = '/srv/files'\ndef read():\n"
        "    path = os.path.realpath(os.path.join(ROOT, request.args['name']))\n"
        "    if os.path.commonpath([ROOT, path]) != ROOT:\n        abort(404)\n    return open(path).read()\n",
        "import os\nfrom flask import request, abort\nROOT = '/srv/files'\ndef read():\n"
        "    path = os.path.realpath(os.path.join(ROOT, request.args['name']))\n"
        "    if not path.startswith(ROOT):\n        abort(404)\n    return open(path).read()\n",
        {"semgrep"},
    ),
]

C = [
    (
        "CWE-416",
        "#include <stdlib.h>\nint main(void) {\n    int *p = malloc(4);\n    if (!p) return 1;\n    *p = 1;\n    int v = *p;\n"
        "    free(p);\n    return v;\n}\n",
        "#include <stdlib.h>\nint main(void) {\n    int *p = malloc(4);\n    if (!p) return 1;\n    *p = 1;\n    free(p);\n"
        "    return *p;\n}\n",
        {"clang"},
    ),
    (
        "CWE-415",
        "#include <stdlib.h>\nint main(void) {\n    char *p = malloc(9);\n    free(p);\n    return 0;\n}\n",
        "#include <stdlib.h>\nint main(void) {\n    char *p = malloc(9);\n    free(p);\n    free(p);\n    return 0;\n}\n",
        {"cppcheck", "clang"},
    ),
    (
        "CWE-125",
        "int main(void) {\n    int a[3] = {1, 2, 3};\n    return a[2];\n}\n",
        "int main(void) {\n    int a[3] = {1, 2, 3};\n    return a[3];\n}\n",
        {"cppcheck", "clang"},
    ),
    (
        "CWE-125",
        "#include <stdio.h>\n#include <stdlib.h>\nint main(void) {\n    int a[3] = {1, 2, 3};\n    char b[9];\n"
        "    if (!fgets(b, 9, stdin)) return 1;\n    int i = atoi(b);\n    if (i < 0 || i > 2) return 1;\n    return a[i];\n}\n",
        "#include <stdio.h>\n#include <stdlib.h>\nint main(void) {\n    int a[3] = {1, 2, 3};\n    char b[9];\n"
        "    if (!fgets(b, 9, stdin)) return 1;\n    int i = atoi(b);\n    return a[i];\n}\n",
        {"clang"},  # cppcheck does not know what comes in
    ),
    (
        "CWE-787",
        '#include <string.h>\nchar b[32];\nint main(void) {\n    strcpy(b, "short");\n    return b[0];\n}\n',
        '#include <string.h>\nchar b[4];\nint main(void) {\n    strcpy(b, "far too long for it");\n    return b[0];\n}\n',
        {"cppcheck", "clang"},
    ),
    (
        "CWE-476",
        "int f(int *p) {\n    if (!p) return 0;\n    return *p;\n}\n",
        "int f(int *p) {\n    if (!p) return *p;\n    return 0;\n}\n",
        {"cppcheck", "clang"},
    ),
    (
        "CWE-476",
        "#include <stdlib.h>\nint *f(void) {\n    int *p = malloc(4);\n    if (p) *p = 1;\n    return p;\n}\n",
        "#include <stdlib.h>\nint *f(void) {\n    int *p = malloc(4);\n    *p = 1;\n    return p;\n}\n",
        set(),  # gcc sees it: neither clang nor cppcheck 2.10 assumes that malloc fails
    ),
    (
        "CWE-78",
        '#include <stdlib.h>\nint main(void) {\n    return system("ls");\n}\n',
        "#include <stdio.h>\n#include <stdlib.h>\nint main(void) {\n    char b[99];\n    if (!fgets(b, 99, stdin)) return 1;\n"
        "    return system(b);\n}\n",
        {"clang"},
    ),
    (
        "CWE-190",
        "#include <stdlib.h>\n#include <stdint.h>\nint *f(size_t n) {\n    if (n > SIZE_MAX / 4) return 0;\n"
        "    return malloc(n * 4);\n}\n",
        "#include <stdlib.h>\nint *f(unsigned n) {\n    return malloc(n * 4);\n}\n",
        set(),
    ),
    (
        "CWE-457",
        "int f(int c) {\n    int v = 0;\n    if (c) v = 1;\n    return v + 1;\n}\n",
        "int f(int c) {\n    int v;\n    if (c) v = 1;\n    return v + 1;\n}\nint main(void) { return f(0); }\n",
        {"cppcheck", "clang"},
    ),
]

CPP = [
    (
        "CWE-416",
        "int main() {\n    int *p = new int(1);\n    int v = *p;\n    delete p;\n    return v;\n}\n",
        "int main() {\n    int *p = new int(1);\n    delete p;\n    return *p;\n}\n",
        {"clang"},
    ),
]

JAVASCRIPT = [
    (
        "CWE-78",
        "const { execFile } = require('child_process');\nfunction size(name) { execFile('du', ['-sh', '--', name]); }\n",
        "const { exec } = require('child_process');\nfunction size(name) { exec('du -sh ' + name); }\n",
        {"semgrep"},
    ),
    (
        "CWE-89",
        "app.get('/u', (req, res) => { db.query('SELECT * FROM u WHERE n = ?', [req.query.n], f); });\n",
        "app.get('/u', (req, res) => { db.query(`SELECT * FROM u WHERE n = '${req.query.n}'`, f); });\n",
        {"semgrep"},
    ),
    (
        "CWE-22",
        "const fs = require('fs'), path = require('path');\n"
        "app.get('/f', (req, res) => { res.send(fs.readFileSync(path.join(ROOT, path.basename(req.query.f)))); });\n",
        "const fs = require('fs'), path = require('path');\n"
        "app.get('/f', (req, res) => { const t = fs.readFileSync(path.join(ROOT, req.query.f)); });\n",
        {"semgrep"},
    ),
    (
        "CWE-79",
        "app.get('/h', (req, res) => { res.send('<p>' + escapeHtml(req.query.name) + '</p>'); });\n",
        "app.get('/h', (req, res) => { res.send('<p>' + req.query.name + '</p>'); });\n",
        {"semgrep"},
    ),
    (
        "CWE-94",
        "app.get('/e', (req, res) => { res.json(JSON.parse(req.query.v)); });\n",
        "app.get('/e', (req, res) => { res.json(eval(req.query.v)); });\n",
        {"semgrep"},
    ),
    (
        "CWE-918",
        "app.get('/x', async (req, res) => { await fetch('https://api.example.org/' + Number(req.query.id)); });\n",
        "app.get('/x', async (req, res) => { await fetch(req.query.url); });\n",
        {"semgrep"},
    ),
]

CASES = [
    (language, *case)
    for language, cases in (("python", PYTHON), ("c", C), ("cpp", CPP), ("javascript", JAVASCRIPT))
    for case in cases
]
