"""The families of weaknesses that are attacked in Python and JavaScript, a module each.

A family has `CWES`, `want(surface, tokens)` and `judge(run, tokens)`; `HINT`, if it has one, is what a source must
mention to be looked at when no weakness was asked for. `seccoder.oracles.executed.attempts` holds the nouns.
"""
