"""A Ray cluster gives what one process gives, to the byte, and says in one line why it cannot."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from conftest import need_module
from seccoder import oracles
from seccoder.cli import run
from seccoder.errors import ClusterError, MissingExtra
from seccoder.oracles import cluster
from seccoder.oracles.cache import Cache
from seccoder.sandbox import parallel
from seccoder.types import Source

FILES = {
    "unsafe.py": 'import subprocess\n\n\ndef size(name):\n    subprocess.run("du -sh " + name, shell=True)\n',
    "safe.py": 'import subprocess\n\n\ndef size(name):\n    subprocess.run(["du", "-sh", "--", name])\n',
    # The folder is a project that nobody trusts: no worker may import from it, as Ray would let it.
    "json.py": "import pathlib\npathlib.Path(__file__).with_name('imported').touch()\n",
}
ORACLES = ("--oracle", "executed", "--oracle", "bandit")


def checked(folder, *options):
    command = [sys.executable, "-P", "-m", "seccoder", "check", ".", "--json", *ORACLES, *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.tool
def test_a_cluster_says_what_one_process_says_and_its_results_are_kept_here(tmp_path, boxed):
    need_module("ray")
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    alone = checked(folder, "--no-cache")
    assert {each["verdict"] for each in json.loads(alone[1])["files"]} >= {"VULNERABLE", "SECURE"}
    assert checked(folder, "--ray") == alone
    assert not (folder / "imported").exists()
    kept = Cache().get("executed", Source(FILES["unsafe.py"], "python"))
    assert kept and kept.flagged  # the caches of this process and of the workers would be the same folder


class Halves:
    """A place with two processors, in this process; it remembers what was sent."""

    places = 2

    def __init__(self, *, lost: bool = False) -> None:
        self.lost = lost
        self.sent: list[list[object]] = []

    def each(self, function, batches: Sequence[Sequence[object]]) -> Iterator[Sequence[object]]:
        if self.lost:
            raise ClusterError("the Ray cluster has no machine left")
        for batch in batches:
            self.sent.append(list(batch))
            yield [function(each) for each in batch]


def test_what_is_known_never_travels(tmp_path):
    sources = [Source(f"value = {number}\n", "python", path=f"{number}.py") for number in range(12)]
    syntax, cache, elsewhere = oracles.load(["syntax"]), Cache(tmp_path), Halves()
    oracles.check(sources[:5], syntax, cache=cache)
    with parallel.sent_to(elsewhere):
        checks = oracles.check(sources, syntax, cache=cache)
        oracles.check(sources, syntax, cache=cache)
    assert [source for batch in elsewhere.sent for source in batch] == sources[5:]
    assert [check.valid for (check,) in checks] == [True] * 12


def test_batches_leave_no_place_without_work():
    with parallel.sent_to(Halves()):
        sizes = {count: parallel.share(count, 8) for count in (1, 4, 9, 1000)}
    assert sizes == {1: 1, 4: 1, 9: 3, 1000: 8}
    assert parallel.share(1000, 8) == 8


def test_a_lost_cluster_is_no_failure_of_the_oracle():
    with parallel.sent_to(Halves(lost=True)), pytest.raises(ClusterError, match="no machine left"):
        oracles.check([Source("value = 1\n", "python")], oracles.load(["syntax"]))


@pytest.fixture
def closed_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("src", 2, "'src' is no address of a Ray cluster"),
        ("127.0.0.1:{}", 3, "cannot be used: [Errno 111] Connection refused"),
        ("ray://127.0.0.1:{}", 3, "cannot be used: [Errno 111] Connection refused"),
        ("127.0.0.1:x", 3, "cannot be used: invalid literal"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(tmp_path, capsys, closed_port, address, code, said):
    if code == 3:
        need_module("ray")
    (tmp_path / "a.py").write_text("a = 1\n")
    assert run(["check", str(tmp_path / "a.py"), "--ray", address.format(closed_port)]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_without_ray_it_says_what_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"seccoder\[ray\]"), cluster.joined(""):
        pass


def test_a_machine_with_other_code_or_without_a_sandbox_takes_no_work(monkeypatch):
    here = cluster.machine()
    known = frozenset({here.environment})
    monkeypatch.setenv("SECCODER_SANDBOX", "bwrap")
    with pytest.raises(ClusterError, match=r"it has seccoder of digest .* and here is seccoder of digest 0"):
        cluster._work("bwrap", "seccoder of digest 0", known, abs, [1])
    with pytest.raises(ClusterError, match="other tools than those that were asked"):
        cluster._work("bwrap", here.code, frozenset(), abs, [1])
    monkeypatch.setattr(cluster, "machine", lambda: cluster.Machine(here.code, here.environment, "bwrap is missing"))
    with pytest.raises(ClusterError, match="cannot take work: bwrap is missing"):
        cluster._work("bwrap", here.code, known, abs, [1])
