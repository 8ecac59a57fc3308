"""Decides CWE-78 and its family: does a value from outside reach a shell, or choose the program?

Exploited: a shell computed a product of two random numbers, for which the attack only asks, and wrote it into a file.
It is not enough to echo, store or pass on the attack. Exercised: a program was started, and the benign value is in its
arguments. Where no program is started at all, it also counts that the system was asked with the value (a folder was
listed, a name resolved, a user looked up) and gave an answer. Options of the program (CWE-88) are not tried.
"""
# ruff: noqa: E501 - tables

import re
from itertools import pairwise
from typing import Any

from seccoder.oracles.executed.attempts import (
    Attempt,
    Event,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
    given_whole,
)
from seccoder.oracles.executed.families.options import arguments
from seccoder.oracles.executed.surface import Surface

NAME = "commands"
CWES = ("CWE-78", "CWE-77")
HINT = ""
_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
_COMMAND = r"command|cmd|program|argv"
_INSTEAD = ("os.listdir", "os.scandir", "glob.glob", "socket.", "os.ask")  # these do a program's work without one
_SHAPES = (
    "{W};{P}", "{W}|{P}", "{W}&{P}", "{W}\n{P}", "$({P})", "`{P}`", "{W}$({P})", "{W}';{P};'", '{W}";{P};"',
    '{W}");{P};("', ";{P}", "{W};{P}#", "{W}&&{P}", "x||{P}", "127.0.0.1;{P}", "/tmp;{P}", "1;{P}",  # noqa: S108
    "sh -c '{P}'", "{W}.txt;{P}", "http://{W};{P}", "https://{W}$({P})", "{W} -e$({P})",
)  # fmt: skip


_RUNNING = {  # the options by which programs run others
    "ssh": ("-oProxyCommand=",), "scp": ("-oProxyCommand=", "-S"), "sftp": ("-oProxyCommand=", "-S"), "rsync": ("-e", "--rsh="),
    "git": ("--upload-pack=", "--open-files-in-pager="), "tar": ("--checkpoint-action=exec=", "--use-compress-program=", "--to-command="),
}  # fmt: skip
_TAKES = {  # the options of these programs behind which the next word is a value, whatever it begins with
    "tar": r"-\w*[bCfFgHIKLNTVX]|--(directory|file|exclude|files-from|transform)", "git": r"-[cCe]", "rsync": r"-e|-f|-T|-B|-M",
    "ssh": r"-\w*[BbcDEeFIiJLlmOopQRSWw]", "scp": r"-\w*[cDFiJloPSX]", "sftp": r"-\w*[BbcDFiJloPRSsX]",
}  # fmt: skip
_SHORT = (";echo $(({A}*7))>{T}", "|echo $(({A}*7))>{T}", "$(echo $(({A}*7))>{T})", "&echo $(({A}*7))>{T}")
_NO_SLASH = (
    "{W};{Q}",
    "http://{W};{Q}",
    "https://{W}|{Q}",
    "$({Q})",
    "http://{W}$({Q})",
    "{W}&{Q}",
    "{W}\n{Q}",
    "http://{W}&{Q}",
)


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values that end a word, a quotation or a command in each way that a shell knows."""
    here = f"echo $(({tokens.a}*{tokens.b}))>{tokens.mark}.{{N}}"
    sum_ = here.replace(">", ">/tmp/")
    tight = sum_.replace(" ", "${IFS}")
    attacks: list[dict[str, Any]] = [{"value": shape.replace("{P}", sum_)} for shape in _SHAPES]
    attacks += [{"value": shape.replace("{P}", tight)} for shape in (";{P};", "{W}|{P}", "$({P})", "{W}&{P}")]
    attacks += [{"value": shape.replace("{Q}", here)} for shape in _NO_SLASH]
    attacks += [
        {"value": s.replace("{A}", str(tokens.a)).replace("{T}", tokens.tiny + "{N}"), "short": True} for s in _SHORT
    ]
    attacks += [
        {"value": option + tight} for option in dict.fromkeys(o for options in _RUNNING.values() for o in options)
    ]
    benign = [tokens.word, "127.0.0.1", "/tmp", ".", f"http://{tokens.word}.example.com", "7", "nobody"]  # noqa: S108
    benign += [text for text in surface.literals if 0 < len(text) < 30 and text.isprintable()][:15]
    return Wanted(attacks=attacks, benign=benign, watch=["/tmp", "/box/app"])  # noqa: S108 - the box's own


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the programs that were started, with their arguments."""
    return [Use("program", event.line, event.arguments) for event in attempt.events if event.kind.startswith(_STARTS)]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for products that only a shell can have computed, and for programs started with a benign value."""
    judgement = Judgement()
    none = not any(event.kind.startswith(_STARTS) for attempt in run.attempts for event in attempt.events)
    for attempt in benign_of(run):
        for event in attempt.events:
            if event.kind.startswith(_STARTS if not none else _INSTEAD) and _holds(event, attempt.values):
                if not none or (not attempt.error and attempt.status < 400):
                    judgement.reached.update(CWES)
    done = {path.rpartition(".")[2] for path, data in run.written.items() if data.strip() == tokens.product.encode()}
    product = str(tokens.a * 7).encode()
    short = {path.rpartition("/")[2] for path, data in run.written.items() if data.strip() == product}
    for attempt in attacks_of(run, NAME):
        if str(attempt.n) in done or (attempt.case.get("short") and f"{tokens.tiny}{attempt.n}" in short):
            lines = [event.line for event in attempt.events if event.kind in _STARTS]
            name = "" if run.aimed else _command_of_the_object(attempt)
            message = f"the parameter {name} is the command" if name else "a shell ran a command from the input"
            exploit = Exploit(CWES, attempt.entry, attempt.payload, (lines or [None])[-1], message)
            (judgement.open_to_caller if name else judgement.exploits).append(exploit)
        elif words := _hands_over(attempt):
            message = f"an option of {words[0]} runs a command from the input"
            judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, attempt.line, message))
    return judgement


def _command_of_the_object(attempt: Attempt) -> str:
    """Return the parameter of a constructor that is the command as a whole: whoever makes the object chooses it."""
    owned = {name for kind, name in zip(attempt.kinds, attempt.slots, strict=False) if kind == "owner"}
    whole = (given_whole(attempt, words[-1], _COMMAND) for e in attempt.events if (words := arguments(e)))
    return next((name for name in whole if name in owned), "")


def _hands_over(attempt: Attempt) -> list[str]:
    """Return the words of a program that got an option of the attack's, before any `--`, that makes it run a command."""
    for event in attempt.events:
        words = arguments(event)
        options = _RUNNING.get(words[0].rpartition("/")[2] if words else "", ())
        takes = _TAKES.get(words[0].rpartition("/")[2] if words else "", "-e")
        for before, word in pairwise(words[: words.index("--") if "--" in words else None]):
            if not re.fullmatch(takes, before) and word in attempt.values and word.startswith(options or ("\0",)):
                return words
    return []


def _holds(event: Event, values: tuple[str, ...]) -> bool:
    """Say whether a benign value, or the host of an address, is one of the words or, if it is long enough, in one."""
    cores = {part for value in values for part in (value, value.partition("://")[2].partition("/")[0]) if part}
    text = event.arguments
    return any(
        core in text if len(core) > 2 else re.search(rf"(?<![\w./-]){re.escape(core)}(?![\w./-])", text)
        for core in cores
    )
