"""Spreads requests over the servers of one model, one or several, and tries again what failed in passing.

It keeps the account of which server has how many requests and how often it failed. A request goes to the server with
the fewest, and of equals to the one that was asked least. If that fails in passing (429, 5xx, a cut, nobody there), it
goes to another server at once, and comes back to the same one only after a wait that doubles. A server that says how
long to wait (Retry-After) gets nothing from anybody for so long. One that fails time after time gets nothing for a
while, which doubles too; then a single request finds out whether it is there again. A request is answered once, by one
server. It fails when every server has failed it `TRIES` times, or let it wait for an answer in vain (`endpoint.Lost`).
What one server refuses would be refused by all: it is not passed on.

Not guaranteed: that the servers hold the same model. They are asked for a model of the same name.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from seccoder.models.endpoints.endpoint import Endpoint, Lost, Transient

T = TypeVar("T")

TRIES = 4  # of one request at one server
LONGEST_WAIT = 60.0  # seconds; a server that asks for a longer one is not waited for


class Servers:
    """Endpoints that serve the same model.

    Args:
        endpoints: One or more.
    """

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        self.endpoints = tuple(endpoints)
        self._lock = threading.Lock()
        self._busy: Counter[Endpoint] = Counter()
        self._asked: Counter[Endpoint] = Counter()
        self._failures: Counter[Endpoint] = Counter()  # since it last answered
        self._back: dict[Endpoint, float] = {}  # when it may be asked again

    def do(self, action: Callable[[Endpoint], T]) -> T:
        """Do something with one of the servers, and what fails in passing with another or once more.

        Raises:
            Lost: If it failed everywhere.
            ModelError: If a try fails with an error that will not pass.
        """
        again: dict[Endpoint, float] = dict.fromkeys(self.endpoints, 0.0)  # when this may be tried where
        tries: Counter[Endpoint] = Counter()
        failure: Transient | Lost | None = None
        while True:
            endpoint = self._take(again, failure)
            try:
                answer = action(endpoint)
            except (Transient, Lost) as error:
                failure = error
                tries[endpoint] += 1
                wait = self._failed(endpoint, error, tries[endpoint])
                if isinstance(error, Lost) or tries[endpoint] == TRIES or wait > LONGEST_WAIT:
                    del again[endpoint]
                else:
                    again[endpoint] = time.monotonic() + wait
            else:
                with self._lock:
                    self._failures[endpoint] = 0
                    self._back.pop(endpoint, None)
                return answer
            finally:
                with self._lock:
                    self._busy[endpoint] -= 1

    def close(self) -> None:
        """Close the connections."""
        for endpoint in self.endpoints:
            with suppress(OSError):
                endpoint.close()

    def _take(self, again: dict[Endpoint, float], failure: Transient | Lost | None) -> Endpoint:
        """Choose, of those where a request may be tried, the free server with the fewest; wait until there is one."""
        while True:
            if not again:
                raise Lost(str(failure)) from None
            with self._lock:
                now = time.monotonic()
                free = {each: max(at, self._back.get(each, 0.0)) for each, at in again.items()}
                endpoint = min(again, key=lambda each: (max(free[each], now), self._busy[each], self._asked[each]))
                wait = free[endpoint] - now
                if wait <= 0:
                    self._busy[endpoint] += 1
                    self._asked[endpoint] += 1
                    if endpoint in self._back:  # this request finds out whether it is there again
                        self._failures[endpoint] += 1
                        self._back[endpoint] = now + _doubled(endpoint, self._failures[endpoint] - 1)
                    return endpoint
            if wait > LONGEST_WAIT:  # another request was told so
                del again[endpoint]
                failure = failure or Lost(f"{endpoint.url} wants to be left alone for longer than {LONGEST_WAIT:g} s")
            else:
                time.sleep(wait)

    def _failed(self, endpoint: Endpoint, error: Transient | Lost, tries: int) -> float:
        """Note that a server failed, and return the seconds after which the same request may be tried there again."""
        asked = error.wait if isinstance(error, Transient) else None
        with self._lock:
            now = time.monotonic()
            if now >= self._back.get(endpoint, 0.0) or asked is not None:  # what was under way fails together
                self._failures[endpoint] += 1
            pause = asked or 0.0
            if asked is None and (isinstance(error, Lost) or self._failures[endpoint] > 1):
                pause = _doubled(endpoint, self._failures[endpoint] - 1)  # the first failure may be the request's
            if pause:
                self._back[endpoint] = max(self._back.get(endpoint, 0.0), now + pause)
        return _doubled(endpoint, tries) if asked is None else asked


def _doubled(endpoint: Endpoint, failures: int) -> float:
    """Return the seconds to wait after so many failures."""
    return min(LONGEST_WAIT, endpoint.backoff * 2.0 ** max(0, failures - 1)) * random.uniform(0.75, 1.0)  # noqa: S311
