"""Measures what `seccoder serve` adds to a request, what it bears (--streams N), and `seccoder mcp` (--mcp).

    python perf/bench_serve.py [--against CHECKOUT] [--litellm FILE]
    python perf/bench_serve.py --streams 500 --seconds 60
    python perf/bench_serve.py --mcp

A stand-in server answers at once. The same requests go to it directly, through this build, through the build of another
checkout, and through LiteLLM's proxy if its program is given, in turns, from one client and from 32. Every request asks
for something else, so nothing is remembered, and the secure codebase holds 500 demonstrations. It prints the median and
the 99th percentile of the time until the answer's first byte, what each proxy adds to both, and the processor time that
it takes for a request. The latter hardly depends on what else runs; for the others nothing should run beside it.

With --streams so many clients read a stream for so many seconds, and the memory of the server is watched. Then the
server behind is killed while it answers, clients send half of a request, never read, send too much, and what is no
JSON. After each of these the server must still be there, with nothing left open; the exit status says so.

With --mcp the tool `retrieve_secure_code` is called over a pipe, and the list of tools is counted in tokens.
"""

import argparse
import asyncio
import json
import os
import re
import secrets
import signal
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
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
EVENT = b'data: {"choices":[{"index":0,"delta":{"content":"four words of text"}}]}\n\n'
DONE = b"data: [DONE]\n\n"
KEY = f"sk-{secrets.token_hex(32)}"  # LiteLLM starts with none that is weaker
SIZE = 500


async def stand_in(port: int) -> None:
    """Answer every request with the same few bytes, or with a stream where it asks for one of so many seconds."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(ANSWER)
        try:
            while True:
                body = await reader.readexactly(_length(await reader.readuntil(b"\r\n\r\n")))
                if seconds := re.search(rb'"user": "(\d+) seconds"', body):
                    await stream(writer, int(seconds[1]))
                else:
                    writer.write(head + ANSWER)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def stream(writer: asyncio.StreamWriter, seconds: int) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        ends = time.monotonic() + seconds
        event = EVENT if seconds else EVENT * 2_000  # 0: without a pause, until nobody reads any more
        while not seconds or time.monotonic() < ends:
            writer.write(b"%x\r\n%s\r\n" % (len(event), event))
            await writer.drain()
            await asyncio.sleep(0.2 if seconds else 0)
        writer.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(DONE), DONE))

    async with await asyncio.start_server(answer, "127.0.0.1", port, limit=2**27, backlog=2_000) as server:
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
    options.add_argument("--streams", type=int, metavar="N", help="measure what it bears: so many streams")
    options.add_argument("--seconds", type=int, default=60, help="how long a stream lasts")
    options.add_argument("--mcp", action="store_true", help="measure the MCP server")
    options.add_argument("--stand-in", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.stand_in:
        asyncio.run(stand_in(given.stand_in))
        return
    if given.mcp:
        asyncio.run(mcp(given.count))
        return
    if given.streams:
        bear(given.streams, given.seconds)
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


# --- what it bears ----------------------------------------------------------------------------------------------------


def bear(streams: int, seconds: int) -> None:
    """Hold so many streams open, and do all that clients and servers do wrong."""
    behind, port = 18_300, 18_301
    with ExitStack() as stack:
        words = [sys.executable, __file__, "--stand-in", str(behind)]
        pid = started(stack, words, behind)
        serve = ["-m", "seccoder", "serve", "--upstream", f"http://127.0.0.1:{behind}/v1", "--port", str(port)]
        server = started(stack, [sys.executable, *serve], port, PYTHONPATH=str(ROOT / "src"))
        asyncio.run(ask(port, bodies(1_000_000, 20), 4))
        well = asyncio.run(held(port, server, streams, seconds))
        well &= asyncio.run(wrong(port, server))
        well &= asyncio.run(killed(port, pid))
        started(stack, words, behind)
        well &= told("the server behind is there again", asyncio.run(status(port, bodies(0, 1)[0])) == 200, server)
    raise SystemExit(not well)


def told(what: str, well: bool, server: int | None = None) -> bool:
    """Print one line about one trial."""
    memory = f"; {resident(server) / 1e6:.0f} MB resident" if server else ""
    print(f"{'well ' if well else 'WRONG'}  {what}{memory}", flush=True)
    return well


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def asking(seconds: int) -> bytes:
    """Return a request for a stream of so many seconds; 0 for one without an end."""
    return json.dumps({**json.loads(bodies(seconds, 1)[0]), "stream": True, "user": f"{seconds} seconds"}).encode()


async def opened(port: int, body: bytes, length: int | None = None) -> Connection:
    """Send a request whose length may be told wrongly."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    writer.write(f"{head}content-length: {len(body) if length is None else length}\r\n\r\n".encode() + body)
    return reader, writer


async def status(port: int, body: bytes) -> int:
    """Return the status of the answer to a body."""
    reader, writer = await opened(port, body)
    line = await reader.readline()
    writer.close()
    return int(line.split()[1]) if line else 0


