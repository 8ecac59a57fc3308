"""The MCP server, asked by the protocol's own client: its tools, their errors, time, and paths that lead outside."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import missing
from seccoder.pipeline import SecCoder
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
BROKEN = "def run(name:\n"
DEMONSTRATION = Demonstration(
    language="python",
    cwes=("CWE-78",),
    task="show the size of a folder",
    code='import subprocess\n\n\ndef size(name):\n    subprocess.run(["du", "-sh", "--", name], check=True)\n',
    vulnerable=UNSAFE,
    proof=Proof(ProofLevel.EXECUTED, "def test_security_exploit(): ..."),
    origin=Provenance("test"),
)


@pytest.fixture
def mcp():
    try:
        import mcp
    except ImportError:
        missing("the extra mcp")
    return mcp


@pytest.fixture
def ask(mcp, tmp_path):
    """Call a tool over the in-memory transport; gives its JSON, or the text of its error."""
    from seccoder.codebase.store import Store
    from seccoder.serving.mcp import build

    with Store.open(tmp_path / "base.sqlite") as store:
        store.add([DEMONSTRATION])
    root = tmp_path / "project"
    root.mkdir()

    async def talk(tool, arguments):
        with SecCoder(codebase=str(tmp_path / "base.sqlite"), retriever="bm25") as seccoder:
            async with mcp.Client(build(seccoder, root)) as client:
                return await client.call_tool(tool, arguments)

    def call(tool, **arguments):
        result = asyncio.run(talk(tool, arguments))
        return result.content[0].text if result.is_error else json.loads(result.content[0].text)

    call.root = root
    return call


def test_an_example_comes_without_its_vulnerable_twin_and_exploit(ask):
    (hit,) = ask("retrieve_secure_code", task="print how large a folder is", language="")["hits"]
    assert [hit] == ask("retrieve_secure_code", task="print how large a folder is", language="py")["hits"]
    assert hit["id"] == DEMONSTRATION.id
    assert hit["code"] == DEMONSTRATION.code
    assert hit["proof"] == {"level": "executed"}
    assert "shell=True" not in json.dumps(hit)


def test_code_is_checked_as_by_the_command_line(ask):
    (result,) = ask("check_code", code=UNSAFE, language="python", cwe="78")["files"]
    assert result["verdict"] == "VULNERABLE"
    assert "CWE-78" in result["cwes"]


def test_a_source_that_is_json_is_checked_as_it_stands(ask):
    (result,) = ask("check_code", code='{"a": 1}\n', language="python", cwe="")["files"]
    assert result["verdict"] == "UNKNOWN"


def test_paths_are_checked_below_the_folder_only(ask):
    (ask.root / "inner").mkdir()
    (ask.root / "inner" / "app.py").write_text(UNSAFE)
    (result,) = ask("check_code", paths=["inner"])["files"]
    assert (result["path"], result["verdict"]) == (os.path.join("inner", "app.py"), "VULNERABLE")


def test_what_leads_outside_is_refused(ask, tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("PASSWORD = 'x'\n")
    sibling = tmp_path / "project-evil"
    sibling.mkdir()
    (sibling / "a.py").write_text("A = 1\n")
    (ask.root / "link.py").symlink_to(secret)
    (ask.root / "folder").symlink_to(tmp_path)
    for path in [
        "../secret.py",
        str(secret),
        "link.py",
        "folder/secret.py",
        "../project-evil/a.py",
        "/etc/passwd",
        "a\0b",
    ]:
        told = ask("check_code", paths=[path])
        assert "outside of the working directory" in told or "is not a path" in told, path
    # A folder's links are not followed either.
    assert ask("check_code", paths=["."])["files"] == []


def test_the_best_of_several_candidates(ask):
    answer = ask("pick_secure_code", candidates=[UNSAFE, BROKEN, DEMONSTRATION.code], language="python", cwe="CWE-78")
    assert answer["index"] == 2
    assert answer["verdicts"][:2] == ["VULNERABLE", "INVALID"]
    assert answer["verdict"] in {"SECURE", "UNKNOWN"} and "reason" in answer  # never without saying so


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("retrieve_secure_code", {}, "nothing to look for"),
        ("retrieve_secure_code", {"task": "x", "language": "cobol"}, "cobol"),
        ("check_code", {}, "either code or paths"),
        ("check_code", {"code": "x = 1"}, "which language"),
        ("check_code", {"paths": ["nothing.py"]}, "no file or folder"),
        ("check_code", {"code": "x = 1", "language": "python", "cwe": "nonsense"}, "nonsense"),
        ("pick_secure_code", {"candidates": [], "language": "python"}, "1 to 25"),
        ("check_code", {"paths": ["a" * 10_000]}, "too long"),
        ("retrieve_secure_code", {"task": "x", "k": 1000}, "k: 1000"),
        ("retrieve_secure_code", {"query": "x"}, "unknown argument 'query'; known: task, language, code, k"),
        ("retrieve_secure_code", {"task": ["x"]}, "task: "),
        ("check_code", {"code": "", "language": "python"}, "either code or paths"),
        ("pick_secure_code", {"candidates": ["x = 1"], "language": None}, "language is missing"),
        ("make_coffee", {}, "there is no tool 'make_coffee'"),
    ],
)
def test_bad_arguments_get_one_line(ask, tool, arguments, told):
    text = ask(tool, **arguments)
    assert isinstance(text, str)
    assert told in text
    assert "\n" not in text


def test_too_many_files_at_once(ask, monkeypatch):
    monkeypatch.setattr("seccoder.serving.mcp.MAX_FILES", 2)
    for name in "abc":
        (ask.root / f"{name}.py").write_text("x = 1\n")
    assert "at most 2" in ask("check_code", paths=["."])


def test_nothing_fits_is_an_answer(ask):
    answer = ask("retrieve_secure_code", task="zebra xylophone", language="python", code=None)
    assert answer["hits"] == []
    assert answer["reason"].startswith("nothing fits: the best example scores 0.00")
    assert ask("retrieve_secure_code", task="print how large a folder is", language="go")["reason"] == (
        "nothing fits: none in this language"
    )


def test_what_an_agent_pays_for_at_the_start(mcp, tmp_path):
    from seccoder.serving.mcp import build

    async def talk():
        with SecCoder() as seccoder:
            async with mcp.Client(build(seccoder, tmp_path)) as client:
                result = await client.call_tool("retrieve_secure_code", {"task": "read a file that a user names"})
                return client.server_capabilities, (await client.list_tools()).tools, result

    capabilities, tools, result = asyncio.run(talk())
    assert (capabilities.prompts, capabilities.resources) == (None, None)
    listed = json.dumps([tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools])
    assert len(re.findall(r"\w+|[^\w\s]+", listed)) <= 600  # at most one token each, in any tokenizer for code
    assert not any(re.search(r"\s{2}", tool.description) for tool in tools)
    assert result.structured_content is None


def test_what_was_not_tried_says_so(ask, monkeypatch):
    (ask.root / "a.py").write_text(UNSAFE)
    monkeypatch.setattr("seccoder.serving.mcp.SECONDS", 0)
    (result,) = ask("check_code", paths=["a.py"])["files"]
    assert (result["path"], result["verdict"], result["reason"]) == ("a.py", "UNKNOWN", "not tried: time")
    assert ask("pick_secure_code", candidates=[UNSAFE], language="python")["reason"] == "not tried: time"


def test_progress_is_told_for_each_file(mcp, tmp_path):
    from seccoder.serving.mcp import build

    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(BROKEN)
    told = []

    async def on_progress(done, total, message):
        told.append((done, total, message))

    async def talk():
        with SecCoder() as seccoder:
            async with mcp.Client(build(seccoder, tmp_path)) as client:
                await client.call_tool("check_code", {"paths": ["."]}, progress_callback=on_progress)

    asyncio.run(talk())
    assert told == [(1, 2, "1 of 2 checked"), (2, 2, "2 of 2 checked")]


def descendants(pid):
    """All processes below one, with their command lines."""
    found = {}
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            try:
                found[int(child)] = Path(f"/proc/{child}/cmdline").read_bytes().decode(errors="replace")
                found |= descendants(int(child))
            except OSError:
                continue  # it ended meanwhile
    return found


def test_a_cancelled_check_ends_the_processes_of_its_box(mcp, tmp_path, boxed):
    from seccoder.sandbox.processes import until_gone
    from seccoder.serving.mcp import build

    endless = "import subprocess\n\n\ndef run(name):\n    while True:\n        subprocess.run(name, shell=True)\n"
    in_box = {}

    async def talk():
        with SecCoder() as seccoder:
            async with mcp.Client(build(seccoder, tmp_path)) as client:
                call = asyncio.create_task(client.call_tool("check_code", {"code": endless, "language": "python"}))
                while not any("bwrap" in command for command in in_box.values()):
                    assert not call.done()
                    await asyncio.sleep(0.01)
                    in_box.update(descendants(os.getpid()))
                call.cancel()
                await asyncio.wait([call])
                for pid in in_box:
                    await asyncio.to_thread(until_gone, pid, 20)
                    assert not (Path(f"/proc/{pid}/stat").exists() and running(pid)), in_box[pid]

    def running(pid):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"

    asyncio.run(talk())


def test_over_a_real_pipe(mcp, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('a module of the project was imported')\n")

    async def talk():
        command = [sys.executable, "-P", "-m", "seccoder", "mcp"]  # as the installed command does, without the folder
        server = mcp.StdioServerParameters(command=command[0], args=command[1:], cwd=tmp_path, env=dict(os.environ))
        async with mcp.Client(server) as client:
            tools = await client.list_tools()
            result = await client.call_tool("check_code", {"code": BROKEN, "language": "python"})
            return [tool.name for tool in tools.tools], json.loads(result.content[0].text)

    names, answer = asyncio.run(talk())
    assert names == ["retrieve_secure_code", "check_code", "pick_secure_code"]
    assert answer["files"][0]["verdict"] == "INVALID"


def test_over_http(mcp, tmp_path):
    """Several clients at once; what a web page sends is refused."""
    import httpx2

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "seccoder", "mcp", "--http", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr.readline() == f"listening at http://127.0.0.1:{port}/mcp (Ctrl-C stops)\n"

            async def talk():
                async with mcp.Client(f"http://127.0.0.1:{port}/mcp") as client:
                    result = await client.call_tool("retrieve_secure_code", {"task": "read a file a user names"})
                    return len(json.loads(result.content[0].text)["hits"])

            async def both():
                return await asyncio.gather(talk(), talk())

            assert asyncio.run(both()) == [1, 1]
            page = {"Origin": "https://evil.example", "Accept": "application/json, text/event-stream"}
            asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
            assert httpx2.post(f"http://127.0.0.1:{port}/mcp", json=asked, headers=page).status_code == 403
        finally:
            server.terminate()


def test_without_the_extra_the_command_says_what_installs_it(monkeypatch, capsys):
    from seccoder.cli import run

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert run(["mcp"]) == 3
    assert "pip install 'seccoder[mcp]'" in capsys.readouterr().err


def test_the_retriever_is_made_once_for_all_calls(mcp, tmp_path, monkeypatch):
    from seccoder import retrievers
    from seccoder.codebase.store import Store
    from seccoder.serving.mcp import build

    with Store.open(tmp_path / "base.sqlite") as store:
        store.add([DEMONSTRATION])
    made = []
    load = retrievers.load
    monkeypatch.setattr(retrievers, "load", lambda name, *args, **more: made.append(name) or load(name, *args, **more))

    async def talk():
        with SecCoder(codebase=str(tmp_path / "base.sqlite"), retriever="bm25") as seccoder:
            async with mcp.Client(build(seccoder, tmp_path)) as client:
                asked = {"task": "show the size of a folder", "language": "python"}
                return [await client.call_tool("retrieve_secure_code", asked) for _ in range(3)]

    answers = asyncio.run(talk())
    assert made == ["bm25"] and not any(answer.is_error for answer in answers)
