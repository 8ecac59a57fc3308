"""Reads SafeCoder's security scenarios (He et al., ICML 2024) in the languages that seccoder knows.

They are in the extracted data (`data_eval/sec_eval/{trained,trained-new,not-trained}/cwe-*/N-LANGUAGE`). What is left
out is named with the reason. Scenarios whose source is a held-out benchmark never reach the cache
(`seccoder.data.pinned` drops them), so they cannot be named here. `trained` is SVEN's 24 scenarios again.
"""

from pathlib import Path

from seccoder.errors import SecCoderError, UsageError
from seccoder.evaluation.benchmarks.sven import read_task
from seccoder.types import Task


def tasks(root: Path) -> tuple[list[Task], list[tuple[str, str]]]:
    """Return all scenarios, and those that are left out with the reason.

    Args:
        root: The extracted repository, as `seccoder.data.folder("safecoder")` gives it.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    folder = root / "data_eval" / "sec_eval"
    scenarios = sorted(path.parent.relative_to(folder).as_posix() for path in folder.glob("*/*/*/info.json"))
    if not scenarios:
        raise SecCoderError(f"{folder} holds no SafeCoder scenario; run: seccoder data pull safecoder")
    found: list[Task] = []
    skipped: list[tuple[str, str]] = []
    for scenario in scenarios:
        try:
            found.append(read_task(folder, scenario))
        except UsageError as error:
            skipped.append((scenario, str(error)))
    return found, skipped
