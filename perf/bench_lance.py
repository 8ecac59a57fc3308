"""Measures retrieval among very many demonstrations in LanceDB (`python perf/bench_lance.py --base DIR --size 10000`).

The base is made of the bundled demonstrations: names, texts and statements are others, so that no two are alike. How
many there are of a CWE follows its place in the Top 25; the languages are as the bundled ones have them. It is made
once and used again if DIR holds it. The queries are tasks and beginnings of insecure code, made in the same way.

1. Time to open it and to make its retriever; memory of a process that does so and asks all queries.
2. Time of a query (10 hits), beside LanceDB used plainly in the same run: vector search alone, filtered by language,
   without an index on it; with IVF_PQ, and without an index at all.
3. Recall at 10: hits that are also hits when every demonstration is scored by the same tables. With `--whole` also
   those that `hybrid` has when it reads the whole base, as it does in SQLite (not beyond 100,000).
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from seccoder.code import cwe
from seccoder.codebase import lance_lists
from seccoder.codebase.codebase import Codebase, writable
from seccoder.retrievers.lists import ListRetriever
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance, Query

_PIECES = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|\"[^\"\n]*\"|'[^'\n]*'|\d+)")
K = 10
LONGEST = 900  # characters of code that is changed


class Maker:
    """Makes demonstrations and queries out of the bundled ones; equal seeds make equal ones."""

    def __init__(self, seed: int) -> None:
        with Codebase.open("bundled") as base:
            self._sources = [each for each in base.demonstrations() if len(each.code) <= LONGEST]
        self._dice = random.Random(seed)
        weights = [1 / (cwe.get(each.cwes[0]).rank or 26) for each in self._sources]
        self._weights = np.cumsum(weights).tolist()
        names = {each.id: set(re.findall(r"[A-Za-z_]{3,}", each.code)) for each in self._sources}
        often: dict[str, int] = {}
        for those in names.values():
            for name in those:
                often[name] = often.get(name, 0) + 1
        # A name that one or two demonstrations have is their own; others belong to the language or to an API.
        self._own = {name for name, count in often.items() if count <= 2}
        self._names = sorted(self._own)
        self._lines: dict[str, list[str]] = {}
        for each in self._sources:
            whole = [line for line in each.code.splitlines() if re.match(r"\s{2,8}[A-Za-z_].*[);]\s*$", line)]
            self._lines.setdefault(each.language, []).extend(whole)
        self._pieces: dict[str, list[str]] = {}
        self._words = sorted({word for each in self._sources for word in each.task.split() if word.isalpha()})

    def _changed(self, text: str, language: str, statements: int) -> str:
        """Give about half of its own names, texts and numbers others, and add statements of other demonstrations."""
        dice, other = self._dice, {}
        if text not in self._pieces:
            self._pieces[text] = _PIECES.split(text)
        pieces = list(self._pieces[text])
        for i in range(1, len(pieces), 2):
            piece = pieces[i]
            if piece in other:
                pieces[i] = other[piece]
            elif piece in self._own:
                pieces[i] = other[piece] = dice.choice(self._names) if dice.random() < 0.5 else piece
            elif piece[0] in "\"'0123456789" and dice.random() < 0.3:
                new = f"{dice.choice(self._names)}{dice.randrange(100)}"
                pieces[i] = other[piece] = piece[0] + new + piece[0] if piece[0] in "\"'" else str(dice.randrange(999))
        lines = "".join(pieces).splitlines()
        for _ in range(statements):
            lines.insert(dice.randrange(1, len(lines) + 1), dice.choice(self._lines[language]))
        return "\n".join(lines) + "\n"

    def _task(self, text: str) -> str:
        words = text.split()
        for _ in range(max(1, len(words) // 5)):
            words[self._dice.randrange(len(words))] = self._dice.choice(self._words)
        return " ".join(words)

    def _source(self) -> Demonstration:
        (source,) = self._dice.choices(self._sources, cum_weights=self._weights)
        return source

    def demonstrations(self, count: int) -> Iterator[Demonstration]:
        """Make so many."""
        origin, proof = Provenance("perf"), Proof(ProofLevel.ASSERTED)
        for _ in range(count):
            each = self._source()
            code = self._changed(each.code, each.language, self._dice.randrange(1, 4))
            yield replace(
                each, code=code, task=self._task(each.task), vulnerable=None, note="", origin=origin, proof=proof
            )

    def queries(self, count: int) -> list[Query]:
        """Make half of them tasks and half beginnings of code."""
        found = []
        for number in range(count):
            each = self._source()
            if number % 2:
                found.append(Query("", each.language, self._task(each.task)))
            else:
                code = self._changed(each.vulnerable or each.code, each.language, 1)
                found.append(Query(code[: len(code) // 2], each.language))
        return found


def make(folder: Path, size: int) -> None:
    """Make the base."""
    began, used = time.perf_counter(), time.process_time()
    with writable(f"lance:{folder}") as store:
        count = len(store.add(Maker(1).demonstrations(size), "made"))
    seconds, spent = time.perf_counter() - began, time.process_time() - used
    size_on_disk = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    print(
        f"made      {count:,} demonstrations with their lists in {seconds:.0f} s ({spent:.0f} s of processor time), ",
        end="",
    )
    print(f"{size_on_disk / 1e6:.0f} MB, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB of memory")


_OPEN = """
import json, sys, time
import lancedb, numpy, pyarrow
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1e3 for line in status if line.startswith("VmHWM"))
before = peak()
from seccoder import retrievers
from seccoder.codebase import lance_lists
from seccoder.codebase.codebase import Codebase
from seccoder.types import Query
lance_lists.LARGE = int(sys.argv[2])
queries = [Query(**each) for each in json.load(sys.stdin)]
began, used = time.perf_counter(), time.process_time()
hybrid = retrievers.load("hybrid", Codebase.open(sys.argv[1]))
opened = time.perf_counter() - began, time.process_time() - used
for query in queries:
    hybrid.search(query, 10)
