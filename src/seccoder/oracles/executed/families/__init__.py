"""Holds the families of weaknesses that are attacked in Python and JavaScript, each in its own module.

Each module is a `Family` (see `seccoder.oracles.executed.attempts`): it has `NAME`, `CWES`, `HINT`,
`want(surface, tokens)` and `judge(run, tokens)`. `CWES` lists every weakness for which the family is asked. An exploit
says for which of them it counts, and a control says which of them a benign input reached. A family that does not tell
its weaknesses apart gives `CWES` for both.
"""
