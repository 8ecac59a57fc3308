"""Runs one training from start to end: it chooses pairs, model and method, and writes weights and a model card.

It takes a `Recipe` and returns the specs under which the result is a code LM. Three training sets are known by name:

- `sec-new-desc`: SafeCoder's second set without the weaknesses that are evaluated. It can be had everywhere, and it
  measures generalizability (SVEN-sec, SafeCoder).
- `bigvul:CSV`: the paper's own choice for the same purpose (`bigvul`).
- `sven`: SVEN's set, which holds the evaluated weaknesses. It is for the attacked model (SVEN-vul).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from seccoder import data
from seccoder.data import sven as sven_source
from seccoder.errors import UsageError
from seccoder.evaluation.baselines import bigvul, card, pairs, safecoder, sven, training, utility
from seccoder.evaluation.baselines.pairs import Example, Pair
from seccoder.models.huggingface.loading import open_model

OnProgress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what a training makes.

    Attributes:
        method: `sven` or `safecoder`.
        model: `embedded[:NAME]`, `gguf:PATH` or `hf:...`.
        data: `sec-new-desc`, `sven`, or `bigvul:CSV`.
        out: The folder for checkpoints, weights and card.
        settings: The settings of the method.
        schedule: How long and how fast the training is.
        pairs: Train on a sample of so many pairs, and validate on an eighth of that; None takes all of them.
        max_tokens: The longest sequence.
        window: Whether longer sequences are cut around the change, instead of being left out.
        dtype: The number format of the model: `float32` or `bfloat16`; None takes bfloat16 on a GPU and float32 on a
            CPU.
        threads: How many threads compute; 0 leaves the choice to torch.
        utility: For SafeCoder, a JSONL file of instructions; None takes functions of Python's standard library.
        utility_size: For SafeCoder, train on at most so many of them, and validate on a tenth of that.
    """

    method: str
    model: str
    data: str
    out: Path
    settings: sven.SvenSettings | safecoder.SafeCoderSettings
    schedule: training.Schedule
    pairs: int | None = None
    max_tokens: int = 1024
    window: bool = False
    dtype: str | None = None
    threads: int = 0
    utility: str | None = None
    utility_size: int = 1000


def train(
    recipe: Recipe,
    on_progress: OnProgress = lambda done, total: None,
    on_epoch: Callable[[training.Epoch], None] = lambda epoch: None,
) -> list[str]:
    """Train, and write weights and card after each epoch; continue a killed training of the same recipe.

    Returns:
        The specs under which the result is a code LM.

    Raises:
        UsageError: If the recipe names data or a model that cannot be used.
        SecCoderError: If something is missing, or the training fails.
    """
    name = _model(recipe.model)
    known, unknown, about_data = _pairs(recipe)
    tokenizer, model = open_model(name, recipe.dtype or "", threads=recipe.threads)
    model.name_or_path = name  # peft writes this name down; the folder of a GGUF file is in this user's cache
    objective: sven.Sven | safecoder.SafeCoder
    if isinstance(recipe.settings, sven.SvenSettings):
        objective = sven.Sven(model, recipe.settings)
        kinds = ["sven-sec", "sven-vul"]
        examples, held_out = (
            list(pairs.sven_examples(part, tokenizer, recipe.max_tokens, recipe.window)) for part in (known, unknown)
        )
    else:
        objective = safecoder.SafeCoder(model, recipe.settings, recipe.schedule.seed)
        kinds = ["safecoder"]
        examples, held_out, about_data["utility"] = _safecoder(recipe, recipe.settings, tokenizer, known, unknown)
    about = {
        "method": recipe.method,
        "model": f"hf:{name}",
        "specs": [f"hf:{name}+{kind}:{recipe.out}" for kind in kinds],
        "data": about_data | {"training examples": len(examples), "validation examples": len(held_out)},
        "settings": {
            **asdict(recipe.schedule),
            **asdict(recipe.settings),
            "max_tokens": recipe.max_tokens,
            "window": recipe.window,
            "dtype": str(model.dtype).removeprefix("torch."),
            "device": model.device.type,
        },
    }

    def after(epochs: Sequence[training.Epoch]) -> None:
        objective.save(recipe.out)
        card.write(recipe.out, about, epochs)
        on_epoch(epochs[-1])

    training.fit(
        objective,
        examples,
        held_out,
        recipe.schedule,
        recipe.out,
        fingerprint=json.dumps([about[part] for part in ("model", "data", "settings")]),
        on_progress=on_progress,
        on_epoch=after,
    )
    (recipe.out / training.CHECKPOINT).unlink()
    return list(about["specs"])


