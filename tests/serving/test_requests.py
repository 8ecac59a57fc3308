"""Which requests get an example, and which: two sets of requests in the shapes that programs send, and their turns."""

import copy
import json
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from seccoder.code.recognise import in_words
from seccoder.pipeline import SecCoder
from seccoder.serving import dialects
from seccoder.serving.additions import Additions
from seccoder.serving.conversation import understand
from seccoder.serving.decide import settled
from seccoder.serving.dialects import marks
from seccoder.serving.journal import Journal

HERE = Path(__file__).parent
REQUESTS = [
    each for half in ("first", "second") for each in yaml.safe_load((HERE / f"requests_{half}.yaml").read_text("utf-8"))
]


@pytest.fixture(scope="module")
def add():
    """Adds to the body of a request with the bundled demonstrations; gives the new body, the headers and the entry."""
    with SecCoder() as seccoder:
        made = {}

        def call(path, body, switch="", **options):
            key = tuple(options.items())
            made.setdefault(key, Additions(seccoder, **options))
            entry = Journal().open("POST", path)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent, headers = made[key].add(entry, switch, content)
            return sent, headers, entry

        yield call


def test_who_asks_for_code_gets_an_example_of_the_right_kind_and_nobody_else(add):
    wrong, missed, language, weakness, asked = [], [], [], [], 0
    for request in REQUESTS:
        content = json.dumps(request["body"]).encode()
        sent, headers, entry = add(request["path"], content)
        if request["wants"] == "none":
            if entry.hits:
                wrong.append(request["name"])
            else:
                assert sent == content and headers == {"x-seccoder-none": entry.why_none} and entry.why_none
            continue
        if not entry.hits:
            missed.append(request["name"])
            continue
        if {entry.language, *(hit.demonstration.language for hit in entry.hits)} != {request["wants"]}:
            language.append(request["name"])
        if request["cwes"]:
            asked += 1
            if not set(request["cwes"]) & set(entry.hits[-1].demonstration.cwes):
                weakness.append(request["name"])
        assert 0 < entry.tokens <= 600 and json.loads(sent).keys() == request["body"].keys()
    code = sum(request["wants"] != "none" for request in REQUESTS)
    assert len(REQUESTS) >= 60 and code >= 30 and len(REQUESTS) - code >= 30 and asked >= 25
    assert len(wrong) <= (len(REQUESTS) - code) // 30, wrong
    assert len(missed) <= code // 10, missed
    assert language == []
    assert len(weakness) <= asked // 5, weakness


def test_an_example_stays_where_it_is_as_the_conversation_grows(add):
    """Whatever a later request repeats of an earlier one is sent on in the same bytes."""
    tools = [{"name": "Edit", "input_schema": {}}]
    marked = {"type": "text", "text": "Add a download of reports to views.py: the file's name is in the address"}
    marked["cache_control"] = {"type": "ephemeral"}
    messages = [
        {
            "role": "user",
            "content": [{"type": "text", "text": "<system-reminder>\nBe brief.\n</system-reminder>"}, marked],
        },
        {
            "role": "assistant",
            "content": [{"type": "tool_use", "id": "a", "name": "Read", "input": {"file_path": "views.py"}}],
        },
        {
            "role": "user",
            "content": [
                {"type": "tool_result", "tool_use_id": "a", "content": "import flask\n\napp = flask.Flask(__name__)\n"}
            ],
        },
        {"role": "assistant", "content": [{"type": "text", "text": "Done."}]},
        {"role": "user", "content": "make it async please"},
        {"role": "assistant", "content": "Done."},
        {"role": "user", "content": "Now store the password of a new member in the members table of the database."},
        {"role": "assistant", "content": "Done."},
        {"role": "user", "content": "Thanks!"},
    ]
    rounds = []
    for end in (1, 3, 5, 7, 9):
        body = {"model": "m", "max_tokens": 9999, "tools": tools, "messages": messages[:end]}
        sent, _, entry = add("/v1/messages", body)
        rounds.append((json.loads(sent)["messages"], [hit.demonstration.id for hit in entry.hits]))
    for (before, had), (after, has) in pairwise(rounds):
        assert after[: len(before)] == before and has[: len(had)] == had
    assert [len(ids) for _, ids in rounds] == [1, 1, 1, 2, 2]
    first = rounds[0][0][0]["content"]
    assert [first[0], first[2]] == messages[0]["content"] and "secure code" in first[1]["text"]
    assert rounds[1][0][2] == messages[2]


