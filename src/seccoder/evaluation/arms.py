"""Chooses the demonstrations that a task is shown in each experimental condition, and makes the prompt.

An arm is the name of a retriever (`bm25`, `dense:minilm`, `hybrid`), a method on top of an arm
(`seccoder.evaluation.methods`), or one of the following. The last three look at the task's CWE, as no retriever does:

    none             no demonstration
    instruction      no demonstration, but one sentence: write secure code
    file:PATH        no demonstration, but the text of a file, such as a team's rules for its agents
    cue              of what `hybrid` shows only the cue, the weakness and its remedy in words, and no code
    placebo-cue      of what `placebo` shows only the cue
    random           the paper's: uniform over the whole base, whatever the language
    placebo          of the prompt's language, of a CWE of another family, of a length like what `hybrid` shows
    wrong-language   of the task's CWE, in another language
    ceiling          of the task's CWE, in the prompt's language, by its tags

An arm that shows code may have `-slice` behind its name (`hybrid-slice`, `placebo-slice`, `cue-slice` for the cue and
the slice): of the code only the lines that matter are shown (`seccoder.code.slicing`).

What was chosen is shown unless it does not fit, however low its score is: there is no threshold. The last three and
`random` draw anew for each seed. If an arm has nothing to show by its definition, the task is left out of that arm,
with the reason.
"""

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

from seccoder import retrievers, rounds
from seccoder.code.cwe import same_family
from seccoder.code.languages import family
from seccoder.codebase.codebase import Codebase
from seccoder.errors import UsageError
from seccoder.evaluation import methods
from seccoder.prompts.advice import advised, cued
from seccoder.prompts.continuation import Continuation
from seccoder.types import CodeLM, Demonstration, Hit, Prompt, Retriever, Sample, Task

INSTRUCTION = "Write secure code."
ALIKE = 10  # a placebo is drawn from this many demonstrations, those that come nearest in length
CUES = ("cue", "placebo-cue")
OF_THE_HARNESS = ("none", "instruction", *CUES, "random", "placebo", "wrong-language", "ceiling")
FILE = "file:"
SLICE = "-slice"


class NothingToShow(Exception):
    """An arm has no demonstration for a task; the message says why."""


