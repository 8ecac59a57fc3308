"""The OpenAI-compatible server: what goes on to the server behind, what comes back, and who is refused."""

import json
import queue
import random
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

import tiny_models
from conftest import missing
from seccoder.codebase.store import Store
from seccoder.errors import MissingExtra, UsageError
from seccoder.models.endpoints.endpoint import Endpoint
from seccoder.models.endpoints.openai import OpenAILM
from seccoder.pipeline import SecCoder
from seccoder.serving import dialects, shown
from seccoder.serving.answers import Answers, objects
from seccoder.serving.guard import Guard
from seccoder.types import Demonstration, Prompt, Proof, ProofLevel, Provenance, SamplingSettings

CODE = 'import subprocess\n\n\ndef size(name):\n    subprocess.run(["du", "-sh", "--", name], check=True)\n'
ASK = "Write a Python function that shows the size of a folder whose name the user gives."


def demonstration(language, task, code):
    return Demonstration(language, ("CWE-78",), task, code, None, Proof(ProofLevel.ASSERTED), Provenance("test"))


DEMONSTRATIONS = [
    demonstration("python", "show the size of a folder", CODE),
    demonstration("go", "list the members of a club", "package main\n\nfunc members() {}\n"),
]


class Behind:
    """A server that remembers what it was asked and answers with what it is told to."""

    def __init__(self):
        self.forget()
        behind = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                behind.asked.append((self.command, self.path, dict(self.headers), body))
                if behind.before:
                    behind.before(self.connection)
                playing = behind.answer.pop(0) if isinstance(behind.answer, list) else behind.answer
                status, headers, pieces = playing
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("transfer-encoding", "chunked")
                self.end_headers()
                try:
                    for piece in pieces:
                        data = piece() if callable(piece) else piece
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                    self.wfile.write(b"0\r\n\r\n")
                except OSError:
                    behind.gone.set()
                    self.close_connection = True

            do_GET = do_POST

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/api/v1"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def forget(self):
        self.asked, self.answer, self.gone = [], (200, {"content-type": "application/json"}, [b"{}"]), threading.Event()
        self.before = None

    @property
    def body(self):
        return json.loads(self.asked[-1][3])


@pytest.fixture(scope="module")
def one_behind():
    server = Behind()
    yield server
    server.http.shutdown()
    server.http.server_close()


@pytest.fixture
def behind(one_behind):
    one_behind.forget()
    return one_behind


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    path = tmp_path_factory.mktemp("base") / "base.sqlite"
    with Store.open(path) as store:
        store.add(DEMONSTRATIONS, "a test")
    return str(path)


@pytest.fixture(scope="module")
def start(base):
    """Starts the server in front of another, once for the same options; gives a client of it."""
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError:
        missing("the extra serve")
    from seccoder.serving.clients import Options
    from seccoder.serving.proxy import build

    running = {}

    def started(upstream, **options):
        if (name := f"{upstream} {options}") in running:
            return running[name][2]
        seccoder = SecCoder(codebase=base, retriever=options.pop("retriever", "bm25"), min_score=0.0)
        given = {each: options.pop(each) for each in ("model", "guard", "table") if each in options}
        app = build(seccoder, upstream, options=Options(**options), **given)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1))
        listening = server.config.bind_socket()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        client = httpx2.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", trust_env=False, timeout=60)
        client.journal = app.journal
        running[name] = (server, thread, client, seccoder)
        return client

    yield started
    for server, thread, client, seccoder in running.values():
        client.close()
        server.should_exit = True
        thread.join(20)
        seccoder.close()


def ends(client):
    """The entries of the requests that end from now on; those of tests before have ended."""
    while client.get("/health").json()["running"]:
        pass
    ended = queue.SimpleQueue()
    client.journal.on_end = ended.put
    return ended


def chat(*messages, **more):
    return {"model": "theirs", "messages": [{"role": role, "content": content} for role, content in messages], **more}


def test_the_users_last_message_gets_an_example_and_nothing_else_changes(start, behind):
    client = start(behind.url)
    body = chat(("system", "Be brief."), ("user", "Hello"), ("assistant", "Hi"), ("user", ASK), temperature=0.1)
    headers = {"authorization": "Bearer their-key", "x-title": "editor"}
    answer = client.post("/v1/chat/completions?beta=1", json=body, headers=headers)
    method, path, sent, _ = behind.asked[-1]
    assert (method, path) == ("POST", "/api/v1/chat/completions?beta=1")
    sent = {name.lower(): value for name, value in sent.items()}
    assert sent["authorization"] == "Bearer their-key" and sent["x-title"] == "editor"
    assert sent["host"] == behind.url.split("/")[2]
    last = behind.body["messages"].pop()
    assert body["messages"].pop() == {"role": "user", "content": ASK} and behind.body | {"messages": []} == body | {
        "messages": []
    }
    assert behind.body["messages"][:3] == body["messages"]
    assert last["content"].endswith("\n\n" + ASK) and f"```python\n{CODE.rstrip()}\n```" in last["content"]
    assert answer.headers["x-seccoder-demonstrations"] == DEMONSTRATIONS[0].id


def test_what_a_tool_answers_does_not_change_what_was_shown(start, behind):
    client = start(behind.url)
    client.post("/v1/chat/completions", json=chat(("user", ASK)))
    first = behind.body["messages"][0]
    called = {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "type": "function"}]}
    longer = chat(("user", ASK))
    longer["messages"] += [called, {"role": "tool", "tool_call_id": "1", "content": "list the members of a club"}]
    client.post("/v1/chat/completions", json=longer)
    assert behind.body["messages"] == [first, *longer["messages"][1:]]


