"""Decides CWE-532 in Python: is a secret written into a log?

Exploited: the benign value of something that is named like a password, token or key stands in a log. Exercised: a call
that got such a value logged something, without the value. Only names tell what is a secret.
"""

import re

from seccoder.oracles.executed.attempts import Exploit, Judgement, Run, Tokens, Wanted, benign_of
from seccoder.oracles.executed.families.logs import log_lines
from seccoder.oracles.executed.surface import Surface

NAME = "secrets_logged"
CWES = ("CWE-532",)
HINT = r"\blog"
NAMED = re.compile(r"passw|pwd|secret|token|api_?key|credential|card|ssn|pin\b|cvv|authorization", re.I)


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign calls only, because they carry the secret."""
    benign = [tokens.word, f"{tokens.word}@example.com"]
    return Wanted(benign=benign, observe=("logs",), distinct=True, snapshots=True, watch=["/tmp", "/box/app"])  # noqa: S108


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for secrets in logs."""
    judgement = Judgement()
    for attempt in benign_of(run):
        named = zip(attempt.slots, attempt.values, strict=False)
        secret = [value for name, value in named if NAMED.search(name) and tokens.word in value]
        # a value that harmless slots share with it shows nothing
        shared = [value for name, value in zip(attempt.slots, attempt.values, strict=False) if not NAMED.search(name)]
        secret = [value for value in secret if value not in shared]
        logged = log_lines(attempt, printed=True)
        if secret and logged:
            judgement.reached.update(CWES)
            for text, line in logged:
                if any(value in text for value in secret):
                    message = "a secret was written into the log"
                    judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, line, message))
                    break
    return judgement
