"""Measures what `seccoder serve` adds to a request: python perf/bench_serve.py [--against CHECKOUT] [--litellm FILE].

A stand-in server answers at once. The same requests go to it directly, through this build, through the build of another
checkout, and through LiteLLM's proxy if its program is given, in turns, from one client and from 32. Every request asks
for something else, so nothing is remembered, and the secure codebase holds 500 demonstrations. It prints the median and
the 99th percentile of the time until the answer's first byte, what each proxy adds to both, and the processor time that
it takes for a request. The latter hardly depends on what else runs; for the others nothing should run beside it.
"""

import argparse
import asyncio
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from seccoder.codebase.codebase import Codebase
from seccoder.codebase.store import Store

ROOT = Path(__file__).resolve().parent.parent
TASKS = ROOT / "src" / "seccoder" / "evaluation" / "benchmarks" / "retrieval_d.toml"
ANSWER = b'{"choices":[{"message":{"role":"assistant","content":"done"}}]}'
KEY = f"sk-{secrets.token_hex(32)}"  # LiteLLM starts with none that is weaker
SIZE = 500


async def stand_in(port: int) -> None:
    """Answer every request with the same few bytes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(ANSWER)
        try:
            while True:
                await reader.readexactly(_length(await reader.readuntil(b"\r\n\r\n")))
                writer.write(head + ANSWER)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", port) as server:
        await server.serve_forever()


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)


async def ask(port: int, bodies: list[bytes], clients: int) -> list[float]:
    """Send all bodies from so many clients at once; return the seconds until each answer began."""
    waiting, took = list(reversed(bodies)), []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while waiting:
            body = waiting.pop()
            head = (
                b"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer %s\r\n" % KEY.encode()
            )
            head += b"content-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
            began = time.perf_counter()
            writer.write(head + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            took.append(time.perf_counter() - began)
            if not answer.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"not answered: {answer[:300]!r}")
            if length := _length(answer):
                await reader.readexactly(length)
            else:
                while (size := int(await reader.readuntil(b"\r\n"), 16)) or await reader.readexactly(2) != b"\r\n":
                    await reader.readexactly(size + 2)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return took


def bodies(start: int, count: int) -> list[bytes]:
    """Return requests that all ask for something else."""
    tasks = [each["task"] for each in tomllib.loads(TASKS.read_text())["task"]]
    told = [
        f"Write a Python function for this, number {i}: {tasks[i % len(tasks)]}" for i in range(start, start + count)
    ]
    return [
        json.dumps({"model": "stand-in", "messages": [{"role": "user", "content": each}], "temperature": 0}).encode()
        for each in told
    ]


def write_base(path: Path) -> None:
    """Write a secure codebase with SIZE demonstrations: the bundled ones, and some of them under other tasks."""
    with Codebase.open("") as codebase:
        known = codebase.demonstrations()
    more = [replace(each, task=f"{each.task} ({i})") for i, each in enumerate(known[: SIZE - len(known)])]
    with Store.open(path) as store:
        store.add([*known, *more], "a benchmark")


def started(stack: ExitStack, words: list[str], port: int, **environment: str) -> int:
    """Start a program, wait until something listens at its port, and return the number of its process."""
    process = subprocess.Popen(
        words, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    stack.callback(process.wait)
    stack.callback(process.kill)

    async def listens() -> bool:
        while process.poll() is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return True
        return False

    if not asyncio.run(asyncio.wait_for(listens(), 180)):
        raise SystemExit(f"{words[0]} ended: {process.stderr.read().decode()[-500:]}")  # type: ignore[union-attr]
    return process.pid


def processor(pid: int) -> float:
    """Return the seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Start everything, measure in turns, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--against", type=Path, help="the checkout of another build")
    options.add_argument("--litellm", help="the program litellm, in an environment of its own")
    options.add_argument("--count", type=int, default=300, help="requests in each turn")
    options.add_argument("--stand-in", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.stand_in:
        asyncio.run(stand_in(given.stand_in))
        return
    first = 18_200
    ports, pids = {"directly": first}, {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        base = Path(folder) / "base.sqlite"
        write_base(base)
        pids["directly"] = started(stack, [sys.executable, __file__, "--stand-in", str(first)], first)
        builds = {"this build": ROOT} | ({"other build": given.against.resolve()} if given.against else {})
        for name, checkout in builds.items():
            ports[name] = first + len(ports)
            words = ["-m", "seccoder", "serve", "--upstream", f"http://127.0.0.1:{first}/v1", "--codebase", str(base)]
            words += ["--port", str(ports[name])]
            pids[name] = started(stack, [sys.executable, *words], ports[name], PYTHONPATH=str(checkout / "src"))
        if given.litellm:
            ports["litellm"] = first + len(ports)
            settings = Path(folder) / "litellm.yaml"
            address = f"http://127.0.0.1:{first}/v1"
            deployment = {"model": "openai/stand-in", "api_base": address, "api_key": "none"}
            settings.write_text(json.dumps({"model_list": [{"model_name": "stand-in", "litellm_params": deployment}]}))
            words = [given.litellm, "--config", str(settings), "--port", str(ports["litellm"])]
            pids["litellm"] = started(stack, words, ports["litellm"], LITELLM_MASTER_KEY=KEY)
        for port in ports.values():
            asyncio.run(ask(port, bodies(1_000_000, 20), 4))
        for clients in (1, 32):
            took: dict[str, list[float]] = {name: [] for name in ports}
            before = {name: processor(pid) for name, pid in pids.items()}
            for turn in range(3):
                for name, port in ports.items():
                    count = given.count // 3
                    took[name] += asyncio.run(ask(port, bodies(clients * 100_000 + turn * count, count), clients))
            each = {name: (processor(pid) - before[name]) / len(took[name]) for name, pid in pids.items()}
            report(clients, took, each)


def report(clients: int, took: dict[str, list[float]], processors: dict[str, float]) -> None:
    """Print the figures of one number of clients."""
    print(
        f"{clients} client{'s' * (clients > 1)}, {len(took['directly'])} requests each; milliseconds to the first byte"
    )
    direct = _figures(took["directly"])
    for name, times in took.items():
        middle, high = _figures(times)
        added = "" if name == "directly" else f"   added: p50 {middle - direct[0]:6.2f}  p99 {high - direct[1]:6.2f}"
        print(f"  {name:12} p50 {middle:7.2f}  p99 {high:7.2f}   processor {processors[name] * 1000:6.2f}{added}")


def _figures(times: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles([each * 1000 for each in times], n=100)
    return cuts[49], cuts[98]


if __name__ == "__main__":
    main()