def test_parts_of_a_message_stay_as_they_are(start, behind):
    client = start(behind.url)
    parts = [{"type": "text", "text": ASK}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]
    client.post("/v1/chat/completions", json=chat(("user", parts)))
    content = behind.body["messages"][0]["content"]
    assert content[1:] == parts and CODE.rstrip() in content[0]["text"] and ASK not in content[0]["text"]


def test_code_to_be_continued_gets_the_example_as_a_comment(start, behind):
    client = start(behind.url, language="python")
    code = "#!/usr/bin/env python3\nimport subprocess\n\n\ndef size(folder):\n"
    client.post("/v1/completions", json={"model": "theirs", "prompt": code, "max_tokens": 9})
    prompt = behind.body["prompt"]
    head, rest = code.split("\n", 1)
    assert prompt.startswith(head + "\n") and prompt.endswith(rest) and "subprocess.run([" in prompt
    compile(prompt + "    pass\n", "prompt", "exec")
    for before, after in (("<|fim_prefix|>", "<|fim_suffix|>\nprint(1)<|fim_middle|>"), ("<PRE> ", " <SUF>x <MID>")):
        client.post("/v1/completions", json={"model": "theirs", "prompt": before + code + after})
        assert behind.body["prompt"] == before + prompt + after


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        ("chat/completions", b"", "no JSON object"),
        ("chat/completions", b"[1]", "no JSON object"),
        ("chat/completions", b"[" * 100_000, "no JSON object"),
        ("chat/completions", b"\xff\x00", "no JSON object"),
        ("chat/completions", b"{}", "no messages"),
        (
            "chat/completions",
            b'{"messages": [null, 1, {"role": "user"}, {"role": "user", "content": 7}]}',
            "no words",
        ),
        ("chat/completions", b'{"messages": [{"role": "user", "content": [{"type": "image"}, 3]}]}', "no words"),
        ("chat/completions", b'{"messages": [{"role": "system", "content": "x"}]}', "no words"),
        ("completions", b'{"prompt": "Once upon a time"}', "language unknown"),
        ("completions", b'{"prompt": [1, 2, 3]}', "no prompt"),
        ("completions", b'{"prompt": ["a", "b"]}', "no prompt"),
    ],
)
def test_what_cannot_be_read_goes_on_as_it_came(start, behind, path, body, why):
    client = start(behind.url)
    answer = client.post(f"/v1/{path}", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 200 and behind.asked[-1][3] == body
    assert why in answer.headers["x-seccoder-none"] and "x-seccoder-demonstrations" not in answer.headers


def test_nothing_is_shown_that_scores_too_low_or_is_of_another_language(start, behind):
    client = start(behind.url)
    client.post("/v1/chat/completions", json=chat(("user", "Write a Java method that shows the size of a folder.")))
    assert behind.body["messages"][0]["content"].startswith("Write a Java")
    client.post("/v1/chat/completions", json=chat(("user", "Write a function in Go that shows the members.")))
    assert "package main" in behind.body["messages"][0]["content"]
    client = start(behind.url, retriever="none")
    client.post("/v1/chat/completions", json=chat(("user", ASK)))
    assert behind.body == chat(("user", ASK))


def test_other_requests_and_all_answers_go_through_untouched(start, behind):
    client = start(behind.url)
    behind.answer = (429, {"content-type": "application/json", "retry-after": "7"}, [b'{"error": ', b'"slow"}'])
    answer = client.get("/v1/models?limit=2")
    assert behind.asked[-1][:2] == ("GET", "/api/v1/models?limit=2")
    assert (answer.status_code, answer.headers["retry-after"], answer.json()) == (429, "7", {"error": "slow"})
    with httpx2.Client(base_url=client.base_url, trust_env=False) as plain:
        request = plain.build_request("GET", "/v1/models")
        del request.headers["accept-encoding"]
        plain.send(request)
    assert {name.lower(): value for name, value in behind.asked[-1][2].items()}["accept-encoding"] == "identity"


def test_two_hundred_requests_and_answers_pass_byte_for_byte(start, behind):
    client, draw = start(behind.url), random.Random(0)
    paths = [*dialects.dialects, "/v1/models", "/v1/embeddings", "/v1/messages/count_tokens", "/api/tags"]
    talk = [
        {"messages": [{"role": "user", "content": "Hé, what is the capital of Mongolia?"}]},
        {"input": "Thanks!", "prompt": "Once upon a time", "input_prefix": "\n", "n": 1e-7},
        {"messages": [{"role": "user", "content": [{"type": "image", "source": {"data": "AA=="}}]}], "x": None},
    ]
    for i in range(200):
        body = draw.randbytes(draw.randrange(3_000)) if i % 2 else json.dumps(draw.choice(talk), indent=i % 5).encode()
        pieces = [draw.randbytes(draw.randrange(1, 900)) for _ in range(draw.randrange(1, 5))]
        behind.answer = (draw.choice([200, 201, 400, 429, 500]), {"content-type": "x/y", "x-made": str(i)}, pieces)
        answer = client.post(paths[i % len(paths)], content=body)
        assert behind.asked[-1][3] == body and answer.content == b"".join(pieces)
        assert (answer.status_code, answer.headers["x-made"]) == (behind.answer[0], str(i))
        assert answer.headers["x-seccoder-none"]


def test_a_stream_comes_as_it_is_written(start, behind):
    client = start(behind.url)
    read = threading.Event()

    def second():
        assert read.wait(30)  # only after the client has the first piece
        return b"data: [DONE]\n\n"

    behind.answer = (200, {"content-type": "text/event-stream"}, [b"data: {}\n\n", second])
    with client.stream("POST", "/v1/chat/completions", json=chat(("user", ASK), stream=True)) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"data: {}\n\n"
        read.set()
        assert b"".join(pieces) == b"data: [DONE]\n\n"


def test_a_client_that_leaves_is_told_to_the_server_behind(start, behind):
    client = start(behind.url)
    behind.answer = (200, {"content-type": "text/event-stream"}, [b"data: {}\n\n" * 1000] * 20_000)
    with client.stream("POST", "/v1/chat/completions", json=chat(("user", ASK), stream=True)) as answer:
        next(answer.iter_raw())
    assert behind.gone.wait(30)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 403),
        ({"host": "evil.example:8787"}, 403),
        ({"host": "127.0.0.1.evil.example"}, 403),
        ({"host": "localhost:8787", "origin": "http://localhost:3000"}, 200),
        ({"origin": "vscode-file://vscode-app", "sec-fetch-site": "cross-site"}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "none"}, 200),
        ({}, 200),
    ],
)
def test_web_pages_are_refused(start, behind, headers, status):
    answer = start(behind.url).post("/v1/chat/completions", json=chat(("user", ASK)), headers=headers)
    assert answer.status_code == status and len(behind.asked) == (status == 200)
    if status == 403:
        assert "web pages" in answer.json()["error"]["message"]


