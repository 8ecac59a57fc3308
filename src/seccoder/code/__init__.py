"""What is known of code, whoever wrote it: languages, weaknesses, syntax, tokens; how it is shown, kept and fetched.

`text` shows what strangers wrote, `files` replaces files as a whole, `git` asks git about a repository that nobody
trusts. Nothing here knows a model, a demonstration or an oracle, or runs code; everything else stands on it.
"""
