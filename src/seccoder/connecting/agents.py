"""Knows the coding agents: where the settings of each lie, and what it needs for our tools, our hook and our server.

An agent is a function from `Wanted` to the changes of its files. Settings of a project are used where the agent reads
them, because our tools are confined to the folder in which they were started. The formats are those of the agents' own
documentation, read in November 2026; `docs/agents.md` says which of them were tried with the real program.
"""

import json
import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from seccoder.code.languages import LANGUAGES
from seccoder.connecting.changes import Change, Entry, Item, Lines, Own


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to connect.

    Attributes:
        command: The command line that starts seccoder.
        project: The folder of the project.
        home: The user's home folder.
        base_url: The base URL of `seccoder serve` for the agent's own requests; None leaves them as they are.
    """

    command: tuple[str, ...]
    project: Path
    home: Path
    base_url: str | None = None

    def server(self, **more: object) -> dict[str, object]:
        """Return the usual entry of an MCP server that is started by a command."""
        return {**more, "command": self.command[0], "args": [*self.command[1:], "mcp"]}

    def hook(self, agent: str) -> str:
        """Return the shell command that checks what an agent wrote."""
        return " ".join([*map(shlex.quote, self.command), mark(agent)])


def mark(agent: str) -> str:
    """Return the end of the hook's command, by which it is found again."""
    return f"connect {agent} --hook"


def _claude_code(wanted: Wanted) -> list[Change]:
    # code.claude.com/docs: mcp (scope "project"), hooks (PostToolUse: exit code 2 shows stderr to the model), settings.
    personal = wanted.project / ".claude" / "settings.local.json"
    hook = {"type": "command", "command": wanted.hook("claude-code"), "timeout": 60}
    changes: list[Change] = [
        Entry(wanted.project / ".mcp.json", ("mcpServers", "seccoder"), wanted.server(type="stdio")),
        Item(
            personal,
            ("hooks", "PostToolUse"),
            {"matcher": "Edit|Write|MultiEdit", "hooks": [hook]},
            mark("claude-code"),
        ),
    ]
    if wanted.base_url:  # its API has the version in each path, not in the base URL
        changes.append(Entry(personal, ("env", "ANTHROPIC_BASE_URL"), wanted.base_url.removesuffix("/v1")))
    return changes


def _codex(wanted: Wanted) -> list[Change]:
    # developers.openai.com/codex/config-reference: mcp_servers, model_providers. A provider is chosen with
    # `-c model_provider=seccoder`; the user's own choice stays.
    path = Path(os.environ.get("CODEX_HOME") or wanted.home / ".codex") / "config.toml"
    server = wanted.server()
    lines = ["[mcp_servers.seccoder]", *(f"{name} = {json.dumps(value)}" for name, value in server.items())]
    if wanted.base_url:
        lines += ["", "[model_providers.seccoder]", 'name = "seccoder"', f"base_url = {json.dumps(wanted.base_url)}"]
        lines += ['wire_api = "responses"', 'env_key = "OPENAI_API_KEY"']
    return [Lines(path, tuple(lines), ("mcp_servers", "seccoder"))]


def _cursor(wanted: Wanted) -> list[Change]:
    # cursor.com/docs: context/mcp, hooks (afterFileEdit, version 1). Its base URL is set in the program only.
    hooks = wanted.project / ".cursor" / "hooks.json"
    return [
        Entry(wanted.project / ".cursor" / "mcp.json", ("mcpServers", "seccoder"), wanted.server()),
        Item(hooks, ("hooks", "afterFileEdit"), {"command": wanted.hook("cursor")}, mark("cursor")),
        Entry(hooks, ("version",), 1, needed_by="hooks"),
    ]


def _vscode(wanted: Wanted) -> list[Change]:
    # code.visualstudio.com/docs/agents/reference/mcp-configuration
    return [Entry(wanted.project / ".vscode" / "mcp.json", ("servers", "seccoder"), wanted.server(type="stdio"))]


def _opencode(wanted: Wanted) -> list[Change]:
    # opencode.ai/docs: mcp-servers (version 1), providers (options.baseURL)
    path = _first(wanted.project, "opencode.json", "opencode.jsonc")
    server = {"type": "local", "command": [*wanted.command, "mcp"], "enabled": True}
    changes: list[Change] = [Entry(path, ("mcp", "seccoder"), server)]
    if wanted.base_url:
        changes.append(Entry(path, ("provider", "openai", "options", "baseURL"), wanted.base_url))
    return changes


