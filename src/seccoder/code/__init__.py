"""Holds what is known of code: languages, weaknesses, syntax and tokens; also handles texts, files and git.

Nothing in this folder knows a model, a demonstration or an oracle. Every other part of the package may import it.
"""
