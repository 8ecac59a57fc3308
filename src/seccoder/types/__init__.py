"""Defines the dataclasses that the steps exchange, and the protocols that the implementations follow.

The dataclasses are frozen. Nothing here computes; a step takes some of these and returns others. Times are seconds,
rates lie in 0..1, ranks start at 1, scores are better when higher (within one retriever only), CWEs are spelled
`CWE-22`, and languages are spelled as in `seccoder.code.languages`.

Not guaranteed: that a `Demonstration` is secure (its `proof` says how far that was shown), or that a source that no
oracle flagged is secure (see `Verdict`).
"""

from typing import TYPE_CHECKING

from seccoder.types.checks import (
    Check,
    Evidence,
    Finding,
    Judged,
    Label,
    NotTried,
    Operation,
    Sample,
    Source,
    Task,
    Unknown,
    Verdict,
    Why,
)
from seccoder.types.demonstrations import Demonstration, Proof, ProofLevel, Provenance
from seccoder.types.generation import Completion, Hit, Message, Prompt, Query, SamplingSettings
from seccoder.types.protocols import CodeLM, Embedder, Oracle, Progress, Retriever

if TYPE_CHECKING:
    from seccoder.types.protocols import Vectors as Vectors

__all__ = [
    "Check",
    "CodeLM",
    "Completion",
    "Demonstration",
    "Embedder",
    "Evidence",
    "Finding",
    "Hit",
    "Judged",
    "Label",
    "Message",
    "NotTried",
    "Operation",
    "Oracle",
    "Progress",
    "Prompt",
    "Proof",
    "ProofLevel",
    "Provenance",
    "Query",
    "Retriever",
    "Sample",
    "SamplingSettings",
    "Source",
    "Task",
    "Unknown",
    "Verdict",
    "Why",
]
