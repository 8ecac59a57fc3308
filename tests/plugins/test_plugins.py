"""The plugins for `llm`, LiteLLM and LangChain, with the real packages where they are installed; no model is asked."""

import asyncio
import importlib

import pytest
from click.testing import CliRunner

from conftest import REPOSITORY
from seccoder.errors import SecCoderError, UsageError
from seccoder.pipeline import SecCoder
from seccoder.plugins.messages import with_example
from servers import Server, answer

ASKED = "Write a Python function that unpacks an uploaded tar archive into a folder."


@pytest.fixture(scope="module")
def flow():
    with SecCoder(codebase="bundled") as seccoder:
        yield seccoder


def test_the_last_message_of_the_user_gets_the_example(flow):
    system, user = {"role": "system", "content": "x"}, {"role": "user", "content": ASKED}
    done = with_example([system, user], flow)
    assert done[0] is system and done[1]["content"].endswith(ASKED)
    assert "tarfile" in done[1]["content"]
    assert with_example([{"role": "user", "content": "zebra xylophone"}], flow)[0]["content"] == "zebra xylophone"
    with pytest.raises(UsageError, match="cobol"):
        with_example([user], flow, "cobol")


def test_each_plugin_is_short():
    for name in ("llm", "litellm", "langchain", "messages"):
        assert len((REPOSITORY / "src" / "seccoder" / "plugins" / f"{name}.py").read_text().splitlines()) < 100


@pytest.mark.filterwarnings("default")  # of theirs, when they are imported
def test_llm(monkeypatch, capsys, tmp_path):
    llm = pytest.importorskip("llm")
    from seccoder.plugins.llm import fragment, template

    assert llm.get_fragment_loaders()["seccoder"].__module__ == "seccoder.plugins.llm"  # by its entry point
    example = fragment("py:unpack an uploaded tar archive into a folder")
    assert "tarfile" in example and example.source.startswith("seccoder:python:")
    assert fragment("python:zebra xylophone") == ""
    assert "seccoder: " in capsys.readouterr().err
    assert "Write go." in template("golang").evaluate("x")[1]
    for wrong, told in (("cobol:x", "unknown language"), ("python", "TASK")):
        with pytest.raises(ValueError, match=told):
            fragment(wrong)
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path))
    asked = ["-m", "gpt-4o-mini", "--key", "x", "-t", "seccoder:python", "-f", "seccoder:cobol:x", "y"]
    done = CliRunner().invoke(importlib.import_module("llm.cli").cli, asked)  # it stops before it asks a model
    assert done.exit_code == 1 and "unknown language 'cobol'" in done.output and "Traceback" not in done.output


@pytest.mark.filterwarnings("default")
def test_litellm(flow, caplog, monkeypatch):
    monkeypatch.setenv("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # it would ask the network for prices
    litellm = pytest.importorskip("litellm")
    from seccoder.plugins.litellm import SecureExamples

    server = Server()
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "done"}}
    server.answers = [answer(200, {"id": "1", "object": "chat.completion", "model": "m", "choices": [choice]})]
    asked = {"model": "openai/m", "api_base": server.url, "api_key": "x", "prompt_id": "seccoder"}
    user = [{"role": "user", "content": ASKED}]
    litellm.callbacks = [SecureExamples(flow)]
    try:
        assert litellm.completion(messages=user, **asked).choices[0].message.content == "done"
        asyncio.run(litellm.acompletion(messages=user, **asked))
    finally:
        litellm.callbacks = []
        server.http.shutdown()
    seen = [body["messages"] for _, body, _ in server.requests]
    assert len(seen) == 2 and all("tarfile" in each[0]["content"] for each in seen)
    assert user[0]["content"] == ASKED  # the caller's list stays
    assert set(server.requests[0][1]) == {"model", "messages"}  # nothing of ours goes on
    data = asyncio.run(SecureExamples(flow).async_pre_call_hook(None, None, {"messages": user, "n": 1}, "completion"))
    assert data["n"] == 1 and "tarfile" in data["messages"][0]["content"]
    assert SecureExamples(flow, "cobol").get_chat_completion_prompt("m", user, {})[1] == user
    assert "cobol" in caplog.text


@pytest.mark.filterwarnings("default")
def test_langchain(flow):
    pytest.importorskip("langchain_core")
    from langchain_core.language_models import FakeListChatModel
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
    from langchain_core.prompts import ChatPromptTemplate

    from seccoder.plugins.langchain import SecureExamples

    examples = SecureExamples(flow)
    (message,) = examples.invoke(ASKED)
    assert isinstance(message, HumanMessage) and "tarfile" in message.content and message.content.endswith(ASKED)
    history = [SystemMessage("be brief"), HumanMessage("hello"), AIMessage("hi"), HumanMessage(ASKED, id="7")]
    done = examples.invoke(history)
    assert done[:3] == history[:3] and done[3].id == "7" and "tarfile" in done[3].content
    assert history[3].content == ASKED
    chain = (
        ChatPromptTemplate([("system", "x"), ("user", "{asked}")]) | examples | FakeListChatModel(responses=["done"])
    )
    assert chain.invoke({"asked": ASKED}).content == "done"
    assert asyncio.run(chain.ainvoke({"asked": ASKED})).content == "done"
    with pytest.raises(SecCoderError):
        SecureExamples(flow, "cobol").invoke(ASKED)
