"""Decides CWE-295 and CWE-297 in Python: is a peer's certificate checked?

Observed: a request over HTTPS, or a mail connection, was made while the check of the certificate or of the host's name
was off. Exercised: such a request or connection was made at all. Nothing is sent (see `inside/python/network.py`).
Sockets that the code wraps by hand are not followed.
"""

from seccoder.oracles.executed.attempts import Exploit, Judgement, Run, Tokens, Wanted, benign_of
from seccoder.oracles.executed.surface import Surface

NAME = "certificates"
CWES = ("CWE-295", "CWE-297", "CWE-599")
HINT = r"verify|ssl|CERT_NONE"


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign addresses only."""
    benign = [f"https://{tokens.word}.example.com/", f"{tokens.word}.example.com", f"/{tokens.word}", "443"]
    benign += [text for text in surface.literals if text.startswith("https://")][:4]
    return Wanted(benign=benign, network=True)


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at how every connection was checked."""
    judgement = Judgement()
    for attempt in benign_of(run):
        for call in attempt.called("request", "tls"):
            if call.kind == "request" and not call.text("url").startswith("https://"):
                continue
            judgement.reached.update(CWES)
            if not call.what.get("verify"):
                message = f"{call.text('client')} connected without checking the certificate"
                judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, call.line, message))
    return judgement
