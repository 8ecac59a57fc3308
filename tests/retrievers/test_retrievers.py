"""Every retriever keeps the same contract; each has its own promises on top."""

import random
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from seccoder import retrievers
from seccoder.code.tokens import code_tokens, stemmed_words, whitespace_tokens
from seccoder.codebase.codebase import Codebase
from seccoder.codebase.store import Store
from seccoder.errors import UsageError
from seccoder.retrievers import bm25, situations, weakness
from seccoder.retrievers.ranked import Ranked, document_text
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance, Query

ARMS = ["random", "bm25", "bm25:whitespace", "dense", "hybrid"]


def demonstration(code: str, cwe: str = "CWE-89", language: str = "python", task: str = "") -> Demonstration:
    origin = Provenance("test")
    return Demonstration(language, (cwe,) if cwe else (), task, code, None, Proof(ProofLevel.ASSERTED), origin)


SQL = [
    demonstration(
        f"def find_{noun}(connection, name):\n    cursor = connection.cursor()\n"
        f'    cursor.execute("SELECT id FROM {noun} WHERE name = ?", (name,))\n    return cursor.fetchone()\n',
        "CWE-89",
        task=f"look up {noun} by name in the database",
    )
    for noun in ("users", "orders", "books", "cities")
]
PATHS = [
    demonstration(
        f"def read_{noun}(folder, filename):\n    path = (folder / filename).resolve()\n"
        "    if not path.is_relative_to(folder):\n        raise PermissionError(filename)\n"
        "    return path.read_text()\n",
        "CWE-22",
        task=f"read a {noun} file from the upload folder",
    )
    for noun in ("report", "letter", "log")
]
SHELL = [
    demonstration(
        f'def {verb}_host(host):\n    return subprocess.run(["{verb}", "-c", "1", host], check=True, shell=False)\n',
        "CWE-78",
        task=f"{verb} a host given by the user",
    )
    for verb in ("ping", "trace")
]
COPIES = [
    demonstration(
        f"char *copy_{noun}(const char *text, size_t size)\n{{\n    char *copy = malloc(size + 1);\n"
        f"    if (copy == NULL)\n        return NULL;\n    memcpy(copy, text, size);\n    return copy;\n}}\n",
        "CWE-787",
        language,
    )
    for noun, language in (("name", "c"), ("line", "c"), ("title", "cpp"))
]
BASE = [*SQL, *PATHS, *SHELL, *COPIES]
QUERY = Query(code="def find_customer(connection, name):\n    cursor = connection.cursor()\n", language="python")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "base.sqlite") as opened:
        opened.add(BASE)
        yield opened


