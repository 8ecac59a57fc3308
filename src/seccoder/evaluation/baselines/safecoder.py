"""Trains SafeCoder (He et al., ICML 2024): instruction tuning with a low-rank adapter, for security and utility.

It takes a causal model and examples, and gives the loss of each example and the folder of the adapter:

- `secure`: the changed tokens of fixed functions become likely;
- `vulnerable`: those of vulnerable functions become unlikely (the loss is -log(1 - p));
- `utility`: ordinary answers to ordinary instructions become likely.

The settings are those that the authors published for their low-rank adapters (CodeLlama). Their small models were tuned
in full, which this does not do.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seccoder.errors import MissingExtra
from seccoder.evaluation.baselines.pairs import Example
from seccoder.evaluation.baselines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class SafeCoderSettings:
    """The settings that only SafeCoder has, as published.

    Attributes:
        rank: The rank of the adapter's matrices.
        alpha: The adapter is scaled by alpha / rank.
        dropout: The dropout of the adapter's input, while training.
        weight: The weight of the two security losses.
        floor: How many examples each language and CWE has at least, by repetition.
    """

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.1
    weight: float = 1.0
    floor: int = 20


EPOCHS = 5
LEARNING_RATE = 1e-3
ACCUMULATE = 16
MAX_TOKENS = 1024
_LEAST = 1e-5  # 1 - p is not taken to be smaller


class SafeCoder:
    """A model with a low-rank adapter on all its linear layers but the last, and its losses.

    Args:
        model: A causal model of transformers; its own weights stay as they are.
        settings: Sizes and weights.
        seed: The seed of the adapter's first numbers.

    Raises:
        MissingExtra: If peft is not installed.
    """

    def __init__(self, model: Any, settings: SafeCoderSettings, seed: int = 0) -> None:
        try:
            from peft import LoraConfig, get_peft_model
        except ImportError:
            raise MissingExtra("training", "train") from None
        import torch

        self.settings = settings
        torch.manual_seed(seed)
        config = LoraConfig(
            task_type="CAUSAL_LM",
            r=settings.rank,
            lora_alpha=settings.alpha,
            lora_dropout=settings.dropout,
            target_modules="all-linear",
        )
        self._model = model
        self._peft = get_peft_model(model.eval(), config)  # this changes the model in place
        self._vocabulary = Vocabulary(model)

    def parameters(self) -> list[Any]:
        """Return the adapter's matrices."""
        return [parameter for parameter in self._peft.parameters() if parameter.requires_grad]

    def training(self, on: bool) -> None:
        """Switch dropout on or off."""
        self._peft.train(on)

    def losses(self, example: Example) -> dict[str, Any]:
        """Return the one loss of an example, by its label."""
        import torch

        ids = torch.tensor([example.tokens], device=self._peft.device)
        marked = torch.tensor(example.marked[1:], device=self._peft.device)
        hidden = self._vocabulary.hidden(ids)[0, marked]
        logp = self._vocabulary.log_probability(hidden, ids[0, 1:][marked], self._vocabulary.log_z(hidden))
        if example.label == "vulnerable":
            loss = -torch.log((1 - logp.exp()).clamp(min=_LEAST)).mean()
        else:
            loss = -logp.mean()
        return {example.label: loss * (1.0 if example.label == "utility" else self.settings.weight)}

    def save(self, folder: Path) -> None:
        """Write the adapter as peft does; that of a bfloat16 model is written in bfloat16, in half the space."""
        import torch
        from safetensors.torch import load_file, save_file

        self._peft.save_pretrained(str(folder))
        if self._model.dtype == torch.bfloat16:
            path = folder / "adapter_model.safetensors"
            tensors = {name: tensor.to(torch.bfloat16) for name, tensor in load_file(path).items()}
            save_file(tensors, path, metadata={"format": "pt"})
