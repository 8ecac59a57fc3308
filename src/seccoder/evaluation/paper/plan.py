"""Plans which runs the targets need, what is wanted of each run, and what cannot be had.

Targets that need the same benchmark, code LM and secure codebase share one run, whose arms are those of all of them:
nothing is sampled twice. A code LM given as `hf:MODEL+sven-vul:FOLDER` (or `sven-sec`, `safecoder`) serves the
conditions of that method. The other conditions of the same table then run on `hf:MODEL`, the model it was trained on.
"""

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seccoder.evaluation.paper.targets import OTHERS, PROFILES, TARGETS, Condition, Method, Profile, Target
from seccoder.evaluation.results import Skipped
from seccoder.models import specs

IN_12 = ("SantaCoder", "InCoder")  # the paper leaves out three weaknesses for these two
_TRAIN = {
    "sven-sec": "seccoder train sven",
    "sven-vul": "seccoder train sven",
    "safecoder": "seccoder train safecoder",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run, which several targets can share. The model is "" where no code LM is needed."""

    benchmark: str
    model: str
    codebase: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One condition of a target: the run and the arm that give its figure, and the code LM of the paper's figure."""

    target: str
    condition: Condition
    arm: str
    run: Run
    paper_model: str | None


def plan(names: Sequence[str], profile: Profile, models: Sequence[str] = ()) -> tuple[list[Wanted], list[Skipped]]:
    """Return what is wanted for some targets, and what is skipped.

    Args:
        names: The names of the targets.
        profile: How they are run.
        models: Specs of code LMs that replace those of the profile.
    """
    wanted: list[Wanted] = []
    skipped: list[Skipped] = []
    for name in names:
        for each in _of_target(name, TARGETS[name], profile, models):
            if isinstance(each, Skipped):
                skipped += [each] if each not in skipped else []
            else:
                wanted.append(each)
    return wanted, skipped


def _of_target(name: str, target: Target, profile: Profile, models: Sequence[str]) -> Iterator[Wanted | Skipped]:
    if target.shows == "retrieval":
        run = Run(target.benchmark, "", target.codebase)
        yield from (Wanted(name, each, arm, run, None) for each in target.conditions if (arm := each.arm(profile.name)))
        return
    chosen = _models(target, profile, models)
    if not chosen:
        yield Skipped(name, _no_model(target, profile))
    for paper_model, base in chosen:
        for condition in target.conditions:
            arm = condition.arm(profile.name)
            model = _trained(condition.method, base, models)
            if arm is None:
                continue
            if model is None:
                yield Skipped(name, _untrained(condition, base))
                continue
            benchmark = "sven-12" if target.benchmark == "sven" and paper_model in IN_12 else target.benchmark
            yield Wanted(name, condition, arm, Run(benchmark, model, target.codebase), paper_model)


def _models(target: Target, profile: Profile, models: Sequence[str]) -> list[tuple[str | None, str]]:
    """Return the code LMs of a target, each with the paper's name of the one beside whose figures it stands."""
    trained = [base for spec in models if (base := base_of(spec)) != spec]
    given = [spec for spec in models if base_of(spec) == spec]
    if any(condition.method for condition in target.conditions) and trained:
        given = trained
    local = profile.name == "local"
    if not given:
        names = target.models[:1] if local and target.smallest else target.models
        specs: dict[str, str] = {}
        for name in names:
            specs.setdefault(usual(profile.models[name]), name)
        return [(name, spec) for spec, name in specs.items()]
    chosen: list[tuple[str | None, str]] = []
    for spec in dict.fromkeys(given):
        places = [*PROFILES["paper"].models.items(), *profile.models.items()]
        known = [name for name, each in places if each in (spec, spec.removeprefix("hf:"))]
        if known:
            chosen += [(name, spec) for name in known if name in target.models][:1]
        elif not local:
            chosen.append((None, spec))
        elif target.models != OTHERS:
            chosen.append((target.models[0], spec))
    return chosen


def _no_model(target: Target, profile: Profile) -> str:
    shown = " and ".join(target.models)
    if profile.name == "paper":
        return f"the paper shows {shown} here, and none of these was named with --model"
    names = " and ".join(dict.fromkeys(profile.models[name] for name in target.models))
    return f"the paper shows {shown} here, in whose place are {names}, and none of these was named with --model"


def usual(spec: str) -> str:
    """Return how a code LM is asked if nobody says: SmolLM2 in PyTorch if that is installed, others as they are named.

    In PyTorch the samples of many prompts are drawn at a time, and the published runs of SmolLM2 and the adapters in
    `results/` are of it. The larger ones would be unpacked to four times their size.
    """
    both = all(importlib.util.find_spec(name) is not None for name in ("torch", "transformers"))
    return f"hf:{spec}" if both and spec == "embedded:smollm2" else spec


def base_of(spec: str) -> str:
    """Return the model that a code LM was trained on; the spec itself if it names none."""
    return specs.split(spec)[0]


def _trained(method: Method, base: str, models: Sequence[str]) -> str | None:
    """Return the spec of a code LM trained by a method; None if none was given."""
    if not method:
        return base
    return next((spec for spec in models if spec.startswith(f"{base}+{method}:")), None)


def _untrained(condition: Condition, base: str) -> str:
    method = condition.method
    model = base if base.startswith("hf:") else f"hf:{base}"
    return (
        f"{condition.label} needs a code LM trained by that method; train one ({_TRAIN[method]}) and name it: "
        f"--model {model}+{method}:FOLDER"
    )
