"""A small server on the loopback that plays what servers of code LMs answer, and what they do wrong."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server:
    """Plays a list of answers, the last one for ever; an answer is a function of the request handler."""

    def __init__(self):
        self.answers, self.requests, self.running, self.most, self.models = [], [], 0, 0, answer_models([])
        self._lock = threading.Lock()
        play = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                play.models(self)

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                with play._lock:
                    play.requests.append((self.path, body, dict(self.headers)))
                    answer = play.answers.pop(0) if len(play.answers) > 1 else play.answers[0]
                    play.running += 1
                    play.most = max(play.most, play.running)
                try:
                    answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    pass
                finally:
                    with play._lock:
                        play.running -= 1

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


def answer(status, body, kind="application/json", **headers):
    data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()

    def play(handler):
        handler.send_response(status)
        handler.send_header("content-type", kind)
        handler.send_header("content-length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return play


def answer_models(models):
    return answer(200, {"object": "list", "data": models})


def chunk(text, finish=None):
    return {"choices": [{"index": 0, "delta": {"content": text}, "text": text, "finish_reason": finish}]}


USAGE = {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}


def stream(*events, done=True, pause=0.0):
    """Server-sent events; the connection is closed after them."""

    def play(handler):
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream; charset=utf-8")
        handler.end_headers()
        for event in [*events, *(["[DONE]"] if done else [])]:
            handler.wfile.write(f"data: {event if isinstance(event, str) else json.dumps(event)}\n\n".encode())
            handler.wfile.flush()
            time.sleep(pause)

    return play


def dying(server):
    """The answer of a server that is killed while it answers: nothing more comes, nobody listens any more."""

    def play(handler):
        server.http.shutdown()
        server.http.server_close()
        handler.connection.close()

    return play
