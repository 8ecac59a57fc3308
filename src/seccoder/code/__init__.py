"""What is known of code, whoever wrote it: languages, weaknesses, syntax, tokens.

Nothing here runs a program or knows a model, a demonstration or an oracle; everything else stands on it.
"""
