"""What servers do wrong, played by a small one on the loopback: every failure is one line, and passing ones pass."""

import json
import threading

import pytest

from seccoder.errors import ModelError, UsageError
from seccoder.models import load
from seccoder.models.endpoints import endpoint, many, openai
from seccoder.models.endpoints.endpoint import Endpoint
from seccoder.types import Message, Prompt, SamplingSettings
from servers import USAGE, Server, answer, answer_models, chunk, dying, stream

KEY = "sk-secret-0123456789"
PROMPT = Prompt("x = ")
SETTINGS = SamplingSettings(max_tokens=16)


def until_closed(handler):
    """Wait until the client hangs up; whether it did."""
    handler.connection.settimeout(100)
    return handler.connection.recv(1) == b""


GOOD = stream(chunk("1 +"), chunk(" 2\n", "stop"), USAGE)


@pytest.fixture
def server():
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def lm(server):
    with openai.OpenAILM([Endpoint(server.url, KEY, silence=0.5, deadline=2, backoff=0.01)], "m", chat=True) as lm:
        yield lm


def failure(lm, n=1):
    with pytest.raises(ModelError) as caught:
        lm.generate(PROMPT, n, SETTINGS)
    line = str(caught.value)
    assert "\n" not in line
    assert line.isprintable()
    assert KEY not in line
    assert not isinstance(caught.value, endpoint.Transient)
    return line


def test_a_streamed_answer(server, lm):
    server.answers = [GOOD]
    completion = lm.generate(PROMPT, 1, SETTINGS)[0]
    assert (completion.text, completion.finish, completion.prompt_tokens, completion.tokens) == (
        "1 + 2\n",
        "stop",
        3,
        2,
    )


def test_an_answer_that_is_not_streamed_though_asked_for(server, lm):
    body = {"choices": [{"index": 0, "message": {"content": "1"}, "finish_reason": "length"}], "usage": USAGE["usage"]}
    server.answers = [answer(200, body)]
    completion = lm.generate(PROMPT, 1, SETTINGS)[0]
    assert (completion.text, completion.finish, completion.tokens) == ("1", "length", 2)


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r", "\n"])
def test_only_line_ends_end_a_line_of_a_stream(server, lm, end):
    text = "a = '\u2028\u2029\x85\x0b\x0c\x1c\u00e9'"

    def play(handler):
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.end_headers()
        said = (
            json.dumps(chunk(text[:5]), ensure_ascii=False),
            json.dumps(chunk(text[5:], "stop"), ensure_ascii=False),
        )
        sent = "".join(f": beat{end}data: {each}{end}" for each in said).encode()
        for place in range(len(sent)):  # a byte at a time, also within a character and between \r and \n
            handler.wfile.write(sent[place : place + 1])

    server.answers = [play]
    assert lm.generate(PROMPT, 1, SETTINGS)[0].text == text


@pytest.mark.parametrize(("said", "finish"), [("length", "length"), ("content_filter", "filter"), ("stop", "stop")])
def test_an_answer_that_is_not_complete_says_so(server, lm, said, finish):
    server.answers = [stream(chunk("1 +"), chunk("", said), USAGE)]
    assert lm.generate(PROMPT, 1, SETTINGS)[0].finish == finish


def test_what_is_asked_for(server, lm):
    server.answers = [GOOD]
    prompt = Prompt("flat", messages=(Message("system", "s"), Message("user", "u")))
    lm.generate(prompt, 1, SamplingSettings(stop=tuple("abcdef"), seed=3))
    path, body, headers = server.requests[0]
    assert path == "/v1/chat/completions"
    assert body["messages"] == [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]
    assert len(body["stop"]) == 4
    assert "top_k" not in body
    assert headers["Authorization"] == f"Bearer {KEY}"


def test_completions_and_a_server_that_knows_top_k(server, monkeypatch):
    server.models = answer_models([{"id": "other"}, {"id": "m", "owned_by": "vllm", "max_model_len": 4096}])
    server.answers = [GOOD]
    monkeypatch.setenv("OPENAI_BASE_URL", server.url + "/")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with load("openai:m?completions") as lm:
        assert lm.context_length == 4096
        lm.generate(PROMPT, 1, SamplingSettings(top_k=0))
    path, body, headers = server.requests[0]
    assert (path, body["prompt"], body["top_k"]) == ("/v1/completions", "x = ", -1)
    assert "Authorization" not in headers