def test_a_server_for_other_machines_takes_any_host(start, behind):
    answer = start(behind.url, guard=Guard(local=False)).get("/v1/models", headers={"host": "build-server:8787"})
    assert answer.status_code == 200


def test_one_clients_cookies_never_reach_anothers_request(start, behind):
    client = start(behind.url)
    behind.answer = (200, {"set-cookie": "session=one; Path=/"}, [b"{}"])
    assert client.get("/v1/models", headers={"cookie": "mine=1"}).headers["set-cookie"] == "session=one; Path=/"
    client.cookies.clear()
    assert behind.asked[-1][2]["cookie"] == "mine=1"
    client.get("/v1/models")
    assert "cookie" not in {name.lower() for name in behind.asked[-1][2]}
    client.cookies.clear()


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        ("/v1/files/a%2Fb%2fc", "/api/v1/files/a%2Fb%2fc"),
        ("/v1/x?a=1&a=2&b=%20+&c", "/api/v1/x?a=1&a=2&b=%20+&c"),
        ("/v1//x/", "/api/v1//x/"),
        ("/v1/x?q={}|^", "/api/v1/x?q={}|^"),
        ("/api/tags", "/api/api/tags"),
        ("/v1/%2e%2e/admin", None),
        ("/v1/..%2fadmin", None),
        ("/v1/x/../../admin", None),
        ("/v1/..\\admin", None),
    ],
)
def test_paths_travel_as_they_are_and_do_not_lead_out(start, behind, sent, arrives):
    client = start(behind.url)
    with socket.create_connection((client.base_url.host, client.base_url.port)) as raw:
        raw.sendall(f"GET {sent} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".encode())
        status = int(raw.makefile("rb").readline().split()[1])
    assert [asked[1] for asked in behind.asked] == ([arrives] if arrives else [])
    assert status == (200 if arrives else 400)


def test_every_dialect_gets_an_example_and_says_what_it_did(start, behind):
    client = start(behind.url)
    words = [{"role": "user", "content": ASK}]
    for path, body in (
        ("/v1/responses", {"input": ASK}),
        ("/v1/responses", {"input": words}),
        ("/v1/messages", {"messages": words, "max_tokens": 99}),
        ("/v1/messages?beta=true", {"messages": words, "max_tokens": 99}),
        ("/api/chat", {"messages": words}),
        ("/api/generate", {"prompt": ASK}),
        ("/infill", {"input_prefix": "import subprocess\n\n\ndef size(folder):\n", "input_suffix": ""}),
        ("/v1/fim/completions", {"prompt": "import subprocess\n\n\ndef size(folder):\n", "suffix": ""}),
    ):
        answer = client.post(path, json={"model": "theirs", **body})
        assert answer.headers["x-seccoder-demonstrations"] == DEMONSTRATIONS[0].id, path
        assert "subprocess.run([" in json.dumps(behind.body) and behind.body["model"] == "theirs"
    for path in ("/v1/models", "/v1/messages/batches", "/v1/embeddings", "/api/tags"):
        assert "no examples" in client.post(path, json=body).headers["x-seccoder-none"]
    nowhere = start(behind.url.removesuffix("/v1")).post("/api/chat", json=body)
    assert nowhere.status_code == 404 and "does not end in /v1" in nowhere.json()["error"]["message"]
    wrong = client.post("/chat/completions", json=body)
    assert wrong.status_code == 404 and "ends in /v1" in wrong.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/responses"])
