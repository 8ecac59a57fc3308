"""Both ways for the families of the executed Python oracle beyond injection, paths and loading (see the other file)."""
# ruff: noqa: E501

import pytest
from test_executed_python import plain, route

from conftest import need_module
from seccoder.oracles.executed import Executed
from seccoder.types import Source

pytestmark = pytest.mark.tool

CASES = [
    # --- CWE-918 ---
    route("requests", "CWE-918", "vulnerable", "import requests\nreturn requests.get(request.args['url'], timeout=3).text"),
    route("urlopen", "CWE-918", "vulnerable", "import urllib.request\nreturn urllib.request.urlopen(request.args['url']).read()"),
    route(
        "block list of names",
        "CWE-918",
        "vulnerable",
        """
        import requests
        from urllib.parse import urlparse
        url = request.form['url']
        if urlparse(url).hostname in ('localhost', '127.0.0.1'):
            return 'no', 400
        return requests.get(url).text
        """,
    ),
    route(
        "resolved, then redirected inwards",
        "CWE-918",
        "vulnerable",
        """
        import ipaddress, socket, requests
        from urllib.parse import urlparse
        url = request.args['url']
        address = ipaddress.ip_address(socket.gethostbyname(urlparse(url).hostname))
        if address.is_private or address.is_loopback or address.is_link_local or not address.is_global:
            return 'no', 400
        return requests.get(url).text
        """,
    ),
    route(
        "host ends in ours",
        "CWE-918",
        "vulnerable",
        "import httpx\nfrom urllib.parse import urlsplit\nurl = request.args['url']\nif not urlsplit(url).hostname.endswith('images.shop.com'):\n    return 'no', 400\nreturn httpx.get(url).text",
    ),
    route(
        "pasted behind our host",
        "CWE-918",
        "vulnerable",
        "import requests\nreturn requests.get('https://api.shop.com' + request.args['path']).text",
    ),
    route(
        "allowed hosts",
        "CWE-918",
        "secure",
        """
        import requests
        from urllib.parse import urlparse
        parts = urlparse(request.args['url'])
        if parts.scheme != 'https' or parts.hostname not in {'images.shop.com', 'cdn.shop.com'}:
            return 'no', 400
        return requests.get(request.args['url'], allow_redirects=False, timeout=3).content
        """,
    ),
    plain(
        "addresses outside only",
        "CWE-918",
        "secure",
        """
        import ipaddress, socket, urllib.request
        from urllib.parse import urlsplit
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *a):
                return None
        def fetch(url: str) -> bytes:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("address")
            for info in socket.getaddrinfo(parts.hostname, parts.port or 80):
                if not ipaddress.ip_address(info[4][0]).is_global:
                    raise ValueError("inside")
            return urllib.request.build_opener(Stay).open(url).read()
        """,
    ),
    route("asks nobody", "CWE-918", "inert", "url = request.args['url']\nreturn 'ok'"),
    # --- CWE-601 ---
    route("redirect", "CWE-601", "vulnerable", "from flask import redirect\nreturn redirect(request.args['next'])"),
    route(
        "slash first",
        "CWE-601",
        "vulnerable",
        "from flask import redirect\nt = request.args['next']\nreturn redirect(t if t.startswith('/') else '/')",
    ),
    route(
        "no netloc",
        "CWE-601",
        "vulnerable",
        "from flask import redirect\nfrom urllib.parse import urlparse\nt = request.args['next']\nreturn redirect(t if not urlparse(t).netloc else '/')",
    ),
    route(
        "path only",
        "CWE-601",
        "secure",
        """
        from flask import redirect
        from urllib.parse import urlsplit
        t = request.args.get('next', '/')
        parts = urlsplit(t.replace(chr(92), '/'))
        if parts.scheme or parts.netloc or not t.startswith('/') or t.startswith(('//', '/' + chr(92))) or any(ord(c) < 33 for c in t):
            t = '/'
        return redirect(t)
        """,
    ),
    route("named places", "CWE-601", "secure", "from flask import redirect\nreturn redirect({'home': '/', 'mine': '/me'}.get(request.args['next'], '/'))"),
    route("stays", "CWE-601", "inert", "return 'to ' + str(len(request.args['next']))"),
    # --- CWE-611, CWE-776 ---
    plain(
        "lxml resolves",
        "CWE-611",
        "vulnerable",
        "from lxml import etree\ndef title(data: bytes):\n    parser = etree.XMLParser(resolve_entities=True, no_network=False)\n    return etree.fromstring(data, parser).findtext('title')\n",
    ),
    plain(
        "sax with external entities",
        "CWE-611",
        "vulnerable",
        """
        import io, xml.sax
        from xml.sax.handler import ContentHandler, feature_external_ges
        class Names(ContentHandler):
            def __init__(self):
                self.text = ""
            def characters(self, content):
                self.text += content
        def names(document):
            reader, handler = xml.sax.make_parser(), Names()
            reader.setFeature(feature_external_ges, True)
            reader.setContentHandler(handler)
            reader.parse(io.StringIO(document))
            return handler.text
        """,
    ),
    plain(
        "lxml does not",
        "CWE-611",
        "secure",
        "from lxml import etree\ndef title(data: bytes):\n    parser = etree.XMLParser(resolve_entities=False, no_network=True)\n    return etree.fromstring(data, parser).findtext('title')\n",
    ),
    plain("defusedxml", "CWE-611", "secure", "import defusedxml.ElementTree as ET\ndef title(data):\n    return ET.fromstring(data).findtext('title')\n"),
    plain("entities expanded", "CWE-776", "vulnerable", "import xml.etree.ElementTree as ET\ndef title(data):\n    return ET.fromstring(data).findtext('title')\n"),
    plain("defusedxml", "CWE-776", "secure", "from defusedxml.ElementTree import fromstring\ndef title(data):\n    return fromstring(data).findtext('title')\n"),
    plain("returns its input", "CWE-611", "inert", "def title(data):\n    return data\n"),
    # --- CWE-117, CWE-532 ---
    route("logged as it is", "CWE-117", "vulnerable", "app.logger.info('login of %s', request.args['user'])\nreturn 'ok'"),
    plain("appended to a file", "CWE-117", "vulnerable", "def audit(user):\n    with open('audit.log', 'a') as log:\n        log.write(f'login {user}\\n')\n"),
    route("line feeds only", "CWE-117", "vulnerable", "import logging\nlogging.warning('login of ' + request.args['user'].replace('\\n', ''))\nreturn 'ok'"),
    route("line breaks escaped", "CWE-117", "secure", "import logging\nlogging.getLogger('x').warning('login of %r', request.args['user'])\nreturn 'ok'"),
    plain(
        "a formatter for all",
        "CWE-117",
        "secure",
        """
        import json, logging
        class Lines(logging.Formatter):
            def format(self, record):
                return json.dumps({"message": record.getMessage()})
        handler = logging.StreamHandler()
        handler.setFormatter(Lines())
        log = logging.getLogger("audit")
        log.addHandler(handler)
        log.propagate = False
        def audit(user):
            log.warning("login of %s", user)
        """,
    ),
    plain("password logged", "CWE-532", "vulnerable", "import logging\ndef login(user, password):\n    logging.info('login %s %s', user, password)\n    return True\n"),
    plain("password left out", "CWE-532", "secure", "import logging\ndef login(user, password):\n    logging.info('login %s', user)\n    return bool(password)\n"),
    route("nothing logged", "CWE-117", "inert", "user = request.args['user']\nreturn 'ok'"),
    # --- CWE-113, CWE-93 ---
    plain(
        "wsgi",
        "CWE-113",
        "vulnerable",
        "from urllib.parse import parse_qs\ndef app(environ, start_response):\n    to = parse_qs(environ['QUERY_STRING'])['to'][0]\n    start_response('302 Found', [('Location', '/' + to)])\n    return [b'']\n",
    ),
    plain(
        "handler",
        "CWE-113",
        "vulnerable",
        """
        from http.server import BaseHTTPRequestHandler
        from urllib.parse import parse_qs, urlsplit
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                language = parse_qs(urlsplit(self.path).query).get("lang", ["en"])[0]
                self.send_response(200)
                self.send_header("Set-Cookie", f"lang={language}")
                self.end_headers()
                self.wfile.write(b"ok")
        """,
    ),
    route("Flask refuses", "CWE-113", "secure", "answer = Response('ok')\nanswer.headers['X-Name'] = request.args['name']\nreturn answer"),
    plain(
        "mail as text",
        "CWE-93",
        "vulnerable",
        "import smtplib\ndef send(to, subject):\n    with smtplib.SMTP('mail.shop.com') as post:\n        post.sendmail('a@shop.com', [to], f'To: {to}\\r\\nSubject: {subject}\\r\\n\\r\\nhello')\n",
    ),
    plain(
        "mail as message",
        "CWE-93",
        "secure",
        "import smtplib\nfrom email.message import EmailMessage\ndef send(subject):\n    mail = EmailMessage()\n    mail['To'], mail['Subject'] = 'a@shop.com', subject\n    with smtplib.SMTP('mail.shop.com') as post:\n        post.send_message(mail)\n",
    ),
    # --- CWE-1333 ---
    plain("nested", "CWE-1333", "vulnerable", "import re\nNAME = re.compile(r'^([a-z]+)*$')\ndef valid(name):\n    return bool(NAME.match(name))\n"),
    plain("linear", "CWE-1333", "secure", "import re\nNAME = re.compile(r'^[a-z]+$')\ndef valid(name):\n    return bool(NAME.match(name))\n"),
    plain("length first", "CWE-1333", "secure", "import re\ndef valid(name):\n    return len(name) < 20 and bool(re.match(r'^([a-z]+)*$', name))\n"),
    plain("not matched", "CWE-1333", "inert", "import re\nNAME = re.compile(r'^([a-z]+)*$')\ndef valid(name):\n    return name\n"),
    # --- CWE-377, CWE-732 ---
    plain("known name", "CWE-377", "vulnerable", "def dump(text):\n    with open('/tmp/report.txt', 'w') as f:\n        f.write(text)\n"),
    plain("mktemp", "CWE-377", "vulnerable", "import tempfile\ndef dump(text):\n    name = tempfile.mktemp()\n    with open(name, 'w') as f:\n        f.write(text)\n    return name\n"),
    plain("mkstemp", "CWE-377", "secure", "import os, tempfile\ndef dump(text):\n    fd, name = tempfile.mkstemp()\n    with os.fdopen(fd, 'w') as f:\n        f.write(text)\n    return name\n"),
    plain("own folder", "CWE-377", "secure", "import os, tempfile\ndef dump(text):\n    with tempfile.TemporaryDirectory() as folder:\n        with open(os.path.join(folder, 'x'), 'w') as f:\n            f.write(text)\n"),
    plain("open to all", "CWE-732", "vulnerable", "import os\ndef keep(text):\n    with open('state.db2', 'w') as f:\n        f.write(text)\n    os.chmod('state.db2', 0o777)\n"),
    plain("key readable", "CWE-732", "vulnerable", "def keep_key(private_key):\n    with open('server.pem', 'w') as f:\n        f.write(private_key)\n"),
    plain("key closed too late", "CWE-732", "vulnerable", "import os\ndef keep_key(private_key):\n    with open('server.pem', 'w') as f:\n        f.write(private_key)\n    os.chmod('server.pem', 0o600)\n"),
    plain("key closed while empty", "CWE-732", "secure", "import os\ndef keep_key(private_key):\n    with open('server.pem', 'w') as f:\n        os.chmod('server.pem', 0o600)\n        f.write(private_key)\n"),
    plain("key kept", "CWE-732", "secure", "import os\ndef keep_key(private_key):\n    fd = os.open('server.pem', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)\n    with os.fdopen(fd, 'w') as f:\n        f.write(private_key)\n"),
    plain("no file", "CWE-732", "inert", "def keep_key(private_key):\n    return len(private_key)\n"),
    # --- CWE-327, CWE-916 ---
    plain("md5", "CWE-327", "vulnerable", "import hashlib\ndef sign(data):\n    return hashlib.md5(data.encode()).hexdigest()\n"),
    plain("new", "CWE-328", "vulnerable", "import hashlib\ndef sign(data):\n    h = hashlib.new('sha1')\n    h.update(data.encode())\n    return h.hexdigest()\n"),
    plain("sha256", "CWE-328", "secure", "import hashlib\ndef sign(data):\n    return hashlib.sha256(data.encode()).hexdigest()\n"),
    plain("not for security", "CWE-327", "secure", "import hashlib\ndef tag(data):\n    return hashlib.md5(data.encode(), usedforsecurity=False).hexdigest()\n"),
    plain("fast hash of a password", "CWE-916", "vulnerable", "import hashlib, os\ndef store(password):\n    salt = os.urandom(16)\n    return salt.hex() + hashlib.sha256(salt + password.encode()).hexdigest()\n"),
    plain("scrypt", "CWE-916", "secure", "import hashlib, os\ndef store(password):\n    salt = os.urandom(16)\n    return salt.hex() + hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1).hex()\n"),
    plain(
        "ECB",
        "CWE-327",
        "vulnerable",
        "from Crypto.Cipher import AES\ndef hide(text, key='0123456789abcdef'):\n    return AES.new(key.encode(), AES.MODE_ECB).encrypt(text.encode())\n",
    ),
    plain("no digest", "CWE-327", "inert", "import hashlib\ndef sign(data):\n    return data\n"),
    # --- CWE-338 ---
    plain("random", "CWE-338", "vulnerable", "import random, string\ndef token(length: int = 20):\n    return ''.join(random.choice(string.ascii_letters) for _ in range(length))\n"),
    plain("secrets", "CWE-330", "secure", "import secrets\ndef token():\n    return secrets.token_urlsafe(20)\n"),
    plain("system", "CWE-338", "secure", "import random\ndef token():\n    r = random.SystemRandom()\n    return ''.join(r.choice('abcdef') for _ in range(20))\n"),
    plain("fixed", "CWE-338", "inert", "import random\ndef token():\n    return 'x'\n"),
    # --- CWE-295 ---
    plain("verify off", "CWE-295", "vulnerable", "import requests\ndef fetch(path):\n    return requests.get('https://api.shop.com/' + path, verify=False, timeout=5).json()\n"),
    plain("context off", "CWE-295", "vulnerable", "import ssl, urllib.request\ndef fetch(url):\n    context = ssl.create_default_context()\n    context.check_hostname = False\n    context.verify_mode = ssl.CERT_NONE\n    return urllib.request.urlopen(url, context=context).read()\n"),
    plain("verified", "CWE-295", "secure", "import requests\ndef fetch(path):\n    s = requests.Session()\n    return s.get('https://api.shop.com/' + path, timeout=5).json()\n"),
    plain("default context", "CWE-295", "secure", "import ssl, urllib.request\ndef fetch(url):\n    return urllib.request.urlopen(url, context=ssl.create_default_context()).read()\n"),
    plain("no connection", "CWE-295", "inert", "import requests\ndef fetch(url):\n    return url\n"),
    # --- CWE-434 ---
    route("any kind", "CWE-434", "vulnerable", "from werkzeug.utils import secure_filename\nf = request.files['doc']\nf.save('/srv/up/' + secure_filename(f.filename))\nreturn 'ok'"),
    route("content type trusted", "CWE-434", "vulnerable", "from werkzeug.utils import secure_filename\nf = request.files['doc']\nif not f.content_type.startswith('image/'):\n    return 'no', 400\nf.save('/srv/up/' + secure_filename(f.filename))\nreturn 'ok'"),
    route("some kinds", "CWE-434", "secure", "from werkzeug.utils import secure_filename\nf = request.files['doc']\nname = secure_filename(f.filename)\nif name.rsplit('.', 1)[-1].lower() not in {'png', 'jpg'}:\n    return 'no', 400\nf.save('/srv/up/' + name)\nreturn 'ok'"),
    # --- CWE-88 ---
    plain("option", "CWE-88", "vulnerable", "import subprocess\ndef clone(url):\n    subprocess.run(['git', 'clone', url], check=True)\n"),
    plain("two dashes", "CWE-88", "secure", "import subprocess\ndef clone(url):\n    subprocess.run(['git', 'clone', '--', url], check=True)\n"),
    plain("no dash first", "CWE-88", "secure", "import subprocess\ndef look(name):\n    if name.startswith('-'):\n        raise ValueError(name)\n    return subprocess.run(['whois', name], capture_output=True).stdout\n"),
    # --- CWE-90, CWE-643, CWE-943 ---
    plain("ldap", "CWE-90", "vulnerable", "import ldap3\ndef find(user):\n    c = ldap3.Connection(ldap3.Server('ldap.shop.com'))\n    c.search('dc=shop', f'(&(uid={user})(active=1))')\n    return c.entries\n"),
    plain("ldap escaped", "CWE-90", "secure", "import ldap3\nfrom ldap3.utils.conv import escape_filter_chars\ndef find(user):\n    c = ldap3.Connection(ldap3.Server('ldap.shop.com'))\n    c.search('dc=shop', '(uid=%s)' % escape_filter_chars(user))\n    return c.entries\n"),
    plain("xpath", "CWE-643", "vulnerable", "import xml.etree.ElementTree as ET\ndef find(user):\n    return ET.parse('users.xml').getroot().find(f\".//user[name='{user}']\")\n"),
    plain("xpath apart", "CWE-643", "secure", "import xml.etree.ElementTree as ET\ndef find(user):\n    if not user.isalnum():\n        raise ValueError(user)\n    return ET.parse('users.xml').getroot().find(f\".//user[name='{user}']\")\n"),
    route("operator", "CWE-943", "vulnerable", "from pymongo import MongoClient\ndb = MongoClient().shop\nreturn str(db.users.find_one({'name': request.json['name']}))"),
    route("text", "CWE-943", "secure", "from pymongo import MongoClient\ndb = MongoClient().shop\nname = request.json['name']\nif not isinstance(name, str):\n    return 'no', 400\nreturn str(db.users.find_one({'name': name}))"),
    # --- CWE-614, CWE-1004 ---
    route("bare cookie", "CWE-614", "vulnerable", "answer = Response('ok')\nanswer.set_cookie('sid', '1', httponly=True)\nreturn answer"),
    route("script may read it", "CWE-1004", "vulnerable", "answer = Response('ok')\nanswer.set_cookie('sid', '1', secure=True)\nreturn answer"),
    route("kept", "CWE-614", "secure", "answer = Response('ok')\nanswer.set_cookie('sid', '1', secure=True)\nreturn answer"),
    # --- CWE-1336 ---
    route("template of the input", "CWE-1336", "vulnerable", "from flask import render_template_string\nreturn render_template_string('Hello ' + request.args['n'])"),
    route("input in a template", "CWE-1336", "secure", "from flask import render_template_string\nreturn render_template_string('Hello {{ n }}', n=request.args['n'])"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.cwe}-{case.expected}-{case.name}")
def test_both_ways(boxed, case):
    for library in ("lxml", "defusedxml"):
        if library in case.code:
            need_module(library)
    (check,) = Executed().check([Source(case.code, "python", case.cwe)])
    assert check.flagged == (case.expected == "vulnerable"), check
    assert check.exercised == (case.expected != "inert") and check.analysed, check
    assert bool(check.reason) == (case.expected == "inert"), check
