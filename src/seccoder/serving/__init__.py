"""Serves programs: a proxy in front of any model's server, and an MCP server for coding agents.

A request to the proxy goes one way:

    guard -> dialect -> conversation -> decide (intent) -> dialect -> upstream -> answer (answers, repairs)

`proxy` holds it, `additions` its middle and `exchange` its end; `clients` says how it is treated, and `journal`
remembers what was done.
"""
