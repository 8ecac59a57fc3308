"""Checks code in processes of its own, so that a check can be ended at any moment, with everything that it started.

It takes texts or sources and calls `SecCoder.check_files` or `SecCoder.check` for each in a child process, a few at
the same time. When the caller is cancelled or the time is over, the children are killed, and the kernel ends their
boxes with them: a box does not outlive the process that started it.

Not guaranteed: that a tool which runs outside of the box (bandit reads Python there) ends at once; it is never the code
under test. A container of docker or podman ends at its own time limit.
"""

import os
import pickle
import sys
from collections.abc import Awaitable, Callable, Sequence

import anyio

from seccoder.errors import SecCoderError
from seccoder.oracles.checking import FileResult
from seccoder.oracles.files import Text
from seccoder.pipeline import SecCoder
from seccoder.types import Judged, Source

_AT_A_TIME = min(4, os.cpu_count() or 1)
# -P: the working directory is a project that nobody trusts, and its modules must not be imported.
_CHILD = (sys.executable, "-P", "-c", "from seccoder.serving.apart import answer; answer()")

Told = Callable[[int, int], Awaitable[None]]  # called with (done, in all)


async def check_files(
    texts: Sequence[Text], cwe: str | None, *, seconds: float, told: Told | None = None
) -> list[FileResult | None]:
    """Check files as `SecCoder.check_files` does, each in a process of its own.

    Args:
        texts: The files that were read.
        cwe: The weakness that counts; None means any.
        seconds: After this time the files that are left are not tried.
        told: Called after each file.

    Returns:
        A result for each file, and None for a file that was not tried, or not to its end.

    Raises:
        SecCoderError: If a check failed as a whole.
    """
    found = await _all([(text, cwe) for text in texts], seconds, told)
    return [each if isinstance(each, FileResult) else None for each in found]


async def check(sources: Sequence[Source], *, seconds: float, told: Told | None = None) -> list[Judged | None]:
    """Check sources as `SecCoder.check` does, each in a process of its own; otherwise the same as `check_files`."""
    found = await _all([(source, source.cwe) for source in sources], seconds, told)
    return [each if isinstance(each, Judged) else None for each in found]


async def _all(
    jobs: Sequence[tuple[Text | Source, str | None]], seconds: float, told: Told | None
) -> list[FileResult | Judged | None]:
    found: list[FileResult | Judged | None] = [None] * len(jobs)
    failed: list[SecCoderError] = []
    places = anyio.Semaphore(_AT_A_TIME)
    done = 0

    async def one(index: int) -> None:
        nonlocal done
        async with places:
            ended = await anyio.run_process(_CHILD, input=pickle.dumps(jobs[index]), stderr=None, check=False)
        answer = pickle.loads(ended.stdout) if ended.returncode == 0 else None  # noqa: S301 - our own process wrote it
        if isinstance(answer, FileResult | Judged):
            found[index] = answer
        else:
            failed.append(answer or SecCoderError(f"a check ended with exit status {ended.returncode}"))
        done += 1
        if told:
            await told(done, len(jobs))

    with anyio.move_on_after(seconds):
        async with anyio.create_task_group() as group:
            for index in range(len(jobs)):
                group.start_soon(one, index)
    if failed:
        raise failed[0]
    return found


def answer() -> None:
    """Be the child: read one job from standard input, and write its result, or the error, to standard output."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever a tool prints does not get between
        what, cwe = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
        result: FileResult | Judged | SecCoderError
        try:
            with SecCoder() as seccoder:
                (result,) = seccoder.check_files([what], cwe=cwe) if isinstance(what, Text) else seccoder.check([what])
        except SecCoderError as error:
            result = SecCoderError(str(error))
        pickle.dump(result, out)
