"""Runs the training loop: it accumulates and clips an objective's losses as published, and writes checkpoints.

It takes an objective (what is trained, and its losses on one example), examples and a schedule. It gives the losses of
every epoch, on training and validation examples, and leaves `checkpoint.pt` in the folder. A training that was killed
goes on from its last checkpoint to the same losses: the order of the examples and the random numbers of each step
follow from the seed and the step's number alone, and a checkpoint is whole or not there.

The examples are taken one at a time, as published. On other hardware, or with another number of threads, the same seed
gives slightly different sums.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from seccoder.code.files import remove_unfinished, replacing
from seccoder.errors import ModelError, UsageError
from seccoder.evaluation.baselines.pairs import Example

CHECKPOINT = "checkpoint.pt"
SAVE_EVERY = 60.0  # seconds between two checkpoints
_STRIDE = 1_000_003  # with it, neighbouring seeds share the random numbers of no step


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast a training is; it uses AdamW with a learning rate that falls linearly to zero.

    Attributes:
        epochs: How often the training goes through the examples.
        learning_rate: The learning rate at the first step.
        accumulate: How many examples make one step of the optimiser.
        weight_decay: A setting of AdamW.
        adam_epsilon: A setting of AdamW.
        max_grad_norm: Gradients are scaled down to this norm.
        seed: The seed of the order and of dropout.
    """

    epochs: int
    learning_rate: float
    accumulate: int
    weight_decay: float = 0.01
    adam_epsilon: float = 1e-8
    max_grad_norm: float = 1.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Epoch:
    """The result of one epoch: mean losses by name, seconds, and trained tokens per second."""

    number: int  # from 1
    training: dict[str, float]
    validation: dict[str, float]
    seconds: float
    tokens_per_second: float

    def line(self) -> str:
        """Describe the epoch in one line."""
        parts = [f"{name} {value:.4f}" for name, value in self.training.items()]
        checked = [f"{name} {value:.4f}" for name, value in self.validation.items()]
        return (
            f"epoch {self.number}: {', '.join(parts)}; validation: {', '.join(checked) or 'none'}; "
            f"{self.seconds:.0f} s, {self.tokens_per_second:.0f} tokens/s"
        )


class Objective(Protocol):
    """What is trained, and the losses that training makes small."""

    def parameters(self) -> list[Any]:
        """Return the tensors that learn, in a fixed order."""
        ...

    def losses(self, example: Example) -> dict[str, Any]:
        """Return the weighted losses by name; training makes their sum small."""
        ...

    def training(self, on: bool) -> None:
        """Switch dropout on or off."""
        ...


class _Means:
    """Means by name, and their sum, over examples that need not all have every loss."""

    def __init__(self, state: dict[str, tuple[float, int]] | None = None) -> None:
        self.state = dict(state or {})

    def add(self, losses: dict[str, Any]) -> None:
        for name, value in losses.items():
            total, count = self.state.get(name, (0.0, 0))
            self.state[name] = (total + float(value.detach()), count + 1)

    def means(self) -> dict[str, float]:
        return {name: total / count for name, (total, count) in self.state.items()}


@dataclass(slots=True)
class _Progress:
    """Where a training stands; together with the weights and the optimiser's state, a checkpoint."""

    done: int = 0  # examples done in all epochs
    seconds: float = 0.0  # seconds of the current epoch
    tokens: int = 0
    sums: Any = None  # the losses of the current epoch so far
    epochs: tuple[Epoch, ...] = ()


