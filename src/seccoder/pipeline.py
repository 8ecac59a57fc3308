"""Runs the online flow: it retrieves, integrates, generates, extracts, checks and, if asked for, repairs.

    query -> retrieve -> integrate -> generate -> extract -> check -> (repair) -> result

It takes a query (incomplete code, a task in words, or both) and returns the samples with their verdicts, the final
prompt and the demonstrations in it. `SecCoder` only joins the steps; each step is in its own module.

Not guaranteed: that a completion is secure. Its verdict says what was shown (`seccoder.types.Verdict`).
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Any, Literal, Self

from seccoder import retrievers, rounds
from seccoder.code import cwe as cwes
from seccoder.code import examples, languages
from seccoder.codebase.codebase import Codebase
from seccoder.models import load as load_model
from seccoder.oracles import judge
from seccoder.oracles import load as load_oracles
from seccoder.oracles.answers import answers
from seccoder.oracles.checking import FileResult, check_texts
from seccoder.oracles.examples import unmet
from seccoder.oracles.files import Text
from seccoder.prompts.advice import cued
from seccoder.prompts.continuation import Continuation
from seccoder.prompts.extract import mark_duplicates
from seccoder.prompts.repair import failed
from seccoder.settings import Settings, resolve
from seccoder.types import (
    CodeLM,
    Completion,
    Hit,
    Judged,
    Progress,
    Prompt,
    Query,
    Retriever,
    Sample,
    SamplingSettings,
    Source,
    Task,
)

Pick = Literal["all", "best"]
_MEASURED = {
    "cue": "Of the demonstration only the cue is shown: this model was measured to write better so",
    "after": "The demonstration was not shown: this model was measured to write better without one",
}
Request = tuple[Prompt, int, SamplingSettings]  # the arguments of `CodeLM.generate`


@dataclass(frozen=True, slots=True)
class GenerateResult:
    """The result of one call of `SecCoder.generate`.

    Attributes:
        samples: Exactly n samples, or the one that was picked.
        prompt: The final prompt.
        model: The model's name.
        drawn: How many completions were sampled, including those of repair.
        picked: What decided which one was picked, in a few words; "" if nothing was.
    """

    samples: tuple[Sample, ...]
    prompt: Prompt
    model: str
    drawn: int
    picked: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the documented shape of `seccoder generate --json`."""
        return {
            "completions": [sample.to_json() for sample in self.samples],
            "demonstrations": [hit.demonstration.to_json() for hit in self.prompt.hits],
            "prompt": self.prompt.text,
            "notes": list(self.prompt.notes),
            "model": self.model,
            "drawn": self.drawn,
            "picked": self.picked,
        }