print(*opened, before, peak())
"""


def opening(spec: str, queries: list[Query]) -> None:
    """In a process of its own, LanceDB's import not counted."""
    asked = json.dumps([{"code": each.code, "language": each.language, "task": each.task} for each in queries])
    runs = []
    for _ in range(3):
        command = [sys.executable, "-c", _OPEN, spec, str(lance_lists.LARGE)]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, timeout=600)
        runs.append([float(each) for each in done.stdout.split()])
    wall, used, before, memory = np.median(np.array(runs), axis=0)
    print(f"opening   {wall:.2f} s ({used:.2f} s of processor time), beside LanceDB's import")
    print(f"memory    {memory:.0f} MB, of which {before:.0f} MB with LanceDB imported and nothing open")


def timed(name: str, ask: Callable[[Query], object], queries: list[Query]) -> list[object]:
    """Print how long a query takes, and return the answers."""
    for query in queries[:5]:
        ask(query)
    answers, wall, used = [], [], []
    for query in queries:
        began, before = time.perf_counter(), time.process_time()
        answers.append(ask(query))
        wall.append(1000 * (time.perf_counter() - began))
        used.append(1000 * (time.process_time() - before))
    print(f"{name:<28} p50 {np.median(wall):6.1f} ms, p99 {np.percentile(wall, 99):6.1f} ms; ", end="")
    print(f"processor time p50 {np.median(used):6.1f} ms, p99 {np.percentile(used, 99):6.1f} ms")
    return answers


