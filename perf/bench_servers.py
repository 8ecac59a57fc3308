"""Samples from four faulty stand-ins of one server, and kills a run amid the work (`python perf/bench_servers.py`).

    python perf/bench_servers.py [--requests 10000] [--kills 50]

Each stand-in has so many places and an answer takes it so long; what comes beyond waits. By a fixed script the second
refuses every fiftieth request (429, Retry-After), the third breaks every fiftieth answer off in the middle, and the
fourth is dead for two of every fifteen seconds, so that all it works on is cut off. What they can do together is places
through seconds, without the failed answers and the dead time.

1. All requests through one client: none may be lost or come back twice, and the rate may be no less than .9 of the sum.
2. An evaluation of a fifth of that many samples is killed (signal 9) at random moments and started again: each sample
   must be there exactly once.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from seccoder.models import load
from seccoder.types import Prompt, SamplingSettings

CALL = 25  # samples in one call, as in an evaluation
SHARE = 0.9
EVERY = 50  # how often one in so many fails
CYCLE, DEAD = 15.0, 2.0  # seconds
MODEL = "openai:m?completions"
MODELS = {"data": [{"id": "m", "owned_by": "vllm", "max_model_len": 4096}]}


@dataclass(frozen=True, slots=True)
class Script:
    """What one stand-in does."""

    places: int
    seconds: float
    fault: str = ""

    @property
    def rate(self) -> float:
        """Good answers a second."""
        whole = self.places / self.seconds
        return whole * {"": 1, "dead": 1 - DEAD / CYCLE}.get(self.fault, 1 - 1 / EVERY)


SCRIPTS = (Script(8, 0.2), Script(8, 0.25, "429"), Script(8, 0.3, "cut"), Script(8, 0.2, "dead"))


class StandIn:
    """One server on the loopback, inside the process of all of them."""

    def __init__(self, script: Script, answered: Counter[str]) -> None:
        self.script, self.answered, self.port, self.asked = script, answered, 0, 0
        self.open: set[asyncio.StreamWriter] = set()
        self.place = asyncio.Semaphore(script.places)

    async def live(self, ready: asyncio.Event) -> None:
        """Serve for ever, with the deaths of the script."""
        server = await self.start()
        ready.set()
        while True:
            await asyncio.sleep(CYCLE - DEAD)
            if self.script.fault == "dead":
                server.close()
                for each in list(self.open):
                    each.transport.abort()
                await asyncio.sleep(DEAD)
                server = await self.start()

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self.talk, "127.0.0.1", self.port, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open.add(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    (int(x.split(b":")[1]) for x in head.lower().split(b"\r\n") if x[:15] == b"content-length:"), 0
                )
                body = await reader.readexactly(length)
                if head.startswith(b"GET"):
                    self.say(writer, 200, json.dumps(MODELS).encode())
                elif not await self.answer(writer, json.loads(body)):
                    break
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open.discard(writer)
            writer.close()

    def say(
        self, writer: asyncio.StreamWriter, status: int, body: bytes, kind: str = "application/json", more: str = ""
    ) -> None:
        head = f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{more}\r\n"
        writer.write(head.encode() + body)

    async def answer(self, writer: asyncio.StreamWriter, body: dict[str, object]) -> bool:
        """Answer one request; False if the connection is to end."""
        self.asked += 1
        fails = self.asked % EVERY == 0
        if fails and self.script.fault == "429":
            self.say(writer, 429, b"{}", more="retry-after: 0.1\r\n")
            return True
        async with self.place:
            await asyncio.sleep(self.script.seconds)
        name = f"{body['prompt']}|{body['seed']}"
        event = {"choices": [{"index": 0, "text": f"{name}\n", "finish_reason": "stop"}]}
        told = f"data: {json.dumps(event)}\n\ndata: [DONE]\n\n".encode()
        if fails and self.script.fault == "cut":
            writer.write(
                b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\n" + told[:20]
            )
            await writer.drain()
            return False
        self.say(writer, 200, told, "text/event-stream")
        self.answered[name] += 1
        return True


def stand_ins(
    ports: "multiprocessing.Queue[list[int]]",
    asked: "multiprocessing.Queue[None]",
    told: "multiprocessing.Queue[Counter[str]]",
) -> None:
    """Serve all of them, and tell on request what was answered how often."""

    async def everything() -> None:
        answered: Counter[str] = Counter()
        all_of_them = [StandIn(script, answered) for script in SCRIPTS]
        ready = [asyncio.Event() for _ in all_of_them]
        tasks = [asyncio.create_task(each.live(event)) for each, event in zip(all_of_them, ready, strict=True)]
        for event in ready:
            await event.wait()
        ports.put([each.port for each in all_of_them])
        while True:
            await asyncio.to_thread(asked.get)
            told.put(answered.copy())
            answered.clear()
            assert not any(task.done() for task in tasks)

    asyncio.run(everything())


def one_client(requests: int) -> tuple[float, list[str]]:
    """Answers a second, and what was wrong."""
    calls = requests // CALL
    wanted = {f"{call}|{number}" for call in range(calls) for number in range(CALL)}
    seen: Counter[str] = Counter()

    def each() -> Iterator[tuple[Prompt, int, SamplingSettings]]:
        for call in range(calls):
            yield Prompt(str(call)), CALL, SamplingSettings(max_tokens=16)

    began = time.monotonic()
    with load(MODEL) as lm:
        for _, completions, _ in lm.generate_all(each()):
            seen.update(completion.text.strip() for completion in completions)
    took = time.monotonic() - began
    lost, doubled = wanted - seen.keys(), [name for name, times in seen.items() if times > 1]
    problems = [f"{len(lost)} lost"] * bool(lost) + [f"{len(doubled)} doubled"] * bool(doubled)
    return calls * CALL / took, problems


def evaluation(folder: Path, base: str, samples: int) -> None:
    """One run of the tiny benchmark, begun or continued."""
    import tiny_benchmark
    from seccoder.evaluation.manifest import Plan
    from seccoder.evaluation.run import evaluate
    from seccoder.settings import Settings

    plan = Plan(arms=("none",), samples=samples, seeds=1)
    evaluate(tiny_benchmark.benchmark("tiny"), Settings(model=MODEL, codebase=base, max_tokens=16), folder, plan=plan)


def killed(folder: Path, samples: int, kills: int) -> tuple[int, list[str]]:
    """Kill evaluations so many times, and let each end at last: kills amid the work, and what was wrong."""
    import tiny_benchmark

    base = tiny_benchmark.codebase(folder / "base.sqlite")
    context, dice = multiprocessing.get_context("fork"), random.Random(0)
    wanted = samples * len(tiny_benchmark.TASKS)
    run, before, amid, problems = folder / "run-0", 0, 0, []
    for number in range(kills + 1):
        child = context.Process(target=evaluation, args=(run, base, samples))
        child.start()
        while number < kills and child.is_alive() and len(stored(run)) == before and number % 5:
            time.sleep(0.05)  # until it works; every fifth is killed at any moment
        child.join(None if number == kills else dice.uniform(0, 1))
        if child.is_alive():
            os.kill(child.pid or 0, signal.SIGKILL)
            child.join()
            amid += before < len(stored(run)) < wanted
        elif child.exitcode:
            problems.append(f"a run ended with {child.exitcode}")
        before = len(stored(run))
        if before >= wanted or number == kills:
            keys = Counter(stored(run))
            problems += [f"{wanted - len(keys)} samples lost"] * (len(keys) != wanted)
            problems += [f"{keys.total() - len(keys)} samples doubled"] * (len(keys) != keys.total())
            run, before = folder / f"run-{number + 1}", 0
    return amid, problems


def stored(run: Path) -> list[tuple[object, ...]]:
    """The samples in a run's folder by what they are known by; half a line at the end of a killed one is none."""
    path = run / "samples.jsonl"
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return [tuple(json.loads(line)[name] for name in ("task", "arm", "seed", "sample")) for line in lines]