def fit(
    objective: Objective,
    train: Sequence[Example],
    validation: Sequence[Example],
    schedule: Schedule,
    folder: Path,
    *,
    fingerprint: str = "",
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    on_epoch: Callable[[Sequence[Epoch]], None] = lambda epochs: None,
) -> list[Epoch]:
    """Train to the end of the schedule, from the checkpoint in the folder if there is one.

    Args:
        objective: What is trained.
        train: The examples that it is trained on.
        validation: The examples on which the losses are measured after each epoch.
        schedule: How long and how fast the training is.
        folder: The folder of the checkpoint; it is made if need be.
        fingerprint: Names everything on which a checkpoint must agree to be continued.
        on_progress: Called after each example with the examples done and in all.
        on_epoch: Called at the end of each epoch, before the checkpoint, with all epochs so far.

    Raises:
        UsageError: If there is nothing to train on, or the checkpoint is of another training.
        ModelError: If a loss is no longer a number.
    """
    import torch

    if not train:
        raise UsageError("no pair is left to train on: all are too long, unchanged, or of an evaluated weakness")
    parameters = objective.parameters()
    optimiser = torch.optim.AdamW(
        parameters, lr=schedule.learning_rate, eps=schedule.adam_epsilon, weight_decay=schedule.weight_decay
    )
    steps_an_epoch = -(-len(train) // schedule.accumulate)
    path = folder / CHECKPOINT
    at = _load(path, fingerprint, parameters, optimiser)
    total = schedule.epochs * len(train)
    means, started, saved = _Means(at.sums), time.monotonic() - at.seconds, time.monotonic()
    while at.done < total:
        number, place = divmod(at.done, len(train))
        example = train[_order(len(train), schedule.seed, number)[place]]
        torch.manual_seed(schedule.seed * _STRIDE + at.done)
        objective.training(True)
        losses = objective.losses(example)
        loss = sum(losses.values())
        if not torch.isfinite(loss):
            raise ModelError(f"the loss is {float(loss)} after {at.done} examples; try a lower --learning-rate")
        (loss / schedule.accumulate).backward()
        torch.nn.utils.clip_grad_norm_(parameters, schedule.max_grad_norm)
        means.add(losses)
        at.tokens += len(example.tokens)
        at.done += 1
        ends_epoch = place + 1 == len(train)
        if ends_epoch or (place + 1) % schedule.accumulate == 0:
            step = number * steps_an_epoch + place // schedule.accumulate
            for group in optimiser.param_groups:
                group["lr"] = schedule.learning_rate * (1 - step / (schedule.epochs * steps_an_epoch))
            optimiser.step()
            optimiser.zero_grad()
            at.sums, at.seconds = means.state, time.monotonic() - started
            if ends_epoch:
                at, means = _end_epoch(objective, validation, at, means)
                on_epoch(at.epochs)
                started = time.monotonic()
            if ends_epoch or time.monotonic() - saved >= SAVE_EVERY:
                _save(path, fingerprint, parameters, optimiser, at)
                saved = time.monotonic()
        on_progress(at.done, total)
    objective.training(False)
    return list(at.epochs)


def validate(objective: Objective, examples: Sequence[Example]) -> dict[str, float]:
    """Return the mean losses over examples, without dropout and without learning."""
    import torch

    objective.training(False)
    means = _Means()
    with torch.no_grad():
        for example in examples:
            means.add(objective.losses(example))
    return means.means()


@lru_cache(maxsize=1)
def _order(count: int, seed: int, epoch: int) -> list[int]:
    order = list(range(count))
    random.Random(seed * _STRIDE + epoch).shuffle(order)  # noqa: S311 - not for secrets
    return order


def _end_epoch(
    objective: Objective, validation: Sequence[Example], at: _Progress, means: _Means
) -> tuple[_Progress, _Means]:
    epoch = Epoch(
        number=len(at.epochs) + 1,
        training=means.means(),
        validation=validate(objective, validation),
        seconds=at.seconds,
        tokens_per_second=at.tokens / max(at.seconds, 1e-9),
    )
    return _Progress(done=at.done, epochs=(*at.epochs, epoch)), _Means()


def _save(path: Path, fingerprint: str, parameters: Sequence[Any], optimiser: Any, at: _Progress) -> None:
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    weights = [parameter.detach() for parameter in parameters]
    state = {"fingerprint": fingerprint, "weights": weights, "optimiser": optimiser.state_dict(), "at": asdict(at)}
    remove_unfinished(path)
    with replacing(path) as fresh:
        torch.save(state, fresh)


def _load(path: Path, fingerprint: str, parameters: Sequence[Any], optimiser: Any) -> _Progress:
    import torch

    if not path.is_file():
        return _Progress()
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["fingerprint"] != fingerprint:
            raise UsageError(f"{path.parent} holds a training with other settings; give another folder with --out")
        with torch.no_grad():
            for parameter, weight in zip(parameters, state["weights"], strict=True):
                parameter.copy_(weight)
        optimiser.load_state_dict(state["optimiser"])
        at = state["at"]
        return _Progress(**{**at, "epochs": tuple(Epoch(**epoch) for epoch in at["epochs"])})
    except UsageError:
        raise
    except Exception as error:  # torch.load raises whatever a damaged file makes it raise
        raise ModelError(f"cannot continue from {path}: {' '.join(str(error).split())[:200]}; delete it") from None
