"""Spreads requests over several servers of one model: each goes to the server with the fewest requests.

A server is lost when it did not answer, however often it was asked (`endpoint.Lost`). Its requests then go to the other
servers. A lost server gets nothing for a minute, and then one request is tried again. Only when all of the servers are
lost does the last failure reach the caller. A request that one server refuses would be refused by all, so it is not
passed on.

Not guaranteed: that the servers hold the same model. They are asked for a model of the same name.
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
        """Do something with one of the servers; if that server is lost, with another.

        Raises:
            ModelError: If the action raises it; `Lost` only if every server is lost.
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
        """Choose the server with the fewest requests. A lost one is chosen only if there is no other."""
        now = time.monotonic()
        with self._lock:
            open_ = [each for each in self.endpoints if each not in tried]
            alive = [each for each in open_ if self._back.get(each, 0.0) <= now]
            endpoint = min(alive or open_, key=self._busy.__getitem__)
            self._busy[endpoint] += 1
            if endpoint in self._back:
                self._back[endpoint] = now + PAUSE  # one request finds out whether it is there again
            return endpoint
