"""Lists every table and figure of the paper that can be reproduced: what it compares, on what, with which arms.

A target is a benchmark, a secure codebase, code LMs and conditions. A condition has the paper's label and, for each
profile, the arm that stands for it. Profile `paper` is the paper's protocol with its own code LMs, retrievers and
CodeQL. Profile `local` is what one machine can do: the embedded models in the places of the paper's code LMs by size,
the executed oracle, and retrievers that install like any dependency. Its figures answer the same questions about other
models, so they cannot be expected to equal the paper's.
"""

from dataclasses import dataclass, field
from typing import Literal

ProfileName = Literal["paper", "local"]
Method = Literal["", "sven-sec", "sven-vul", "safecoder"]  # how the code LM was trained further; "" if it was not

CODEGEN = ("CodeGen-350M", "CodeGen-2.7B", "CodeGen-6.1B")
OTHERS = ("SantaCoder", "InCoder")


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to run the targets.

    Attributes:
        name: `paper` or `local`.
        models: The spec of each of the paper's code LMs, or of the one that stands in its place.
        oracles: Who decides about security; empty for the default ones, which run the code.
        samples: Completions per scenario.
        seeds: How often that is repeated.
        problem_samples: Completions per HumanEval problem.
    """

    name: ProfileName
    models: dict[str, str]
    oracles: tuple[str, ...]
    samples: int
    seeds: int
    problem_samples: int


PROFILES = {
    "paper": Profile(
        "paper",
        {
            "CodeGen-350M": "hf:Salesforce/codegen-350M-multi",
            "CodeGen-2.7B": "hf:Salesforce/codegen-2B-multi",
            "CodeGen-6.1B": "hf:Salesforce/codegen-6B-multi",
            "SantaCoder": "hf:bigcode/santacoder",
            "InCoder": "hf:facebook/incoder-6B",
        },
        oracles=("codeql", "syntax"),
        samples=25,
        seeds=3,
        problem_samples=100,
    ),
    "local": Profile(
        "local",
        {
            "CodeGen-350M": "embedded:smollm2",
            "CodeGen-2.7B": "embedded:qwen2.5-coder-0.5b",
            "CodeGen-6.1B": "embedded:qwen2.5-coder-1.5b",
            "SantaCoder": "embedded:qwen2.5-coder-0.5b",
            "InCoder": "embedded:qwen2.5-coder-1.5b",
        },
        oracles=(),
        samples=25,
        seeds=3,
        problem_samples=10,
    ),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of a table: the paper's label for it, and the arm that stands for it in each profile (None: not run)."""

    label: str
    paper: str | None
    local: str | None
    method: Method = ""

    def arm(self, profile: ProfileName) -> str | None:
        """Return the arm of a profile."""
        return self.paper if profile == "paper" else self.local


@dataclass(frozen=True, slots=True)
class Target:
    """One table or figure.

    Attributes:
        title: What it shows.
        benchmark: `sven`, `humaneval-sven` or `retrieval-a`.
        conditions: Its rows; the others are compared with the first.
        models: The paper's code LMs in it.
        smallest: Whether profile `local` asks its smallest code LM only, because there are many arms or samples.
        codebase: The secure codebase that demonstrations are retrieved from.
        shows: How the figures are laid out: a rate per code LM, per scenario, pass@k, retrieval, or examples.
    """

    title: str
    benchmark: str
    conditions: tuple[Condition, ...]
    models: tuple[str, ...] = CODEGEN
    smallest: bool = False
    codebase: str = "sven"
    shows: Literal["rates", "scenarios", "pass", "retrieval", "examples"] = "rates"
    scenarios: tuple[str, ...] = field(default=())  # the scenarios of the target `examples`


NONE = Condition("None", "none", "none")
SECCODER = Condition("SecCoder-xl", "dense:instructor-xl", "hybrid")
_ATTACKED = (
    Condition("SVEN-vul", "none", "none", "sven-vul"),
    Condition("SVEN-vul + SecCoder-xl", "dense:instructor-xl", "hybrid", "sven-vul"),
)

TARGETS = {
    "table1": Target(
        "Robustness: the attacked code LM, without and with SecCoder",
        "sven",
        _ATTACKED,
        smallest=True,
        codebase="sven-val",
    ),
    "table2": Target(
        "Robustness of two other code LMs",
        "sven",
        _ATTACKED,
        models=OTHERS,
        codebase="sven-val",
    ),
    "table3": Target("Security rate without and with SecCoder", "sven", (NONE, SECCODER), models=(*CODEGEN, *OTHERS)),
    "table4": Target(
        "Security rate by retriever",
        "sven",
        (
            NONE,
            Condition("Random", "random", "random"),
            Condition("Placebo", "placebo", "placebo"),
            Condition("BM25", "bm25:whitespace", "bm25"),
            SECCODER,
        ),
        smallest=True,
    ),
    "table5": Target(
        "Security rate by embedder",
        "sven",
        (
            NONE,
            Condition("SecCoder-large", "dense:instructor-large", "dense"),
            Condition("SecCoder-xl", "dense:instructor-xl", "dense:minilm"),
        ),
    ),
    "table6": Target(
        "SafeCoder against SecCoder",
        "sven",
        (NONE, Condition("SafeCoder", "none", "none", "safecoder"), SECCODER),
        models=("CodeGen-350M",),
    ),
    "figure3": Target(
        "SVEN, SecCoder, and both together",
        "sven",
        (
            NONE,
            Condition("SVEN-sec", "none", "none", "sven-sec"),
            SECCODER,
            Condition("SVEN-sec + SecCoder-xl", "dense:instructor-xl", "hybrid", "sven-sec"),
        ),
        models=(*CODEGEN, *OTHERS),
        smallest=True,
    ),
    "figure4": Target(
        "Functional correctness on HumanEval", "humaneval-sven", (NONE, SECCODER), smallest=True, shows="pass"
    ),
    "figure5": Target(
        "Functional correctness of two other code LMs",
        "humaneval-sven",
        (NONE, SECCODER),
        models=OTHERS,
        shows="pass",
    ),
    "figure6": Target(
        "Accuracy and average minimum number of demonstrations of the retrievers",
        "retrieval-a",
        (
            Condition("BM25", "bm25:whitespace", "bm25:whitespace"),
            Condition("SecCoder-xl", "dense:instructor-xl", "dense:minilm"),
            Condition("BM25 (code tokens)", "bm25", "bm25"),
            Condition("LSA", "dense", "dense"),
            Condition("Hybrid", "hybrid", "hybrid"),
        ),
        models=(),
        shows="retrieval",
    ),
    "figure9": Target(
        "Security rate by scenario, and the gain by language",
        "sven",
        (NONE, SECCODER),
        models=("CodeGen-6.1B",),
        shows="scenarios",
    ),
    "examples": Target(
        "Worked examples: prompt, retrieved demonstration, completions",
        "sven",
        (NONE, SECCODER),
        models=("CodeGen-6.1B",),
        shows="examples",
        scenarios=("cwe-022/0-py", "cwe-022/1-py", "cwe-089/0-py", "cwe-190/0-c"),
    ),
}