def main() -> int:
    """Print what came out; 1 if anything was lost or doubled, or it was too slow."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    given = parser.parse_args()
    context = multiprocessing.get_context("fork")
    ports, asked, told = context.Queue(), context.Queue(), context.Queue()
    servers = context.Process(target=stand_ins, args=(ports, asked, told), daemon=True)
    servers.start()
    os.environ["OPENAI_BASE_URL"] = ",".join(f"http://127.0.0.1:{port}/v1" for port in ports.get())
    os.environ.pop("OPENAI_API_KEY", None)

    rate, problems = one_client(given.requests)
    possible = sum(script.rate for script in SCRIPTS)
    asked.put(None)
    again = sum(times - 1 for times in told.get().values())
    share = f"{rate:.1f} a second of {possible:.1f} ({rate / possible:.0%})"
    print(f"{given.requests} requests: {share}, {again} answered for nothing", flush=True)
    with tempfile.TemporaryDirectory() as name:
        amid, wrong = killed(Path(name), max(100, given.requests // 20), given.kills)
    print(f"{given.kills} kills, {amid} of them amid the work: {wrong or 'every sample once'}")
    servers.terminate()
    slow = [f"below {SHARE:.0%}"] * (rate < SHARE * possible)
    print("; ".join([*problems, *wrong, *slow]) or "nothing lost, nothing doubled")
    return 1 if problems or wrong or slow else 0


if __name__ == "__main__":
    sys.exit(main())