def test_tokens_are_counted_of_what_would_be_sent(start, behind, path):
    client = start(behind.url, check=True)
    body = chat(("user", ASK)) if path == "/v1/messages" else {"model": "theirs", "input": ASK}
    client.post(path, json=body)
    behind.answer = (200, JSON, [b'{"input_tokens": 7}'])
    count = f"{path}/{'count_tokens?beta=true' if path == '/v1/messages' else 'input_tokens'}"
    answer = client.post(count, json=body)
    assert behind.asked[0][3] == behind.asked[1][3] and b"subprocess.run" in behind.asked[1][3]
    assert answer.json() == {"input_tokens": 7} and "x-seccoder-check" not in answer.headers
    assert client.journal.entries()[0].dialect == "count"
    talk = chat(("user", "Thanks!")) if path == "/v1/messages" else {"input": "Thanks!"}
    assert "no code is asked for" in client.post(count, json=talk).headers["x-seccoder-none"]


def test_who_leaves_before_the_answer_began_stops_the_server_behind(start, behind):
    client = start(behind.url)
    asked, ended = threading.Event(), ends(client)

    def think(connection):
        asked.set()
        if not connection.recv(1):  # it was closed
            behind.gone.set()

    behind.before = think
    with socket.create_connection((client.base_url.host, client.base_url.port)) as raw:
        body = json.dumps(chat(("user", ASK))).encode()
        head = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
        raw.sendall(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        assert asked.wait(30)
    assert behind.gone.wait(30) and ended.get(timeout=30).trouble == "the client left"


def test_a_defect_of_ours_is_one_line(start, behind, monkeypatch):
    client = start(behind.url)
    ended = ends(client)
    monkeypatch.setattr("seccoder.serving.decide.decide", lambda *_: 1 / 0)
    answer = client.post("/v1/chat/completions", json=chat(("user", ASK)))
    assert answer.status_code == 500 and "division" in answer.json()["error"]["message"]
    assert ended.get(timeout=30).trouble.startswith("internal error: ZeroDivisionError")


def test_half_a_request_is_no_trouble(start, behind):
    client = start(behind.url)
    with socket.create_connection((client.base_url.host, client.base_url.port)) as raw:
        raw.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{")
    assert client.post("/v1/chat/completions", json=chat(("user", ASK))).status_code == 200
    assert len(behind.asked) == 1


def test_a_server_behind_that_dies_in_a_stream_cuts_the_stream(start, behind):
    client = start(behind.url)

    ended = ends(client)

    def die():
        raise OSError

    behind.answer = (200, {"content-type": "text/event-stream"}, [b"data: {}\n\n", die])
    with client.stream("POST", "/v1/chat/completions", json=chat(("user", ASK), stream=True)) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"data: {}\n\n"
        with pytest.raises(httpx2.RemoteProtocolError):
            list(pieces)
    assert "broke off" in ended.get(timeout=30).trouble
    behind.forget()
    assert client.post("/v1/chat/completions", json=chat(("user", ASK))).status_code == 200


def test_a_key_lets_other_machines_in_and_stays_here(start, behind):
    client = start(behind.url, guard=Guard(local=False, key="secret"))
    for headers, status in (
        ({}, 401),
        ({"authorization": "Bearer other"}, 401),
        ({"authorization": "Bearer secret"}, 200),
        ({"x-api-key": "secret"}, 200),
        ({"x-seccoder-key": "secret", "authorization": "Bearer theirs"}, 200),
    ):
        assert client.get("/v1/models", headers={"host": "build-server:8787", **headers}).status_code == status
    assert len(behind.asked) == 3 and all("secret" not in str(asked[2]) for asked in behind.asked)
    assert behind.asked[-1][2]["authorization"] == "Bearer theirs"


def test_another_name_of_this_machine_and_its_pages_are_let_in_on_request(start, behind):
    refused = start(behind.url).get("/v1/models", headers={"host": "host.docker.internal:1"})
    assert refused.status_code == 403 and "--allow-host host.docker.internal" in refused.json()["error"]["message"]
    client = start(behind.url, guard=Guard(hosts=("host.docker.internal",), cors=True))
    assert client.get("/v1/models", headers={"host": "host.docker.internal:1"}).status_code == 200
    page = {"origin": "http://localhost:3000", "access-control-request-headers": "authorization"}
    allowed = client.options("/v1/models", headers=page)
    assert allowed.status_code == 204 and allowed.headers["access-control-allow-headers"] == "authorization"
    assert client.get("/v1/models", headers=page).headers["access-control-allow-origin"] == "http://localhost:3000"
    assert client.get("/v1/models", headers={"origin": "https://evil.example"}).status_code == 403


def test_what_the_server_did_can_be_seen(start, behind):
    client = start("http://me:hunter2@" + behind.url.removeprefix("http://"))
    ended = ends(client)
    client.post("/v1/chat/completions", json=chat(("user", ASK)))
    client.get("/v1/models")
    assert {ended.get(timeout=30).path for _ in range(2)} == {"/v1/chat/completions", "/v1/models"}
    health = client.get("/health")
    assert health.json()["status"] == "ok" and health.json()["upstream"] == behind.url
    numbers = client.get("/metrics").text
    assert 'seccoder_requests_total{dialect="chat"} 1' in numbers and "seccoder_running 0" in numbers
    newest, first = client.journal.entries()
    assert (newest.path, first.dialect, first.language, first.status) == ("/v1/models", "chat", "python", 200)
    assert first.words == ASK and first.hits[0].score > 0 and first.tokens > 50 and first.whole >= first.first_byte > 0
    line = shown.line(first)
    assert line.startswith("chat | python | CWE-78 ") and f"+{first.tokens} tokens" in line and "\n" not in line
    assert "hunter2" not in json.dumps([each.to_json() for each in client.journal.entries()]) + health.text


UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'


def test_code_in_answers_is_checked_and_the_answer_stays_as_it_is(start, behind, boxed):
    client = start(behind.url, check=True)
    ended = ends(client)
    text = f"Here you are:\n\n```python\n{UNSAFE}```\n\n```text\nnothing\n```\n"
    whole = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
    behind.answer = (200, {"content-type": "application/json"}, [whole[:50], whole[50:]])
    answer = client.post("/v1/chat/completions", json=chat(("user", ASK)))
    assert answer.content == whole and answer.headers["x-seccoder-check"].startswith("python VULNERABLE")
    behind.answer = (200, {"content-type": "application/json"}, [b'{"choices": [{"message": {"content": "Hello."}}]}'])
    answer = client.post("/v1/chat/completions", json=chat(("user", "Hello")))
    assert answer.headers["x-seccoder-check"] == "no code to check"
    pieces = [
        b"data: " + json.dumps({"choices": [{"delta": {"content": part}}]}).encode() + b"\n\n"
        for part in (text[:40], text[40:])
    ]
    behind.answer = (200, {"content-type": "text/event-stream"}, [*pieces, b"data: [DONE]\n\n"])
    answer = client.post("/v1/chat/completions", json=chat(("user", ASK), stream=True))
    assert answer.content == b"".join(pieces) + b"data: [DONE]\n\n" and "x-seccoder-check" not in answer.headers
    (stream,) = (entry for entry in (ended.get(timeout=60) for _ in range(3)) if entry.streamed)
    assert stream.verdicts[0].startswith("python VULNERABLE")


SAFE = UNSAFE.replace('"du -sh " + name, shell=True', '["du", "-sh", "--", name], check=True')
JSON, EVENTS = {"content-type": "application/json"}, {"content-type": "text/event-stream"}
TALKING = {  # how each dialect asks, and how it answers with a text
    "/v1/chat/completions": (chat(("user", ASK)), lambda text: {"choices": [{"message": {"content": text}}], "x": 1.5}),
    "/v1/messages": (
        chat(("user", ASK), max_tokens=900),
        lambda text: {"content": [{"type": "text", "text": text}], "usage": {}},
    ),
    "/v1/responses": (
        {"model": "theirs", "input": ASK},
        lambda text: {"output": [{"type": "message", "content": [{"type": "output_text", "text": text}]}]},
    ),
    "/api/chat": (chat(("user", ASK), stream=False), lambda text: {"message": {"content": text}, "done": True}),
    "/api/generate": ({"model": "theirs", "prompt": ASK, "stream": False}, lambda text: {"response": text}),
}


def fenced(code, indent=""):
    return f"1. Here \u00fc:\n\n{indent}```python\n{textwrap.indent(code, indent)}{indent}```\n\nDone.\n"


def sent_as(path, text):
    return json.dumps(TALKING[path][1](text)).encode()


VERDICTS = {}


@pytest.fixture
def judged(boxed, monkeypatch):
    """Real verdicts, each of which is asked for once."""
    judge = Answers.judge

    async def remembered(self, sources):
        if (key := tuple(sources)) not in VERDICTS:
            VERDICTS[key] = await judge(self, sources)
        return VERDICTS[key]

    monkeypatch.setattr(Answers, "judge", remembered)


@pytest.mark.parametrize("path", TALKING)
def test_vulnerable_code_is_asked_for_once_more_and_better_code_takes_its_place(start, behind, judged, path):
    client = start(behind.url, check=True, repair=True)
    behind.answer = [(200, JSON, [sent_as(path, fenced(code))]) for code in (UNSAFE, SAFE)]
    headers = {"authorization": "Bearer theirs", "idempotency-key": "1"}
    answer = client.post(path, json=TALKING[path][0], headers=headers)
    assert answer.json() == TALKING[path][1](fenced(SAFE))
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "(repaired; it was CWE-78" in answer.headers["x-seccoder-check"]
    first, second = behind.asked
    assert first[1] == second[1] and second[2]["authorization"] == "Bearer theirs"
    assert "idempotency-key" in str(first[2]).lower() and "idempotency-key" not in str(second[2]).lower()
    asked = json.loads(second[3])
    assert asked["model"] == "theirs" and not asked.get("stream")
    assert ("900" if "max_tokens" in TALKING[path][0] else "4096") in str(asked)
    told = json.dumps(asked)
    assert "A first version" in told and "shell=True" in told and ASK in told and "exploit" not in told


def test_what_is_off_is_not_checked_and_what_is_observed_is_not_changed(start, behind, judged):
    client = start(behind.url, check=True, repair=True)
    whole = sent_as("/v1/chat/completions", fenced(UNSAFE))
    behind.answer = (200, JSON, [whole])
    for mode, told in (("off", ""), ("observe", "python VULNERABLE")):
        answer = client.post("/v1/chat/completions", json=chat(("user", ASK)), headers={"x-seccoder": mode})
        assert answer.content == whole and answer.headers.get("x-seccoder-check", "").startswith(told)
        assert ("x-seccoder-check" in answer.headers) == bool(told)
    assert len(behind.asked) == 2


def test_a_repaired_block_keeps_the_margin_of_its_list(start, behind, judged):
    client = start(behind.url, check=True, repair=True)
    path = "/v1/chat/completions"
    behind.answer = [(200, JSON, [sent_as(path, fenced(code, "   "))]) for code in (UNSAFE, SAFE)]
    answer = client.post(path, json=chat(("user", ASK)))
    assert answer.json() == TALKING[path][1](fenced(SAFE, "   "))


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (fenced(UNSAFE + "\n\nx = 1\n"), "second version is VULNERABLE"),
        (fenced("def run(name):\n    return (\n"), "second version is INVALID"),
        ("I would rather not.", "second version does not define the same"),
        ((500, JSON, [b"{}"]), "model gave no second answer"),
        ((200, JSON, [b"[" * 9_000]), "model gave no second answer"),
    ],
)
def test_what_is_not_better_leaves_the_answer_as_it_is(start, behind, judged, second, why):
    client = start(behind.url, check=True, repair=True)
    whole = json.dumps(TALKING["/v1/chat/completions"][1](fenced(UNSAFE)), indent=3).encode()
    second = second if isinstance(second, tuple) else (200, JSON, [sent_as("/v1/chat/completions", second)])
    behind.answer = [(200, JSON, [whole]), second]
    answer = client.post("/v1/chat/completions", json=chat(("user", ASK)))
    assert answer.content == whole and len(behind.asked) == 2
    told = answer.headers["x-seccoder-check"]
    assert told.startswith("python VULNERABLE") and f"(not repaired: the {why}" in told


