"""Decides CWE-88: can a value become an option of a program that is started?

Exploited: in the arguments of a program, before any `--`, a word begins with the option that the attack asked for.
Exercised: a program was started with the benign value as an argument, or in one.
"""

import ast

from seccoder.oracles.executed.attempts import (
    Attempt,
    Event,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    judge_attempts,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "options"
CWES = ("CWE-88",)
HINT = r"(?!)"  # this matches nothing: without a target it is not asked, as most programs' options are harmless
_SHAPES = (
    "--{M}",
    "-{M}",
    "--{M}=x",
    "-o{M}",
    "--upload-pack={M}",
    "{W} --{M}",
    "-{M}.txt",
    "--{M}@example.com",
    " --{M}",
    "-{M}/x",
)


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values that look like options."""
    attacks = [{"value": shape.replace("{M}", tokens.mark)} for shape in _SHAPES]
    benign = [
        tokens.word,
        f"{tokens.word}.txt",
        "127.0.0.1",
        f"https://{tokens.word}.example.com/x",
        f"{tokens.word}@example.com",
        "7",
    ]
    benign += [text for text in surface.literals if text.isidentifier()][:10]
    files = {f"/box/app/{tokens.word}.txt": tokens.inside.encode(), f"/box/app/files/{tokens.word}.txt": b"x"}
    return Wanted(attacks=attacks, benign=benign, files=files)


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the programs that were started, with their arguments."""
    return [Use("program", event.line, " ".join(words)) for event in attempt.events if (words := arguments(event)[1:])]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Read the arguments of every program that was started."""

    def reached(attempt: Attempt) -> bool:
        return any(mentions_value(attempt, word) for event in attempt.events for word in arguments(event)[1:])

    def exploited(attempt: Attempt) -> tuple[str, int | None] | None:
        for event in attempt.events:
            words = arguments(event)
            end = next((index for index, word in enumerate(words) if word in {"--", "--end-of-options"}), len(words))
            words = words[:end]
            for word in words[1:]:
                if word.startswith("-") and tokens.mark in word and _as_given(word, attempt, tokens.mark):
                    return f"the input became the option {word!r}", event.line
        return None

    return judge_attempts(run, NAME, CWES, reached, exploited)


def _as_given(word: str, attempt: Attempt, mark: str) -> bool:
    """Say whether the dash is the attack's. In `--name=` + value, the option is the source's own."""
    return word.lstrip("-").partition("=")[0].find(mark) >= 0 or any(v.strip() == word for v in attempt.values)


def arguments(event: Event) -> list[str]:
    """Return the words with which a program was started."""
    if event.kind not in {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn"}:
        return []
    try:
        found = ast.literal_eval(event.arguments)
    except (ValueError, SyntaxError):
        return []
    for part in found:
        if isinstance(part, list | tuple):
            words = [word.decode(errors="replace") if isinstance(word, bytes) else str(word) for word in part]
            return words if words[:1] == [str(found[0])] else [str(found[0]), *words]
    return []
