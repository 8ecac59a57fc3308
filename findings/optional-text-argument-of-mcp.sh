#!/usr/bin/env bash
# mcp (the Model Context Protocol's Python SDK): a tool whose argument is annotated `str | None` does not get the text
# that the client sent if that text happens to be JSON: `null` arrives as None, and a list is refused, because the SDK
# reads texts as JSON wherever the annotation is not exactly `str`. The published schema says that a string is valid.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check mcp==2.3.0
"$folder/venv/bin/python" - <<'END'
import asyncio
import logging
from importlib.metadata import version

import mcp
from mcp.server import MCPServer

logging.disable(logging.CRITICAL)
server = MCPServer("finding")


@server.tool()
def optional(code: str | None = None) -> str:
    return f"got {code!r}"


@server.tool()
def plain(code: str = "") -> str:
    return f"got {code!r}"


async def ask(tool: str, code: str) -> str:
    async with mcp.Client(server) as client:
        result = await client.call_tool(tool, {"code": code})
        return "refused" if result.is_error else result.content[0].text


print(f"mcp {version('mcp')}; expected: every text arrives as it was sent")
for code in ("null", "[1, 2]", "x = 1"):
    seen = [asyncio.run(ask(tool, code)) for tool in ("optional", "plain")]
    print(f"sent {code!r}: `str | None` {seen[0]}, `str` {seen[1]}")
    wanted = {"null": "got None", "[1, 2]": "refused", "x = 1": "got 'x = 1'"}[code]
    assert seen == [wanted, f"got {code!r}"], "the SDK changed"
END
