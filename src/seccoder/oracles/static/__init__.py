"""Holds the oracles that read code instead of running it, each in its own module; `tools` is what they share.

None of them can call a source SECURE: what they did not flag is UNKNOWN.
"""
