"""Makes the five sets of queries with which retrieval alone is measured.

`retrieval-a` is the paper's test (Figure 6): the 18 SVEN test prompts, without language filter. `retrieval-b` is
larger. For each of SVEN's 720 training pairs, its query is the first lines of the vulnerable function; it is answered
from *other* repositories, less near-duplicates (fixes travel between forks), with language filter. `retrieval-c` is 66
tasks in words over all languages, written apart from the bundled demonstrations and answered from those. `retrieval-d`
is 229 more, for development: whatever is chosen for queries in words is chosen there. `retrieval-e` is 120 more, over
all languages, that are only reported, as those of `retrieval-c` are.

The sets are made from the extracted SVEN data, from demonstrations made of it, or from our own list of tasks. A hit is
a demonstration with the query's CWE. That says nothing on whether it helps a model.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from seccoder import data
from seccoder.code import cwe, languages
from seccoder.code.tokens import code_tokens
from seccoder.data import sven as pairs_of
from seccoder.evaluation.benchmarks import sven
from seccoder.types import Demonstration, Query

PREFIX_CHARACTERS = 150  # a shorter clean prefix says too little; then the first 40 % of the function is taken
SHINGLE = 5  # tokens in a shingle
IN_WORDS = ("retrieval-c", "retrieval-d", "retrieval-e")
NEAR_DUPLICATE = 0.5  # Jaccard similarity of the shingles


@dataclass(frozen=True, slots=True)
class Case:
    """One query, with what counts as a hit.

    Attributes:
        query: What the retriever is given.
        cwe: A demonstration with this CWE is a hit.
        cluster: Cases of one cluster are resampled together.
        excluded: Ids of demonstrations that must not be in the base for this case, nor be learned from.
    """

    query: Query
    cwe: str
    cluster: str
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Queries, and how they are scored.

    Attributes:
        name: Its name.
        cases: The queries.
        language_filter: Whether only demonstrations in the query's language are candidates.
        families: Whether a second reading counts every CWE of the query's family as a hit.
        absent_is_miss: Whether a query whose CWE the base does not hold is a miss, instead of being left out. Then
            coverage is measured.
        apart: Language families whose figures are shown apart.
        apart_metrics: Which figures those are.
    """

    name: str
    cases: tuple[Case, ...]
    language_filter: bool
    families: bool = False
    absent_is_miss: bool = False
    apart: tuple[str, ...] = ("c", "python")
    apart_metrics: tuple[str, ...] = ("accuracy@1",)


def load(name: str, base: Sequence[Demonstration]) -> Benchmark:
    """Make one of the five benchmarks by its name.

    Args:
        name: Its name.
        base: The demonstrations that will be searched or learned from.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    if name in IN_WORDS:
        return _in_words(name)
    root = data.folder("sven")
    if name == "retrieval-a":
        return retrieval_a(root)
    return retrieval_b(list(pairs_of.demonstrations(root, "train")), base)


def retrieval_a(root: Path) -> Benchmark:
    """Make the benchmark of the 18 test prompts, which are only code; each is its own cluster.

    Args:
        root: The extracted SVEN repository.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    tasks = sven.test_tasks(root)
    cases = (Case(Query(code=task.prompt, language=task.language), task.cwe, task.id) for task in tasks if task.cwe)
    return Benchmark("retrieval-a", tuple(cases), language_filter=False)


def retrieval_b(pairs: Sequence[Demonstration], base: Sequence[Demonstration]) -> Benchmark:
    """Make one case per pair that has a vulnerable twin: the twin's first lines, clustered by repository.

    Args:
        pairs: Where the queries come from (SVEN's training set).
        base: The demonstrations that will be searched; those of the query's repository, and
            near-duplicates of any of its pairs, are excluded.
    """
    excluded: dict[str, set[str]] = defaultdict(set)
    for demonstration in base:
        excluded[repository(demonstration)].add(demonstration.id)
    shingles = {demonstration.id: _shingles(demonstration.code) for demonstration in base}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_, parts in shingles.items():
        for part in parts:
            holders[part].append(id_)
    for pair in pairs:
        for code in (pair.code, pair.vulnerable):
            parts = _shingles(code or "")
            shared = Counter(id_ for part in parts for id_ in holders.get(part, ()))
            for id_, both in shared.items():
                if both >= NEAR_DUPLICATE * (len(parts) + len(shingles[id_]) - both):
                    excluded[repository(pair)].add(id_)
    cases = (
        Case(
            Query(code=prefix(pair.vulnerable, pair.code), language=pair.language),
            pair.cwes[0],
            repository(pair),
            frozenset(excluded[repository(pair)]),
        )
        for pair in pairs
        if pair.vulnerable is not None
    )
    return Benchmark("retrieval-b", tuple(cases), language_filter=True)


def retrieval_c() -> Benchmark:
    """Make the benchmark of the 66 tasks in `retrieval_c.toml`, each its own cluster. Nothing may be chosen on them."""
    return _in_words("retrieval-c")


def retrieval_d() -> Benchmark:
    """Make the benchmark of the 229 tasks in words of `retrieval_d.toml`, for development."""
    return _in_words("retrieval-d")


def retrieval_e() -> Benchmark:
    """Make the benchmark of the 120 tasks in words of `retrieval_e.toml`. Nothing may be chosen on them."""
    return _in_words("retrieval-e")


def _in_words(name: str) -> Benchmark:
    path = files("seccoder.evaluation.benchmarks").joinpath(f"{name.replace('-', '_')}.toml")
    text = path.read_text(encoding="utf-8")
    cases = (
        Case(
            Query(language=languages.canonical(task["language"]), task=task["task"]),
            cwe.normalise(task["cwe"]),
            task["id"],
        )
        for task in tomllib.loads(text)["task"]
    )
    return Benchmark(
        name,
        tuple(cases),
        language_filter=True,
        families=True,
        absent_is_miss=True,
        apart=("c",),
        apart_metrics=("accuracy@1", "recall@3", "mrr", "average-minimum-demonstrations"),
    )


def prefix(vulnerable: str, secure: str) -> str:
    """Return what somebody had written before the vulnerability: the lines before the first changed one, at most half.

    Where that is shorter than 150 characters, it is the first 40 % of the lines, which may hold a changed one.
    """
    lines = vulnerable.splitlines(keepends=True)
    fixed = secure.splitlines(keepends=True)
    same = 0
    while same < min(len(lines), len(fixed)) and lines[same] == fixed[same]:
        same += 1
    clean = "".join(lines[: min(same, len(lines) // 2)])
    if len(clean.strip()) >= PREFIX_CHARACTERS:
        return clean
    return "".join(lines[: max(1, round(0.4 * len(lines)))])


def repository(demonstration: Demonstration) -> str:
    """Return the repository that a demonstration's commit is in."""
    return demonstration.origin.commit.split("/commit/")[0]


def _shingles(code: str) -> frozenset[tuple[str, ...]]:
    tokens = code_tokens(code)
    return frozenset(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))
