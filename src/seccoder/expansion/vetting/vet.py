"""Decides about candidates: accept, quarantine or reject, with reasons, and how far their security was shown.

It takes candidates from any source, believes nothing in them, and gives one `Vetting` for each, in order. The names of
the rules, what each asks for, and what follows where a candidate does not meet it:

    text         it has code, of sane size, that UTF-8 can hold                              else reject
    language     one that seccoder knows, and the code is written in it (C and C++ that only
                 a compiler understands: quarantine)                                         else reject
    weakness     it names a CWE                                                              else quarantine
    characters   no hidden, bidirectional or look-alike characters                           else reject
    secret       no keys or passwords (in a proof: quarantine)                               else reject
    licence      one that the policy allows; unknown: quarantine                             else reject
    comments     are taken out (so words in them reach no model)                             reported
    instruction  no string, task, note or cue addresses a model                              else quarantine
    twins        differ in code, not only in comments, and are not swapped                   else reject
    length       long functions are cut to what differs, with its context                    reported
    duplicate    nothing the same or nearly the same is there                                else reject
    benchmark    nothing of it is in a benchmark                                             else reject
    change       brings no dangerous construct that the twin has not, and takes no safer one  else quarantine
    oracle       reports nothing on the secure side that is not on the twin, and nothing of
                 the weakness itself on both                                                 else quarantine
    proof        if there is one, it holds both ways in the sandbox                          else reject
                 and runs the code instead of reading it                                     else quarantine
    executed     if it is a fix and can be run: what was exploited is not any more            else quarantine
    tested       nothing; that a test which came with a fix fails without it is told
    evidence     something says which side is the secure one: a proof that held, a commit that
                 was seen, a dangerous construct (or what an oracle reports) that gave way to
                 a safer one, or the user's own hand                                        else quarantine

The level follows from the evidence. A proof that held gives `executed`, and so do exploits that work on the twin of a
fix and do nothing to its secure side, and a test of the fixing commit that fails without the fix. An oracle that
reports the weakness on the twin and not on the secure side gives `discriminated`. The two sides of a fixing commit give
`fix-commit`. Everything else is `asserted`.

Not guaranteed: that an accepted candidate is secure. Static oracles see half of what is there, and only in some
languages. A proof speaks about the exploits that it tries, and about honest code. Whoever knows these rules can write
code that passes them. What is accepted without a proof is evidence of a lower level and says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from seccoder.code.cwe import same_family
from seccoder.codebase.contamination import Benchmarks
from seccoder.codebase.duplicates import Outline, Shapes
from seccoder.codebase.rows import validate
from seccoder.expansion.candidate import OWN, Candidate, Decision, Vetting, worst
from seccoder.expansion.source import Trial
from seccoder.expansion.vetting import comments, licences, rules
from seccoder.expansion.vetting.draft import Draft
from seccoder.oracles.cache import Cache
from seccoder.oracles.verdict import combine
from seccoder.types import Check, Demonstration, Progress, ProofLevel, Source

BATCH = 500  # sources that an oracle is asked about at a time


@dataclass(frozen=True, slots=True)
class Policy:
    """What is allowed in, and how much is done to find out.

    Attributes:
        licences: SPDX identifiers.
        oracles: Names of the oracles that are asked.
        run_proofs: Whether proofs are run, in the sandbox. If not, a proof counts for nothing.
        run_fixes: Whether fixes that nothing speaks against are run before and after, in the sandbox, which takes some
            seconds each.
        keep_comments: Whether comments are kept; then only passages that address a model are blanked.
        max_lines: Longer code is cut to what matters.
        accept_assertions: Whether candidates are accepted that nothing but their author's word speaks for.
    """

    licences: frozenset[str] = licences.ALLOWED
    oracles: tuple[str, ...] = ("bandit",)
    run_proofs: bool = True
    run_fixes: bool = False
    keep_comments: bool = False
    max_lines: int = 80
    accept_assertions: bool = False


def vet(
    candidates: Iterable[Candidate],
    *,
    base: Iterable[Demonstration] = (),
    benchmarks: Benchmarks | None = None,
    policy: Policy | None = None,
) -> list[Vetting]:
    """Decide about all candidates at once.

    Args:
        candidates: What is proposed.
        base: The demonstrations that are there; what repeats them is refused.
        benchmarks: What no candidate may give away; with None this is not checked.
        policy: What is allowed; None is the default.

    Returns:
        One decision for each candidate, in order.
    """
    return Vetter(base, benchmarks=benchmarks, policy=policy).vet(list(candidates))


class Vetter:
    """Vets batch after batch, and knows in each what it accepted before.

    Args:
        base: The demonstrations that are there.
        benchmarks: What no candidate may give away; with None this is not checked.
        policy: What is allowed; None is the default.
        cache: Where it is kept what oracles said; None asks them every time.

    Raises:
        UsageError: If the policy names an oracle that does not exist.
    """

    def __init__(
        self,
        base: Iterable[Demonstration] = (),
        *,
        benchmarks: Benchmarks | None = None,
        policy: Policy | None = None,
        cache: Cache | None = None,
    ) -> None:
        from seccoder import oracles

        self._policy = policy or Policy()
        self._benchmarks = benchmarks
        self._oracles = oracles.load(self._policy.oracles)
        self._cache = cache
        self._shapes = Shapes()
        self._sides: dict[tuple[str, str], tuple[str, str]] = {}
        self._levels: dict[str, ProofLevel] = {}
        self._fixes: dict[tuple[str, str], dict[str, Demonstration]] = {}  # by repository and function
        for demonstration in base:
            self.know(demonstration)

    def know(self, demonstration: Demonstration) -> None:
        """Take it that one more demonstration is there."""
        d = demonstration
        self._shapes.add(d.id, _outline(d.code, d.language), d.language)
        self._remember(d)

    def prepare(self, candidates: Sequence[Candidate]) -> None:
        """Do what takes time, and decide nothing: proofs are run and oracles asked, and what they said is kept."""
        self._examine(candidates)

    def vet(
        self,
        candidates: Sequence[Candidate],
        on_progress: Progress | None = None,
        *,
        proven: Sequence[bool] | None = None,
        trial: Callable[[Candidate], Trial | None] | None = None,
        before: Sequence[Iterable[Demonstration]] | None = None,
    ) -> list[Vetting]:
        """Decide about one batch.

        Args:
            candidates: The batch.
            on_progress: Called with (done, total).
            proven: For each, whether the caller ran its proof and it held; None if the caller ran none.
            trial: Runs the tests that came with a fix, if they may be run.
            before: For each, demonstrations that are there as soon as the one before it was decided about. With them
                nothing is learnt from the decisions: what is there follows from these alone.
        """
        drafts = self._examine(candidates, on_progress, proven, trial)
        vettings = []
        for number, draft in enumerate(drafts):
            for demonstration in before[number] if before else ():
                self.know(demonstration)
            vettings.append(self._settle(draft))
            if before is None:
                self._learn(draft, vettings[-1])
        if on_progress:
            on_progress(len(candidates), len(candidates))
        return vettings

    def _examine(
        self,
        candidates: Sequence[Candidate],
        on_progress: Progress | None = None,
        proven: Sequence[bool] | None = None,
        trial: Callable[[Candidate], Trial | None] | None = None,
    ) -> list[Draft]:
        """Find out all that does not depend on what becomes of the others."""
        drafts = []
        for number, candidate in enumerate(candidates):
            drafts.append(self._read(candidate))
            drafts[-1].proven = bool(proven and proven[number])
            if on_progress:
                on_progress(number, len(candidates))
        self._run_proofs([draft for draft in drafts if not draft.rejected])
        for draft in drafts:
            if not draft.rejected:
                rules.check_change(draft)
        self._ask_oracles([draft for draft in drafts if not draft.rejected])
        if self._policy.run_fixes:
            self._run_fixes([draft for draft in drafts if draft.candidate.fix and draft.acceptable])
            for draft in drafts:
                if trial and draft.candidate.fix and draft.acceptable and not draft.executed:
                    rules.weigh_trial(draft, trial(draft.candidate))
        return drafts

    # --- one candidate, statically ----------------------------------------------------------------------------------

    def _read(self, candidate: Candidate) -> Draft:
        draft = Draft(candidate)
        for rule in (
            rules.check_text,
            rules.check_language,
            rules.check_weakness,
            rules.check_hidden,
            rules.check_parse,
            rules.check_secret,
        ):
            rule(draft)
            if draft.rejected:
                return draft
        self._licence(draft)
        rules.neutralise(draft, self._policy.keep_comments)
        for rule in (rules.check_look_alikes, rules.check_instruction, rules.check_twins):
            rule(draft)
        if not draft.rejected:
            rules.shorten(draft, self._policy.max_lines)
            draft.outline = self._shapes.outline(draft.code, draft.language)
            self._duplicate(draft, final=False)
        if not draft.rejected:
            self._benchmark(draft)
        return draft

    def _licence(self, draft: Draft) -> None:
        licence = draft.candidate.origin.licence
        if not licence:
            draft.quarantine("licence", "none is known; say which one it has if it may be used")
        elif not licences.allowed(licence, self._policy.licences):
            draft.reject("licence", f"{licence[:60]} is not among those allowed")
        elif licence == OWN:
            draft.tell("licence", "none is named; taken for your own")

    def _duplicate(self, draft: Draft, *, final: bool) -> None:
        """Refuse what is there already, unless the very same code comes with stronger evidence, known at the end."""
        earlier = self._same_place(draft)
        for text, side in ((draft.code, "secure"), (draft.vulnerable or "", "vulnerable")):
            id, known = self._sides.get((draft.language, rules.bare(text)), ("", side))
            if known != side and side == "vulnerable" and id in earlier:
                draft.supersedes.add(id)
            elif known != side:
                draft.reject("twins", f"its {side} side is the {known} side of {id}")
                return
            if id and side == "secure":
                same = id in self._levels and draft.demonstration(ProofLevel.ASSERTED).id == id
                if same and not final:
                    return
                if same and draft.level().strength > self._levels[id].strength:
                    draft.tell("duplicate", f"it is there already, but only as {self._levels[id]}")
                else:
                    draft.reject("duplicate", f"it is the same as {id}, but for comments and spaces")
                return
        for id, known_fix in earlier.items():
            if any(same_family(one, other) for one in draft.cwes for other in known_fix.cwes):
                if known_fix.origin.date > draft.candidate.origin.date:
                    draft.reject("duplicate", f"a later fix of the same function is there: {id}")
                    return
                draft.supersedes.add(id)
        if alike := self._shapes.most_alike(draft.outline, draft.language, earlier):
            draft.reject("duplicate", f"it is {alike[0]} with other names ({alike[1]:.2f} alike)")

    def _same_place(self, draft: Draft) -> dict[str, Demonstration]:
        """Return the known fixes of the same function of the same repository."""
        c = draft.candidate
        return self._fixes.get((c.origin.source, c.origin.path), {}) if c.fix and c.origin.commit else {}

    def _benchmark(self, draft: Draft) -> None:
        if self._benchmarks is None:
            return
        # Compare it as it was proposed, and whole without its comments: a copy may have either form.
        proposed = replace(draft.candidate.demonstration(ProofLevel.ASSERTED), language=draft.language)
        bare = replace(proposed, code=draft.whole, vulnerable=draft.whole_twin)
        found = self._benchmarks.overlaps(proposed)
        if not found and bare != proposed:
            found = self._benchmarks.overlaps(bare)
        if found:
            first = found[0]
            draft.reject("benchmark", f"its {first.part} is in {first.text.name} ({first.how}, {first.share:.2f})")

    def _remember(self, demonstration: Demonstration, *, bare: bool = False) -> None:
        d = demonstration
        for text, side in ((d.vulnerable, "vulnerable"), (d.code, "secure")):
            if text:
                code = rules.bare(text) if bare else _without_comments(text, d.language)
                self._sides[d.language, code] = d.id, side
        self._levels[d.id] = d.proof.level
        if d.origin.commit and d.origin.path and d.vulnerable and d.proof.level is not ProofLevel.ASSERTED:
            self._fixes.setdefault((d.origin.source, d.origin.path), {})[d.id] = d

    def _forget(self, id: str) -> None:
        self._levels.pop(id, None)
        self._sides = {key: value for key, value in self._sides.items() if value[0] != id}
        for fixes in self._fixes.values():
            fixes.pop(id, None)

    # --- many at once -----------------------------------------------------------------------------------------------

    def _ask_oracles(self, drafts: Sequence[Draft]) -> None:
        from seccoder import oracles

        if not self._oracles:
            return
        sources = []
        for draft in drafts:
            sources += [Source(draft.whole, draft.language), Source(draft.whole_twin or "", draft.language)]
        checks: list[list[Check]] = []
        for start in range(0, len(sources), BATCH):
            checks += oracles.check(sources[start : start + BATCH], self._oracles, cache=self._cache)
        for draft, secure, twin in zip(drafts, checks[::2], checks[1::2], strict=True):
            rules.judge(draft, secure, twin)

    def _run_proofs(self, drafts: Sequence[Draft]) -> None:
        from seccoder.codebase import proof

        with_proof = [draft for draft in drafts if draft.candidate.test]
        if not self._policy.run_proofs:
            for draft in with_proof:
                if not draft.proven:
                    draft.tell("proof", "it was not run: proofs are off")
            return
        # What is run is exactly what would be stored, with its comments.
        results = proof.run_all([draft.demonstration(ProofLevel.EXECUTED) for draft in with_proof])
        for draft, result in zip(with_proof, results, strict=True):
            if result.status == "failed":
                draft.reject("proof", result.reason)
            elif result.status == "not-run":
                draft.quarantine("proof", f"it could not be run here: {result.reason}")
            else:
                draft.proven = True
                draft.tell("proof", f"it holds both ways ({len(result.secure.tests)} tests)")
                if rules.reads_the_code(draft.candidate.test or ""):
                    draft.quarantine("proof", "it reads the code it should run; somebody has to look at it")

    def _run_fixes(self, drafts: Sequence[Draft]) -> None:
        """Try exploits of the weakness on both sides; where neither can be run, nothing follows."""
        from seccoder import oracles

        chosen = [draft for draft in drafts if draft.cwes and draft.vulnerable]
        sources = [
            Source(text, draft.language, draft.cwes[0])
            for draft in chosen
            for text in (draft.whole, draft.whole_twin or "")
        ]
        answers = oracles.check(sources, oracles.load(["executed"]), cache=self._cache)
        verdicts = [combine(source, checks) for source, checks in zip(sources, answers, strict=True)]
        for draft, secure, twin in zip(chosen, verdicts[::2], verdicts[1::2], strict=True):
            rules.weigh_exploits(draft, secure, twin)

    # --- the decision -----------------------------------------------------------------------------------------------

    def _settle(self, draft: Draft) -> Vetting:
        level = draft.level()
        if not draft.rejected and not draft.evident:
            say = draft.tell if self._policy.accept_assertions else draft.quarantine
            if draft.vulnerable is None:
                say("evidence", "nothing shows that it is secure: it has neither a twin nor a proof that was run")
            elif not draft.candidate.own:
                say("evidence", "nothing but its author's word says which side is the secure one")
        if draft.acceptable:
            self._duplicate(
                draft, final=True
            )  # again, because of those alike in one batch the first acceptable one stays
        if draft.rejected:
            return Vetting(draft.candidate, Decision.REJECT, tuple(draft.reasons), level, None)
        demonstration = draft.demonstration(level)
        validate(demonstration)
        decision = worst(draft.reasons)
        # What a later fix found wanting does not stay, even where somebody has to look at the later one.
        superseded = tuple(sorted(draft.supersedes - {demonstration.id}))
        return Vetting(draft.candidate, decision, tuple(draft.reasons), level, demonstration, superseded)

    def _learn(self, draft: Draft, vetting: Vetting) -> None:
        """Know from now on what a decision changes."""
        for id in vetting.supersedes:
            self._forget(id)
        if vetting.decision is Decision.ACCEPT and (demonstration := vetting.demonstration):
            self._shapes.add(demonstration.id, draft.outline, draft.language)
            self._remember(demonstration, bare=True)


# What is there is the bundled base above all, the same for every vetter of a process.


@lru_cache(1024)
def _outline(code: str, language: str) -> Outline | None:
    return Shapes.outline(code, language)


@lru_cache(2048)
def _without_comments(text: str, language: str) -> str:
    return rules.bare(comments.without_comments(text, language))