def test_the_budget_holds_for_the_whole_conversation(add):
    ask = {"role": "user", "content": "Write a Python function that unpacks an uploaded zip file into a folder."}
    body = {"messages": [ask]}
    for budget in (150, 250, 400):
        sent, _, entry = add("/v1/chat/completions", body, budget=budget)
        assert 0 <= entry.tokens <= budget and len(sent) <= len(json.dumps(body)) + 5 * budget
    _, headers, entry = add("/v1/chat/completions", body, budget=100)
    assert not entry.hits and "100 tokens" in headers["x-seccoder-none"]


def test_an_example_does_not_change_while_one_types(add):
    before = "import os\nimport subprocess\n\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n"
    typed = '@app.route("/size")\ndef size():\n    folder = request.args["folder"]\n'
    typed += '    out = subprocess.run(["du", "-s", folder])\n    return out\n'
    shown = []
    for count in range(0, len(typed) + 1):
        prompt = f"<fim_prefix>{before}{typed[:count]}<fim_suffix>\n<fim_middle>"
        _, _, entry = add("/v1/completions", {"prompt": prompt})
        shown.append(entry.hits[0].demonstration.id if entry.hits else "")
    assert len(shown) > 100 and all(shown)
    assert sum(one != other for one, other in pairwise(shown)) <= 2


def test_what_stands_still_of_unfinished_code():
    code = "int a;\n\nint f(int x)\n{\n    int y = 1;\n"
    assert settled(code + "    y++") == settled(code) == "int a;\n\nint f(int x)"
    assert settled("def f(x):") == "def f(x):"


PREFIX, SUFFIX = "import sqlite3\n\n\ndef orders(db, name):\n    ", "\n\nprint(1)"


@pytest.mark.parametrize(
    "template",
    [
        "<|fim_prefix|>{0}<|fim_suffix|>{1}<|fim_middle|>",
        "<|repo_name|>s\n<|file_sep|>a.py\nx\n<|file_sep|>b.py\n<|fim_prefix|>{0}<|fim_suffix|>{1}<|fim_middle|>",
        "<fim_prefix>{0}<fim_suffix>{1}<fim_middle>",
        "<fim_prefix><fim_suffix>{1}<fim_middle>{0}",
        "<fim_prefix><filename>orders.py\n{0}<fim_suffix>{1}<fim_middle>",
        "<fim-prefix>{0}<fim-suffix>{1}<fim-middle>",
        "<PRE> {0} <SUF>{1} <MID>",
        "<｜fim▁begin｜>{0}<｜fim▁hole｜>{1}<｜fim▁end｜>",
        "<|fim▁begin|>{0}<|fim▁hole|>{1}<|fim▁end|>",
        "[SUFFIX]{1}[PREFIX]{0}",
        "[SUFFIX]{1}[PREFIX]+++++ orders.py\n{0}",
        "<|code_prefix|>{0}<|code_suffix|>{1}<|code_middle|>",
        "<|user|>\n###PATH: a.py\n###LANGUAGE: Python\n<|code_suffix|>{1}<|code_prefix|>{0}<|code_middle|>",
        "<[fim-suffix]>{1}<[fim-prefix]>{0}<[fim-middle]>",
        "{0}",
    ],
)
def test_an_example_stands_behind_the_marks_of_every_family(add, template):
    prompt = template.format(PREFIX, SUFFIX)
    sent, _, entry = add("/v1/completions", {"prompt": prompt})
    head, _, tail = template.partition("{0}")
    assert entry.hits and entry.language == "python"
    after = json.loads(sent)["prompt"]
    assert after.startswith(head.format(PREFIX, SUFFIX)) and after.endswith(PREFIX + tail.format(PREFIX, SUFFIX))
    compile(
        after[len(head.format(PREFIX, SUFFIX)) : len(after) - len(tail.format(PREFIX, SUFFIX))] + "pass\n", "x", "exec"
    )


@pytest.mark.parametrize(
    ("path", "language"),
    [("# Path: a/b.go\n", "go"), ("// src/app.ts\n", "typescript"), ("// x.rs\n", None)],
)
def test_the_language_of_unfinished_code_is_that_of_its_file(add, path, language):
    code = f"{path}func find(name string) {{\n    // look up the users of that name in the SQL database\n    "
    _, _, entry = add("/v1/completions", {"prompt": f"<PRE> {code}<SUF>\n}} <MID>"})
    assert bool(entry.hits) == bool(language) and (entry.language or "rust") == (language or "rust")


