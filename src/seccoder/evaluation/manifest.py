"""Makes a run's manifest: what is needed to repeat the run, and what must not change while it is continued.

The manifest is a JSON object, made from the benchmark, the codebase, the model's spec and the settings:

    identity     must not change while the run is continued: benchmark, model, codebase (each with its digest), settings
    arms, samples, seeds      may grow
    shard        which part of the tasks it has, such as "1/4"; null, or not there, if it has all
    chat         whether the model is asked in messages whatever the task is; each prompt says how it was asked
    oracles      the versions of everything that checked; null until something was checked
    contamination             overlaps of the codebase with the benchmark, found anew by each process
    versions, machine, commands      how it was made: an entry per command that worked on it, with this program's commit
                              and, for a model run by PyTorch, the number format in which it computed

Not guaranteed: that a model behind an endpoint is the same tomorrow, because it has no digest. Times and texts of such
a model may differ when the run is repeated.
"""

import hashlib
import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from seccoder import __version__
from seccoder.code import git
from seccoder.code.files import sha256
from seccoder.code.shards import Shard
from seccoder.codebase.codebase import Codebase
from seccoder.codebase.contamination import Overlap, Text, overlaps
from seccoder.errors import UsageError
from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.run_folder import MANIFEST, Record, read_json
from seccoder.models import specs
from seccoder.settings import Settings
from seccoder.types import SamplingSettings

FORMAT = 1
TOP_K = 50  # the value in the paper's scripts; it is no setting, so that runs can be compared
_PACKAGES = ("numpy", "xllamacpp", "torch", "transformers", "bandit", "flask", "tree-sitter")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for. None means what the run's folder has, or else the benchmark's default and all tasks."""

    arms: tuple[str, ...] | None = None
    samples: int | None = None
    seeds: int | None = None
    shard: Shard | None = None


def identity(benchmark: Benchmark, codebase: Codebase, spec: str, settings: Settings) -> Record:
    """Return what must stay the same while a run is continued."""
    return {
        "format": FORMAT,
        "benchmark": benchmark.name,
        "benchmark_digest": benchmark.digest,
        "model": settings.model,
        "model_digest": model_digest(settings.model),
        "codebase": spec,
        "codebase_digest": codebase.digest(),
        "settings": {
            "temperature": settings.temperature,
            "top_p": settings.top_p,
            "top_k": TOP_K,
            "max_tokens": settings.max_tokens,
            "k": settings.k,
            "seed": settings.seed,
        },
    }


def sampling(identity: Record) -> SamplingSettings:
    """Return how the run's model samples."""
    settings = identity["settings"]
    return SamplingSettings(
        temperature=settings["temperature"],
        top_p=settings["top_p"],
        top_k=settings["top_k"],
        max_tokens=settings["max_tokens"],
        seed=settings["seed"],
    )


def begin(folder: Path, this: Record, benchmark: Benchmark, codebase: Codebase, plan: Plan) -> Record:
    """Return the manifest of a new run, or check and extend that of a run to continue; it is not written yet.

    Raises:
        UsageError: If the folder holds something else, or a run of anything else; the message names what differs.
    """
    stored = read_json(folder / MANIFEST)
    records = [path for path in folder.iterdir() if path.name.endswith((".jsonl", ".jsonl.gz"))]
    if stored is None and records:
        raise UsageError(f"{folder} holds records but no {MANIFEST}: it is no run that can be continued")
    if not any(path.name.startswith("samples.") for path in records):  # nothing was sampled, so begin afresh
        for path in records:
            path.unlink()
        stored = None
    if stored is None:
        stored = {"identity": this, "arms": [], "chat": None, "oracles": None}
    if other := difference(stored.get("identity"), this):
        raise UsageError(f"the run in {folder} was made with another {other}; give --out another folder")
    shard = str(plan.shard) if plan.shard else stored.get("shard")
    if stored["arms"] and shard != stored.get("shard"):
        has = f"shard {stored['shard']}" if stored.get("shard") else "all tasks"
        raise UsageError(f"the run in {folder} has {has}, not shard {shard}; give --out another folder")
    arms = plan.arms or (() if stored["arms"] else benchmark.arms)
    manifest = {
        **stored,
        "arms": list(dict.fromkeys((*stored["arms"], *arms))),
        "samples": plan.samples or stored.get("samples") or benchmark.samples,
        "seeds": plan.seeds or stored.get("seeds") or benchmark.seeds,
        "shard": shard,
        "contamination": contamination(benchmark, codebase),
        "versions": _versions(),
        "machine": _machine(),
        "commands": [*stored.get("commands", ()), command()],
    }
    return manifest


