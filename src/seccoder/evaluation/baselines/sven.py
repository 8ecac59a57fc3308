"""Trains SVEN (He and Vechev, CCS 2023): a secure and a vulnerable prefix of a frozen model, trained together.

It takes a causal model and examples. It gives the three losses of each example, and two folders of prefixes:

- `lm`: the changed tokens become likely behind the prefix of their label;
- `contrastive`: that prefix's share of the two probabilities of a changed token grows;
- `kl`: on unchanged tokens both prefixes stay close to the frozen model.

Both prefixes see an example in one batch of two. The frozen model never changes, so what the divergence needs of its
distribution p at a token is computed once and kept. With logits W h, KL(p || q) = (h0 - h) . E(h0) + log Z(h) -
log Z(h0), where h0 is the frozen model's own hidden state (`vocabulary` says what E and Z are). This is the exact
divergence, without a second pass over the vocabulary.
"""

import math
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seccoder.errors import MissingExtra
from seccoder.evaluation.baselines.pairs import Example
from seccoder.evaluation.baselines.vocabulary import Vocabulary
from seccoder.models.huggingface import adapters

PREFIXES = (adapters.SECURE, adapters.VULNERABLE)
_REMEMBER = 2 << 30  # bytes of the frozen model's distributions to keep; beyond, the oldest are computed again


@dataclass(frozen=True, slots=True)
class SvenSettings:
    """The settings that only SVEN has, with the values published for CodeGen-350M.

    Attributes:
        tokens: The length of each prefix; published are 5 (350M), 8 (2.7B) and 12 (6.1B).
        dropout: The dropout of the prefixes' numbers, while training.
        lm: The weight of the loss of this name.
        contrastive: The weight of the loss of this name.
        kl: The weight of the loss of this name; published are 1.6 (350M, 2.7B) and 2.0 (6.1B).
    """

    tokens: int = 5
    dropout: float = 0.1
    lm: float = 1.0
    contrastive: float = 4.0
    kl: float = 1.6


EPOCHS = 8  # published: 8 (350M), 5 (2.7B, 6.1B)
LEARNING_RATE = 1e-2
ACCUMULATE = 2
MAX_TOKENS = 1024


class Sven:
    """Two prefixes of one frozen model, and their losses.

    Args:
        model: A causal model of transformers, which becomes frozen.
        settings: Sizes and weights.

    Raises:
        MissingExtra: If peft is not installed.
        ModelError: If the model's logits are not one linear layer of its last hidden state.
    """

    def __init__(self, model: Any, settings: SvenSettings) -> None:
        try:
            from peft import PrefixTuningConfig, get_peft_model
        except ImportError:
            raise MissingExtra("training", "train") from None
        self.settings = settings
        self._model = model.eval().requires_grad_(False)
        self._shape = adapters.shape_of(model)
        # peft reads these from the configuration, where not every architecture has them under names that peft knows.
        config = {
            "task_type": "CAUSAL_LM",
            "num_virtual_tokens": settings.tokens,
            "num_layers": self._shape.layers,
            "num_attention_heads": self._shape.heads,
            "token_dim": self._shape.heads * self._shape.width,
            "init_weights": "zero",
        }
        self._peft = get_peft_model(model, PrefixTuningConfig(**config), adapter_name=PREFIXES[0])
        self._peft.add_adapter(PREFIXES[1], PrefixTuningConfig(**config))
        self._tables = [self._peft.prompt_encoder[name].embedding.weight for name in PREFIXES]
        for table in self._tables:
            table.data = table.data.float()
            table.requires_grad_(True)
        self._dropout = False
        self._vocabulary = Vocabulary(model)
        self._frozen: OrderedDict[Example, tuple[Any, Any]] = OrderedDict()

    def parameters(self) -> list[Any]:
        """Return the two prefixes."""
        return list(self._tables)

    def training(self, on: bool) -> None:
        """Switch the prefixes' dropout; the frozen model has none."""
        self._dropout = on

    def losses(self, example: Example) -> dict[str, Any]:
        """Return the three losses of one example, weighted."""
        import torch

        ids = torch.tensor([example.tokens], device=self._model.device)
        changed = torch.tensor(example.marked[1:], device=self._model.device)
        cache = adapters.cache_of(self._prefixes(), self._model)
        hidden = self._vocabulary.hidden(ids.expand(2, -1), cache)
        log_z = self._vocabulary.log_z(hidden)
        near = hidden[:, changed]
        logp = self._vocabulary.log_probability(near, ids[0, 1:][changed].expand(2, -1), log_z[:, changed])
        own, other = logp if example.label == "secure" else logp.flip(0)
        expected, offset = self._reference(example, ids)
        kl = offset - (hidden.float() * expected).sum(-1) + log_z
        settings = self.settings
        return {
            "lm": -own.mean() * settings.lm,
            "contrastive": -torch.nn.functional.logsigmoid(own - other).mean() * settings.contrastive,
            "kl": kl[:, ~changed].mean(-1).sum() * settings.kl,
        }

    def save(self, folder: Path) -> None:
        """Write the prefixes into the folder's `secure` and `vulnerable`, as peft does."""
        self._peft.save_pretrained(str(folder), selected_adapters=list(PREFIXES))

    def _prefixes(self) -> list[Any]:
        from torch.nn.functional import dropout

        layers, heads, rate = self._shape.layers, self._shape.heads, self.settings.dropout
        return [dropout(adapters.from_flat(table, layers, heads), rate, self._dropout) for table in self._tables]

    def _reference(self, example: Example, ids: Any) -> tuple[Any, Any]:
        """Return, per predicted token, E(h0) and h0 . E(h0) - log Z(h0) of the frozen model."""
        import torch

        if example in self._frozen:
            self._frozen.move_to_end(example)
            return self._frozen[example]
        with torch.no_grad():
            hidden = self._vocabulary.hidden(ids)[0]
            expected = self._vocabulary.expected(hidden)
            offset = (hidden.float() * expected).sum(-1) - self._vocabulary.log_z(hidden)
        self._frozen[example] = (expected, offset)
        if len(self._frozen) * math.prod(expected.shape) * 4 > _REMEMBER:
            self._frozen.popitem(last=False)
        return expected, offset
