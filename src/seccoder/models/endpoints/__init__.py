"""Reaches models behind an OpenAI-compatible address, one or several at a time."""