def _model(spec: str) -> str:
    """Return the name behind `hf:`; a model that llama.cpp runs is unpacked to be trained."""
    kind, _, name = spec.partition(":")
    if kind == "embedded":
        return spec
    if kind in ("hf", "gguf") and name:
        return name
    raise UsageError(f"cannot train {spec!r}; give embedded[:NAME], gguf:PATH or hf:REPO-OR-PATH")


def _pairs(recipe: Recipe) -> tuple[list[Pair], list[Pair], dict[str, Any]]:
    """Return the pairs to train and to validate on, and what the card says of them."""
    about: dict[str, Any] = {"source": recipe.data.partition(":")[0]}
    if recipe.data == "sven":
        root = data.folder("sven")
        known = pairs.from_demonstrations(sven_source.demonstrations(root, "train"))
        unknown = pairs.from_demonstrations(sven_source.demonstrations(root, "val"))
    elif recipe.data == "sec-new-desc":
        root = data.folder("safecoder") / "data_train_val"
        known, unknown = (
            pairs.from_demonstrations(
                sven_source.read_pairs(root / part / "sec-new-desc.jsonl", "safecoder"), without=pairs.EVALUATED
            )
            for part in ("train", "val")
        )
        about["left out"] = "pairs of the evaluated CWEs: " + " ".join(sorted(pairs.EVALUATED))
    elif recipe.data.startswith("bigvul:"):
        drawn = bigvul.draw(bigvul.rows(Path(recipe.data.removeprefix("bigvul:"))), recipe.schedule.seed)
        known, unknown = drawn.training, drawn.validation
        about["wanted for Figure 8 and not there"] = drawn.missing or "none"
    else:
        raise UsageError(f"unknown training data {recipe.data!r}; known: sec-new-desc, sven, bigvul:CSV")
    if recipe.pairs is not None:
        known = pairs.sample(known, recipe.pairs, recipe.schedule.seed)
        unknown = pairs.sample(unknown, -(-recipe.pairs // 8), recipe.schedule.seed)
    return known, unknown, about | {"training pairs": len(known), "validation pairs": len(unknown)}


def _safecoder(
    recipe: Recipe,
    settings: safecoder.SafeCoderSettings,
    tokenizer: Any,
    known: list[Pair],
    unknown: list[Pair],
) -> tuple[list[Example], list[Example], str]:
    """Return security examples, oversampled, with utility examples, and what the card says of the latter."""
    seed, limits = recipe.schedule.seed, (recipe.max_tokens, recipe.window)
    security = list(pairs.safecoder_examples(known, tokenizer, *limits))
    checked = list(pairs.safecoder_examples(unknown, tokenizer, *limits))
    held_out = recipe.utility_size // 10
    if recipe.utility is None:
        tasks = utility.standard_library(recipe.utility_size + held_out, seed)
        name = "documented functions of Python's standard library"
    else:
        tasks = list(utility.from_file(Path(recipe.utility)))[: recipe.utility_size + held_out]
        name = Path(recipe.utility).name
    ordinary = list(pairs.utility_examples(tasks, tokenizer, recipe.max_tokens))
    held_out = min(held_out, len(ordinary) // 10)
    train = [*pairs.oversample(security, settings.floor, seed), *ordinary[held_out:]]
    return train, [*checked, *ordinary[:held_out]], f"{len(ordinary) - held_out} {name}"
