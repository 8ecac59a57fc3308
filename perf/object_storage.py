"""Tries a codebase in object storage (`python perf/object_storage.py`), which a server of moto plays.

moto (Apache 2.0) is installed into a virtual environment of its own, because it needs 300 MB; `--server PATH` takes a
`moto_server` that is there. All is done by the command line, as a user does it, and every answer is compared with that
of an SQLite store: import, list, retrieve, export; two writers at once; an import that is killed at some request; a key
that is refused, a bucket and a server that are not there.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

MOTO = "moto[server,s3]==5.2.5"
PLACE = "lance:s3://team"
TASK = ("--task", "log in a user", "--language", "python", "--json")


class Tried:
    """The command line with what S3 needs in the environment.

    Args:
        folder: What is kept here.
        port: The server's.
        key: The id of the key and the key.
    """

    def __init__(self, folder: Path, port: int, key: tuple[str, str]) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "AWS_ENDPOINT": f"http://127.0.0.1:{port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": key[0],
            "AWS_SECRET_ACCESS_KEY": key[1],
            "SECCODER_CACHE": str(folder / "cache"),
            "SECCODER_HOME": str(folder / "home"),
        }

    def start(self, *words: str, **changed: str) -> "subprocess.Popen[str]":
        """Start a command."""
        command = [sys.executable, "-m", "seccoder", *words]
        environment = {**self.environment, **changed}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True, cwd=self.folder)

    def run(self, *words: str) -> str:
        """Run a command that must succeed, and return what it prints."""
        started = self.start(*words)
        printed, said = started.communicate(timeout=600)
        assert started.returncode == 0, said
        return printed

    def refused(self, *words: str, **changed: str) -> str:
        """Run a command that must fail, and return the one line that it says."""
        started = self.start(*words, **changed)
        _, said = started.communicate(timeout=600)
        assert started.returncode == 3, said
        assert len(said.splitlines()) == 1, said
        return said.strip()


def server(program: Path, folder: Path) -> tuple["subprocess.Popen[bytes]", int, tuple[str, str]]:
    """Start a server that lets nobody in but its one user, and make a bucket; return it, its port and the key."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "4"}
    command = [program, "-H", "127.0.0.1", "-p", str(port)]
    with (folder / "server.log").open("wb") as log:
        started = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    script = f"""
import boto3, json
both = dict(endpoint_url="http://127.0.0.1:{port}", region_name="us-east-1", aws_access_key_id="first",
            aws_secret_access_key="first")
boto3.client("s3", **both).create_bucket(Bucket="team")
iam = boto3.client("iam", **both)
iam.create_user(UserName="user")
key = iam.create_access_key(UserName="user")["AccessKey"]
policy = dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action="s3:*", Resource="*")])
iam.put_user_policy(UserName="user", PolicyName="all", PolicyDocument=json.dumps(policy))
print(json.dumps([key["AccessKeyId"], key["SecretAccessKey"]]))
"""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/", timeout=5)
            break
        except OSError:
            time.sleep(0.2)
    done = subprocess.run([program.with_name("python"), "-c", script], capture_output=True, text=True, check=True)
    name, secret = json.loads(done.stdout)
    return started, port, (name, secret)


def tried(one: Tried, kills: int) -> None:
    """Do all of it, and print a line each."""
    began = time.perf_counter()
    one.run("codebase", "export", "all.jsonl")
    one.run("codebase", "import", "all.jsonl", "--codebase", "all.sqlite")
    lines = (one.folder / "all.jsonl").read_text().splitlines(keepends=True)
    one.run("codebase", "import", "all.jsonl", "--codebase", f"{PLACE}/base")
    for words in (("codebase", "list"), ("retrieve", *TASK), ("codebase", "stats")):
        there, here = (one.run(*words, "--codebase", place) for place in (f"{PLACE}/base", "all.sqlite"))
        assert there == here, words
    one.run("codebase", "export", "again.jsonl", "--codebase", f"{PLACE}/base")
    assert (one.folder / "again.jsonl").read_bytes() == (one.folder / "all.jsonl").read_bytes()
    print(f"import, list, retrieve, stats, export: {len(lines)} demonstrations, as from SQLite")

    half = len(lines) // 2
    for name, some in (("a.jsonl", lines[: half + 50]), ("b.jsonl", lines[half - 50 :])):
        (one.folder / name).write_text("".join(some))
    both = [one.start("codebase", "import", name, "--codebase", f"{PLACE}/two") for name in ("a.jsonl", "b.jsonl")]
    said = [each.communicate(timeout=600)[1] for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    one.run("codebase", "export", "two.jsonl", "--codebase", f"{PLACE}/two")
    assert (one.folder / "two.jsonl").read_bytes() == (one.folder / "all.jsonl").read_bytes()
    print("two writers at once, who share 100 demonstrations: all are there once")

    def asked() -> int:
        return (one.folder / "server.log").read_bytes().count(b" HTTP/")

    dice, seen = random.Random(0), [0, 0]
    for number in range(kills):
        place = f"{PLACE}/kill-{number}"
        one.run("codebase", "import", "a.jsonl", "--codebase", place)
        started = one.start("codebase", "import", "b.jsonl", "--codebase", place)
        until = asked() + dice.randrange(20, 40)  # of 39, of which the 28th is the first that writes
        while asked() < until and started.poll() is None:
            time.sleep(0.005)
        started.send_signal(signal.SIGKILL)
        started.communicate()
        count = json.loads(one.run("codebase", "stats", "--json", "--codebase", place))["demonstrations"]
        assert count in {half + 50, len(lines)}, count
        seen[count == len(lines)] += 1
        one.run("codebase", "import", "b.jsonl", "--codebase", place)
        one.run("codebase", "export", "killed.jsonl", "--codebase", place)
        assert (one.folder / "killed.jsonl").read_bytes() == (one.folder / "all.jsonl").read_bytes()
    print(f"an import killed at some request, {kills} times: nothing of it there {seen[0]} times, ", end="")
    print(f"all of it {seen[1]} times; the same import again completes it")

    words = ("codebase", "list", "--codebase", f"{PLACE}/base")
    print("a wrong key:  ", one.refused(*words, AWS_SECRET_ACCESS_KEY="wrong"))
    print("an unknown id:", one.refused(*words, AWS_ACCESS_KEY_ID="wrong"))
    print("no bucket:    ", one.refused(*words[:-1], "lance:s3://nobody/base"))
    print("no server:    ", one.refused(*words, AWS_ENDPOINT="http://127.0.0.1:9"))
    print(f"all in {time.perf_counter() - began:.0f} s")


def main() -> None:
    """Print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=Path, help="a moto_server that is installed, beside its Python")
    parser.add_argument("--kills", type=int, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, program = Path(name), arguments.server
        if program is None:
            venv.create(folder / "venv", with_pip=True)
            program = folder / "venv/bin/moto_server"
            subprocess.run([program.with_name("pip"), "install", "--quiet", MOTO], check=True)
        started, port, key = server(program, folder)
        try:
            tried(Tried(folder, port, key), arguments.kills)
        finally:
            started.terminate()
            started.wait()


if __name__ == "__main__":
    main()
