"""Decides CWE-502 in Java: does reading serialised data from outside make objects that the data chooses?

Exploited: an object of a class that the code does not know acted while it was read; or a document for `XMLDecoder` made
a shell compute a product. Exercised: a benign object came back, or its content did. The classes of libraries that are
known to be dangerous are not there: one object of another class stands for them all.
"""

from typing import Any

from seccoder.oracles.executed.attempts import (
    Exploit,
    Judgement,
    Run,
    Tokens,
    Wanted,
    attacks_of,
    benign_of,
)
from seccoder.oracles.executed.surface import Surface

NAME = "objects"
CWES = ("CWE-502",)
HINT = r"ObjectInputStream|XMLDecoder|readObject"
SIGN = "\1serial:"  # as in `inside/java/Serial.java`


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want serialised objects, as bytes and in both spellings of base64."""
    attacks: list[dict[str, Any]] = [{"value": f"{SIGN}evil{spelling}"} for spelling in ("", " url")]
    command = f"echo $(({tokens.a}*{tokens.b}))>/tmp/{tokens.mark}.{{N}}"
    attacks.append(
        {
            "value": '<?xml version="1.0"?><java version="17" class="java.beans.XMLDecoder">'
            '<object class="java.lang.ProcessBuilder"><array class="java.lang.String" length="3">'
            '<void index="0"><string>sh</string></void><void index="1"><string>-c</string></void>'
            f'<void index="2"><string>{command.replace(">", "&gt;")}</string></void></array>'
            '<void method="start"/></object></java>'
        }
    )
    benign = [f"{SIGN}benign:{which}{spelling}" for which in range(8) for spelling in ("", " url")]
    benign += [f'<java version="17" class="java.beans.XMLDecoder"><string>{tokens.inside}</string></java>']
    return Wanted(attacks=attacks, benign=benign, watch=["/tmp"])  # noqa: S108 - the box's own


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for objects that acted, and for products that only a shell can have computed."""
    judgement = Judgement()
    for attempt in benign_of(run):
        if not attempt.error and attempt.status < 400 and tokens.inside.encode() in attempt.said:
            judgement.reached.update(CWES)
    done = {path.rpartition(".")[2] for path, data in run.written.items() if data.strip() == tokens.product.encode()}
    for attempt in attacks_of(run, NAME):
        acted = [call for call in attempt.called("acted") if call.text("mark") == tokens.mark]
        if acted or str(attempt.n) in done:
            line = acted[0].line if acted else attempt.line
            message = "reading the input made an object of a class that it chose"
            judgement.exploits.append(Exploit(CWES, attempt.entry, _named(attempt.payload), line, message))
    return judgement


def _named(payload: str) -> str:
    return payload.replace(SIGN, "a serialised object: ")