@pytest.mark.parametrize(
    "models",
    [
        answer(404, {"error": "no such page"}),
        answer_models(None),
        answer_models([1, "m", {"id": "m", "meta": 7, "max_model_len": "many"}]),
        answer(200, {}),
    ],
)
def test_a_server_that_says_nothing_of_its_models(server, models):
    server.models = models
    assert openai.OpenAILM([Endpoint(server.url)], "m", chat=True).context_length == openai.DEFAULT_CONTEXT


def test_n_samples_are_n_requests_with_n_seeds_in_bounded_flight(server, lm):
    play, two = stream(chunk("a"), chunk("b", "stop"), USAGE), threading.Barrier(2, timeout=100)

    def together(handler):
        two.wait()
        play(handler)

    server.answers = [together, together, play]
    completions = lm.generate(PROMPT, 20, SETTINGS)
    assert sorted(body["seed"] for _, body, _ in server.requests) == [c.seed for c in completions]
    assert 2 <= server.most <= openai.IN_FLIGHT


def test_stop_when_closes_the_stream(server, lm):
    hung_up = threading.Event()

    def play(handler):
        stream(*[chunk("a\n")] * 3, done=False)(handler)
        if until_closed(handler):
            hung_up.set()

    server.answers = [play]
    completion = lm.generate(PROMPT, 1, SamplingSettings(stop_when=lambda text: text.count("\n") == 3))[0]
    assert (completion.text, completion.finish, completion.tokens) == ("a\n" * 3, "cut", None)
    assert hung_up.wait(100)


def test_a_stop_string_that_spans_events_and_is_not_among_those_sent(server, lm):
    server.answers = [stream(chunk("one EN"), chunk("D two"), chunk("", "stop"))]
    completion = lm.generate(PROMPT, 1, SamplingSettings(stop=("a1", "a2", "a3", "a4", "END")))[0]
    assert (completion.text, completion.finish) == ("one ", "stop")


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_passes_is_tried_again(server, lm, status):
    server.answers = [answer(status, {"error": {"message": "busy"}}), answer(status, "<html>"), GOOD]
    assert lm.generate(PROMPT, 1, SETTINGS)[0].text == "1 + 2\n"
    assert len(server.requests) == 3


def test_retry_after_is_honoured(server, lm, monkeypatch):
    server.answers = [answer(429, {}, retry_after="0.3"), GOOD]
    waits = []
    monkeypatch.setattr(many.time, "sleep", waits.append)
    lm.generate(PROMPT, 1, SETTINGS)
    assert 0.2 < max(waits) <= 0.3  # the small server sleeps too, for no time


@pytest.mark.parametrize("when", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_long_retry_after_is_not_waited_for(server, lm, when):
    server.answers = [answer(429, {"error": "quota"}, retry_after=when)]
    assert "overloaded" in failure(lm)
    assert len(server.requests) == 1


def test_a_retry_after_that_makes_no_sense(server, lm):
    server.answers = [answer(429, {}, retry_after="soon"), GOOD]
    assert lm.generate(PROMPT, 1, SETTINGS)


def test_500_for_ever(server, lm):
    server.answers = [answer(500, {"error": {"message": "out of\nmemory"}})]
    assert "HTTP 500: out of memory" in failure(lm)
    assert len(server.requests) == many.TRIES


def test_the_others_are_given_up_when_one_fails(server, lm):
    server.answers = [answer(400, {"error": {"message": "bad"}})]
    assert "bad" in failure(lm, n=50)
    assert len(server.requests) < 50


def test_401_names_the_variable_and_not_the_key(server, lm):
    server.answers = [answer(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}})]
    line = failure(lm)
    assert "OPENAI_API_KEY" in line
    assert "***" in line


def test_a_model_that_is_not_there(server, lm):
    server.answers = [answer(404, {"error": {"message": "The model `m` does not exist"}})]
    assert "The model `m` does not exist" in failure(lm)


@pytest.mark.parametrize("kind", ["text/html", "application/json", ""])
def test_a_web_page(server, lm, kind):
    server.answers = [answer(200, "<!DOCTYPE html><title>Welcome</title>", kind)]
    assert "web page" in failure(lm)


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"choices": 5}', b'{"choices": [5]}', b'{"choices": [{"index": 9}]}',
     b'{"choices": [{"index": 0, "message": {"content": 5}}]}', b"\x1b[31mred", b"[" * 100_000],
)  # fmt: skip
def test_what_is_not_this_api(server, lm, body):
    server.answers = [answer(200, body)]
    failure(lm)