def plain(folder: Path, hybrid: ListRetriever, indexed: bool) -> Callable[[Query], object]:
    """Return LanceDB used plainly: one table, vectors and texts, filtered by the language."""
    import lancedb
    import pyarrow as pa
    from lancedb.index import IvfPq

    place = folder.with_name(folder.name + ".plain")
    connection = lancedb.connect(place)
    name = "indexed" if indexed else "flat"
    if name not in connection.list_tables().tables:
        fields = [("id", pa.string()), ("language", pa.string()), ("code", pa.string())]
        schema = pa.schema([*fields, ("vector", pa.list_(pa.float32(), 32))])
        vectors = {}
        for each in hybrid._shelf.volumes:
            vectors.update(zip(each.rows.ids.tolist(), each.rows.vectors, strict=True))

        def batches() -> Iterator[pa.RecordBatch]:
            everything = hybrid._shelf._tables.each()
            while some := list(islice(everything, 10_000)):
                texts = [[getattr(each, name) for each in some] for name in ("id", "language", "code")]
                found = np.stack([vectors[int(id, 16)] for id in texts[0]])
                vector = pa.FixedSizeListArray.from_arrays(pa.array(found.ravel()), 32)
                yield pa.RecordBatch.from_arrays([*map(pa.array, texts), vector], schema=schema)

        made = connection.create_table(name, pa.RecordBatchReader.from_batches(schema, batches()), schema=schema)
        if indexed:
            made.create_index("vector", config=IvfPq(distance_type="cosine"))
    table = connection.open_table(name)

    def ask(query: Query) -> object:
        vector = hybrid._shelf.fitted.vector(query)
        search = table.search(vector).distance_type("cosine").where(f"language = '{query.language}'")
        return search.select(["id", "language", "code", "_distance"]).limit(K).to_list()

    return ask


def exact(hybrid: ListRetriever, queries: list[Query]) -> list[list[str]]:
    """The ids of the hits if every demonstration of the language is scored."""
    found = [hybrid.best(query, K, everything=True)[0] for query in queries]
    return [[f"{id:016x}" for id in each.ids.tolist()] for each in found]


def recall(found: list[list[str]], wanted: list[list[str]]) -> str:
    """Return the share of the wanted that was found, and of first hits."""
    shares = [len(set(one) & set(other)) / len(other) for one, other in zip(found, wanted, strict=True)]
    first = np.mean([one[0] == other[0] for one, other in zip(found, wanted, strict=True)])
    return f"{np.mean(shares):.3f} (first hits: {first:.3f}; {len(wanted)} queries)"


def main() -> None:
    """Print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--base", type=Path, required=True, help="the folder of the base, made if it is not there")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--exact", type=int, default=100, help="queries that are compared with exact search")
    parser.add_argument("--whole", action="store_true", help="also compare with hybrid over the whole base")
    arguments = parser.parse_args()
    lance_lists.LARGE = min(lance_lists.LARGE, arguments.size)
    import lancedb

    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, lancedb {lancedb.__version__}")
    if not arguments.base.exists():
        make(arguments.base, arguments.size)
    spec = f"lance:{arguments.base}"
    queries = Maker(2).queries(arguments.queries)
    opening(spec, queries)
    from seccoder import retrievers

    with Codebase.open(spec) as base:
        hybrid = retrievers.load("hybrid", base)
        assert isinstance(hybrid, ListRetriever), "the base is smaller than --size"
        hits = timed("hybrid by lists", lambda query: [h.demonstration.id for h in hybrid.search(query, K)], queries)
        for indexed in (True, False):
            name = "LanceDB alone, " + ("IVF_PQ" if indexed else "no index")
            timed(name, plain(arguments.base, hybrid, indexed), queries[: 200 if indexed else 40])
        wanted = exact(hybrid, queries[: arguments.exact])
        print(f"recall@10 {recall(hits[: arguments.exact], wanted)} against scoring all by the same tables")
        if arguments.whole:
            lance_lists.LARGE = 10**9
            whole = retrievers.load("hybrid", base)
            wanted = [[h.demonstration.id for h in whole.search(each, K)] for each in queries[: arguments.exact]]
            print(f"recall@10 {recall(hits[: arguments.exact], wanted)} against hybrid fitted on the whole base")


if __name__ == "__main__":
    main()