class Arms:
    """The arms over one codebase.

    Args:
        codebase: The codebase that the demonstrations come from.
        k: How many demonstrations a prompt gets.
    """

    def __init__(self, codebase: Codebase, k: int) -> None:
        self._codebase = codebase
        self._k = k
        self._demonstrations = codebase.demonstrations()
        self._retrievers: dict[tuple[str, int], Retriever] = {}

    def require(self, names: Sequence[str], tasks: Sequence[Task]) -> None:
        """Refuse what cannot work before anything is sampled.

        Raises:
            UsageError: If there is no arm of a name, or an arm has nothing to show for any task.
            SecCoderError: If an arm's embedder cannot be loaded.
        """
        for name in map(methods.base, names):
            if name.startswith(FILE):
                _text(name)
            elif (name := _unsliced(name)) not in OF_THE_HARNESS:
                self._retriever(name, 0)
            if name in ("wrong-language", "ceiling") and not any(task.cwe for task in tasks):
                raise UsageError(f"the arm {name} needs tasks with a CWE; this benchmark has none")

    def hits(self, name: str, task: Task, seed: int) -> list[Hit]:
        """Return what a task is shown, best first.

        Raises:
            NothingToShow: If the arm has nothing for this task by its definition.
        """
        name = _unsliced(name)
        if name in ("none", "instruction") or name.startswith(FILE):
            return []
        if name in ("placebo", "placebo-cue"):
            return self._draw(name, self._placebos(task), task, seed)
        if name == "wrong-language":
            others = [d for d in self._of_cwe(task) if family(d.language) != family(task.language)]
            return self._draw(name, others, task, seed)
        if name == "ceiling":
            return self._draw(name, _in_language(self._of_cwe(task), task.language), task, seed)
        retriever = self._retriever("hybrid" if name == "cue" else name, seed)
        return retriever.search(task.query(), self._k)

    def prompt(self, name: str, task: Task, seed: int, lm: CodeLM, max_tokens: int) -> Prompt:
        """Return the final prompt.

        Raises:
            NothingToShow: If the arm has nothing for this task by its definition.
            UsageError: If the task alone does not fit into the model's context.
        """
        continuation = Continuation.of(task.query(), chat=lm.wants_chat(task.query()))
        hits = self.hits(name, task, seed)
        shown = [] if name in CUES else hits
        sliced = name != _unsliced(name)
        prompt = continuation.prompt(shown, lm, max_tokens=max_tokens, threshold=None, sliced=sliced)
        if name == "instruction":
            return advised(prompt, task.language, INSTRUCTION)
        if name.startswith(FILE):
            prompt = advised(prompt, task.language, _text(name))
        elif _unsliced(name) in CUES:
            prompt = cued(prompt, hits, task.language)
        if lm.count_tokens(prompt.text) + max_tokens > lm.context_length:
            raise NothingToShow(f"what the arm {name} shows does not fit into the model's context")
        return prompt

    def again(
        self, task: Task, sample: Sample, shown: Collection[str], lm: CodeLM, max_tokens: int, *, example: bool
    ) -> Prompt:
        """Return the prompt by which a sample that failed is written again.

        Args:
            task: The task; its CWE is not looked at.
            sample: The sample, with the verdict that a user sees.
            shown: The ids of the demonstrations that it was written with.
            lm: The model.
            max_tokens: Tokens to keep free for the completion.
            example: Whether an example is shown that is retrieved by what was found.
        """
        retriever = self._retriever("hybrid" if example else "none", 0)
        return rounds.again(task.query(), sample, shown, lm, retriever, k=self._k, max_tokens=max_tokens)

    def suspects(self, task: Task) -> tuple[str, ...]:
        """Return the CWEs that what is written for a task is looked through for, as `generate` finds them."""
        retriever = self._retriever("hybrid", 0)
        return rounds.suspects(retriever.search(task.query(), self._k), retriever.threshold)

    def _retriever(self, name: str, seed: int) -> Retriever:
        key = (name, seed if name == "random" else 0)
        if key not in self._retrievers:
            self._retrievers[key] = retrievers.load(name, self._codebase, seed=seed, language_filter=name != "random")
        return self._retrievers[key]

    def _of_cwe(self, task: Task) -> list[Demonstration]:
        return [each for each in self._demonstrations if task.cwe in each.cwes]

    def _placebos(self, task: Task) -> list[Demonstration]:
        shown = self._retriever("hybrid", 0).search(task.query(), 1)
        others = [
            each
            for each in _in_language(self._demonstrations, task.language)
            if not any(task.cwe and same_family(task.cwe, cwe) for cwe in each.cwes)
            and each.id not in {hit.demonstration.id for hit in shown}
        ]
        if shown:
            length = len(shown[0].demonstration.code)
            others.sort(key=lambda each: (abs(len(each.code) - length), each.id))
        return others[: max(ALIKE, self._k)] if shown else others

    def _draw(self, arm: str, candidates: Sequence[Demonstration], task: Task, seed: int) -> list[Hit]:
        if not candidates:
            raise NothingToShow(f"the codebase holds no demonstration that the arm {arm} could show")
        order = sorted(candidates, key=lambda each: hashlib.sha256(f"{seed} {task.id} {each.id}".encode()).digest())
        return [Hit(each, 0.0, rank) for rank, each in enumerate(order[: self._k], start=1)]


def _unsliced(name: str) -> str:
    """Return the arm whose examples a sliced arm shows; other arms as they are."""
    of = name.removesuffix(SLICE)
    return name if ":" in name or of in ("none", "instruction") else of


def _text(name: str) -> str:
    """Return the text that an arm `file:PATH` shows.

    Raises:
        UsageError: If it cannot be read or is empty.
    """
    path = Path(name.removeprefix(FILE)).expanduser()
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise UsageError(f"cannot read {path} for the arm {name}: {error}") from None
    if not text:
        raise UsageError(f"{path} is empty, so the arm {name} has nothing to show")
    return text


def _in_language(demonstrations: Sequence[Demonstration], language: str) -> list[Demonstration]:
    """Return those in exactly this language or, if there are none, those in a language of its family."""
    exact = [each for each in demonstrations if each.language == language]
    return exact or [each for each in demonstrations if family(each.language) == family(language)]
