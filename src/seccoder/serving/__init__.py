"""Serves programs: a proxy for OpenAI clients and an MCP server for coding agents. They hold no logic."""