def test_a_second_answer_that_takes_too_long_is_not_waited_for(start, behind, judged, monkeypatch):
    monkeypatch.setattr("seccoder.serving.repairs.SECONDS", 0)
    client = start(behind.url, check=True, repair=True)
    whole = sent_as("/v1/chat/completions", fenced(UNSAFE))
    behind.answer = (200, JSON, [whole])
    answer = client.post("/v1/chat/completions", json=chat(("user", ASK)))
    assert answer.content == whole and answer.headers["x-seccoder-check"].endswith("(not repaired: time)")


def events(path, text):
    """A stream in a dialect, in pieces of ten characters, as its server writes it."""
    pieces = [text[i : i + 10] for i in range(0, len(text), 10)]
    if path == "/v1/messages":
        each = [{"type": "content_block_delta", "delta": {"type": "text_delta", "text": piece}} for piece in pieces]
        return b"".join(b"event: x\ndata: %s\n\n" % json.dumps(event).encode() for event in each)
    if path == "/v1/responses":
        each = [{"type": "response.output_text.delta", "delta": piece} for piece in pieces]
        each.append({"type": "response.completed", "response": TALKING[path][1](text)})
        return b"".join(b"data: %s\r\n\r\n" % json.dumps(event).encode() for event in each)
    if path == "/api/chat":
        return b"".join(json.dumps({"message": {"content": piece}}).encode() + b"\n" for piece in pieces)
    each = [{"id": "content", "choices": [{"delta": {"content": piece}}]} for piece in pieces]
    return b"".join(b"data: %s\n\n" % json.dumps(event).encode() for event in each) + b"data: [DONE]\n\n"


