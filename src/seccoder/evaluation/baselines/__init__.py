"""Trains the methods that the paper compares with, on any causal model: SVEN (prefixes), SafeCoder (adapter).

    pairs.py      pairs of a vulnerable and a fixed function -> token sequences with the changed tokens marked
    bigvul.py     the paper's generalizability set, drawn from the public Big-Vul CSV
    utility.py    instructions with answers that have nothing to do with security, for SafeCoder
    sven.py       a secure and a vulnerable prefix, and their three losses
    safecoder.py  a low-rank adapter, its loss on secure and its unlikelihood on vulnerable tokens
    training.py   the loop: accumulation, schedule, validation, checkpoints
    card.py       what a trained folder says about itself

The result is a code LM to everybody else (`seccoder.models.huggingface.adapters`). It needs the extra `train`, and
nothing here is imported before somebody trains.
"""