async def read(port: int, body: bytes, began: asyncio.Semaphore | None = None) -> tuple[bool, int]:
    """Read a stream, and tell when it begins; return whether it came to its end, and its events."""
    reader, writer = await opened(port, body)
    events, last = 0, b""
    try:
        while piece := await reader.read(2**16):
            if began and not events and b"data: {" in piece:
                began.release()
            events += piece.count(b"data: {")
            last = (last + piece)[-40:]
            if last.endswith(b"0\r\n\r\n"):
                break
    except ConnectionError:
        pass
    writer.close()
    return DONE in last and last.endswith(b"0\r\n\r\n"), events


async def idle(port: int) -> bool:
    """Wait until nothing is being answered any more, for five seconds at most."""
    for _ in range(50):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        if b'"running":0' in answer:
            return True
        await asyncio.sleep(0.1)
    return False


async def held(port: int, server: int, streams: int, seconds: int) -> bool:
    """Read so many streams at once."""
    reading = [asyncio.create_task(read(port, asking(seconds))) for _ in range(streams)]
    before, seen, began = resident(server), [], time.monotonic()
    while not all(each.done() for each in reading):
        await asyncio.sleep(1)
        seen.append(resident(server))
    ends = [each.result() for each in reading]
    whole = sum(end for end, _ in ends)
    third = max(len(seen) // 3, 1)
    parts = ", ".join(f"{max(seen[i : i + third]) / 1e6:.0f}" for i in range(0, min(len(seen), 3 * third), third))
    what = f"{whole} of {streams} streams came to their end after {time.monotonic() - began:.0f} s; "
    what += f"{sum(count for _, count in ends):,} events; MB before {before / 1e6:.0f}, in each third {parts}"
    grows = max(seen[-third:]) - max(seen[third : 2 * third] or seen)
    return told(what, whole == streams and grows < 5e6 and await idle(port), server)


async def wrong(port: int, server: int) -> bool:
    """Do what clients do wrong."""
    body = asking(1)
    half = [await opened(port, body[:30], len(body)) for _ in range(200)]
    for _, writer in half:
        writer.close()
    well = told("200 halves of requests, left", await idle(port), server)
    before = resident(server)
    stuck = [await opened(port, asking(0)) for _ in range(50)]
    seen = [before]
    while len(seen) < 3 or (seen[-1] - seen[-2] > 1e6 and len(seen) < 20):
        await asyncio.sleep(3)
        seen.append(resident(server))
    for _, writer in stuck:
        writer.close()
    what = f"50 clients never read what comes as fast as it can: {(seen[-1] - before) / 1e6:+.0f} MB, and no more"
    well &= told(what, len(seen) < 20 and await idle(port), server)
    large = json.dumps({"messages": [{"role": "user", "content": "x" * 66_000_000}]}).encode()
    well &= told("66 MB are refused", await status(port, large) == 413 and await idle(port), server)
    large = large[: 60_000_000 - 4] + large[-4:]
    well &= told("60 MB pass", await status(port, large) == 200 and await idle(port), server)
    for what, odd in (("no JSON", b"{" * 1000), ("no UTF-8", b'{"messages": "\xff\xfe"}'), ("deep", b"[" * 10**6)):
        well &= told(f"{what}: passes", await status(port, odd) == 200 and await idle(port), server)
    return well


async def killed(port: int, behind: int) -> bool:
    """Kill the server behind while it streams to 50 clients."""
    began = asyncio.Semaphore(0)
    reading = [asyncio.create_task(read(port, asking(60), began)) for _ in range(50)]
    for _ in reading:
        await began.acquire()
    os.kill(behind, signal.SIGKILL)
    ends = [await each for each in reading]
    cut = sum(not whole and events > 0 for whole, events in ends)
    well = told(f"{cut} of 50 streams are cut when the server behind is killed", cut == 50 and await idle(port))
    return well & told("and the next request is told so", await status(port, asking(1)) == 502)


# --- the MCP server ---------------------------------------------------------------------------------------------------


async def mcp(count: int) -> None:
    """Call a tool of `seccoder mcp` over a pipe, and count the list of tools."""
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    started = StdioServerParameters(command=sys.executable, args=["-m", "seccoder", "mcp"], env=environment)
    tasks = [each["task"] for each in tomllib.loads(TASKS.read_text())["task"]]
    async with Client(stdio_client(started)) as client:
        tools = await client.list_tools()
        text = json.dumps([tool.model_dump(exclude_none=True, by_alias=True) for tool in tools.tools])
        took = []
        for i in range(-5, count):  # the first ones warm it up
            began = time.perf_counter()
            task = f"{tasks[i % len(tasks)]} {i}"
            await client.call_tool("retrieve_secure_code", {"task": task, "language": "python"})
            took += [time.perf_counter() - began] * (i >= 0)
    middle, high = _figures(took)
    print(f"retrieve_secure_code over a pipe, {count} calls: p50 {middle:.2f} ms, p99 {high:.2f} ms")
    print(f"the list of tools: {len(text)} characters of JSON, {tokens(text)} tokens")


def tokens(text: str) -> str:
    """Return how many tokens a text has for a model that is there, or an estimate."""
    from seccoder.pipeline import SecCoder

    try:
        with SecCoder() as flow:
            return f"{flow.lm.count_tokens(text)} ({flow.lm.name})"
    except Exception as error:
        return f"about {len(text) / 3.5:.0f} (an estimate: {error})"


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
