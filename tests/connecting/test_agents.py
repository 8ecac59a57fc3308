"""Connecting agents: what is written into their settings, that it comes back out exactly, and the hook's answers."""

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seccoder.cli import run
from seccoder.connecting import jsonc
from seccoder.connecting.agents import AGENTS, Wanted
from seccoder.connecting.changes import Entry, Item
from seccoder.errors import UsageError

URL = "http://127.0.0.1:8787/v1"
UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
# What users have in their settings, by the end of the file's name.
EXISTING = {
    ".json": [
        '{\n  // mine\n  "theme": "dark", // keep\n  "mcpServers": {\n    "other": {"a": 1}, /* and this */\n  },\n}\n',
        '{"theme":"dark"}',
        '{\r\n\t"hooks": {\r\n\t\t"PostToolUse": [\r\n\t\t\t{"a": 1} // mine\r\n\t\t]\r\n\t},\r\n\t"version": 1\r\n}',
        "",
    ],
    ".toml": ['# mine\nmodel = "gpt-5"\n\n[mcp_servers.other]\ncommand = "x" # keep\n', ""],
    ".yml": ["# mine\nmodel: sonnet # keep\nread:\n  - CONVENTIONS.md\n", ""],
    ".yaml": [""],
}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A project and a home folder."""
    for name in ("project", "home"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CODEX_HOME", "COPILOT_HOME"):
        monkeypatch.delenv(name, raising=False)
    return SimpleNamespace(project=tmp_path / "project", home=tmp_path / "home", root=tmp_path)


def files(place):
    return {path: path.read_bytes().decode() for path in place.root.rglob("*") if path.is_file()}


def read(path, text):
    if path.suffix == ".toml":
        return tomllib.loads(text)
    return yaml.safe_load(text) if path.suffix in {".yml", ".yaml"} else jsonc.read(text)


def holds(whole, part):
    """Whether everything of a value is in another one, at its place."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], value) for key, value in part.items())
    return all(each in whole for each in part) if isinstance(part, list) else whole == part


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize(("which", "url"), [(0, URL), (1, None), (2, URL), (3, URL)])
def test_what_is_written_comes_out_again_to_the_byte(place, capsys, agent, which, url):
    changes = AGENTS[agent](Wanted(("seccoder",), place.project, place.home, url))
    for path in {change.path for change in changes}:
        texts = EXISTING[path.suffix]
        if texts[which % len(texts)]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(texts[which % len(texts)].encode())
    before = files(place)
    options = ["--base-url", url] if url else []
    assert run(["connect", agent, "--print", *options]) == 0
    assert files(place) == before
    assert run(["connect", agent, *options]) == 0
    after = files(place)
    for path, text in before.items():
        assert holds(read(path, after[path]), read(path, text))
        assert all(comment in after[path] for comment in re.findall(r"(?:#|//|/\*) ?\w+ ?\w*", text))
        assert after[path].count("\r") in {0, after[path].count("\n")}
    started = json.dumps([read(path, text) for path, text in after.items()])
    assert "seccoder" in started
    assert url is None or URL.removesuffix("/v1") in started or agent in {
        "cursor", "vscode", "continue", "cline", "copilot", "gemini", "windsurf",
    }  # fmt: skip
    assert run(["connect", agent, *options]) == 0  # again changes nothing
    assert files(place) == after
    assert run(["connect", agent, "--remove"]) == 0
    assert files(place) == before
    capsys.readouterr()


def test_an_entry_of_ours_that_a_user_changed_stays_and_is_taken_out_by_its_name(place):
    path = place.project / ".mcp.json"
    path.write_text('{"mcpServers": {"seccoder": {"command": "mine"}, "a": {}}}')
    assert run(["connect", "claude-code"]) == 0
    assert '"mine"' in path.read_text()
    assert run(["connect", "claude-code", "--remove"]) == 0
    assert path.read_text() == '{"mcpServers": {"a": {}}}'


@pytest.mark.parametrize(
    ("agent", "name", "text", "told"),
    [
        ("claude-code", ".mcp.json", '{"mcpServers": ', ".mcp.json: no JSON (line 1)"),
        ("claude-code", ".mcp.json", '{"mcpServers": []}', "mcpServers is no object there"),
        ("claude-code", ".mcp.json", b"\xff\xfe", "is not UTF-8"),
        ("claude-code", ".mcp.json", "[" * 10_000, "no JSON"),
        (
            "opencode",
            "opencode.json",
            '{"provider": {"openai": {"options": {"baseURL": "mine"}}}}',
            "baseURL 'mine' is there already",
        ),
        ("aider", ".aider.conf.yml", "lint-cmd: mine\n", "lint-cmd is there already and stays"),
        ("aider", ".aider.conf.yml", "a: [\n", "cannot be read"),
    ],
)
def test_what_cannot_be_changed_is_left_alone(place, capsys, agent, name, text, told):
    content = text if isinstance(text, bytes) else text.encode()
    (place.project / name).write_bytes(content)
    assert run(["connect", agent, "--base-url", URL]) == 2
    error = capsys.readouterr().err
    assert told in error and "Traceback" not in error
    assert [path.read_bytes() for path in place.root.rglob("*") if path.is_file()] == [content]


