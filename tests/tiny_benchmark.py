"""A benchmark of four tasks whose check reads marks in the code; as a program: `seccoder evaluate tiny`, killable.

    python tiny_benchmark.py [--die-at N] evaluate tiny ...

With `--die-at N` the process kills itself (SIGKILL) in the middle of its Nth write to a JSONL file, half a line
written, wherever that is.
"""

import os
import signal
import sys

from seccoder.evaluation import benchmarks
from seccoder.evaluation.benchmarks.benchmark import Benchmark, digest_of, texts_of
from seccoder.types import Check, Demonstration, Proof, ProofLevel, Provenance, Task

TASKS = (
    Task("sql/0", "python", "CWE-89", "import sqlite3\n\n\ndef find(db, name):\n"),
    Task("sql/1", "python", "CWE-89", "import sqlite3\n\n\ndef count_orders(db, customer):\n"),
    Task("path/0", "python", "CWE-22", "import os\n\n\ndef read_note(folder, name):\n"),
    Task("copy/0", "c", "CWE-787", "#include <string.h>\n\nvoid keep(char *to, const char *from)\n{\n"),
)
# What the check makes of each: proven, an exploit works, inert, does not parse, cannot tell, nothing at all.
ANSWERS = ["    return 'safe'\n", "    return 'bad'\n", "    return 'inert'\n", "    return ((\n", "    pass\n", ""]


def codebase(path):
    """A codebase for these tasks: two CWEs in two languages each, of several lengths. Returns its path."""
    from seccoder.codebase.store import Store

    kinds = (("python", "CWE-89"), ("python", "CWE-22"), ("c", "CWE-787"), ("c", "CWE-416"), ("java", "CWE-89"))
    heads = {"python": "def of_{}(value):\n", "c": "int of_{}(int value)\n{{\n", "java": "class Of{} {{\n"}
    with Store.open(path) as store:
        for number in range(10):
            language, cwe = kinds[number % 5]
            steps = "".join(f"    step_{number}_{line}(value);\n" for line in range(2 + number))
            code = heads[language].format(number) + steps
            proof, origin = Proof(ProofLevel.ASSERTED), Provenance("test")
            store.add([Demonstration(language, (cwe,), f"do thing {number}", code, None, proof, origin)])
    return str(path)


def check(sources):
    return [[_check(source)] for source in sources]


def _check(source):
    code = source.text[len(source.task.prompt.rstrip()) :]
    invalid = "((" in code or not code.strip()
    told = any(mark in code for mark in ("safe", "bad", "inert"))
    return Check(
        "marks",
        "1",
        "executed",
        analysed=told or invalid,
        flagged="bad" in code,
        valid=not invalid,
        exercised=("inert" not in code) if told else None,
        reason="" if told else "no mark",
        functional="safe" in code,
    )


def benchmark(version="1", tasks=TASKS, **changes):
    fields = {
        "name": "tiny",
        "digest": digest_of(tasks),
        "tasks": tasks,
        "check": check,
        "oracles": lambda: {"marks": version},
        "texts": texts_of("tiny", tasks),
        "arms": ("none", "placebo", "hybrid"),
        "samples": 6,
        "seeds": 2,
    }
    return Benchmark(**{**fields, **changes})


def named(spec, oracles):
    """The benchmark as an index names it."""
    return benchmark(name=spec)


def die_at(number):
    """Kill this process in the middle of its so many-th write to a JSONL file."""
    from seccoder.evaluation import run_folder

    real = os.fsync
    writes = 0

    def fsync(descriptor):
        nonlocal writes
        if os.readlink(f"/proc/self/fd/{descriptor}").endswith(".jsonl"):
            writes += 1
            if writes == number:
                os.ftruncate(descriptor, os.fstat(descriptor).st_size - 20)
                os.kill(os.getpid(), signal.SIGKILL)
        real(descriptor)

    run_folder.os.fsync = fsync


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[0] == "--die-at":
        die_at(int(arguments[1]))
        arguments = arguments[2:]
    benchmarks.benchmarks["tiny"] = "__main__:named"
    from seccoder.cli import run

    sys.exit(run(arguments))
