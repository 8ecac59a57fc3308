"""Says what is known of each sensitive operation of a source: whether it was reached, attacked and exploited.

It takes the sites that a source has, by line and kind, and everything that was observed. A site that ran and never held
anything of an input has nothing to be attacked with. It must have run: what no call reached is named, and keeps the
source from being called secure.
"""

from collections.abc import Iterable, Mapping, Sequence

from seccoder.oracles.executed.attempts import Attempt, Exploit, Family, Run, Tokens
from seccoder.oracles.executed.traced.plan import KINDS
from seccoder.types import NotTried, Operation

_OBSERVED = ("digest", "cipher", "stretch", "random", "cookie")  # to run is all that shows what these are
_READ = ("object", "document")  # what is read comes in a stream: that it came back shows that it was
_NAMED = {"open": "file", "subprocess.Popen": "program", "os.remove": "removal"}
ANSWERS = {"markup": "page", "redirects": "place"}  # what is judged by what comes back has no line


def operations(
    run: Run,
    families: Sequence[Family],
    sites: Iterable[tuple[int, str]],
    fixed: set[int],
    exploits: Sequence[Exploit],
    target: str | None,
    tokens: Tokens,
) -> list[Operation]:
    """Return the operations of the families' kinds.

    Args:
        run: Everything that was observed.
        families: The families that judged it.
        sites: The places in the source that hold an operation, with its kind.
        fixed: The lines whose calls have literals for arguments only.
        exploits: What worked.
        target: The weakness that was asked for.
        tokens: The run's words.
    """
    found: dict[tuple[int | None, str, str], Operation] = {}
    touched = _touched(run)
    places = {*sites, *((line, kind) for line, kind in touched if line)}
    for family in families:
        cwe = target if target in family.CWES else family.CWES[0]
        mine = [exploit for exploit in exploits if cwe in exploit.cwes]
        for line, kind in sorted(places):
            if kind not in KINDS.get(family.NAME, ()):
                continue
            seen = touched.get((line, kind), [])
            texts = [text for attempt, text in seen if attempt.benign]
            holding = [a for a, text in seen if a.benign and _holds(a, text, texts, tokens)]
            if kind in _READ:
                reached = any(a.benign and cwe in judged(family, a, tokens) for a, _ in seen)
                attacked = reached and any(a.case.get("family") == family.NAME for a in run.attempts)
            elif kind in _OBSERVED or family.NAME == "created_files":
                reached = attacked = bool(seen)
            elif (not seen and line in fixed) or (seen and not holding and all(attempt.benign for attempt, _ in seen)):
                continue  # nothing of an input comes here
            elif seen and not holding and not any(_arrived(attempt, text, tokens) for attempt, text in seen):
                continue
            else:
                reached = bool(holding)
                attacked = bool(holding) and _attacked(run, family, holding, seen, tokens)
            exploited = any(exploit.line == line for exploit in mine)
            found[line, kind, cwe] = Operation(line, kind, cwe, reached or exploited, attacked or exploited, exploited)
        if family.NAME in ANSWERS:
            found |= _answers(run, family, cwe, mine, tokens)
        lines = {line for line, _, of in found if of == cwe}
        for exploit in mine:
            if exploit.line not in lines and not any(o.exploited for o in found.values() if o.cwe == cwe):
                kind = next(iter(KINDS.get(family.NAME, ())), "") or ANSWERS.get(family.NAME, family.NAME)
                found[exploit.line, kind, cwe] = Operation(exploit.line, kind, cwe, True, True, True)
    return sorted(found.values(), key=lambda each: (each.line or 0, each.kind))


def judged(family: Family, attempt: Attempt, tokens: Tokens) -> set[str]:
    """Return the weaknesses whose operation one benign attempt reached, by its family's own control."""
    return family.judge(Run([attempt], finished=True), tokens).reached


def open_points(every: Sequence[Operation], run: Run) -> list[NotTried]:
    """Return what was not decided, for people: the operations that were not reached, or at which no attack arrived."""
    return [
        NotTried(
            f"line {each.line}" if each.line else "an entry point",
            each.cwe,
            f"no benign input reached this {each.kind}"
            if not each.reached
            else f"no attack arrived at this {each.kind}",
        )
        for each in every
        if not (each.reached and each.attacked)
    ]


def _touched(run: Run) -> dict[tuple[int | None, str], list[tuple[Attempt, str]]]:
    """Return, by line and kind, every attempt that came there with what it brought."""
    found: dict[tuple[int | None, str], list[tuple[Attempt, str]]] = {}
    for attempt in run.attempts:
        for event in attempt.events:
            key = (event.line, _NAMED.get(event.kind, event.kind))
            found.setdefault(key, []).append((attempt, event.arguments))
        for text, given, _, _, line in attempt.sql:
            found.setdefault((line, "statement"), []).append((attempt, " ".join((text, *given))))
    return found


def _holds(attempt: Attempt, text: str, texts: Sequence[str], tokens: Tokens) -> bool:
    """Say whether a text holds a value of the attempt's: a random word, or one that other values keep out of it."""
    found = [value for value in attempt.values if len(value) > 1 and value in text]
    return tokens.word in text or tokens.inside in text or any(value not in other for value in found for other in texts)


def _arrived(attempt: Attempt, text: str, tokens: Tokens) -> bool:
    return not attempt.benign and tokens.mark in text


def _attacked(
    run: Run, family: Family, holding: Sequence[Attempt], seen: Sequence[tuple[Attempt, str]], tokens: Tokens
) -> bool:
    """Say whether an attack arrived, or was refused where an ordinary value of its length passed."""
    entries = {attempt.entry for attempt in holding}
    longest = max(len(value) for attempt in holding for value in attempt.values)
    arrived = {attempt.n for attempt, text in seen if _arrived(attempt, text, tokens)}
    words = not any(
        tokens.word in value for attempt in holding for value in attempt.values
    )  # only the source's own pass
    typed = all(slot.partition(" ")[0].endswith("number") for attempt in holding for slot in attempt.slots)
    for attempt in run.attempts:
        if attempt.case.get("family") != family.NAME or attempt.entry not in entries:
            continue
        slot = str(attempt.case.get("slot", ""))
        given = dict(zip(attempt.slots, attempt.values, strict=True)).get(slot, "")
        if words or attempt.n in arrived or not slot or len(given) <= longest:
            return True
    return typed


def _answers(
    run: Run, family: Family, cwe: str, exploits: Sequence[Exploit], tokens: Tokens
) -> Mapping[tuple[int | None, str, str], Operation]:
    """Return one operation for all answers together, and one more for those that no benign value came back in."""
    kind = ANSWERS[family.NAME]
    reached = {a.entry for a in run.attempts if a.benign and cwe in judged(family, a, tokens)}
    tried = {a.entry for a in run.attempts if a.case.get("family") == family.NAME}
    failed = {
        entry
        for entry in {a.entry for a in run.attempts if a.benign and a.slots} - reached
        if all(a.error or a.died or a.status >= 400 for a in run.attempts if a.benign and a.entry == entry)
    }
    found: dict[tuple[int | None, str, str], Operation] = {}
    if reached:
        exploited = any(exploit.line is None for exploit in exploits)
        found[None, kind, cwe] = Operation(None, kind, cwe, True, bool(reached & tried), exploited)
    if failed:
        found[0, kind, cwe] = Operation(None, kind, cwe)
    return found
