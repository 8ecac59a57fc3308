"""Reads SVEN's evaluation scenarios (CCS 2023) as the paper uses them: 18 to test on, 6 to validate on.

The scenarios of He and Vechev are in the extracted data (`data_eval/trained/cwe-*/N-{py,c}`). The prompt of a task is
the context of its file followed by that of its function. `gen_1` holds twelve more, of four CWEs that SVEN was not
trained for. SVEN's `gen_2` belongs to a held-out benchmark and is not touched. Twelve of the 24 stem from CodeQL's help
pages, so a demonstration taken from there would leak the test.
"""

import json
from pathlib import Path

from seccoder.code import cwe, languages
from seccoder.errors import SecCoderError
from seccoder.types import Task

TEST = (
    *("cwe-022/0-py", "cwe-022/1-py", "cwe-078/0-py", "cwe-078/1-py", "cwe-079/0-py", "cwe-079/1-py"),
    *("cwe-089/0-py", "cwe-089/1-py", "cwe-125/0-c", "cwe-125/1-c", "cwe-190/0-c", "cwe-190/1-c"),
    *("cwe-416/0-c", "cwe-416/1-c", "cwe-476/0-c", "cwe-476/2-c", "cwe-787/0-c", "cwe-787/1-c"),
)
VALIDATION = ("cwe-022/2-py", "cwe-078/2-py", "cwe-089/2-py", "cwe-125/2-c", "cwe-190/2-c", "cwe-787/2-c")
GEN1 = (
    *("cwe-119/0-c", "cwe-119/1-c", "cwe-119/2-c", "cwe-502/0-py", "cwe-502/1-py", "cwe-502/2-py"),
    *("cwe-732/0-c", "cwe-732/1-c", "cwe-732/2-py", "cwe-798/0-py", "cwe-798/1-py", "cwe-798/2-py"),
)
NOT_IN_12 = ("CWE-476", "CWE-416", "CWE-190")  # the paper leaves these out for SantaCoder and InCoder


def test_tasks(root: Path) -> list[Task]:
    """Return the 18 scenarios of the paper's tables, two per CWE.

    Args:
        root: The extracted repository, as `seccoder.data.folder("sven")` gives it.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    return [read_task(root / "data_eval" / "trained", scenario) for scenario in TEST]


def validation_tasks(root: Path) -> list[Task]:
    """Return the 6 remaining scenarios, on which SVEN chooses checkpoints.

    Args:
        root: The extracted repository.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    return [read_task(root / "data_eval" / "trained", scenario) for scenario in VALIDATION]


def gen1_tasks(root: Path) -> list[Task]:
    """Return the 12 scenarios of CWEs that SVEN was not trained for (`gen_1`).

    Args:
        root: The extracted repository.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    return [read_task(root / "data_eval" / "gen_1", scenario) for scenario in GEN1]


def read_task(parent: Path, scenario: str) -> Task:
    """Read one scenario in SVEN's layout, which SafeCoder shares.

    Args:
        parent: The folder from which its id starts.
        scenario: Its id, such as `cwe-022/0-py`.

    Raises:
        UsageError: If it is in a language seccoder does not know.
        SecCoderError: If it is not there or not what it should be.
    """
    folder = parent / scenario
    suffix = scenario.rpartition("-")[2]
    try:
        info = json.loads((folder / "info.json").read_text(encoding="utf-8"))
        context = [(folder / f"{part}_context.{suffix}").read_bytes().decode("utf-8") for part in ("file", "func")]
        return Task(
            id=scenario,
            language=languages.canonical(info["language"]),
            cwe=cwe.normalise(info["cwe"]),
            prompt="".join(context),
            description=info.get("description", ""),
        )
    except OSError as error:
        raise SecCoderError(
            f"{folder} holds no SVEN scenario ({error.strerror}); run: seccoder data pull sven"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SecCoderError(f"{folder} is no SVEN scenario ({type(error).__name__}: {error})") from None