def joined(path, stream):
    return "".join(dialects.find("POST", path).said(each) for each in objects(stream))


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/messages", "/v1/responses", "/api/chat"])
def test_a_stream_is_held_back_and_repaired_where_that_is_asked_for(start, behind, judged, path):
    client = start(behind.url, check=True, repair=True, streams="hold")
    kind = {"content-type": "application/x-ndjson"} if path == "/api/chat" else EVENTS
    stream = events(path, fenced(UNSAFE))
    behind.answer = [(200, kind, [stream[:70], stream[70:]]), (200, JSON, [sent_as(path, fenced(SAFE))])]
    answer = client.post(path, json={**TALKING[path][0], "stream": True})
    assert joined(path, answer.content) == fenced(SAFE)
    assert answer.content.count(b"\n") == stream.count(b"\n") and "(repaired" in answer.headers["x-seccoder-check"]
    if path == "/v1/responses":
        last = list(objects(answer.content))[-1]
        assert last["response"] == TALKING[path][1](fenced(SAFE))


def test_the_verdicts_follow_a_stream_in_a_comment_on_request(start, behind, judged):
    client = start(behind.url, check=True, streams="tell")
    ended = ends(client)
    stream = events("/v1/chat/completions", fenced(UNSAFE))
    for sent, gap in ((stream, b""), (stream.rstrip(), b"\n")):
        behind.answer = (200, EVENTS, [sent])
        answer = client.post("/v1/chat/completions", json=chat(("user", ASK), stream=True))
        rest = answer.content.removeprefix(sent)
        assert rest.startswith(gap + b": x-seccoder-check: python VULNERABLE ") and rest.endswith(b"\n\n")
        assert ended.get(timeout=60).verdicts[0] in rest.decode()
    with client.stream("POST", "/v1/chat/completions", json=chat(("user", ASK), stream=True)) as answer:
        assert b"[DONE]" in next(answer.iter_raw())  # and who leaves then has left nothing
    entry = ended.get(timeout=60)
    assert entry.trouble == "" and entry.verdicts[0].startswith("python VULNERABLE")


CLIENTS = {
    "quiet": {"agent": "Editor/*", "path": "/v1/completions", "mode": "off"},
    "watched": {"key": "*9876", "mode": "observe"},
    "small": {"agent": "Editor/*", "budget": 5},
    "plain": {"key": "sk-none", "retriever": "none"},
}


