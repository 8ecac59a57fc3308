"""Turns pairs of a vulnerable and a fixed function into token sequences in which the changed tokens are marked.

The pairs come from demonstrations that have their vulnerable twin. For SVEN the masks are its "mix": characters that
were added on the secure side, whole deleted lines on the vulnerable side. For SafeCoder both sides are marked by
tokens. The changes are computed here from the two functions, in the same way for every source. On SVEN's 803 pairs they
cover the same characters as its published ones to 0.97 (deleted lines) and 0.87 (added characters) by intersection over
union.

A pair whose twins are equal gives no example. A side on which the change leaves no token marked, or all of them, gives
none either.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any, Literal

from seccoder.types import Demonstration

Span = tuple[int, int]  # in characters; the end is not included
Label = Literal["secure", "vulnerable", "utility"]

# The weaknesses of the paper's 18 test scenarios. Generalizability is measured on weaknesses that were not trained on.
EVALUATED = frozenset(f"CWE-{number}" for number in (22, 78, 79, 89, 125, 190, 416, 476, 787))


@dataclass(frozen=True, slots=True)
class Pair:
    """A function before and after a fix; `task` says in words what it does ("" if unknown)."""

    language: str
    cwe: str
    secure: str
    vulnerable: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """One token sequence to train on.

    Attributes:
        tokens: What the model reads.
        marked: For each token, whether the loss of its label is taken there; the first token is never predicted.
        label: Which side of a pair it is, or `utility`.
        group: Language and CWE, for oversampling; "" for utility.
    """

    tokens: tuple[int, ...]
    marked: tuple[bool, ...]
    label: Label
    group: str = ""


def from_demonstrations(demonstrations: Iterable[Demonstration], without: Iterable[str] = ()) -> list[Pair]:
    """Return the pairs among demonstrations, without those of some CWEs."""
    left_out = set(without)
    return [
        Pair(d.language, d.cwes[0] if d.cwes else "", d.code, d.vulnerable, d.task)
        for d in demonstrations
        if d.vulnerable is not None and not left_out.intersection(d.cwes)
    ]


def sample(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """Draw so many pairs without replacement and keep their order; all of them if `count` is too large."""
    if count >= len(pairs):
        return list(pairs)
    chosen = sorted(random.Random(seed).sample(range(len(pairs)), count))  # noqa: S311 - not for secrets
    return [pairs[i] for i in chosen]


def changes(vulnerable: str, secure: str) -> tuple[list[Span], list[Span]]:
    """Return what a fix changed: the lines of `vulnerable` it deleted and the characters of `secure` it added."""
    old, new = vulnerable.splitlines(keepends=True), secure.splitlines(keepends=True)
    old_at = [0, *accumulate(map(len, old))]
    new_at = [0, *accumulate(map(len, new))]
    deleted, added = [], []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if j > i:
            deleted.append((old_at[i], old_at[j]))
        before, after = vulnerable[old_at[i] : old_at[j]], secure[new_at[k] : new_at[m]]
        for inner, _, _, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if inner != "equal" and end > start:
                added.append((new_at[k] + start, new_at[k] + end))
    return deleted, added


def sven_examples(pairs: Iterable[Pair], tokenizer: Any, max_tokens: int, window: bool) -> Iterator[Example]:
    """Yield both sides of each pair, marked as in SVEN's "mix".

    Args:
        pairs: Functions before and after.
        tokenizer: A fast tokenizer of transformers.
        max_tokens: The longest sequence.
        window: Whether longer sequences are cut around their first change; otherwise they are left out, as published.
    """
    for pair in pairs:
        deleted, added = changes(pair.vulnerable, pair.secure)
        sides: list[tuple[Label, str, list[Span]]] = [
            ("secure", pair.secure, added),
            ("vulnerable", pair.vulnerable, deleted),
        ]
        for label, text, spans in sides:
            tokens, offsets = _encode(tokenizer, text)
            marked = [any(start < b and a < end for a, b in spans) for start, end in offsets]
            if example := _example(tokens, marked, label, pair, max_tokens, window):
                yield example


def _encode(tokenizer: Any, text: str) -> tuple[list[int], list[Span]]:
    encoded = tokenizer(text, return_offsets_mapping=True, verbose=False)
    return list(encoded["input_ids"]), [tuple(span) for span in encoded["offset_mapping"]]


def _example(
    tokens: Sequence[int], marked: Sequence[bool], label: Label, pair: Pair, max_tokens: int, window: bool
) -> Example | None:
    if len(tokens) > max_tokens and window:
        first = marked.index(True) if True in marked else 0
        start = max(0, min(first - max_tokens // 2, len(tokens) - max_tokens))
        tokens, marked = tokens[start : start + max_tokens], marked[start : start + max_tokens]
    if len(tokens) > max_tokens or not any(marked[1:]) or all(marked[1:]):
        return None
    return Example(tuple(tokens), tuple(marked), label, f"{pair.language} {pair.cwe}")


def instruction(task: str) -> str:
    """Return the text in which instruction tuning gives a task to the model; the answer follows it."""
    return f"### Instruction:\n{task}\n\n### Response:\n"


def safecoder_examples(pairs: Iterable[Pair], tokenizer: Any, max_tokens: int, window: bool) -> Iterator[Example]:
    """Yield both sides of each pair as answers to its task, up to the last changed token, marked by tokens."""
    for pair in pairs:
        asked = list(tokenizer(instruction(pair.task), verbose=False)["input_ids"])
        old, new = (list(tokenizer(text, verbose=False)["input_ids"]) for text in (pair.vulnerable, pair.secure))
        old_marked, new_marked = _token_changes(old, new)
        sides: list[tuple[Label, list[int], list[bool]]] = [
            ("secure", new, new_marked),
            ("vulnerable", old, old_marked),
        ]
        for label, tokens, marked in sides:
            if True not in marked:
                continue
            end = len(marked) - marked[::-1].index(True)
            whole, all_marked = asked + tokens[:end], [False] * len(asked) + marked[:end]
            if example := _example(whole, all_marked, label, pair, max_tokens, window):
                yield example


def _token_changes(old: list[int], new: list[int]) -> tuple[list[bool], list[bool]]:
    """Mark the tokens that differ, and a single equal one between two that do."""
    old_marked, new_marked = [False] * len(old), [False] * len(new)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            old_marked[i:j] = [True] * (j - i)
            new_marked[k:m] = [True] * (m - k)
    for marked in (old_marked, new_marked):
        gaps = [i for i in range(1, len(marked) - 1) if marked[i - 1] and marked[i + 1]]
        for i in gaps:
            marked[i] = True
    return old_marked, new_marked


def utility_examples(tasks: Iterable[tuple[str, str]], tokenizer: Any, max_tokens: int) -> Iterator[Example]:
    """Yield instructions with answers, marked on the answer; what is too long is left out."""
    for task, answer in tasks:
        asked = list(tokenizer(instruction(task), verbose=False)["input_ids"])
        answered = [*tokenizer(answer, verbose=False)["input_ids"], tokenizer.eos_token_id]
        if len(asked) + len(answered) <= max_tokens:
            marked = (False,) * len(asked) + (True,) * len(answered)
            yield Example((*asked, *answered), marked, "utility")


def oversample(examples: Sequence[Example], floor: int, seed: int) -> list[Example]:
    """Repeat examples of rare weaknesses until each language and CWE has `floor` of them."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    groups: dict[str, list[Example]] = {}
    for example in examples:
        groups.setdefault(example.group, []).append(example)
    extra = [rng.choice(group) for group in groups.values() for _ in range(floor - len(group))]
    return [*examples, *extra]
