"""The online flow on one screen: query -> retrieve -> integrate -> generate -> extract -> check -> (repair) -> result.

In flows a query (incomplete code, a task in words, or both); out flow the samples with their verdicts, the final prompt
and the demonstrations in it. `SecCoder` only joins the steps; each lives in its own module.

Not guaranteed: that a completion is secure. Its verdict says what was shown (`seccoder.types.Verdict`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Literal, Self

from seccoder import oracles, retrievers
from seccoder.code import cwe as cwes
from seccoder.code import languages
from seccoder.codebase.codebase import Codebase
from seccoder.models import load as load_model
from seccoder.oracles.verdict import combine, rank
from seccoder.prompts.compose import compose, file_of
from seccoder.prompts.extract import mark_duplicates, stop_when
from seccoder.prompts.repair import failed
from seccoder.prompts.repair import repair as repaired
from seccoder.settings import Settings, resolve
from seccoder.types import (
    Check,
    CodeLM,
    Completion,
    Hit,
    Label,
    Prompt,
    Query,
    Retriever,
    Sample,
    SamplingSettings,
    Source,
    Task,
)

Pick = Literal["all", "best"]

_AT_A_TIME = 2  # completions drawn before `best` looks whether one is proven: checking two costs little more than one


@dataclass(frozen=True, slots=True)
class GenerateResult:
    """What one call of `SecCoder.generate` gave.

    Attributes:
        samples: Exactly n, or the one that was picked.
        prompt: The final prompt.
        model: The model's name.
        drawn: How many completions were sampled, those of repair among them.
    """

    samples: tuple[Sample, ...]
    prompt: Prompt
    model: str
    drawn: int

    def to_json(self) -> dict[str, Any]:
        """The documented shape of `seccoder generate --json`."""
        return {
            "completions": [_sample_json(sample) for sample in self.samples],
            "demonstrations": [hit.demonstration.to_json() for hit in self.prompt.hits],
            "prompt": self.prompt.text,
            "notes": list(self.prompt.notes),
            "model": self.model,
            "drawn": self.drawn,
        }


class SecCoder:
    """The main job: retrieve a secure example, complete with it, check the result by running it.

    Args:
        settings: Flags that win over environment, `seccoder.toml` and defaults; see `seccoder.settings.Settings`.

    Raises:
        SecCoderError: If the model, the retriever or the codebase cannot be used; the message says what to do.
    """

    def __init__(self, **settings: Any) -> None:
        self.settings: Settings = resolve(**settings)
        self.codebase = Codebase.open(self.settings.codebase)
        self._lm: CodeLM | None = None
        self._retrievers: dict[str, Retriever] = {}

    @property
    def lm(self) -> CodeLM:
        """The code LM, loaded on first use."""
        if self._lm is None:
            self._lm = load_model(self.settings.model, threads=self.settings.threads)
        return self._lm

    def retriever(self, name: str | None = None) -> Retriever:
        """A retriever over the codebase by name, made once; None: the one of the settings."""
        name = name or self.settings.retriever
        if name not in self._retrievers:
            self._retrievers[name] = retrievers.load(name, self.codebase, seed=self.settings.seed)
        return self._retrievers[name]

    def generate(
        self,
        code: str = "",
        *,
        language: str | None = None,
        task: str = "",
        suffix: str = "",
        cwe: str | None = None,
        n: int = 1,
        pick: Pick = "all",
        repair: int = 0,
    ) -> GenerateResult:
        """Complete code, or write it from a task in words, with a secure demonstration; check every completion.

        Args:
            code: Incomplete code to continue.
            language: Any spelling; needed.
            task: What the code is to do, in words.
            suffix: Code that follows the completion.
            cwe: The weakness to check for; None checks for any.
            n: How many completions.
            pick: `all` returns every completion; `best` the one with the strongest evidence, and stops sampling as
                soon as one is proven secure.
            repair: Rounds in which a completion that failed its check is written again, told what was wrong; the
                version with the stronger evidence is kept.

        Raises:
            SecCoderError: If there is nothing to write, or a step failed as a whole; the message says what to do.
        """
        query = Query(code, languages.canonical(language) if language else None, task, suffix)
        return self.run(query, cwe=cwes.normalise(cwe) if cwe else None, n=n, pick=pick, repair=repair)

    def run(
        self,
        query: Query,
        *,
        cwe: str | None,
        n: int,
        pick: Pick = "all",
        task: Task | None = None,
        retriever: str | None = None,
        repair: int = 0,
    ) -> GenerateResult:
        """The whole flow for one query. The target CWE goes to the oracles and to repair: no retriever sees it."""
        chosen = self.retriever(retriever)
        settings = self.settings
        hits = chosen.search(query, settings.k)
        threshold = chosen.threshold if settings.min_score is None else settings.min_score
        prompt = self._integrate(query, hits, threshold)
        sampling = self._sampling(query)
        samples: list[Sample] = []
        if pick == "all":
            samples = self._judge(query, self.lm.generate(prompt, n, sampling), cwe, task)
        while pick == "best" and len(samples) < n and not any(s.verdict.label is Label.SECURE for s in samples):
            batch = replace(sampling, first=len(samples))
            completions = self.lm.generate(prompt, min(_AT_A_TIME, n - len(samples)), batch)
            samples += self._judge(query, completions, cwe, task)
        drawn = len(samples)
        if pick == "best":
            samples = [replace(min(samples, key=lambda sample: rank(sample.verdict)), duplicate_of=None)]
        for _ in range(repair):
            for index, sample in enumerate(samples):
                if failed(sample.verdict):
                    again = self._integrate(repaired(query, sample, chat=self.lm.chat), hits, threshold)
                    completions = self.lm.generate(again, 1, replace(sampling, first=drawn))
                    drawn += 1
                    (version,) = self._judge(query, completions, cwe, task)
                    if rank(version.verdict) < rank(sample.verdict):
                        samples[index] = replace(version, repairs=sample.repairs + 1)
        if repair:  # copies may have been repaired differently
            marks = mark_duplicates([sample.code for sample in samples])
            samples = [replace(sample, duplicate_of=mark) for sample, mark in zip(samples, marks, strict=True)]
        return GenerateResult(tuple(samples), prompt, self.lm.name, drawn)

    def _integrate(self, query: Query, hits: Sequence[Hit], threshold: float) -> Prompt:
        return compose(query, hits, self.lm, max_tokens=self.settings.max_tokens, threshold=threshold)

    def _judge(
        self, query: Query, completions: Sequence[Completion], cwe: str | None, task: Task | None
    ) -> list[Sample]:
        codes = [file_of(query, completion.text, chat=self.lm.chat) for completion in completions]
        duplicates = mark_duplicates(codes)
        sources = [Source(code, query.language or "", cwe, task) for code in codes]
        first = [index for index, duplicate in enumerate(duplicates) if duplicate is None]
        checks = dict(zip(first, oracles.check([sources[index] for index in first]), strict=True))
        samples = []
        for index, (completion, code, duplicate) in enumerate(zip(completions, codes, duplicates, strict=True)):
            of = index if duplicate is None else duplicate
            verdict = combine(sources[of], checks[of])
            samples.append(Sample(completion, code, tuple(checks[of]), verdict, duplicate))
        return samples

    def _sampling(self, query: Query) -> SamplingSettings:
        settings = self.settings
        return SamplingSettings(
            temperature=settings.temperature,
            top_p=settings.top_p,
            max_tokens=settings.max_tokens,
            seed=settings.seed,
            stop_when=stop_when(query, chat=self.lm.chat),
        )

    def close(self) -> None:
        """Stop the model's server, if it has one, and close the stores."""
        if self._lm is not None and hasattr(self._lm, "close"):
            self._lm.close()
        self._lm = None
        self.codebase.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _sample_json(sample: Sample) -> dict[str, Any]:
    verdict = sample.verdict
    return {
        "code": sample.code,
        "verdict": str(verdict.label),
        "evidence": verdict.evidence,
        "exercised": verdict.exercised,
        "reason": verdict.reason,
        "cwes": list(verdict.cwes),
        "checks": [check_json(check) for check in sample.checks],
        "duplicate_of": sample.duplicate_of,
        "repairs": sample.repairs,
        "tokens": sample.completion.tokens,
        "prompt_tokens": sample.completion.prompt_tokens,
        "seed": sample.completion.seed,
        "finish": sample.completion.finish,
    }


def check_json(check: Check) -> dict[str, Any]:
    """One oracle's word as JSON."""
    return {
        "oracle": check.oracle,
        "version": check.version,
        "evidence": check.evidence,
        "analysed": check.analysed,
        "flagged": check.flagged,
        "valid": check.valid,
        "exercised": check.exercised,
        "functional": check.functional,
        "findings": [finding.to_json() for finding in check.findings],
        "seconds": round(check.seconds, 3),
        "reason": check.reason,
        "why": check.why,
    }
