"""The page: what it shows, that hostile text stays text, that it reaches no other address, and what a browser says."""

import asyncio
import re
import shutil
import subprocess
import sys
import threading
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from conftest import need_module
from seccoder.pipeline import SecCoder
from seccoder.serving.journal import Entry
from seccoder.serving.page.page import Page
from seccoder.types import Query

EVIL = "</textarea></pre><script>alert(1)</script><img src=//evil.example/x onerror=alert(1)>\u202e\x1b[2J"
UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
PAGES = ["/", "/requests/1", "/codebase", "/codebase?text=unpack+a+tar+archive&language=py", "/codebase?cwe=22", "/try"]


VOID = {"meta", "input", "br"}


class Parsed(HTMLParser):
    """The elements of a page, and whether each one that was opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.wrong = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and self.open[-1] in {"li", "option", "td"}:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def entry(seccoder, **known):
    blank = {
        "number": 1, "at": 0.0, "method": "POST", "path": "/v1/chat/completions", "dialect": "chat", "model": "m",
        "mode": "augment", "language": "python", "words": "", "code": "", "hits": (), "why_none": "", "tokens": 0,
        "milliseconds": 3.2, "status": 200, "whole": 812.0, "verdicts": (), "trouble": "",
    }  # fmt: skip
    return Entry(**{**blank, **known})


@pytest.fixture
def page():
    with SecCoder(model="fake:") as seccoder:
        hits = tuple(seccoder.retrieve(Query("", "python", "list the orders of a customer"), 1))
        entries = [
            entry(seccoder, hits=hits, tokens=212, words=EVIL, code=EVIL, model=EVIL, verdicts=("python SECURE", EVIL)),
            entry(seccoder, number=2, why_none=EVIL, status=None, whole=None, language=None, path=EVIL, dialect=""),
        ]
        shown = Page(seccoder, SimpleNamespace(entries=lambda: entries))
        shown.hits = hits
        yield shown


def get(page, address, code=200):
    answer = page.answer("GET", urlsplit(address).path, dict(parse_qsl(urlsplit(address).query)))
    assert answer.status == code
    return answer.body.decode()


def post(page, status=200, **fields):
    token = re.search(r'name="token" value="([^"]+)"', get(page, "/try"))[1]
    answer = page.answer("POST", "/try", {"token": token, "language": "python", **fields})
    assert answer.status == status
    return answer.body.decode()


def assert_inert(text):
    parsed = Parsed(text)
    assert (parsed.open, parsed.wrong) == ([], [])
    tags = {tag for tag, _ in parsed.elements}
    assert tags.isdisjoint({"script", "img", "iframe", "object", "link", "svg", "base"})
    for _, attributes in parsed.elements:
        assert not any(name.startswith("on") or name in {"src", "style"} for name in attributes)
        for address in (attributes.get(name, "/") for name in ("href", "action")):
            assert address.startswith(("/", "#")) and not address.startswith("//")
    assert "\u202e" not in text and "\x1b" not in text
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert "url(" not in style and "@import" not in style and "prefers-color-scheme: dark" in style


def test_every_page_is_well_formed_and_hostile_text_stays_text(page):
    for address in PAGES:
        assert_inert(get(page, address))


def test_the_policy_forbids_what_the_page_does_not_need(page):
    headers = page.answer("GET", "/", {}).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'" and re.fullmatch(r"'sha256-[\w+/=]{44}'", policy["style-src"])
    assert {policy["form-action"], policy["base-uri"], policy["frame-ancestors"]} == {"'self'", "'none'"}
    assert "script-src" not in policy and headers["x-content-type-options"] == "nosniff"


def test_a_request_shows_what_was_added_and_why(page):
    hit = page.hits[0]
    for text in (get(page, "/"), get(page, "/requests/1")):
        assert f'href="/codebase/{hit.demonstration.id}"' in text
        assert all(name in text for name in hit.demonstration.cwes)
        assert "executed" in text and "212" in text and "python SECURE" in text
    assert "&lt;script&gt;alert(1)" in get(page, "/requests/2")
    assert "no longer kept" in get(page, "/requests/77", 404)


def test_the_search_ranks_and_the_map_leads_to_demonstrations(page):
    found = get(page, "/codebase?text=unpack+an+uploaded+tar+archive+into+a+folder&language=python")
    first = re.search(r'<li><a href="/codebase/(\w+)">', found)[1]
    shown = get(page, f"/codebase/{first}")
    assert_inert(shown)
    assert "CWE-22" in shown and "Vulnerable twin" in shown
    assert 'href="/codebase?cwe=CWE-22&amp;language=python"' in found
    assert get(page, "/codebase?cwe=CWE-22&language=python").count('<li><a href="/codebase/') >= 3


def test_what_cannot_be_shown_is_one_sentence(page):
    for address, code, told in (
        ("/nothing", 404, "no such page"),
        ("/codebase?cwe=sql", 400, "not a CWE"),
        ("/codebase?language=cobol&text=x", 400, "unknown language"),
        ("/codebase/zz<script>", 400, "zz&lt;script&gt;"),
        ("/codebase?text=" + "x" * 100_001, 413, "100,000"),
    ):
        text = get(page, address, code)
        assert_inert(text)
        assert told in text


def test_a_form_of_another_page_runs_nothing(page):
    assert page.answer("POST", "/try", {"language": "python", "code": UNSAFE, "do": "check"}).status == 403
    assert page.answer("POST", "/codebase", {}).status == 404
    page._busy.acquire()  # as while something is tried
    assert "already" in post(page, 503, code=UNSAFE, do="check")


def test_trying_finds_checks_and_completes(page, boxed):
    text = post(page, task="print the size of a folder", do="find")
    assert "<h2>Examples</h2>" in text and "score" in text
    text = post(page, code=UNSAFE, cwe="78", do="check")
    assert_inert(text)
    assert ">VULNERABLE</strong> (executed)" in text and "line 5" in text
    text = post(page, code=f"def run(name):  # {EVIL}\n", task=EVIL, do="complete")
    assert_inert(text)
    assert "Without an example" in text and "With an example" in text and "final prompt" in text


@pytest.mark.tool
def test_a_browser_shows_it_and_complains_about_nothing(page, tmp_path):
    """On a desktop and as narrow as a phone, light and dark; Chromium prints every breach of the policy."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is missing")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            place = urlsplit(self.path)
            answer = page.answer("GET", place.path, dict(parse_qsl(place.query)))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
        command += [f"--user-data-dir={tmp_path}", "--dump-dom"]
        for address, options in (("/requests/1", ["--window-size=1280,900"]), ("/", ["--force-dark-mode"])):
            shot = tmp_path / "shot.png"
            place = f"http://127.0.0.1:{server.server_port}{address}"
            done = subprocess.run(
                [*command, *options, f"--screenshot={shot}", place], capture_output=True, text=True, timeout=120
            )
            assert "CONSOLE" not in done.stderr
            assert "<h1>" in done.stdout and "<script" not in done.stdout
            assert shot.read_bytes().startswith(b"\x89PNG")
        server.shutdown()


