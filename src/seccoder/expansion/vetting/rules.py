"""Holds the rules of vetting that look at one candidate; each asks for something or changes the candidate.

A rule gets a `Draft`, which is a candidate while it is vetted. It adds its reasons, and leaves the draft as it would be
stored. `vet` says in which order the rules run, holds the rules that compare a candidate with others, and says what the
rules do not find.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence

from seccoder.code import cues, cwe, languages
from seccoder.code.parsing import grammar, syntax
from seccoder.code.remedies import remedy
from seccoder.code.slicing import sliced
from seccoder.code.tokens import code_tokens
from seccoder.code.trees import walk
from seccoder.errors import UsageError
from seccoder.expansion.source import Trial
from seccoder.expansion.vetting import characters, comments, constructs, credentials, mending
from seccoder.expansion.vetting.draft import Draft
from seccoder.oracles.static.compiling import parses
from seccoder.prompts import frames
from seccoder.types import Check, Finding, Label, Verdict

MAX_CHARACTERS = 200_000  # of one side; a function has a few thousand
MAX_WORDS = 400  # characters of a task or a note
MAX_ERRORS = 0.1  # the share of C and C++ that the grammar may fail to understand, because macros are no error
_CREDENTIALS = {"credentials", "cleartext"}  # families whose vulnerable side shows a hard-coded secret
_READS = re.compile(
    r"""(?:subject\.__file__|["']subject\.\w+["'])[\s)]*\.(?:read|open)
      | open\(\s*(?:subject\.__file__|["']subject\.) | \bgetsource | \blinecache\b""",
    re.VERBOSE,
)
_NOISE = {"B101", "B110", "B112", "B311"}  # rules that say nothing about a secure side without a twin


def _sides(draft: Draft) -> list[tuple[str, str]]:
    sides = [("secure", draft.code), ("vulnerable", draft.vulnerable or "")]
    return [(name, text) for name, text in sides if text]


def check_text(draft: Draft) -> None:
    """Require code of the length that a demonstration may have; make its indentation and its line ends plain."""
    candidate = draft.candidate
    twin = candidate.vulnerable or ""
    draft.code, draft.vulnerable = _unindented(candidate.code), _unindented(twin) if twin.strip() else None
    draft.task, draft.note = " ".join(candidate.task.split()), " ".join(candidate.note.split())
    if not draft.code.strip():
        draft.reject("text", "there is no code")
    for name, text in (*_sides(draft), ("proof", candidate.test or "")):
        if len(text) > MAX_CHARACTERS:
            draft.reject("text", f"its {name} side is longer than {MAX_CHARACTERS:,} characters")
    for name, words in (("task", draft.task), ("note", draft.note)):
        if len(words) > MAX_WORDS:
            draft.quarantine("text", f"its {name} is longer than {MAX_WORDS} characters")
    draft.cue = " ".join(candidate.cue.split())
    if problem := cues.wrong(draft.cue):
        draft.tell("text", f"its cue was left out: {problem}")
        draft.cue = ""


def _unindented(code: str) -> str:
    return textwrap.dedent(code.replace("\r\n", "\n")).strip("\n") + "\n"


def check_language(draft: Draft) -> None:
    """Require a language that seccoder knows."""
    try:
        draft.language = languages.canonical(draft.candidate.language)
    except UsageError as error:
        draft.reject("language", str(error))


def check_weakness(draft: Draft) -> None:
    """Require that it names a weakness; without a cue of its own, it gets that weakness's remedy."""
    named = []
    for name in draft.candidate.cwes:
        try:
            named.append(cwe.normalise(name))
        except UsageError:
            draft.tell("weakness", f"{name[:30]!r} is not a CWE and was left out")
    draft.cwes = tuple(dict.fromkeys(named))
    if not draft.cwes:
        draft.quarantine("weakness", "it does not say which weakness it avoids")
    draft.cue = draft.cue or next(filter(None, map(remedy, draft.cwes)), "")


def check_hidden(draft: Draft) -> None:
    """Require that nothing in it is hidden from a reader."""
    c = draft.candidate
    words = [("task", c.task), ("note", c.note), ("cue", c.cue), ("proof", c.test or "")]
    words.append(("API tags", "\n".join(c.apis)))
    for name, text in (("secure side", c.code), ("vulnerable side", c.vulnerable or ""), *words):
        for line, what in characters.hidden(text.replace("\r\n", "\n")):
            draft.reject("characters", f"its {name} holds {what} (line {line})")
            break


def check_parse(draft: Draft) -> None:
    """Require that both sides are code of that language."""
    for name, text in _sides(draft):
        valid, why = _parses(text, draft.language)
        compiled = draft.language in {"c", "cpp"}  # what is no C for the grammar may be C where the macros are known
        if valid is False and not compiled:
            valid, why = parses(text, draft.language)
        if valid or (compiled and valid is None):
            continue
        others = [each for each in languages.LANGUAGES if each != draft.language and syntax(text, each)[0]]
        if others:
            why = f"it looks like {' or '.join(others[:2])}"
        # Where the language's own parser did not say it, somebody has to look.
        say = draft.reject if not compiled and (valid is False or others) else draft.quarantine
        say("language", f"its {name} side is no {draft.language}: {why}")


def _parses(text: str, language: str) -> tuple[bool | None, str]:
    valid, why = syntax(text, language)
    parser = grammar(language)
    if valid is False and language in {"c", "cpp"} and parser is not None:
        tree = parser.parse(text.encode("utf-8", "replace"))
        wrong = sum(n.end_byte - n.start_byte for n in walk(tree.root_node) if n.type == "ERROR")
        if wrong <= MAX_ERRORS * len(text) and tree.root_node.type != "ERROR":
            return None, why
    return valid, why


def check_secret(draft: Draft) -> None:
    """Require that neither side holds a key or a password."""
    shown = any(cwe.get(name).family in _CREDENTIALS for name in draft.cwes)
    for name, text in (*_sides(draft), ("proof", draft.candidate.test or ""), ("task", draft.task)):
        for line, kind in credentials.secrets(text, named=name == "secure" or (name == "vulnerable" and not shown)):
            say = draft.quarantine if name == "proof" else draft.reject  # a proof may need a key of its own
            say("secret", f"its {name} side seems to hold {kind} (line {line})")
            break


def reads_the_code(proof: str) -> bool:
    """Tell whether a proof looks at the text of what it should run, by which it could tell the sides apart.

    Only the plain ways are seen. Whoever knows this rule can hide it.
    """
    return _READS.search(proof) is not None


def neutralise(draft: Draft, keep_comments: bool) -> None:
    """Take the comments out, or what addresses a model in them."""
    changed, blanked = False, 0
    for name, text in _sides(draft):
        if keep_comments:
            bare = comments.without_comments(text, draft.language)
            passages = frames.addresses_a_model(text) and not frames.addresses_a_model(bare)
            clean, count = frames.clean(text) if passages else (text, 0)
            blanked += count
        else:
            clean = comments.without_comments(text, draft.language)
        changed = changed or clean != text
        if name == "secure":
            draft.code = clean
        else:
            draft.vulnerable = clean
    if not draft.code.strip():
        draft.reject("text", "there is no code but comments")
    if blanked:
        draft.tell("comments", f"{blanked} passage(s) that address a model were blanked")
    elif changed:
        draft.tell("comments", "comments were taken out")
    draft.whole, draft.whole_twin = draft.code, draft.vulnerable


def check_look_alikes(draft: Draft) -> None:
    """Require that nothing in it can be taken for something else."""
    words = (("task", draft.task), ("note", draft.note), ("cue", draft.cue))
    for name, text in (*_sides(draft), *words):
        for line, what in characters.look_alikes(text):
            draft.reject("characters", f"in its {name}, {what} (line {line})")
            break
    for name, text in _sides(draft):
        if not text.isascii():
            for what in characters.look_alike_names(comments.identifiers(text, draft.language)):
                draft.reject("characters", f"in its {name} side, {what}")
                break


def check_instruction(draft: Draft) -> None:
    """Require that nothing left in it addresses a model: no string, no name, and no words spread over several."""
    words = [("task", draft.task), ("note", draft.note), ("cue", draft.cue)]
    words.append(("API tags", " ".join(draft.candidate.apis)))
    for name, text in _sides(draft):
        if frames.addresses_a_model(text):  # it may also be code that looks so; then its strings decide
            words.append((f"{name} side", "\n".join(comments.strings(text, draft.language))))
        words.append((f"{name} side", " ".join(code_tokens(text))))
    for name, text in words:
        if passage := frames.addresses_a_model(text):
            draft.quarantine("instruction", f"its {name} addresses a model: {passage[:80]!r}")


def check_twins(draft: Draft) -> None:
    """Require that the two sides differ in what they do."""
    if draft.vulnerable is not None and bare(draft.code) == bare(draft.vulnerable):
        draft.reject("twins", "they are the same, but for comments and spaces")


def check_change(draft: Draft) -> None:
    """Require a fix between the sides, as far as constructs tell; a proof that held outweighs them."""
    say = draft.tell if draft.proven else draft.quarantine
    if draft.whole_twin is None:
        for found in constructs.dangers(draft.whole, draft.language):
            if any(cwe.same_family(found.cwe, name) for name in draft.cwes):
                say("change", f"its secure side has {found}, and no twin shows that this is the safer way")
        return
    differs = constructs.changes(draft.whole_twin, draft.whole, draft.language)
    did = mending.compare(draft.whole_twin, draft.whole)
    backwards = did.takes_away and not differs.gone
    if backwards:
        say("change", "it only takes checks away")
    left = _left(draft, differs, bool(did.gained & {"guard", "refusal"}))
    draft.safer = any(cwe.same_family(found.cwe, name) for found in differs.safer for name in draft.cwes)
    draft.telling = not (differs.new or differs.lost or left or backwards) and any(
        differs.replaces(name) for name in draft.cwes
    )
    for found in left:
        say("change", f"its secure side still has {found}")
    for found in differs.new:
        say("change", f"its secure side has {found} that the twin has not")
    for found in differs.lost:
        if any(cwe.same_family(found.cwe, name) for name in draft.cwes):
            say("change", f"its twin has {found} that the secure side has not")


def _left(draft: Draft, differs: constructs.Changes, guarded: bool) -> list[constructs.Found]:
    """Return the dangerous constructs of its weakness that the secure side still has.

    Where one of several went, what is left is no cure. Where none went, it may be guarded now, or made harmless.
    """
    shown = constructs.dangers(draft.code, draft.language)
    safer = {cwe.get(found.cwe).family for found in differs.safer}
    return [
        found
        for found in constructs.dangers(draft.whole, draft.language)
        if any(cwe.same_family(found.cwe, name) for name in draft.cwes)
        and (found in differs.gone or (found in shown and not guarded and cwe.get(found.cwe).family not in safer))
    ]


def shorten(draft: Draft, max_lines: int) -> None:
    """Cut long code to what matters; code with a proof stays whole, so that the proof speaks of it."""
    if draft.candidate.test or draft.vulnerable is None or draft.code.count("\n") <= max_lines:
        if draft.code.count("\n") > max_lines:
            draft.tell("length", "it is long, and not cut: nothing tells what matters in it")
        return
    code = _shorter(draft.code, draft.vulnerable, draft.language, max_lines)
    twin = _shorter(draft.vulnerable, draft.code, draft.language, max_lines)
    shown, total = code.count("\n"), draft.code.count("\n")
    if shown < total:
        draft.tell("length", f"it was cut to the {shown} of {total} lines that matter")
    draft.code, draft.vulnerable = code, twin


def _shorter(code: str, twin: str, language: str, max_lines: int) -> str:
    """Return code cut to what matters, with as many neighbours as there are lines for."""
    shorter = code
    for around in (2, 1, 0) if code.count("\n") >= max_lines else ():
        shorter = sliced(code, twin, language, around)
        if shorter.count("\n") < max_lines:
            break
    return shorter


def bare(code: str) -> str:
    """Return the code without white space, to compare it."""
    return "".join(code.split())


# --- what oracles say -------------------------------------------------------------------------------------------------


def judge(draft: Draft, secure: Sequence[Check], twin: Sequence[Check]) -> None:
    """Weigh what oracles say of both sides; the difference tells most."""
    for mine, other in zip(secure, twin, strict=True):
        if not mine.analysed:
            continue
        has_twin = draft.vulnerable is not None and other.analysed
        found = [finding for finding in mine.findings if finding.rule not in _NOISE]
        rules = Counter(finding.rule for finding in found)
        on_twin = Counter(finding.rule for finding in other.findings) if has_twin else Counter[str]()
        target = {f.rule for f in (*found, *other.findings) if _on_target(f, draft.cwes)}
        gone = [rule for rule in on_twin if rule in target and not rules[rule]]
        stays = [rule for rule in rules if rule in target]  # also where fewer are left: what is left is no cure
        if new := rules - on_twin:
            first = next(finding for finding in found if finding.rule in new)
            where = "that the twin has not" if has_twin else "and no twin shows that this is the safer way"
            draft.quarantine(
                "oracle", f"{mine.oracle} reports {first.rule} on the secure side, {where}: {_one_line(first)}"
            )
        elif stays:
            first = next(finding for finding in found if finding.rule in stays)
            say = (
                draft.tell if draft.proven else draft.quarantine
            )  # a proof outweighs what an oracle says of both sides
            say("oracle", f"{mine.oracle} reports {first.rule} on both sides: {_one_line(first)}")
        elif gone:
            draft.discriminated = True
            draft.tell("oracle", f"{mine.oracle} reports {gone[0]} on the twin and not on the secure side")


def weigh_exploits(draft: Draft, secure: Verdict, twin: Verdict) -> None:
    """Weigh what running both sides showed: what was exploited before must not be, and nothing new may be."""
    before, after = _exploits(twin), _exploits(secure)
    if after and (after & before or not before):
        draft.quarantine("executed", f"an exploit works on the secure side: {min(after)}")
    elif after:  # a fix of one way in; another one was not its matter
        draft.tell("executed", f"what worked on the twin does not any more, but something else does: {min(after)}")
    elif before and secure.label is Label.SECURE:
        draft.executed = True
        draft.tell("executed", "exploits of the weakness work on the twin and do nothing to the secure side")


def weigh_trial(draft: Draft, trial: Trial | None) -> None:
    """Weigh what the tests that came with a fix showed; that they cannot be run is no reason against it."""
    if trial is not None:
        draft.executed = trial.held
        draft.tell("tested", trial.said)


def _exploits(verdict: Verdict) -> set[str]:
    """Return what exploits did, without the values that they were given, which differ from run to run."""
    if verdict.label is not Label.VULNERABLE or verdict.evidence != "executed":
        return set()
    return {re.split(r", given\b|['\"]", _one_line(f))[0] for f in verdict.findings if f.rule.startswith("exploit")}


def _on_target(finding: Finding, cwes: Iterable[str]) -> bool:
    return any(finding.cwe is not None and cwe.same_family(finding.cwe, name) for name in cwes)


def _one_line(finding: Finding) -> str:
    return " ".join(finding.message.split())[:120]
