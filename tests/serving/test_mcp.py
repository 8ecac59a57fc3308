"""The MCP server, asked by the protocol's own client: its tools, their errors, and paths that lead outside."""

import asyncio
import json
import os
import sys

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
    (hit,) = ask("retrieve_secure_code", task="print how large a folder is", language="py")["hits"]
    assert hit["id"] == DEMONSTRATION.id
    assert hit["code"] == DEMONSTRATION.code
    assert hit["proof"] == {"level": "executed"}
    assert "shell=True" not in json.dumps(hit)


def test_code_is_checked_as_by_the_command_line(ask):
    (result,) = ask("check_code", code=UNSAFE, language="python", cwe="78")["files"]
    assert result["verdict"] == "VULNERABLE"
    assert "CWE-78" in result["cwes"]


@pytest.mark.parametrize("code", ["[1, 2, 3]\n", "null", '{"a": 1}\n'])
def test_a_source_that_is_json_is_checked_as_it_stands(ask, code):
    (result,) = ask("check_code", code=code, language="python", cwe="CWE-78")["files"]
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
    only = ask("pick_secure_code", candidates=[UNSAFE], language="python", cwe="CWE-78")
    assert only["verdict"] == "VULNERABLE"  # never without saying so


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
        ("retrieve_secure_code", {"task": "x", "k": 1000}, "k"),
        (
            "check_code",
            {"code": "x = 1", "language": "python", "cwes": "CWE-78"},
            "cwes\n  Extra inputs",
        ),
        ("pick_secure_code", {"candidates": ["x"], "language": "python", "CWE": "78"}, "CWE\n  Extra inputs"),
    ],
)
def test_bad_arguments_get_one_line(ask, tool, arguments, told):
    text = ask(tool, **arguments)
    assert isinstance(text, str)
    assert told in text
    assert "Traceback" not in text


def test_too_many_files_at_once(ask, monkeypatch):
    monkeypatch.setattr("seccoder.serving.mcp.MAX_FILES", 2)
    for name in "abc":
        (ask.root / f"{name}.py").write_text("x = 1\n")
    assert "at most 2" in ask("check_code", paths=["."])


def test_over_a_real_pipe(mcp, tmp_path):
    async def talk():
        server = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "seccoder", "mcp"], cwd=tmp_path, env=dict(os.environ)
        )
        async with mcp.Client(server) as client:
            tools = await client.list_tools()
            result = await client.call_tool("check_code", {"code": BROKEN, "language": "python"})
            return [tool.name for tool in tools.tools], json.loads(result.content[0].text)

    names, answer = asyncio.run(talk())
    assert names == ["retrieve_secure_code", "check_code", "pick_secure_code"]
    assert answer["files"][0]["verdict"] == "INVALID"


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