@pytest.mark.parametrize("arm", ARMS)
class TestContract:
    def test_gives_at_most_k_hits_with_ranks_from_one(self, store, arm):
        hits = retrievers.load(arm, store).search(QUERY, 4)
        assert [hit.rank for hit in hits] == [1, 2, 3, 4]
        assert len({hit.demonstration.id for hit in hits}) == 4

    def test_gives_everything_in_the_language_if_k_is_large(self, store, arm):
        hits = retrievers.load(arm, store).search(QUERY, 1000)
        assert {hit.demonstration.id for hit in hits} == {d.id for d in BASE if d.language == "python"}

    def test_scores_are_ordinary_numbers_in_the_documented_range(self, store, arm):
        scores = [hit.score for hit in retrievers.load(arm, store).search(QUERY, 100)]
        assert all(type(score) is float for score in scores)
        assert all((-1 if arm == "dense" else 0) <= score <= 1 for score in scores)

    def test_plain_order_is_by_score(self, store, arm):
        scores = [hit.score for hit in retrievers.load(arm, store, diversify=False).search(QUERY, 100)]
        assert scores == sorted(scores, reverse=True)

    def test_insertion_order_does_not_matter(self, tmp_path, arm):
        def ids(order):
            with Store.open(tmp_path / f"{random.random()}.sqlite") as fresh:
                for each in order:
                    fresh.add([each])
                return [hit.demonstration.id for hit in retrievers.load(arm, fresh).search(QUERY, 100)]

        assert ids(BASE) == ids(list(reversed(BASE)))

    def test_a_second_load_says_the_same(self, store, arm):
        first = retrievers.load(arm, store).search(QUERY, 100)
        assert retrievers.load(arm, store).search(QUERY, 100) == first

    def test_a_base_that_cannot_be_written_serves_the_same(self, store, tmp_path, arm):
        expected = [hit.demonstration.id for hit in retrievers.load(arm, store).search(QUERY, 100)]
        with Store.open(tmp_path / "other.sqlite") as other:
            other.add(BASE)
            other.seal()
        before = (tmp_path / "other.sqlite").read_bytes()
        codebase = Codebase([Store.open(tmp_path / "other.sqlite", readonly=True)])
        assert [hit.demonstration.id for hit in retrievers.load(arm, codebase).search(QUERY, 100)] == expected
        codebase.close()
        assert (tmp_path / "other.sqlite").read_bytes() == before

    def test_c_and_cpp_are_one_family(self, store, arm):
        hits = retrievers.load(arm, store).search(Query(code="char *copy(", language="c"), 100)
        assert {hit.demonstration.language for hit in hits} == {"c", "cpp"}

    def test_a_query_without_language_is_not_filtered(self, store, arm):
        hits = retrievers.load(arm, store).search(replace(QUERY, language=None), 100)
        assert len(hits) == len(BASE)

    def test_the_filter_can_be_off(self, store, arm):
        assert len(retrievers.load(arm, store, language_filter=False).search(QUERY, 100)) == len(BASE)

    def test_a_language_without_demonstrations_gives_none(self, store, arm):
        assert retrievers.load(arm, store).search(Query(code="x", language="go"), 5) == []

    def test_an_empty_base_gives_none(self, tmp_path, arm):
        with Store.open(tmp_path / "empty.sqlite") as empty:
            assert retrievers.load(arm, empty).search(QUERY, 5) == []

    @pytest.mark.parametrize("query", [Query(), Query(code=" \n\t", language="c"), Query(task="  ")])
    def test_an_empty_query_is_refused(self, store, arm, query):
        with pytest.raises(UsageError, match="query is empty"):
            retrievers.load(arm, store).search(query, 1)

    def test_k_zero_and_below(self, store, arm):
        assert retrievers.load(arm, store).search(QUERY, 0) == []
        with pytest.raises(UsageError, match="negative"):
            retrievers.load(arm, store).search(QUERY, -1)

    @pytest.mark.parametrize(
        "text",
        [
            "\0\x01\x02",
            "\ud800 lone surrogate",
            "数据库 запрос 🔥",
            "x" * 300_000,
            "a b " * 100_000,
            "'; DROP TABLE live; --",
        ],
    )
    def test_hostile_queries_are_only_text(self, store, arm, text):
        assert len(retrievers.load(arm, store).search(Query(code=text, language="python"), 3)) == 3

    def test_hostile_demonstrations_are_only_text(self, tmp_path, arm):
        with Store.open(tmp_path / "hostile.sqlite") as hostile:
            hostile.add([demonstration("\x1c\x85 \u2028 * 7"), demonstration("數" * 5000), demonstration("==== ++")])
            assert len(retrievers.load(arm, hostile).search(QUERY, 9)) == 3
            assert len(retrievers.load(arm, hostile).search(QUERY, 9)) == 3  # from what was stored


