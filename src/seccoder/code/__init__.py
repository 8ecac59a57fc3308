"""The ground floor: what is known of code, whoever wrote it, and of the texts and files it lies in.

Nothing here knows a model, a demonstration or an oracle; everything else stands on it.
"""
