"""A check that is killed in the middle: what it kept is usable, nothing is half there, the next one does the rest."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from seccoder import oracles
from seccoder.oracles.cache import Cache
from seccoder.oracles.checking import check_texts
from seccoder.oracles.files import collect

FILES = 6
# It says so when it is about to put an entry in its place, and waits there.
STOPS = """
import os, sys
from pathlib import Path
from seccoder.oracles.cache import Cache
from seccoder.oracles.checking import check_texts
from seccoder.oracles.files import collect

real, left = os.replace, [int(sys.argv[1])]

def replace(source, target):
    left[0] -= 1
    if not left[0]:
        print("writing", flush=True)
        sys.stdin.read()
    real(source, target)

os.replace = replace
check_texts(collect(["files"]), names=["syntax"], cache=Cache(Path("cache")))
"""

# It says so when it has put an entry in its place, and goes on.
SAYS = """
import os, sys
from seccoder.cli import run

real = os.replace

def replace(source, target):
    real(source, target)
    os.write(2, b"kept\\n")

os.replace = replace
run(sys.argv[1:])
"""


def started(*arguments, folder, **streams):
    return subprocess.Popen([sys.executable, *arguments], cwd=folder, stdin=subprocess.PIPE, text=True, **streams)


@pytest.mark.parametrize("stop", [1, 4])
def test_a_kill_while_an_entry_is_written_costs_that_entry_alone(tmp_path, monkeypatch, stop):
    monkeypatch.chdir(tmp_path)
    Path("files").mkdir()
    for number in range(FILES):
        Path(f"files/f{number}.py").write_text(f"x = {number}\n" if number % 2 else f"def f{number}(:\n")
    process = started("-c", STOPS, str(stop), folder=tmp_path, stdout=subprocess.PIPE)
    assert process.stdout.readline() == "writing\n"
    process.kill()
    process.communicate()
    texts, cache, asked = collect(["files"]), Cache(Path("cache")), []
    fresh = check_texts(texts, names=["syntax"])
    (syntax,) = oracles.load(["syntax"])

    class Counts:
        name = "syntax"

        def check(self, sources):
            asked.extend(sources)
            return syntax.check(sources)

    monkeypatch.setattr("seccoder.oracles.load", lambda names, jobs=None: [Counts()])
    for missing in (FILES - stop + 1, 0):  # the next check does the rest, and the one after it nothing
        asked.clear()
        assert [each.verdict for each in check_texts(texts, names=["syntax"], cache=cache)] == [
            each.verdict for each in fresh
        ]
        assert len(asked) == missing


@pytest.mark.tool
@pytest.mark.usefixtures("boxed")
def test_a_kill_while_files_are_run_loses_nothing(tmp_path):
    for number in range(3):
        text = f"import os\n\n\ndef f{number}(name):\n    os.system('ls ' + name)\n"
        (tmp_path / f"f{number}.py").write_text(text)
    command = ["check", ".", "--oracle", "executed", "--cwe", "CWE-78", "--jobs", "1", "--json"]
    environment = {**os.environ, "SECCODER_CACHE": str(tmp_path / "kept")}
    streams = {"stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL}
    process = started("-c", SAYS, *command, folder=tmp_path, env=environment, **streams)
    assert "kept\n" in iter(process.stderr.readline, "")
    process.kill()
    process.communicate()

    def told(*more):
        done = subprocess.run(
            [sys.executable, "-m", "seccoder", *command, *more], cwd=tmp_path, env=environment, capture_output=True
        )
        return [(each["path"], each["verdict"], each["findings"]) for each in json.loads(done.stdout)["files"]]

    kept = [path for path in (tmp_path / "kept").rglob("*.json") if path.is_file()]
    before = {path: path.read_bytes() for path in kept}
    first = told()
    assert [verdict for _, verdict, _ in first] == ["VULNERABLE"] * 3
    assert before and all(path.read_bytes() == data for path, data in before.items())
    assert told("--no-cache") == first == told()