class TestNames:
    def test_none_retrieves_nothing(self, store):
        assert retrievers.load("none", store).search(QUERY, 5) == []

    @pytest.mark.parametrize("name", ["", "bm52", "bm25:words", "hybrid:minilm", "random:1", "dense:/no/such/folder"])
    def test_an_unknown_name_is_refused_with_the_known_ones(self, store, name):
        with pytest.raises(UsageError, match=r"known|neither"):
            retrievers.load(name, store)

    def test_a_stored_hybrid_needs_neither_torch_nor_bm25s(self, store):
        retrievers.load("hybrid", store)
        program = (
            "import sys; from seccoder import retrievers; from seccoder.codebase.store import Store; "
            f"from seccoder.types import Query; retrievers.load('hybrid', Store.open({str(store.path)!r}))"
            ".search(Query('x'), 1); print({'torch', 'bm25s', 'scipy'} & set(sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
        assert done.stdout.strip() == "set()"


class TestTies:
    def test_the_exact_language_wins_then_the_content_hash(self, tmp_path):
        twins = [
            replace(demonstration("same words here", ""), language=each, note=str(i))
            for i, each in enumerate(("cpp", "c"))
        ]
        twins += [replace(demonstration("same words here", "CWE-1", each)) for each in ("cpp", "c")]
        with Store.open(tmp_path / "ties.sqlite") as ties:
            ties.add(twins)
            found = [hit.demonstration for hit in retrievers.load("bm25", ties).search(Query("same", "cpp"), 9)]
        assert len(found) == 4
        expected = sorted(twins, key=lambda d: (d.language != "cpp", d.id))
        assert [d.id for d in found if not d.note] == [d.id for d in expected if not d.note]

    def test_all_zero_scores_are_in_order_of_ids(self, store):
        hits = retrievers.load("bm25", store).search(Query("zzzz qqqq", None), 100)
        assert [hit.demonstration.id for hit in hits] == store.ids()


class TestRandom:
    def test_depends_on_seed_and_query_only(self, store):
        def ids(seed, query=QUERY):
            return [hit.demonstration.id for hit in retrievers.load("random", store, seed=seed).search(query, 100)]

        assert ids(0) == ids(0)
        assert ids(0) != ids(1)
        assert ids(0) != ids(0, replace(QUERY, task="else"))

    def test_is_uniform(self, store):
        first = [
            retrievers.load("random", store, seed=seed, language_filter=False).search(QUERY, 1)[0].demonstration.id
            for seed in range(600)
        ]
        counts = [first.count(each) for each in store.ids()]
        assert min(counts) > 25 and max(counts) < 85  # 50 expected, standard deviation 6.8


class TestBm25:
    def test_scores_are_those_of_bm25s(self):
        import bm25s

        tokens = [code_tokens(document_text(each)) for each in BASE]
        ours = bm25.Index.build(tokens)
        theirs = bm25s.BM25(k1=bm25.K1, b=bm25.B, method="lucene")
        theirs.index(tokens, show_progress=False)
        query = [token for token in code_tokens(QUERY.code) if token in ours.vocabulary]
        np.testing.assert_allclose(ours.scores(query), theirs.get_scores(query), rtol=1e-5)

    def test_the_index_is_stored_and_read_again(self, store, monkeypatch):
        first = retrievers.load("bm25", store).search(QUERY, 5)
        monkeypatch.setattr(bm25.Index, "build", lambda tokens: pytest.fail("indexed again"))
        assert retrievers.load("bm25", store).search(QUERY, 5) == first

    def test_a_changed_base_is_indexed_again(self, store):
        retrievers.load("bm25", store)
        store.add([demonstration("def frobnicate(gizmo): ...", "CWE-20")])
        assert "frobnicate" in retrievers.load("bm25", store).search(Query("frobnicate"), 1)[0].demonstration.code

    @pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a zip", b"\x80\x04K\x01."])
    def test_a_damaged_index_is_made_again(self, store, damage):
        expected = retrievers.load("bm25", store).search(QUERY, 5)
        store.put_derived(f"bm25:code:{store.digest()}", damage)
        assert retrievers.load("bm25", store).search(QUERY, 5) == expected

    def test_whitespace_tokens_see_the_code_alone(self, tmp_path):
        with Store.open(tmp_path / "w.sqlite") as base:
            base.add([demonstration("alpha", task="beta"), demonstration("beta", "CWE-1", task="alpha")])
            hit = retrievers.load("bm25:whitespace", base).search(Query("beta"), 1)[0]
        assert hit.demonstration.code == "beta"

    def test_a_perfect_document_scores_below_one_and_a_strange_query_zero(self, store):
        search = retrievers.load("bm25", store)
        assert 0.3 < search.search(Query(SQL[0].code), 1)[0].score < 1
        assert search.search(Query("zzz"), 1)[0].score == 0 < search.threshold


class TestSituations:
    ASKED = Query(task="let visitors download a report by its name from the reports folder", language="python")

    def test_every_phrase_is_under_a_cwe_and_there_once(self):
        lines = [line for each in situations.phrases().values() for line in each]
        assert len(situations.phrases()) >= 100 and len(lines) >= 1500
        for name, each in situations.phrases().items():
            assert name.startswith("CWE-") and len(each) == len(set(each)) > 0, name

    def test_words_lead_to_a_weakness_that_no_demonstration_shares_a_word_with(self):
        base = [demonstration("x = 1", "CWE-89", task="a"), demonstration("y = 2", "CWE-22", task="b")]
        (sql, path), likeness = situations.SituationEvidence(base).scores(self.ASKED)
        assert path > 0.3 > sql
        assert likeness > situations.SituationEvidence(base).scores(Query(task="add two numbers"))[1]

    def test_only_the_weaknesses_of_the_language_compete(self):
        base = [demonstration(f"x = {cwe}", f"CWE-{cwe}") for cwe in (89, 22)]
        elsewhere = [demonstration("int x;", f"CWE-{cwe}", language="c") for cwe in (787, 59, 200)]
        evidence = situations.SituationEvidence(base + elsewhere)
        assert (
            evidence.scores(replace(self.ASKED, language="python"))[0][1]
            > evidence.scores(replace(self.ASKED, language=None))[0][1]
        )
        scores, likeness = evidence.scores(replace(self.ASKED, language="go"))
        assert not scores.any() and likeness == 0

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("# sort by a column\nx = 1", "sort by a column"),
            ('def f():\n    """Sort them.', "Sort them."),
            ("/* sort */ int f(void); // by name", "sort by name"),
            ("#include <stdio.h>\n#define N 3\n", ""),
        ],
    )
    def test_words_in_code_are_its_comments(self, code, words):
        assert situations.words_of(Query(code)).split() == words.split()
        assert situations.words_of(Query(code, task="the task")).startswith("the task")

    def test_the_share_of_words(self):
        assert situations.share_of_words(Query(task="sort by a column")) == 1
        assert situations.share_of_words(Query("x = y")) == situations.share_of_words(Query()) == 0
        assert 0.4 < situations.share_of_words(Query("a = b + c", task="sort by column")) < 0.6

    def test_stems_meet(self):
        assert stemmed_words("storing the stored stores") == ["stor"] * 3
        assert stemmed_words("queries of a class, running") == ["query", "class", "run"]