def test_what_is_in_the_way_is_shown_to_be_added_by_hand(place, capsys):
    (place.project / ".aider.conf.yml").write_text("lint-cmd: mine\n")
    assert run(["connect", "aider", "--print"]) == 0
    printed = capsys.readouterr()
    assert "\nlint-cmd:\n  - " in printed.out and "is connected" not in printed.err


def test_a_file_of_ours_that_was_changed_stays(place, capsys):
    assert run(["connect", "continue"]) == 0
    path = place.project / ".continue" / "mcpServers" / "seccoder.yaml"
    path.write_text(path.read_text() + "# mine\n")
    assert run(["connect", "continue", "--remove"]) == 0 and path.exists()
    assert run(["connect", "continue"]) == 2
    assert "another text is there already" in capsys.readouterr().err


def test_a_base_url_is_an_address(place, capsys):
    assert run(["connect", "opencode", "--base-url", "127.0.0.1:8787"]) == 2
    assert "is no address" in capsys.readouterr().err and files(place) == {}


def test_links_and_permissions_stay(place):
    real = place.home / "dotfiles.json"
    real.write_text('{"key": "secret"}')
    real.chmod(0o600)
    (place.project / ".mcp.json").symlink_to(real)
    assert run(["connect", "claude-code"]) == 0
    assert (place.project / ".mcp.json").is_symlink()
    assert "seccoder" in real.read_text() and real.stat().st_mode & 0o777 == 0o600


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from(["a", "mcpServers", "hooks", "//"]), VALUES, min_size=1),
    st.sampled_from([None, 1, 4, "\t"]),
)
def test_any_json_keeps_its_text(value, indent):
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    assert jsonc.read(text) == value
    for change in (
        Entry(None, ("mcpServers", "seccoder"), {"command": "x"}),
        Item(None, ("hooks", "PostToolUse"), {"command": "x"}, "command"),
    ):
        holder = value.get(change.keys[0])
        if holder == {} or (isinstance(holder, dict) and change.keys[1] in holder):
            continue  # what was there and empty goes; what is there with our name is ours
        try:
            made = change.made(text)
        except UsageError:
            assert change.keys[0] in value and not isinstance(holder, dict)
            continue
        assert jsonc.read(made)[change.keys[0]] != holder
        assert change.undone(made) == text


# --- the hook -------------------------------------------------------------------------------------------------------


def hook(monkeypatch, agent, event):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(event.encode())))
    return run(["connect", agent, "--hook"])


@pytest.mark.parametrize(
    ("agent", "event"),
    [
        ("claude-code", {"tool_name": "Write", "tool_input": {"file_path": "app.py"}}),
        ("windsurf", {"agent_action_name": "post_write_code", "tool_info": {"file_path": "app.py"}}),
        ("cursor", {"hook_event_name": "afterFileEdit", "file_path": "app.py"}),
    ],
)
def test_the_hook_tells_what_was_shown(place, monkeypatch, capsys, boxed, agent, event):
    (place.project / "app.py").write_text(UNSAFE)
    code = hook(monkeypatch, agent, json.dumps(event | {"cwd": str(place.project)}))
    printed = capsys.readouterr()
    told = json.loads(printed.out)["additional_context"] if agent == "cursor" else printed.err
    assert code == (0 if agent == "cursor" else 2)
    assert "app.py is VULNERABLE (executed)" in told and "CWE-78" in told


@pytest.mark.parametrize(
    "event",
    ["", "[]", "{}", '{"tool_input": {"file_path": 7}}', '{"tool_input": {"file_path": "no.py"}}',
     '{"tool_input": {"file_path": "a\\u0000b.py"}}', '{"tool_input": {"file_path": "notes.txt"}}'],
)  # fmt: skip
def test_the_hook_says_nothing_where_there_is_nothing_to_check(place, monkeypatch, capsys, event):
    (place.project / "notes.txt").write_text("x")
    assert hook(monkeypatch, "claude-code", event) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.tool
@pytest.mark.parametrize(
    ("agent", "command"),
    [("codex", ["codex", "mcp", "list"]), ("opencode", ["opencode", "mcp", "list"])],
)
def test_the_real_program_reads_it(place, agent, command):
    """Where the program is installed (`npm install @openai/codex opencode-ai`); it is not part of the project."""
    import shutil

    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    assert run(["connect", agent]) == 0
    done = subprocess.run(
        [program, *command[1:]], capture_output=True, text=True, timeout=120, env={**os.environ}, check=False
    )
    assert "seccoder" in done.stdout + done.stderr