def test_an_error_in_the_stream(server, lm):
    server.answers = [stream(chunk("a"), {"error": {"message": "context exceeded: 9000 tokens"}})]
    assert "9000 tokens" in failure(lm)


def test_a_cut_stream_is_tried_again_and_then_one_line(server, lm):
    server.answers = [stream(chunk("a"), done=False), GOOD]
    assert lm.generate(PROMPT, 1, SETTINGS)[0].text == "1 + 2\n"
    server.answers = [stream(chunk("a"), done=False)]
    assert "middle of an answer" in failure(lm)


def test_a_stream_that_only_lacks_its_end_mark(server, lm):
    server.answers = [stream(chunk("a"), chunk("b", "stop"), done=False)]
    assert lm.generate(PROMPT, 1, SETTINGS)[0].text == "ab"
    assert len(server.requests) == 1


def test_a_server_that_hangs(server, lm):
    server.answers = [until_closed]
    assert "silent for 0.5 s" in failure(lm)


def test_a_server_that_never_ends(server, lm):
    server.answers = [stream(*[chunk("a")] * 10_000, pause=0.1)]
    assert "more than 2 s" in failure(lm)


@pytest.fixture
def second():
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def two(first, second, **limits):
    endpoints = [Endpoint(each.url, KEY, backoff=0.01, **{"silence": 2, **limits}) for each in (first, second)]
    return openai.OpenAILM(endpoints, "m", chat=True, in_flight=4)


def test_two_servers_share_the_work(server, second):
    server.answers = second.answers = [stream(chunk("1", "stop"), pause=0.05)]
    with two(server, second) as lm:
        assert len(lm.generate(PROMPT, 8, SETTINGS)) == 8
    assert len(server.requests) + len(second.requests) == 8
    assert server.requests
    assert second.requests


def test_the_work_of_a_server_that_is_killed_goes_to_the_other(server, second):
    server.answers = [GOOD, GOOD, dying(server)]
    second.answers = [GOOD]
    with two(server, second) as lm:
        completions = lm.generate(PROMPT, 12, SETTINGS)
        assert [each.seed for each in completions] == list(range(12))
        assert {each.text for each in completions} == {"1 + 2\n"}
    assert len(second.requests) >= 9


def test_all_servers_lost_is_a_failure(server, second):
    server.answers, second.answers = [dying(server)], [dying(second)]
    with two(server, second) as lm:
        failure(lm, 3)


def test_a_server_that_is_not_there_at_first_may_come_later(server):
    absent = Endpoint("http://127.0.0.1:9/v1", KEY, backoff=0.001)
    server.models = answer_models([{"id": "m", "owned_by": "vllm", "max_model_len": 4096}])
    server.answers = [GOOD]
    with openai.OpenAILM([absent, Endpoint(server.url, KEY)], "m", chat=True) as lm:
        assert (lm.context_length, lm._kinds[absent]) == (4096, "vllm")
        assert [each.text for each in lm.generate(PROMPT, 3, SETTINGS)] == ["1 + 2\n"] * 3


def test_what_one_server_refuses_is_not_asked_of_the_other(server, second):
    server.answers = second.answers = [answer(400, {"error": {"message": "too long"}})]
    with two(server, second) as lm:
        assert "too long" in failure(lm)
    assert len(server.requests) + len(second.requests) == 1


def test_the_shorter_context_counts_for_both(server, second):
    server.models = answer_models([{"id": "m", "max_model_len": 4096, "owned_by": "vllm"}])
    second.models = answer_models([{"id": "m", "max_model_len": 2048, "owned_by": "vllm"}])
    with two(server, second) as lm:
        assert (lm.context_length, lm.calls_at_a_time) == (2048, 4)


def test_several_addresses_are_separated_by_commas(server, second, monkeypatch):
    server.answers = second.answers = [stream(chunk("1", "stop"), pause=0.05)]
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}, {second.url}")
    with load("openai:m") as lm:
        lm.generate(PROMPT, 6, SETTINGS)
    assert server.requests
    assert second.requests
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url},")
    with pytest.raises(UsageError, match="http://HOST/v1"):
        load("openai:m")


