"""Oracles that read code instead of running it, a module each; `tools` is what those around external tools share.

None of them can call a source SECURE: what they did not flag is UNKNOWN.
"""
