"""Decides CWE-377, CWE-379, CWE-732 and CWE-276 in Python: how are files made, and who may open them?

Exploited, for 377: a file in the shared folder for temporary files was opened for writing although it might have been
there already (no `O_EXCL`), and it is in no folder of the process's own. Exploited, for 732: a file or folder was left,
or set, open to everybody's writing; or a file that holds a secret, by its name or by the source's words, was left open
to everybody's reading, or was until its mode was changed after it had been written. Exercised: a file was made; for
732, the mode of one was seen.
"""

import ast
import posixpath
import re

from seccoder.oracles.executed.attempts import APP, Attempt, Event, Exploit, Judgement, Run, Tokens, Wanted
from seccoder.oracles.executed.surface import Surface

NAME = "created_files"
_PREDICTABLE, _OPEN = ("CWE-377", "CWE-379"), ("CWE-732", "CWE-276")
CWES = (*_PREDICTABLE, *_OPEN)
HINT = r"tempfile|chmod|/tmp|umask|makedirs|mkdir"
_SECRET = re.compile(r"secret|token|passw|private|credential|\.pem|\.key|id_rsa|api_?key|session|\bkey", re.I)
_CREATE, _EXCLUSIVE, _WRITE = 0o100, 0o200, 0o3


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign calls only, in folders that the source names."""
    folders = {
        "/" + text.split("/")[1]
        for text in surface.literals
        if re.fullmatch(r"/(srv|var|opt|data|home|mnt)(/.*)?", text)
    }
    benign = [tokens.word, f"{tokens.word}.txt", "7", f"/tmp/{tokens.word}.out", f"/box/app/{tokens.word}.key"]  # noqa: S108
    secret = any(_SECRET.search(function.name) for function in surface.functions)
    secret = secret or any(_SECRET.search(name) for function in surface.functions for name, _ in function.parameters)
    secret = secret or any(_SECRET.search(text) for text in surface.literals if len(text) < 60)
    return Wanted(
        benign=benign,
        folders=[*folders],
        watch=["/tmp", "/box/app", *folders],  # noqa: S108 - the box's own
        snapshots=True,
        facts={"secret": secret},
    )


def judge(run: Run, tokens: Tokens) -> Judgement:  # noqa: C901 - one branch per kind of event
    """Look at how files were opened and what they allow afterwards."""
    judgement = Judgement()
    secret = bool(run.facts.get("secret"))
    for attempt in run.attempts:
        own: set[str] = set()
        made = permitted = False
        for event in attempt.events:
            opened = _path_and_flags(event)
            if event.kind == "os.mkdir" and (place := _first_argument(event)).startswith("/tmp/"):  # noqa: S108
                own.add(place)
            elif opened and opened[1] & _CREATE:
                made = True
                path, flags = opened
                if flags & _EXCLUSIVE:
                    own.add(path)
                elif path.startswith("/tmp/") and not any(path == o or path.startswith(o + "/") for o in own):  # noqa: S108
                    if not _chosen(attempt, path):
                        judgement.exploits.append(
                            _exploit(_PREDICTABLE, attempt, event.line, f"{path} could have been there")
                        )
        for path, mode in attempt.modes.items():
            permitted = True
            # without a target, a word of the source, or a name that the caller chose, makes no secret
            chosen = _chosen(attempt, path) or any(value and value in path for value in attempt.values)
            named = _SECRET.search(path) and (run.aimed or not chosen)
            if mode & 0o002 or (mode & 0o066 and ((secret and run.aimed) or named)):
                judgement.exploits.append(
                    _exploit(_OPEN, attempt, _line(attempt), f"{path} was left with mode {mode:o}")
                )
        opens = [opened for event in attempt.events if (opened := _path_and_flags(event))]
        written = {path for path, flags in opens if flags & _WRITE}
        for event in attempt.events:
            if event.kind == "mode.before":
                path, mode, size = _before(event)
                if size and mode & 0o044 and path in written and (secret or _SECRET.search(path)):
                    message = f"{path} had mode {mode:o} until after it was written"
                    judgement.exploits.append(_exploit(_OPEN, attempt, event.line, message))
            elif event.kind == "os.chmod" and (found := re.search(r", (\d+), -?\d+\)$", event.arguments)):
                permitted = True
                if int(found[1]) & 0o002:
                    message = f"the mode {int(found[1]):o} was set"
                    judgement.exploits.append(_exploit(_OPEN, attempt, event.line, message))
        if own or (made and not attempt.died):
            judgement.reached.update(_PREDICTABLE)
        if permitted and not attempt.died:
            judgement.reached.update(_OPEN)
    return judgement


def _chosen(attempt: Attempt, path: str) -> bool:
    """Say whether the caller chose where a file is made: its path begins with one of the values."""
    places = (posixpath.normpath(posixpath.join(APP, value)) for value in attempt.values if value)
    return any(path.startswith(re.sub("^//", "/", place)) for place in places)


def _line(attempt: Attempt) -> int | None:
    return next((event.line for event in attempt.events if event.kind == "open"), attempt.line)


def _exploit(cwes: tuple[str, ...], attempt: Attempt, line: int | None, message: str) -> Exploit:
    return Exploit(cwes, attempt.entry, attempt.payload, line, message)


def _first_argument(event: Event) -> str:
    try:
        return str(ast.literal_eval(event.arguments)[0])
    except (ValueError, SyntaxError, IndexError, TypeError):
        return ""


def _before(event: Event) -> tuple[str, int, int]:
    """Return the path, the mode and the size of a file whose mode is about to be changed."""
    try:
        path, mode, size = ast.literal_eval(event.arguments)
        return str(path), int(mode), int(size)
    except (ValueError, SyntaxError, TypeError):
        return "", 0, 0


def _path_and_flags(event: Event) -> tuple[str, int] | None:
    if event.kind != "open":
        return None
    try:
        path, _, flags = ast.literal_eval(event.arguments)
        return str(path), int(flags)
    except (ValueError, SyntaxError, TypeError):
        return None
