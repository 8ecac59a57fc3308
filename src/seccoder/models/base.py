"""Gives code LMs what most of them share: many calls of `generate`, closing, and use in a `with` statement.

`generate_all` takes requests and yields their completions as soon as they are there. A model that can do better than
one call after the other says how many calls it takes at a time, or brings its own `generate_all`.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Self

from seccoder.types import Completion, Prompt, Query, SamplingSettings

Request = tuple[Prompt, int, SamplingSettings]
Answer = tuple[int, list[Completion], float]


class BaseLM:
    """The base of code LMs (`seccoder.types.CodeLM`). A model adds its name, its context, counting and sampling.

    Attributes:
        chat: Whether it wants chat prompts, whatever the query is.
        words_in_chat: Whether a task in words alone is asked in messages although code is continued.
        infill: The marks of fill-in-the-middle before the code, its suffix and the middle; None if there are none.
        arithmetic: The number format and the device it computes with, if its texts depend on them.
        calls_at_a_time: How many calls of `generate` it takes from different threads.
    """

    chat = False
    words_in_chat = False
    infill: tuple[str, str, str] | None = None
    arithmetic = ""
    calls_at_a_time = 1

    def wants_chat(self, query: Query) -> bool:
        """Tell whether the model wants a chat prompt for a query."""
        return self.chat or (self.words_in_chat and not query.code.strip())

    @abstractmethod
    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Return exactly n completions, in order of their seeds."""

    def generate_all(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Answer requests, at most `calls_at_a_time` of them side by side.

        If that is one, it is answered in this thread, where Ctrl-C reaches it.

        Args:
            requests: The arguments of `generate`; each is taken from the iterator when its turn comes.

        Yields:
            Number of a request (from 0), its completions, and the seconds spent on them.

        Raises:
            ModelError: If a request fails; requests that were answered before it are yielded first.
        """
        numbered = enumerate(requests)
        if self.calls_at_a_time == 1:
            for number, request in numbered:
                yield self._answer(number, request)
            return
        pool = ThreadPoolExecutor(self.calls_at_a_time, thread_name_prefix="sample")
        try:
            waiting: set[Future[Answer]] = set()
            while True:
                while len(waiting) < self.calls_at_a_time and (each := next(numbered, None)) is not None:
                    waiting.add(pool.submit(self._answer, *each))
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                failed = [future for future in done if future.exception() is not None]
                for future in done.difference(failed):
                    yield future.result()
                for future in failed:
                    future.result()
        except BaseException:
            self.give_up()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def _answer(self, number: int, request: Request) -> Answer:
        completions = self.generate(*request)
        return number, completions, max((each.seconds for each in completions), default=0.0)

    def give_up(self) -> None:
        """Make the calls that are open end soon, because nobody waits for them. A model that can overrides this."""

    def close(self) -> None:
        """Free what the model holds. A model that holds something overrides this method."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
