"""Several servers of one model: each request goes to the one with the fewest, a lost one's go to the others.

In flow endpoints and requests; out flow what the servers answer. A server is lost when it did not answer however often
it was asked (`endpoint.Lost`): it gets nothing for a minute, then one request is tried again. Only when all of them are
lost does the last failure reach the caller. A request that a server refuses is refused by all, so it is not passed on.

Not guaranteed: that the servers hold the same model; they are asked for one of the same name.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from seccoder.models.endpoints.endpoint import Endpoint, Lost

T = TypeVar("T")

PAUSE = 60.0  # seconds a lost server is left alone


class Servers:
    """Endpoints that serve the same model.

    Args:
        endpoints: One or more.
    """

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        self.endpoints = tuple(endpoints)
        self._lock = threading.Lock()
        self._busy = dict.fromkeys(self.endpoints, 0)
        self._back: dict[Endpoint, float] = {}  # when a lost one may be asked again

    def do(self, action: Callable[[Endpoint], T]) -> T:
        """Do something with one of the servers, with another if that one is lost.

        Raises:
            ModelError: What the action raised; `Lost` only if every server is.
        """
        tried: set[Endpoint] = set()
        while True:
            endpoint = self._take(tried)
            try:
                answer = action(endpoint)
            except Lost as error:
                tried.add(endpoint)
                with self._lock:
                    self._back[endpoint] = time.monotonic() + PAUSE
                    alive = [each for each in self.endpoints if each not in tried]
                if not alive:
                    raise error
            else:
                with self._lock:
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

    def _take(self, tried: set[Endpoint]) -> Endpoint:
        """The one with the fewest requests, of those not lost; a lost one only if there is no other."""
        now = time.monotonic()
        with self._lock:
            open_ = [each for each in self.endpoints if each not in tried]
            alive = [each for each in open_ if self._back.get(each, 0.0) <= now]
            endpoint = min(alive or open_, key=self._busy.__getitem__)
            self._busy[endpoint] += 1
            if endpoint in self._back:
                self._back[endpoint] = now + PAUSE  # one request finds out whether it is there again
            return endpoint