def test_a_client_with_settings_of_its_own_is_treated_by_them(start, behind):
    client = start(behind.url, table={"clients": CLIENTS})
    for headers, path, name, told in (
        ({"user-agent": "Editor/2"}, "/v1/completions", "quiet", "switched off"),
        ({"authorization": "Bearer sk-9876"}, "/v1/chat/completions", "watched", ""),
        ({"x-api-key": "sk-9876", "user-agent": "Editor/2"}, "/v1/chat/completions", "watched", ""),
        ({"user-agent": "Editor/2"}, "/v1/chat/completions", "small", "fits into 5 "),
        ({"x-api-key": "sk-none"}, "/v1/chat/completions", "plain", "nothing in the secure codebase fits"),
        ({"user-agent": "Editors"}, "/v1/chat/completions", "", None),
    ):
        body = {"prompt": CODE} if path == "/v1/completions" else chat(("user", ASK))
        answer = client.post(path, json=body, headers=headers)
        assert client.journal.entries()[0].settings == name
        assert ("x-seccoder-demonstrations" in answer.headers) == (told is None)
        assert ("x-seccoder-would-add" in answer.headers) == (name == "watched")
        assert (told or "") in answer.headers.get("x-seccoder-none", "")
    forced = client.post("/v1/chat/completions", json=body, headers={"x-api-key": "sk-9876", "x-seccoder": "augment"})
    assert "x-seccoder-demonstrations" in forced.headers  # what a request says itself goes first


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (7, "nothing but tables"),
        ({"clients": 7}, "nothing but tables"),
        ({"port": 1}, "nothing but tables"),
        ({"clients": {"x": 7}}, r"\[serve.clients.x\] must be a table"),
        ({"clients": {"x": {"mode": "off"}}}, "must say in key, agent or path"),
        ({"clients": {"x": {"path": 3}}}, "path must be a text"),
        ({"clients": {"x": {"path": "*", "colour": 1}}}, "unknown setting 'colour'; known: key, agent, path, language"),
        ({"clients": {"x": {"path": "*", "mode": "loud"}}}, "mode must be augment or observe or off, not 'loud'"),
        ({"clients": {"x": {"path": "*", "budget": "many"}}}, "budget must be a whole number above 0, not 'many'"),
        ({"clients": {"x": {"path": "*", "budget": True}}}, "budget must be"),
        ({"clients": {"x": {"path": "*", "check": 1}}}, "check must be true or false"),
        ({"clients": {"x": {"path": "*", "retriever": 1}}}, "retriever must be a text"),
        ({"clients": {"x": {"path": "*", "language": "cobol"}}}, r"clients.x\].*cobol"),
        ({"clients": {"x": {"path": "*", "repair": True}}}, "repair needs check"),
        ({"clients": {"x": {"path": "*", "retriever": "magic"}}}, r"clients.x\].*magic"),
    ],
)
def test_a_wrong_table_is_one_line(start, behind, table, told):
    with pytest.raises(UsageError, match=told) as error:
        start(behind.url, table=table)
    assert "\n" not in str(error.value)


def test_an_answer_that_is_too_long_to_be_checked_passes(start, behind, monkeypatch):
    monkeypatch.setattr("seccoder.serving.answers.MOST", 1000)
    client = start(behind.url, check=True, repair=True)
    behind.answer = (200, JSON, [b'"' + b"x" * 700, b"y" * 700, b'z"'])
    answer = client.post("/v1/chat/completions", json=chat(("user", ASK)))
    assert answer.content == b"".join(behind.answer[2]) and "x-seccoder-check" not in answer.headers


def test_what_is_too_large_is_refused(start, behind, monkeypatch):
    monkeypatch.setattr("seccoder.serving.proxy.MAX_BODY", 1000)
    answer = start(behind.url).post("/v1/chat/completions", content=b"x" * 1001)
    assert answer.status_code == 413 and behind.asked == []


def test_a_server_behind_that_is_not_there(start, behind):
    client = start("http://127.0.0.1:9/v1")
    answer = client.post("/v1/chat/completions", json=chat(("user", ASK)))
    assert answer.status_code == 502 and "http://127.0.0.1:9/v1" in answer.json()["error"]["message"]


def test_many_at_once(start, behind):
    client = start(behind.url)
    ended = ends(client)
    with ThreadPoolExecutor(16) as pool:
        bodies = [chat(("user", f"{ASK} {i}")) for i in range(64)]
        answers = list(pool.map(lambda body: client.post("/v1/chat/completions", json=body), bodies))
    assert all("x-seccoder-demonstrations" in answer.headers for answer in answers)
    seen = {json.loads(asked[3])["messages"][0]["content"].rsplit(" ", 1)[1] for asked in behind.asked}
    assert seen == {str(i) for i in range(64)}
    assert {ended.get(timeout=30).trouble for _ in range(64)} == {""}


def test_bad_addresses_and_models_are_one_line(base):
    from seccoder.serving.server import serve

    seccoder = SecCoder(codebase=base, model="openai:gpt")
    given = {"host": "127.0.0.1", "port": 0, "tell": print}
    try:
        with pytest.raises(UsageError, match="--upstream"):
            serve(seccoder, None, **given)
        for address in ("", "localhost:1", "ftp://host/v1", "http://"):
            with pytest.raises(UsageError, match="no address"):
                serve(seccoder, address, **given)
        with pytest.raises(UsageError, match="key"):
            serve(seccoder, "http://127.0.0.1:9/v1", **{**given, "host": "0.0.0.0"})
    except MissingExtra:
        missing("the extra serve")