def _continue(wanted: Wanted) -> list[Change]:
    # docs.continue.dev/customize/deep-dives/mcp: a block file of its own. The base URL belongs to each model (apiBase).
    server = wanted.server(name="seccoder")
    lines = ["name: seccoder", "version: 0.0.1", "schema: v1", "mcpServers:"]
    for index, (name, value) in enumerate(server.items()):
        lines.append(f"  {'  ' if index else '- '}{name}: {json.dumps(value)}")
    return [Own(wanted.project / ".continue" / "mcpServers" / "seccoder.yaml", "\n".join(lines) + "\n")]


def _aider(wanted: Wanted) -> list[Change]:
    # aider.chat/docs/config/aider_conf, usage/lint-test. It has no MCP; what it wrote is checked as a linter does.
    check = " ".join([*map(shlex.quote, wanted.command), "check"])
    lines = ["lint-cmd:", *(f"  - {json.dumps(f'{language}: {check}')}" for language in LANGUAGES)]
    if wanted.base_url:
        lines.append(f"openai-api-base: {json.dumps(wanted.base_url)}")
    return [Lines(_first(wanted.project, ".aider.conf.yml"), tuple(lines), ("lint-cmd",))]


def _cline(wanted: Wanted) -> list[Change]:
    # docs.cline.bot/mcp: the command line's file. The extension's own file is opened from its panel.
    path = wanted.home / ".cline" / "data" / "settings" / "cline_mcp_settings.json"
    return [Entry(path, ("mcpServers", "seccoder"), wanted.server(disabled=False))]


def _copilot(wanted: Wanted) -> list[Change]:
    # docs.github.com/copilot: mcp-config.json of the command line
    path = Path(os.environ.get("COPILOT_HOME") or wanted.home / ".copilot") / "mcp-config.json"
    return [Entry(path, ("mcpServers", "seccoder"), wanted.server(type="local", tools=["*"]))]


def _gemini(wanted: Wanted) -> list[Change]:
    # geminicli.com/docs: tools/mcp-server, hooks/reference (AfterTool: exit code 2 shows stderr to the model)
    path = wanted.project / ".gemini" / "settings.json"
    hook = {"type": "command", "command": wanted.hook("gemini"), "timeout": 60_000}
    after = {"matcher": "write_file|replace", "hooks": [hook]}
    return [
        Entry(path, ("mcpServers", "seccoder"), wanted.server()),
        Item(path, ("hooks", "AfterTool"), after, mark("gemini")),
    ]


def _windsurf(wanted: Wanted) -> list[Change]:
    # docs.windsurf.com: windsurf/cascade/mcp, windsurf/cascade/hooks (post_write_code only shows what it is told)
    return [
        Entry(wanted.home / ".codeium" / "windsurf" / "mcp_config.json", ("mcpServers", "seccoder"), wanted.server()),
        Item(
            wanted.project / ".windsurf" / "hooks.json",
            ("hooks", "post_write_code"),
            {"command": wanted.hook("windsurf"), "show_output": True},
            mark("windsurf"),
        ),
    ]


def _zed(wanted: Wanted) -> list[Change]:
    # zed.dev/docs/ai: mcp (context_servers), llm-providers (language_models.openai.api_url)
    path = wanted.home / ".config" / "zed" / "settings.json"
    changes: list[Change] = [Entry(path, ("context_servers", "seccoder"), wanted.server())]
    if wanted.base_url:
        changes.append(Entry(path, ("language_models", "openai", "api_url"), wanted.base_url))
    return changes


AGENTS: dict[str, Callable[[Wanted], list[Change]]] = {
    "claude-code": _claude_code,
    "codex": _codex,
    "cursor": _cursor,
    "vscode": _vscode,
    "opencode": _opencode,
    "continue": _continue,
    "aider": _aider,
    "cline": _cline,
    "copilot": _copilot,
    "gemini": _gemini,
    "windsurf": _windsurf,
    "zed": _zed,
}
# What else a user has to do or to know, in one line.
HINTS: dict[str, str] = {
    "claude-code": "Claude Code asks once whether it may start the project's servers.",
    "codex": "With --base-url, choose the provider: codex -c model_provider=seccoder",
    "cursor": "The base URL is set in Cursor: Settings, Models, Override OpenAI Base URL.",
    "vscode": "Start the server where .vscode/mcp.json shows it.",
    "continue": "The base URL belongs to each model: apiBase in config.yaml.",
    "aider": "aider has no tools: its linter is seccoder check now, and with --base-url its model gets examples.",
    "cline": "The extension has a file of its own: MCP Servers, Configure.",
    "windsurf": "The tools check text; files only below the folder in which Windsurf starts them.",
    "zed": "The tools check text; files only below the folder in which Zed starts them.",
}


def _first(folder: Path, *names: str) -> Path:
    """Return the first of these files that is there, or where the first would be."""
    return next((folder / name for name in names if (folder / name).exists()), folder / names[0])