class SecCoder:
    """The online flow: it retrieves a secure example, completes code with it, and checks the result by running it.

    The command line, the proxy, the MCP server and evaluation call these methods and nothing below them. Languages and
    CWEs may come in any spelling. What a method does not need is not opened: checking needs no codebase and no model.

    Args:
        settings: Flags that win over environment, `seccoder.toml` and defaults; see `seccoder.settings.Settings`.

    Raises:
        UsageError: If a setting is unknown or of the wrong type.
    """

    def __init__(self, **settings: Any) -> None:
        self.settings: Settings = resolve(**settings)
        self._codebase: Codebase | None = None
        self._lm: CodeLM | None = None
        self._retrievers: dict[str, Retriever] = {}

    @property
    def codebase(self) -> Codebase:
        """The secure codebase, opened on first use."""
        if self._codebase is None:
            self._codebase = Codebase.open(self.settings.codebase)
        return self._codebase

    @property
    def lm(self) -> CodeLM:
        """The code LM, loaded on first use."""
        if self._lm is None:
            self._lm = load_model(self.settings.model, threads=self.settings.threads)
        return self._lm

    def retriever(self, name: str | None = None) -> Retriever:
        """Return a retriever over the codebase by name, which is made once. None means the one of the settings."""
        name = name or self.settings.retriever
        if name not in self._retrievers:
            self._retrievers[name] = retrievers.load(name, self.codebase, seed=self.settings.seed)
        return self._retrievers[name]

    def retrieve(self, query: Query, k: int | None = None, *, retriever: str | None = None) -> list[Hit]:
        """Rank the demonstrations for a query (paper, step 2).

        Args:
            query: Incomplete code, a task in words, or both.
            k: How many hits at most; None means as the settings say.
            retriever: The name of a retriever; None means the one of the settings.

        Returns:
            The hits, best first. Hits below `threshold` are among them, although they are not worth showing to a model.

        Raises:
            SecCoderError: If the codebase or the retriever cannot be used.
        """
        return self.retriever(retriever).search(_normalise(query), self.settings.k if k is None else k)

    def threshold(self, retriever: str | None = None) -> float:
        """Return the score below which a hit is not worth showing: the settings' or else the retriever's own."""
        return self.retriever(retriever).threshold if self.settings.min_score is None else self.settings.min_score

    def check(
        self, sources: Sequence[Source], *, oracles: Sequence[str] | None = None, on_progress: Progress | None = None
    ) -> list[Judged]:
        """Ask the oracles about sources, and form the verdict of each.

        Args:
            sources: Whole files with their languages and, if known, the CWE that counts.
            oracles: Names of oracles; None means those that are asked by default.
            on_progress: Called with (sources done, sources in all).

        Raises:
            UsageError: If a language, a CWE or an oracle is unknown.
        """
        known = [
            replace(each, language=each.language and languages.canonical(each.language), cwe=_cwe(each.cwe))
            for each in sources
        ]
        return judge(known, load_oracles(oracles), on_progress)

    def check_files(
        self,
        texts: Sequence[Text],
        *,
        cwe: str | None = None,
        oracles: Sequence[str] | None = None,
        on_progress: Progress | None = None,
    ) -> list[FileResult]:
        """Check files (`seccoder.oracles.files` reads them). A comment or an unchanged line may set aside a finding.

        Args:
            texts: The files that were read. One that could not be read as code is UNKNOWN with that reason.
            cwe: The weakness that counts; None means any.
            oracles: Names of oracles; None means those that are asked by default.
            on_progress: Called with (files done, files in all).

        Raises:
            UsageError: If the CWE or an oracle is unknown.
        """
        return check_texts(texts, cwe=_cwe(cwe), names=oracles, on_progress=on_progress)

    def generate(  # noqa: PLR0913 - what is written, how it is checked, and how often
        self,
        code: str | Query = "",
        *,
        language: str | None = None,
        task: str = "",
        suffix: str = "",
        cwe: str | None = None,
        n: int = 1,
        pick: Pick = "all",
        repair: int = 0,
        retriever: str | None = None,
        about: Task | None = None,
        on_prompt: Callable[[Prompt], None] | None = None,
        on_sample: Callable[[int, Sample], None] | None = None,
    ) -> GenerateResult:
        """Complete code, or write it from a task in words, with a secure demonstration; check every completion.

        Args:
            code: Incomplete code to continue, or a whole query (then `language`, `task` and `suffix` are its own).
            language: The language, in any spelling.
            task: What the code is to do, in words.
            suffix: Code that follows the completion.
            cwe: The weakness to check for; None checks for any, and looks besides for those that the retrieved
                demonstrations are about. It goes to the oracles and to repair; no retriever sees it.
            n: How many completions.
            pick: `all` returns every completion. `best` returns the one with the strongest evidence, and stops
                sampling as soon as one is proven secure and keeps the examples that the query gives of its answers.
            repair: How many times a completion that failed its check, or the query's own examples, is written again, by
                a model that is told what was wrong and shown an example for it. The version with the stronger evidence
                is kept.
            retriever: The name of a retriever, whose example is then shown first unless the settings say otherwise;
                None means the one of the settings.
            about: The benchmark's task, for oracles that need to know it.
            on_prompt: Called with the final prompt before the model is asked.
            on_sample: Called with each completion's index and its sample as soon as it was checked. The completions are
                then asked for a few at a time. Repair may replace one later.

        Raises:
            SecCoderError: If there is nothing to write, or a step failed as a whole; the message says what to do.
        """
        query = _normalise(code if isinstance(code, Query) else Query(code, language, task, suffix))
        continuation = Continuation.of(query, chat=self.lm.wants_chat(query))
        hits = self.retrieve(query, retriever=retriever)
        suspects = rounds.suspects(hits, self.threshold(retriever))
        prompts = self._prompts(continuation, n, hits, retriever)
        prompt = prompts[0][0]
        if on_prompt:
            on_prompt(prompt)
        sampling = self._sampling(continuation)
        subject = Source("", query.language or "", _cwe(cwe), about)
        samples: list[Sample] = []
        asked: list[Prompt] = []  # by each sample
        at_a_time = rounds.AT_A_TIME if pick == "best" or on_sample else n
        requests = [
            (each, min(at_a_time, end - number), replace(sampling, first=number))
            for each, first, end in prompts
            for number in range(first, end, at_a_time)
        ]
        for request, completions in self._complete(requests, ahead=pick == "all"):
            fresh = self._judge(continuation, completions, subject, suspects, request[0].hits, samples)
            for index, sample in enumerate(fresh, start=len(samples)):
                if on_sample:
                    on_sample(index, sample)
            samples += fresh
            asked += [request[0]] * len(fresh)
            if pick == "best" and rounds.enough(list(map(rounds.merit_of, samples))):
                break
        drawn = len(samples)
        picked = ""
        if pick == "best":
            kept, picked = self._pick(samples, query)
            picked += "; it was written without the example" if asked[kept] is not prompt else ""
            samples, asked = [replace(samples[kept], duplicate_of=None)], [asked[kept]]
        shown = [{hit.demonstration.id for hit in each.hits} for each in asked]
        for _ in range(repair):
            for index, sample in enumerate(samples):
                if failed(sample.verdict, sample.unmet):
                    again = self._again(query, sample, shown[index], retriever)
                    shown[index] |= {hit.demonstration.id for hit in again.hits}
                    completions = self.lm.generate(again, 1, replace(sampling, first=drawn))
                    drawn += 1
                    (version,) = self._judge(continuation, completions, subject, suspects, again.hits)
                    if rounds.merit_of(version) < rounds.merit_of(sample):
                        samples[index] = replace(version, repairs=sample.repairs + 1)
        if repair:  # copies may have been repaired differently
            marks = mark_duplicates([sample.code for sample in samples])
            samples = [replace(sample, duplicate_of=mark) for sample, mark in zip(samples, marks, strict=True)]
        return GenerateResult(tuple(samples), prompt, self.lm.name, drawn, picked)

    def _pick(self, samples: Sequence[Sample], query: Query) -> tuple[int, str]:
        sources = [Source(sample.code, query.language or "") for sample in samples]
        return rounds.pick(list(map(rounds.merit_of, samples)), lambda: [answers(each, query) for each in sources])

    def _again(self, query: Query, sample: Sample, shown: Collection[str], retriever: str | None) -> Prompt:
        k, max_tokens = self.settings.k, self.settings.max_tokens
        return rounds.again(query, sample, shown, self.lm, self.retriever(retriever), k=k, max_tokens=max_tokens)

    def _prompts(
        self, continuation: Continuation, n: int, hits: Sequence[Hit], retriever: str | None
    ) -> list[tuple[Prompt, int, int]]:
        """Return the prompts of n completions, each with the numbers at which those of it begin and end."""
        example: str = self.settings.example
        if example == "auto":  # whoever names a retriever here wants to see what its example does
            example = "first" if retriever else rounds.example_of(self.lm.name, chat=continuation.chat)
        prompt = self._prompt(continuation, hits, retriever, example)
        first, others = rounds.halves(n)
        if not prompt.hits:
            return [(prompt, 0, n)]
        plain = self._prompt(continuation, [], retriever)
        if example in _MEASURED:
            prompt = plain if example == "after" else prompt
            why = [] if example == self.settings.example else [f"{_MEASURED[example]} (--example first shows it)."]
            return [(replace(prompt, notes=(*prompt.notes, *why)), 0, n)]
        if example != "half" or not others:
            return [(prompt, 0, n)]
        told = f"The first {first} completions are written with the demonstration, the others without."
        return [(replace(prompt, notes=(*prompt.notes, told)), 0, first), (plain, first, n)]

    def _prompt(
        self, continuation: Continuation, hits: Sequence[Hit], retriever: str | None, example: str = "first"
    ) -> Prompt:
        threshold, max_tokens = self.threshold(retriever), self.settings.max_tokens
        build = partial(continuation.prompt, lm=self.lm, max_tokens=max_tokens, threshold=threshold)
        fitting = [hit for hit in hits if hit.score >= threshold]
        language = continuation.query.language or ""
        if example == "cue" and fitting and (continuation.chat or language):
            prompt = cued(build([]), fitting, language)
            return prompt if self.lm.count_tokens(prompt.text) + max_tokens <= self.lm.context_length else build([])
        return build(hits, sliced=example == "slice")

    def _complete(self, requests: Sequence[Request], *, ahead: bool) -> Iterator[tuple[Request, list[Completion]]]:
        """Yield requests with their completions in their order; `ahead` lets a model work on several."""
        if not ahead:
            yield from ((request, self.lm.generate(*request)) for request in requests)
            return
        waiting: dict[int, list[Completion]] = {}
        turn = 0
        for number, completions, _ in self.lm.generate_all(requests):
            waiting[number] = completions
            while turn in waiting:
                yield requests[turn], waiting.pop(turn)
                turn += 1

    def _judge(
        self,
        continuation: Continuation,
        completions: Sequence[Completion],
        subject: Source,
        suspects: Sequence[str],
        hits: Sequence[Hit],
        earlier: Sequence[Sample] = (),
    ) -> list[Sample]:
        """Return a sample for each completion; equal files, earlier ones too, are checked once."""
        known = len(earlier)
        shown = [hit.demonstration for hit in hits]
        written = (continuation.finished(each.text, shown) for each in completions)
        codes = [*(sample.code for sample in earlier), *written]
        duplicates = mark_duplicates(codes)
        first = [index for index, duplicate in enumerate(duplicates) if duplicate is None and index >= known]
        fresh = judge([replace(subject, text=codes[index]) for index in first], suspects=suspects)
        judged: dict[int, Sample | Judged] = {**dict(enumerate(earlier)), **dict(zip(first, fresh, strict=True))}
        wanted = examples.of(continuation.query)
        missed = {index: sample.unmet for index, sample in enumerate(earlier)}
        missed |= {index: unmet(replace(subject, text=codes[index]), wanted) for index in first}
        samples = []
        for index, completion in enumerate(completions, start=known):
            duplicate = duplicates[index]
            at = index if duplicate is None else duplicate
            of = judged[at]
            samples.append(Sample(completion, codes[index], of.checks, of.verdict, duplicate, unmet=missed[at]))
        return samples

    def _sampling(self, continuation: Continuation) -> SamplingSettings:
        settings = self.settings
        return SamplingSettings(
            temperature=settings.temperature,
            top_p=settings.top_p,
            max_tokens=settings.max_tokens,
            seed=settings.seed,
            stop_at=continuation.stop_at(),
            stop_when=continuation.stop_when(),
        )

    def close(self) -> None:
        """Stop the model's server, if it has one, and close the stores."""
        if self._lm is not None:
            self._lm.close()
        if self._codebase is not None:
            self._codebase.close()
        self._lm, self._codebase, self._retrievers = None, None, {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def retrieve(query: Query, k: int | None = None, **settings: Any) -> list[Hit]:
    """Call `SecCoder.retrieve` for a single query."""
    with SecCoder(**settings) as seccoder:
        return seccoder.retrieve(query, k)


def check(sources: Sequence[Source], *, oracles: Sequence[str] | None = None) -> list[Judged]:
    """Call `SecCoder.check` once, and close everything afterwards."""
    with SecCoder() as seccoder:
        return seccoder.check(sources, oracles=oracles)


def _normalise(query: Query) -> Query:
    """Return the query with its language in the one spelling that everything else expects."""
    return replace(query, language=languages.canonical(query.language)) if query.language else query


def _cwe(spelling: str | None) -> str | None:
    return cwes.normalise(spelling) if spelling else None