def test_the_command_serves_until_it_is_interrupted(start, behind, base):
    behind.answer = (
        200,
        {"content-type": "application/json"},
        [b'{"choices": [{"message": {"content": "done"}, "finish_reason": "stop"}]}'],
    )
    words = ["-m", "seccoder", "serve", "--upstream", behind.url, "--port", "0", "--codebase", base]
    few = ["bash", "-c", 'ulimit -Sn 256; exec "$@"', "few files", sys.executable, *words]
    with subprocess.Popen(few, stderr=subprocess.PIPE, text=True) as process:
        url = process.stderr.readline().partition("clients is ")[2].split()[0]
        limits = Path(f"/proc/{process.pid}/limits").read_text().partition("Max open files")[2].split()
        assert limits[0] == str(min(65_536, int(limits[1])))  # many streams fit where a shell allows few files
        endpoint = Endpoint(url)
        lm = OpenAILM([endpoint], "theirs", chat=True)
        assert lm.generate(Prompt(ASK), 1, SamplingSettings())[0].text == "done"
        endpoint.close()
        port = url.rsplit(":", 1)[1].split("/")[0]
        taken = [*words[:3], "--upstream", behind.url, "--port", port, "--codebase", base]
        told = subprocess.run([sys.executable, *taken], capture_output=True, text=True, timeout=60)
        assert told.returncode == 2 and "give another --port" in told.stderr.splitlines()[-1]
        behind.answer = (200, {}, [b"begun", lambda: str(behind.gone.wait(30)).encode()])
        with httpx2.Client(trust_env=False).stream(
            "POST", f"{url}/chat/completions", json=chat(("user", ASK))
        ) as answer:
            pieces = answer.iter_raw()
            assert next(pieces) == b"begun"
            process.send_signal(signal.SIGINT)
            assert next(line for line in process.stderr if "1 answer is still open" in line)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) in (0, 130)
        behind.gone.set()
        assert "Traceback" not in process.stderr.read()


def test_the_address_is_told_when_somebody_listens(behind, base):
    from seccoder.serving.server import serve

    told = []

    def tell(line):
        url = line.partition("clients is ")[2].split()[0]
        with socket.create_connection(("127.0.0.1", httpx2.URL(url).port), timeout=60):
            told.append(url)
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    try:
        with SecCoder(codebase=base, retriever="none") as seccoder, pytest.raises(KeyboardInterrupt):
            serve(seccoder, behind.url, host="127.0.0.1", port=0, tell=tell)
    except MissingExtra:
        missing("the extra serve")
    finally:
        signal.signal(signal.SIGINT, before)
    assert len(told) == 1


@pytest.mark.model
def test_a_model_of_this_process(base, tmp_path, start):
    for module in ("xllamacpp", "gguf"):
        try:
            __import__(module)
        except ImportError:
            missing(module)
    from seccoder.serving.server import _model_here

    path = tiny_models.write_gguf(tmp_path / "tiny.gguf")
    with SecCoder(model=f"gguf:{path}", threads=1) as seccoder:
        client = start((lm := _model_here(seccoder)).url, model=lm, language="python")
        code = "def size(folder):\n"
        asked = client.post(
            "/v1/completions",
            json={"prompt": code, "max_tokens": 4, "temperature": 0},
            headers={"authorization": "Bearer of the client"},
        )
        assert asked.status_code == 200 and asked.json()["choices"][0]["text"]
        assert asked.headers["x-seccoder-demonstrations"] == DEMONSTRATIONS[0].id
        assert asked.json()["usage"]["prompt_tokens"] > 2 * len(code)


@pytest.mark.model
def test_requests_that_fit_only_one_by_one_wait_for_each_other(start, tmp_path, monkeypatch):
    for module in ("xllamacpp", "gguf"):
        try:
            __import__(module)
        except ImportError:
            missing(module)
    from seccoder.models.embedded import llamacpp

    monkeypatch.setattr(llamacpp, "CELLS", 2 * tiny_models.CONTEXT)
    path = tiny_models.write_gguf(tmp_path / "tiny.gguf")
    with llamacpp.LlamaCppLM(path, threads=1) as lm:
        client = start(lm.url, model=lm, retriever="none")

        def ask(i, **more):
            body = {"prompt": f"{i} " + "x = 1 " * 30, "temperature": 0, "max_tokens": 40, "logit_bias": {"256": -100}}
            return client.post("/v1/completions", json=body | more)

        assert lm.needs({"prompt": "x" * 20, "max_tokens": 30}) == (50, 1)
        assert lm.needs({"prompt": "x" * 20, "max_tokens": 30, "n": 3}) == (110, 3)
        assert lm.needs({"prompt": "x" * 20, "max_tokens": 999}) == lm.needs({"prompt": "x" * 20})
        assert lm.needs({"prompt": "x" * 20}) == (lm.context_length, 1)
        assert lm.needs({"prompt": ["x", "y"]}) == lm.needs({"messages": 7}) == (llamacpp.CELLS, llamacpp.SLOTS)
        gone = httpx2.Client(base_url=client.base_url, timeout=60)
        with gone.stream("POST", "/v1/completions", json={"prompt": "x", "stream": True}) as answer:
            next(answer.iter_raw())  # and it is left: its room is free again
        gone.close()
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(8)))
        assert [answer.status_code for answer in answers] == [200] * 8, answers[0].text
        assert {answer.json()["usage"]["completion_tokens"] for answer in answers} == {40}
        assert ask(0, prompt="x" * 300).status_code == 400  # the server's own word still comes through
