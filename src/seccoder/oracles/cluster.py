"""Sends what is run for many sources to a Ray cluster, as tasks of Ray Core; without an address, to one started here.

While the block of `joined` runs, `seccoder.sandbox.parallel` hands every batch over to the cluster. Code runs in the
sandbox of the machine that took it. Before any batch is sent, each machine says whether it can run a box, and whether
it has the same seccoder and Python as this one; if one cannot or has not, nothing is sent. One that joins later says so
before it takes a batch.

A batch whose worker is lost goes to another one, and its results count once, when they come back. What is known here
never travels, and what is found comes back into the caches of this machine. The places of a cluster need not have the
same compilers and libraries, so what a cluster found is kept apart from what this machine would find, unless both have
the same (`seccoder.oracles.versions`).

Not guaranteed: that the network between the machines is safe. Who can reach a Ray cluster can run code on it.
"""

import contextlib
import hashlib
import logging
import os
import secrets
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from seccoder import sandbox
from seccoder.errors import ClusterError, MissingExtra, UsageError
from seccoder.oracles.versions import code_digest, environment_digest
from seccoder.sandbox import parallel
from seccoder.settings import resolve

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4  # batches for each place that are sent before the first of them is back
_RETRIES = 3  # of a batch whose worker is lost: by Ray, and as often again by us
_REACH = 20.0  # seconds that a connection may take
_ANSWER = 120.0  # seconds that a machine may take to start a worker and say what it is
_LOOK = 30.0  # seconds after which it is asked whether there is still a machine that could do the work
_MEMORY = 256 << 20  # bytes for what travels, of a cluster that is started here
_ENVIRONMENT = {
    # Ray tells nobody that it is used, and prints nothing between our results, such as that a worker was lost.
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DEDUP_LOGS": "1",
    "RAY_DEDUP_LOGS_SKIP_REGEX": "^",
    # A machine that is busy is not taken for dead.
    "RAY_worker_register_timeout_seconds": "300",
    "RAY_health_check_timeout_ms": "60000",
}
# What runs in a worker besides the oracles' own code: proofs, tests of benchmarks, and what they are made of.
_MORE = ("*.py", "types/*.py", "codebase/*.py", "codebase/proof_given/**/*", "evaluation/**/*", "prompts/*.py")


@dataclass(frozen=True, slots=True)
class Machine:
    """What a machine says of itself.

    Attributes:
        code: What has to be the same everywhere: the version and the digest of seccoder, and Python's version.
        environment: The digest of what a check depends on besides its source.
        problem: Why it can run no box, in one line; "" if it can.
    """

    code: str
    environment: str
    problem: str


@cache
def machine() -> Machine:
    """Say what this machine is."""
    return Machine(_code(), environment_digest(), sandbox.unavailable() or "")


@contextlib.contextmanager
def joined(address: str | None) -> Iterator[str | None]:
    """Join a cluster, or start one, and let it do the work while the block runs.

    Args:
        address: `HOST:PORT` of a cluster to which this machine belongs, `ray://HOST:PORT` of any other, `auto` for the
            one that runs on this machine; "" starts one here. None leaves the work on this machine.

    Yields:
        The environment under which checks are to be kept; None if it is this machine's.

    Raises:
        MissingExtra: If Ray is not installed.
        UsageError: If it is no address.
        ClusterError: If the cluster cannot be joined, or one of its machines cannot do the work.
    """
    if address is None:
        yield None
        return
    if address not in ("", "auto") and ":" not in address:
        raise UsageError(
            f"{address!r} is no address of a Ray cluster; write HOST:PORT or ray://HOST:PORT, or put --ray last"
        )
    kind = resolve().sandbox
    with _connected(address) as ray:
        cluster = _Cluster(ray, kind)
        with parallel.sent_to(cluster):
            yield cluster.environment


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    os.environ.update(_ENVIRONMENT)  # before the import, which reads it
    if not address:  # nobody else on this machine can use what is started here, and no token is left in the user's home
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    try:
        import ray
    except ImportError:
        raise MissingExtra("--ray", "ray") from None
    options: dict[str, Any] = {"address": address, "log_to_driver": False, "logging_level": logging.ERROR}
    with contextlib.ExitStack() as after:
        if not address:
            folder = after.enter_context(tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True))
            options |= {"address": "local", "num_cpus": os.cpu_count(), "include_dashboard": False}
            options |= {"object_store_memory": _MEMORY, "_temp_dir": folder}
        after.callback(ray.shutdown)
        try:
            _reach(address)
            # Ray lets workers import from the working folder, and that may be a project that nobody trusts.
            with contextlib.chdir("/"):
                ray.init(**options)
        except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
            name = address or "on this machine"
            raise ClusterError(f"the Ray cluster {name} cannot be used: {_line(error)}") from None
        yield ray