def test_a_redirect(server, lm):
    server.answers = [answer(301, "", location="https://elsewhere/v1")]
    assert "https://elsewhere/v1" in failure(lm)


def test_nobody_there(monkeypatch):
    monkeypatch.setattr(many, "TRIES", 2)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(ModelError, match="cannot reach http://127"):
        load("openai:m")


@pytest.mark.parametrize("url", ["localhost:8080", "ftp://x/v1", "http://", "not an address", "http://[::1"])
def test_an_address_that_is_none(monkeypatch, url):
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(UsageError, match="http://HOST/v1"):
        load("openai:m")


def test_a_key_that_fits_into_no_header(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-schlüssel\nX: y")
    with pytest.raises(UsageError) as caught:
        load("openai:m")
    assert "sk-" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("", "http://127.0.0.1:11434/v1"),
        ("0.0.0.0", "http://127.0.0.1:11434/v1"),
        ("box:80", "http://box:80/v1"),
        ("https://box/", "https://box:11434/v1"),
    ],
)
def test_ollama_host(host, url):
    assert openai._ollama(host) == url


TOKENS = [answer(200, {"tokens": [1, 2]}), answer(200, {"tokens": [1, 3]})]  # without and with a newline


def expects(**logprobs):
    return answer(200, {"choices": [{"text": "", "logprobs": {"top_logprobs": [logprobs]}}]})


@pytest.mark.parametrize(
    ("answers", "begun"),
    [
        ([*TOKENS, expects(x=-0.1, **{"{\n": -0.2, "{": -3.0}), answer(200, {"prompt": "{"})], "\n"),
        ([*TOKENS, expects(**{"{\n": -3.0, "{": -0.2}), answer(200, {"prompt": "{"})], ""),
        ([TOKENS[0], answer(200, {"tokens": [1, 2, 3]})], ""),  # the newline is a token of its own
        ([answer(404, {"detail": "Not Found"})], ""),  # as a router in front of it may say
        ([answer(200, {"tokens": None})], ""),
        ([*TOKENS, answer(200, {"choices": []})], ""),
    ],
)
def test_vllm_is_asked_whether_a_prompt_ends_a_line(server, answers, begun):
    server.models = answer_models([{"id": "m", "owned_by": "vllm", "max_model_len": 4096}])
    said = {"choices": [{"index": 0, "text": " return 1", "finish_reason": "stop"}]}
    server.answers = [*answers, answer(200, said), answer(200, said)]
    with openai.OpenAILM([Endpoint(server.url, KEY, backoff=0.01)], "m", chat=False) as lm:
        completions = lm.generate(Prompt("int f() {"), 2, SETTINGS)
    assert [each.text for each in completions] == [f"{begun} return 1"] * 2
    asked = [(path, body) for path, body, _ in server.requests]
    assert [body["prompt"] for _, body in asked[-2:]] == [f"int f() {{{begun}"] * 2
    assert asked[0] == ("/tokenize", {"model": "m", "prompt": "int f() {"})
    if len(answers) == 4:
        assert [path for path, _ in asked[1:4]] == ["/tokenize", "/v1/completions", "/detokenize"]
        assert asked[2][1]["prompt"] == [1]


def test_a_proxy_that_fails_for_tokens_is_asked_once(server):
    server.models = answer_models([{"id": "m", "owned_by": "vllm", "max_model_len": 4096}])
    said = answer(200, {"choices": [{"index": 0, "text": " return 1", "finish_reason": "stop"}]})
    server.answers = [*[answer(502, {"detail": "Bad Gateway"})] * many.TRIES, said, said]
    with openai.OpenAILM([Endpoint(server.url, KEY, backoff=0.01)], "m", chat=False) as lm:
        for _ in range(2):
            assert lm.generate(Prompt("int f() {"), 1, SETTINGS)[0].text == " return 1"
    assert [path for path, _, _ in server.requests] == ["/tokenize"] * many.TRIES + ["/v1/completions"] * 2


def test_other_servers_are_not_asked_for_tokens(server):
    server.answers = [answer(200, {"choices": [{"index": 0, "text": "1", "finish_reason": "stop"}]})]
    with openai.OpenAILM([Endpoint(server.url, KEY)], "m", chat=False) as lm:
        lm.generate(Prompt("int f() {"), 1, SETTINGS)
    assert [path for path, _, _ in server.requests] == ["/v1/completions"]
