"""Front doors for programs: the proxy for OpenAI clients and the MCP server for coding agents. They hold no logic."""