def test_a_server_passes_on_what_the_page_answers(page):
    need_module("starlette")
    from starlette.applications import Starlette

    from seccoder.serving.page.routes import MAX_FORM, routes

    app = Starlette(routes=routes(page))

    def ask(method, path, query=b"", body=b""):
        sent = []
        scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query}
        scope |= {"headers": [], "server": ("127.0.0.1", 1), "scheme": "http", "root_path": "", "app": app}

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            sent.append(message)

        asyncio.run(app(scope, receive, send))
        return sent[0]["status"], dict(sent[0]["headers"]), b"".join(each.get("body", b"") for each in sent).decode()

    status, headers, text = ask("GET", "/codebase", b"text=unpack+a+tar+archive&language=python")
    assert status == 200 and "CWE-22" in text and b"content-security-policy" in headers
    token = re.search(r'name="token" value="([^"]+)"', ask("GET", "/try")[2])[1]
    form = urlencode({"token": token, "language": "python", "task": "na\u00efve \u00fcber", "do": "find"}).encode()
    assert "na\u00efve \u00fcber" in ask("POST", "/try", body=form)[2]
    assert ask("POST", "/try", body=b"do=check&language=python")[0] == 403
    assert ask("POST", "/try", body=b"x" * (MAX_FORM + 1))[0] == 413
    assert ask("GET", "/try", b"&".join([b"a=1"] * 50))[0] == 400
    assert ask("DELETE", "/")[0] == 405


def test_the_page_needs_none_of_the_servers():
    """Whoever serves it passes on what it answers; it imports neither starlette nor uvicorn."""
    asked = "import sys; import seccoder.serving.page.page; print({'starlette', 'uvicorn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "set()\n"