def test_a_chat_in_a_template_of_its_own_gets_nothing(add):
    body = {
        "prompt": "<|im_start|>user\nWrite a Python function that runs a command.<|im_end|>\n<|im_start|>assistant\n"
    }
    _, headers, _ = add("/v1/completions", body, language="python")
    assert "template" in headers["x-seccoder-none"]


def test_who_decides_whether_anything_is_added(add):
    ask = "Write a Python function that unpacks an uploaded zip file into a folder."
    body = {"model": "gpt", "messages": [{"role": "user", "content": ask}]}
    content = json.dumps(body).encode()
    sent, headers, entry = add("/v1/chat/completions", content, "observe")
    assert sent == content and headers["x-seccoder-would-add"] == entry.hits[0].demonstration.id
    sent, headers, entry = add("/v1/chat/completions", content, "off")
    assert sent == content and headers == {"x-seccoder-none": "switched off"}
    named = {**body, "model": "gpt#seccoder-off"}
    sent, _, entry = add("/v1/chat/completions", named)
    assert json.loads(sent) == body and entry.mode == "off" and entry.model == "gpt"
    sent, headers, _ = add("/v1/chat/completions", content, mode="observe")
    assert sent == content and "x-seccoder-would-add" in headers
    sent, headers, _ = add("/v1/chat/completions", content, "augment", mode="observe")
    assert sent != content and "x-seccoder-demonstrations" in headers


HOSTILE = [
    {},
    {"messages": None, "input": None, "prompt": None},
    {"messages": [None, 1, "x", [], {}, {"role": 1, "content": {}}], "input": [None, 1, {}, {"type": 1}], "prompt": 7},
    {"messages": [{"role": "user", "content": [None, {"type": "text"}, {"text": 7}]}], "input": {}, "tools": 3},
    {"messages": [{"role": "assistant", "tool_calls": [{"function": 3}, 4]}, {"role": "tool", "tool_call_id": []}]},
    {
        "messages": [{"role": "user", "content": "<task>" * 4_000 + "\ud800 write a Python function"}],
        "tools": [None, {}],
    },
    {"messages": [{"role": "user", "content": "```" * 5_000 + "write a Python function"}], "max_tokens": True},
    {
        "input": [{"role": "user", "content": "diff --git a/x b/x\n" * 900}],
        "messages": [{"role": "user", "content": "\0" * 99}],
    },
    {"prompt": "<|fim_prefix|>" * 2_000, "input_prefix": "<PRE>" * 2_000, "messages": [], "input": ""},
]


@pytest.mark.parametrize("path", dialects.dialects)
def test_bodies_of_another_form_go_on_as_they_came(add, path):
    for body in copy.deepcopy(HOSTILE):
        sent, headers, entry = add(path, body)
        if not entry.hits:
            assert sent == json.dumps(body).encode() and headers["x-seccoder-none"]
    for content in (b"", b"[1]", b"\xff\x00", b"[" * 100_000, b"{" * 10):
        sent, headers, _ = add(path, content)
        assert sent == content and headers == {"x-seccoder-none": "the request is no JSON object"}


def test_what_a_program_wrapped_around_the_words_is_taken_off():
    got = understand(
        "<editor_state>\nopen: a.py\n</editor_state>\n<div>kept</div> do it\n\nsrc/b.go\n```\nx := 1\n```\n"
    )
    assert got.words == "<div>kept</div> do it\n\nsrc/b.go"
    assert [block.language for block in got.blocks] == ["go"] and got.around == ("python", "go")
    assert understand("<task>\nmake it\n</task>\n<rules>\nno\n</rules>").words == "make it"
    assert in_words(understand("```python\nx\n```\nuse it in Go").words) == ["go"]
    assert (
        understand("+++ \n```diff\n--- a/x.ts\n+++ b/x.ts\n+let y = 1;\n-let z;\n```").blocks[0].code.strip()
        == "let y = 1;"
    )


def test_marks_are_found_only_where_they_are():
    assert not marks.cursor("def f(x):\n").marked
    at = marks.cursor("<PRE> a <SUF>b <MID>")
    assert (at.start, at.end) == (6, 7)