class TestHybrid:
    @pytest.mark.parametrize(
        ("query", "cwe"),
        [
            (QUERY, "CWE-89"),
            (Query(task="look up a customer by name in a database", language="python"), "CWE-89"),
            (Query("def read_invoice(folder, filename):\n", "python"), "CWE-22"),
            (Query(task="ping a server", language="python"), "CWE-78"),
            (Query("char *copy_word(const char *text, size_t size) {", "cpp"), "CWE-787"),
        ],
    )
    def test_finds_the_weakness(self, store, query, cwe):
        search = retrievers.load("hybrid", store)
        hit = search.search(query, 1)[0]
        assert cwe in hit.demonstration.cwes
        assert hit.score > search.threshold

    def test_one_demonstration_per_cwe_before_any_repeats(self, store):
        cwes = [hit.demonstration.cwes[0] for hit in retrievers.load("hybrid", store).search(QUERY, 9)]
        assert set(cwes[:3]) == {"CWE-89", "CWE-22", "CWE-78"}
        assert set(cwes[3:6]) == {"CWE-89", "CWE-22", "CWE-78"}
        assert cwes[6:] == ["CWE-89", "CWE-22", "CWE-89"] or set(cwes[6:8]) == {"CWE-89", "CWE-22"}

    def test_the_best_hit_is_the_same_either_way(self, store):
        plain = retrievers.load("hybrid", store, diversify=False).search(QUERY, 1)
        assert retrievers.load("hybrid", store).search(QUERY, 1) == plain

    @pytest.mark.parametrize("text", ["asdf qwer zxcv", "??? !!!", "42"])
    def test_nonsense_is_below_the_threshold(self, store, text):
        search = retrievers.load("hybrid", store)
        assert all(hit.score < search.threshold for hit in search.search(Query(task=text), 9))

    def test_one_known_word_among_strange_ones_is_no_evidence(self, store):
        search = retrievers.load("hybrid", store)
        assert isinstance(search, Ranked)
        alone = search.search(Query(task="ping"), 1)[0].score
        lost = search.search(Query(task="ping qwxz vbnmk lkjhg poiuy mnbvc trewq hgfds yuiop zaqws"), 1)[0].score
        assert lost < alone / 2


class TestWeakness:
    def test_a_base_of_one_cwe_gives_no_evidence(self):
        evidence = weakness.WeaknessEvidence(bm25.Index.build([code_tokens(d.code) for d in SQL]), SQL)
        assert evidence.scores(code_tokens(QUERY.code)).tolist() == [0, 0, 0, 0]

    def test_every_tag_of_a_demonstration_counts(self):
        both = replace(SHELL[0], cwes=("CWE-20", "CWE-89"))
        base = [*SQL, *PATHS, both]
        evidence = weakness.WeaknessEvidence(bm25.Index.build([code_tokens(d.code) for d in base]), base)
        scores = evidence.scores(code_tokens(QUERY.code))
        assert scores[-1] == scores[0] > scores[4]

    def test_untagged_demonstrations_get_none(self):
        base = [*SQL, *PATHS, replace(SHELL[0], cwes=())]
        evidence = weakness.WeaknessEvidence(bm25.Index.build([code_tokens(d.code) for d in base]), base)
        assert evidence.scores(code_tokens(SHELL[0].code))[-1] == 0


class TestTokens:
    def test_identifiers_come_apart_alike_however_they_are_written(self):
        expected = ["parse", "http", "header"]
        for text in (
            "parseHTTPHeader",
            "parse_http_header",
            "PARSE_HTTP_HEADER",
            "parse HTTP-header;",
            "ParseHttpHeader",
        ):
            assert code_tokens(text) == expected

    def test_numbers_alone_and_data_are_left_out(self):
        assert code_tokens("x2 = 12345; key = '" + "ab12" * 20 + "'") == ["x2", "key"]

    def test_whitespace_keeps_everything_else(self):
        assert whitespace_tokens("if (a)\n\treturn  B;") == ["if", "(a)", "return", "B;"]
