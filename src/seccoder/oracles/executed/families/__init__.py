"""The families of weaknesses that are attacked in Python and JavaScript, a module each.

Each module is a `Family` (see `seccoder.oracles.executed.attempts`, which holds the nouns): `NAME`, `CWES`, `HINT`,
`want(surface, tokens)` and `judge(run, tokens)`. `CWES` lists every weakness that the family is asked for. An exploit
says for which of them it counts, and a control which of them a benign input reached; a family that does not tell its
weaknesses apart gives `CWES` for both.
"""