def _reach(address: str) -> None:
    """Ask whether anybody listens there, because Ray tries for minutes.

    Raises:
        OSError: If nobody does.
        ValueError: If it is no address.
    """
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_REACH).close()


class _Cluster:
    """The cluster that was joined, as a place for work."""

    def __init__(self, ray: Any, kind: str) -> None:
        self._ray = ray
        self._kind = kind
        nodes = self._nodes()
        if not nodes:
            raise ClusterError("the Ray cluster has no machine with a processor for us")
        self.places = int(sum(node["Resources"]["CPU"] for node in nodes)) or 1
        self._work = ray.remote(num_cpus=1, max_retries=_RETRIES)(_work)
        self._environments = frozenset(self._probe(nodes))
        self.environment = "-".join(sorted(self._environments))
        if len(self._environments) > 1:
            self.environment = hashlib.sha256(self.environment.encode()).hexdigest()[:16]

    def each(self, function: Callable[[T], R], batches: Sequence[Sequence[T]]) -> Iterator[Sequence[R]]:
        """Yield the results of each batch, in order; some batches are on their way at a time."""
        try:
            what = self._ray.put(function)
            waiting = iter(batches)
            sent = deque[tuple[Sequence[T], Any]]()
            while True:
                for batch in waiting:
                    sent.append((batch, self._send(what, batch)))
                    if len(sent) >= _AHEAD * self.places:
                        break
                if not sent:
                    return
                batch, reference = sent.popleft()
                yield self._results(what, batch, reference)
        except ConnectionError as error:
            raise ClusterError(f"the connection to the Ray cluster is lost: {_line(error)}") from None

    def _send(self, what: Any, batch: Sequence[T]) -> Any:
        return self._work.remote(self._kind, _code(), self._environments, what, batch)

    def _results(self, what: Any, batch: Sequence[T], reference: Any) -> Sequence[R]:
        """Wait for a batch, and send it again if those who worked on it were lost."""
        errors = self._ray.exceptions
        for left in reversed(range(_RETRIES + 1)):
            while not self._ray.wait([reference], timeout=_LOOK)[0]:
                if not self._nodes():
                    raise ClusterError("the Ray cluster has no machine left")
            try:
                results: Sequence[R] = self._ray.get(reference)
            except errors.RayTaskError as error:
                raise error.cause if isinstance(error.cause, Exception) else ClusterError(_line(error)) from None
            except errors.RayError as error:
                if not left:
                    raise ClusterError(f"the Ray cluster lost a batch again and again: {_line(error)}") from None
                reference = self._send(what, batch)
                continue
            if len(results) != len(batch):
                raise ClusterError(f"the Ray cluster gave {len(results)} results for {len(batch)} things")
            return results
        raise AssertionError  # the last round returns or raises

    def _nodes(self) -> list[dict[str, Any]]:
        """Return the machines that take work; a head without processors takes none."""
        return [node for node in self._ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]

    def _probe(self, nodes: Sequence[dict[str, Any]]) -> Iterator[str]:
        """Yield the environment of each machine.

        Raises:
            ClusterError: If one of them cannot do the work.
        """
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy as On

        ask = self._ray.remote(num_cpus=0, max_retries=_RETRIES)(_ask)
        asked = [ask.options(scheduling_strategy=On(node["NodeID"], soft=False)).remote(self._kind) for node in nodes]
        for node, reference in zip(nodes, asked, strict=True):
            name = node["NodeManagerAddress"]
            try:
                said = Machine(*self._ray.get(reference, timeout=_ANSWER))
                why = _unfit(said, _code())
            except self._ray.exceptions.RayError as error:
                why = f"the same seccoder does not answer there: {_line(error)}"
            if why:
                raise ClusterError(f"{name} of the Ray cluster cannot take work: {why}")
            yield said.environment


# --- what runs in a worker --------------------------------------------------------------------------------------------


def _ask(kind: str) -> tuple[str, str, str]:
    os.environ["SECCODER_SANDBOX"] = kind
    said = machine()
    return said.code, said.environment, said.problem


def _work(
    kind: str, code: str, environments: frozenset[str], function: Callable[[T], R], batch: Sequence[T]
) -> list[R]:
    said = Machine(*_ask(kind))
    why = _unfit(said, code)
    if not why and said.environment not in environments:
        why = "it has other tools than those that were asked; begin again, and it is asked too"
    if why:
        raise ClusterError(f"a machine that joined the Ray cluster later cannot take work: {why}")
    return [function(thing) for thing in batch]


def _unfit(said: Machine, code: str) -> str:
    """Return why a machine cannot take work, in one line; "" if it can."""
    if said.code != code:
        return f"it has {said.code}, and here is {code}"
    return said.problem


@cache
def _code() -> str:
    return f"seccoder of digest {code_digest(*_MORE)} on Python {sys.version.split()[0]}"


def _line(error: BaseException) -> str:
    """Return what an error says in one line; that of a task has its traceback before it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][:300] if lines else type(error).__name__
