"""Writes what a trained folder says about itself: `card.json` for programs and `README.md` for people.

Both say what was trained, on what and how, and list the losses. A card does not say how good the result is: that takes
an evaluation.
"""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

from seccoder import __version__
from seccoder.evaluation.baselines.training import Epoch

CARD = "card.json"


def versions() -> dict[str, str]:
    """Return the versions of the software that the training ran on."""
    return {
        "seccoder": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in ("torch", "transformers", "peft")},
    }


def write(folder: Path, about: dict[str, Any], epochs: Sequence[Epoch]) -> None:
    """Write both files.

    Args:
        folder: The folder of the weights.
        about: What the training was: method, model, data, settings, specs.
        epochs: The epochs, with their losses.
    """
    content = {**about, "epochs": [asdict(epoch) for epoch in epochs], "versions": versions()}
    (folder / CARD).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_page(content, epochs), encoding="utf-8")


def _page(content: dict[str, Any], epochs: Sequence[Epoch]) -> str:
    lines = [
        f"# {content['method']} on {content['model']}",
        "",
        "Trained by `seccoder train`; usable as a code LM:",
        "",
    ]
    lines += [f"    seccoder generate FILE --model '{spec}'" for spec in content["specs"]]
    for title in ("data", "settings", "versions"):
        lines += ["", f"## {title.capitalize()}", ""]
        lines += [f"- {name}: {value}" for name, value in content[title].items()]
    names = list(epochs[0].training) if epochs else []
    lines += ["", "## Losses", "", "Weighted as in training; validation without dropout."]
    if len(epochs) < content["settings"]["epochs"]:
        lines.append(f"These weights were written after epoch {len(epochs)} of {content['settings']['epochs']}.")
    lines.append("")
    lines += ["| epoch | " + " | ".join([*names, *(f"{name}, validation" for name in names)]) + " | tokens/s |"]
    lines += ["|" + "---|" * (2 + 2 * len(names))]
    for epoch in epochs:
        values = [epoch.training.get(name) for name in names] + [epoch.validation.get(name) for name in names]
        cells = ["" if value is None else f"{value:.4f}" for value in values]
        lines.append(f"| {epoch.number} | " + " | ".join(cells) + f" | {epoch.tokens_per_second:.0f} |")
    lines += ["", "The losses say that training worked, not that code gets more secure; that takes an evaluation.", ""]
    return "\n".join(lines)