def contamination(benchmark: Benchmark, codebase: Codebase) -> Record:
    """Return the overlaps of the codebase with the benchmark.

    Raises:
        UsageError: If a demonstration holds a task as it stands, or the other way round: nothing would be measured.
    """
    compared = (tuple(str(store.path) for store in codebase.stores), codebase.digest(), benchmark.texts)
    if compared not in _overlaps:  # several code LMs are measured on one benchmark, one after the other
        _overlaps[compared] = overlaps(codebase.demonstrations(), benchmark.texts)
    found = _overlaps[compared]
    exact = [overlap for overlap in found if overlap.how == "exact"]
    if exact:
        raise UsageError(f"the codebase gives the benchmark away ({len(exact)} times), first: {exact[0]}")
    return {
        "demonstrations": len(codebase.ids()),
        "texts": len(benchmark.texts),
        "overlaps": [str(overlap) for overlap in found],
    }


_overlaps: dict[tuple[tuple[str, ...], str, tuple[Text, ...]], list[Overlap]] = {}  # what was found in this process


def model_digest(spec: str) -> str:
    """Return the SHA-256 over a model's files, or the commit of its repository; "" for one behind an endpoint.

    If something was trained on top of it, the result is the SHA-256 over both digests.
    """
    kind, _, name = specs.way(spec)[0].partition(":")
    adapter = None
    if kind == "hf":
        name, adapter = specs.split(name)
    if adapter is not None:
        both = f"{model_digest(f'hf:{name}')} {_digest(adapter.folder)}"
        return hashlib.sha256(both.encode()).hexdigest()
    inner, _, which = name.partition(":")
    if kind == "embedded" or (kind, inner) == ("hf", "embedded"):
        from seccoder.models.embedded import known

        path = known.installed((which if kind == "hf" else name) or known.DEFAULT)
    else:
        path = Path(os.path.expanduser(name)) if name and kind not in ("openai", "ollama") else None
    if path is None or not path.exists():
        return _cached_commit(name) if kind == "hf" else ""
    return _digest(path)


def _digest(path: Path) -> str:
    """Return the SHA-256 over a file, or over the files of a folder."""
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    digest = hashlib.sha256()
    for each in files:
        digest.update(each.name.encode())
        digest.update(bytes.fromhex(sha256(each)))
    return digest.hexdigest()


def _cached_commit(name: str) -> str:
    """Return the commit of a repository in Hugging Face's cache."""
    repository, _, branch = name.partition("@")
    home = Path(os.environ.get("HF_HOME") or "~/.cache/huggingface").expanduser()
    hub = Path(os.environ.get("HF_HUB_CACHE") or home / "hub") / f"models--{repository.replace('/', '--')}"
    refs = sorted((hub / "refs").glob(branch or "*"))
    return " ".join(f"{ref.name}={ref.read_text().strip()}" for ref in refs)


def difference(stored: Any, this: Record) -> str:
    """Say in words what differs; "" if nothing does."""
    if not isinstance(stored, dict) or stored.get("format") != this["format"]:
        return "version of this program"
    for name, value in this.items():
        old = stored.get(name)
        if old == value:
            continue
        if isinstance(value, dict):
            inner = next(each for each in value if not isinstance(old, dict) or old.get(each) != value[each])
            old, name, value = (old or {}).get(inner), inner, value[inner]
        if name.endswith("_digest"):
            return f"content of the {name.removesuffix('_digest')}"
        return f"{name} ({old!r}, now {value!r})"
    return ""


def _versions() -> Record:
    found = {"seccoder": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _machine() -> Record:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def command() -> Record:
    """Return the entry of the command that works on a run now."""
    program = Path(sys.argv[0]).name
    words = ["seccoder" if program == "__main__.py" else program, *sys.argv[1:]]  # python -m seccoder
    line = " ".join(words).replace(str(Path.cwd()), ".")  # it may be published: no word of where its files are
    return {"at": datetime.now(UTC).isoformat(timespec="seconds"), "command": line, "commit": _commit()}


def _commit() -> str:
    """Return the last commit that changed this package, with `+` if files differ from it; "" outside a checkout."""
    package = Path(__file__).parents[1]
    try:
        log, status = (
            git.run([*words, "--", "."], package, seconds=10)
            for words in (("log", "-1", "--format=%H"), ("status", "--porcelain"))
        )
    except (OSError, UsageError):
        return ""
    if log.returncode or status.returncode:
        return ""
    commit = log.stdout.decode("ascii").strip()
    return commit + ("+" if commit and status.stdout else "")
