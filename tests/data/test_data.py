"""Pulling data: verified before it is kept, hostile archives contained, held-out tasks left out, kills survived."""

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest

from conftest import need_module
from seccoder import data
from seccoder.cli import run
from seccoder.codebase.codebase import Codebase
from seccoder.data import fetch, pinned
from seccoder.errors import MissingExtra, SecCoderError, UsageError
from seccoder.settings import cache_dir

ROW = {
    "func_src_before": "gets(b);",
    "func_src_after": "fgets(b, 8, f);",
    "vul_type": "cwe-787",
    "commit_link": "example.org/x/commit/1",
    "file_name": "a.c",
    "description": "read a line",
}
SCENARIO = "data_eval/sec_eval/{}/cwe-787/0-c/{}"
FILES = {
    "data_train_val/train/sec-new-desc.jsonl": json.dumps(ROW),
    "data_train_val/val/sec-desc.jsonl": "",
    "data_train_val/val/sec-new-desc.jsonl": "",
    SCENARIO.format("open", "info.json"): '{"source": "elsewhere"}',
    SCENARIO.format("open", "file_context.c"): "int main",
}
HELD_OUT = {
    SCENARIO.format("closed", "info.json"): '{"source": "SecurityEval/x"}',
    SCENARIO.format("closed", "file_context.c"): "held out",
    "data_eval/gen_2/cwe-787/0-c/info.json": "{}",
}


def entry(names):
    lines = [f"{hashlib.sha256(FILES[name].encode()).hexdigest()}  {name}\n" for name in sorted(names)]
    return {"count": len(lines), "sha256": hashlib.sha256("".join(lines).encode()).hexdigest()}


def pin(monkeypatch):
    """SafeCoder's place is taken by a small repository, pinned in the same way; no network, no data folders."""
    patterns = {
        r"data_train_val/train/sec-new-desc\.jsonl": [name for name in FILES if "/train/" in name],
        r"data_train_val/val/sec-(?:new-)?desc\.jsonl": [name for name in FILES if "/val/" in name],
        r"data_eval/sec_eval/[^/]+/[^/]+/[^/]+/(?:info\.json|file_context\.\w+)": [n for n in FILES if "sec_eval" in n],
    }
    files = {pattern: entry(names) for pattern, names in patterns.items()}
    repository = pinned.Repository("a toy", "http://127.0.0.1:9", "0" * 40, ("safecoder",), files)
    monkeypatch.setitem(pinned.REPOSITORIES, "safecoder", repository)
    monkeypatch.setattr(fetch, "data_dirs", lambda: [])


@pytest.fixture
def toy(monkeypatch, tmp_path):
    pin(monkeypatch)
    return tmp_path


def member(name, content=b"", **more):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in more.items():
        setattr(info, key, value)
    return info, content


def archive(path, *extra, files=FILES, top="SafeCoder-000/"):
    with tarfile.open(path, "w:gz") as tar:
        for info, content in [member(top + name, text.encode()) for name, text in files.items()] + list(extra):
            tar.addfile(info, io.BytesIO(content))
    return path


def kept():
    home = cache_dir() / "data" / "safecoder"
    return {path.relative_to(home).as_posix(): path.read_text() for path in home.rglob("*") if path.is_file()}


def nothing_is_left():
    folders = [cache_dir() / "data", cache_dir() / "codebases"]
    return [path.name for folder in folders if folder.is_dir() for path in folder.iterdir()] in ([], [".lock"])


# --- where it may come from -----------------------------------------------------------------------------------------


def test_an_archive_a_folder_and_a_folder_that_holds_them(toy):
    packed = archive(toy / "safecoder-000.tar.gz")
    unpacked = toy / "unpacked" / "SafeCoder-main"
    for name, text in FILES.items():
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_text(text)
    flat = archive(toy / "flat.tgz", top="./")
    for place in (packed, toy, unpacked, unpacked.parent, flat):
        assert data.pull("safecoder", place) == cache_dir() / "data" / "safecoder"
        assert kept() == FILES
        with Codebase.open("safecoder") as base:
            assert [(d.task, d.cwes) for d in base.demonstrations()] == [("read a line", ("CWE-787",))]


def test_data_folders_are_searched_before_the_network(toy, monkeypatch):
    archive(toy / "safecoder-000.tar.gz")
    monkeypatch.setattr(fetch, "data_dirs", lambda: [toy / "nothing", toy])
    data.pull("safecoder")
    assert kept() == FILES


def test_pulling_again_keeps_what_is_there_and_repairs_what_is_damaged(toy):
    packed = archive(toy / "safecoder-000.tar.gz")
    home = data.pull("safecoder", packed)
    with Codebase.open("safecoder") as base:
        base.put_derived("k", b"v")
    inode = os.stat(home).st_ino
    data.pull("safecoder")  # no network is needed
    assert os.stat(home).st_ino == inode
    (home / SCENARIO.format("open", "file_context.c")).write_text("changed")
    data.pull("safecoder", packed)
    assert kept() == FILES
    with Codebase.open("safecoder") as base:
        assert base.derived("k") == b"v"
    store = cache_dir() / "codebases" / "safecoder.sqlite"
    store.write_text("damaged")
    data.pull("safecoder")
    with Codebase.open("safecoder") as base:
        assert len(base.ids()) == 1


def test_without_a_network_the_message_names_the_way_out(toy, capsys):
    assert run(["data", "pull", "safecoder"]) == 3
    said = capsys.readouterr().err
    assert "seccoder data pull safecoder --from PATH" in said and said.count("\n") == 1
    assert nothing_is_left()


def serve(respond):
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            respond(self)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.mark.parametrize("status", [200, 404])
def test_a_download_is_followed_shown_and_checked(toy, monkeypatch, status):
    content = archive(toy / "x.tar.gz").read_bytes()

    def respond(handler):
        if handler.path.startswith("/archive/"):
            handler.send_response(302)
            handler.send_header("location", "/moved")
            handler.end_headers()
            return
        handler.send_response(status)
        handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    server = serve(respond)
    here = f"http://127.0.0.1:{server.server_port}"
    toys = pinned.REPOSITORIES["safecoder"]
    moved = pinned.Repository(toys.description, here, toys.commit, toys.codebases, toys.files)
    monkeypatch.setitem(pinned.REPOSITORIES, "safecoder", moved)
    seen = []
    try:
        if status == 200:
            data.pull("safecoder", on_progress=lambda done, total: seen.append((done, total)))
            assert kept() == FILES and seen[-1] == (len(content), len(content))
        else:
            with pytest.raises(SecCoderError, match=r"404.*--from PATH"):
                data.pull("safecoder")
            assert nothing_is_left()
    finally:
        server.shutdown()
        server.server_close()


# --- what is not trusted --------------------------------------------------------------------------------------------


def test_held_out_scenarios_never_reach_the_cache(toy):
    data.pull("safecoder", archive(toy / "x.tar.gz", files={**FILES, **HELD_OUT}))
    assert kept() == FILES


def test_paths_links_and_devices_of_an_archive_lead_nowhere(toy):
    outside = toy / "outside"
    outside.write_text("untouched")
    wanted = "SafeCoder-000/" + SCENARIO.format("open", "file_context.c")
    hostile = [
        member("SafeCoder-000/../../outside", b"x"),
        member(str(outside), b"x"),
        member("SafeCoder-000/data_eval/sec_eval/open/cwe-787/../../../../../outside", b"x"),
        member("SafeCoder-000/data_eval/sec_eval/evil/cwe-1/0-c/..", b"x"),
        member("SafeCoder-000/data_train_val", type=tarfile.SYMTYPE, linkname=str(toy)),
        member(wanted.replace("open", "link"), type=tarfile.SYMTYPE, linkname=str(outside)),
        member(wanted.replace("open", "hard"), type=tarfile.LNKTYPE, linkname=wanted),
        member(wanted.replace("open", "device"), type=tarfile.CHRTYPE, devmajor=1, devminor=5),
        member("SafeCoder-000/setup.py", b"raise SystemExit"),
    ]
    data.pull("safecoder", archive(toy / "x.tar.gz", *hostile))
    assert kept() == FILES and outside.read_text() == "untouched"
    assert sorted(path.name for path in toy.iterdir()) == ["outside", "x.tar.gz"]


@pytest.mark.parametrize("change", ["changed", "added", "missing"])
def test_what_is_not_what_was_pinned_is_refused_whole(toy, change):
    files = dict(FILES)
    name = SCENARIO.format("open", "file_context.c")
    if change == "missing":
        del files[name]
    else:
        files[name.replace("open", "open" if change == "changed" else "other")] = "not this"
    with pytest.raises(SecCoderError, match="is not safecoder at commit 0000000") as caught:
        data.pull("safecoder", archive(toy / "x.tar.gz", files=files))
    assert "\n" not in str(caught.value) and nothing_is_left()


def test_a_bad_archive_leaves_what_was_there(toy):
    data.pull("safecoder", archive(toy / "good.tar.gz"))
    with pytest.raises(SecCoderError):
        data.pull("safecoder", archive(toy / "bad.tar.gz", files={}))
    assert kept() == FILES


def test_an_archive_that_unpacks_to_too_much_is_stopped(toy, monkeypatch):
    bomb = archive(toy / "bomb.tar.gz", member("SafeCoder-000/zeros", b"\0" * 30_000_000))
    with monkeypatch.context() as patch, pytest.raises(SecCoderError, match="unpacks to more than"):
        patch.setattr(pinned._Bounded, "_room", 10_000_000)
        data.pull("safecoder", bomb)
    monkeypatch.setattr(pinned, "MAX_WANTED", 10)
    with pytest.raises(SecCoderError, match="larger than it may be"):
        data.pull("safecoder", archive(toy / "y.tar.gz"))
    assert nothing_is_left()


@pytest.mark.parametrize(
    "content",
    [b"", b"not an archive", gzip.compress(b"not a tar" * 1000), "cut"],
    ids=["empty", "text", "gzip", "cut"],
)
def test_files_that_are_no_archive(toy, content):
    path = archive(toy / "x.tar.gz")
    path.write_bytes(path.read_bytes()[:200] if content == "cut" else content)
    with pytest.raises(SecCoderError) as caught:
        data.pull("safecoder", path)
    assert "\n" not in str(caught.value) and nothing_is_left()


def test_links_in_a_folder_are_not_followed(toy):
    root = toy / "safecoder-1"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    linked = root / SCENARIO.format("open", "file_context.c")
    (toy / "elsewhere").write_text(linked.read_text())
    linked.unlink()
    linked.symlink_to(toy / "elsewhere")
    with pytest.raises(SecCoderError, match="1 instead of 2 files"):
        data.pull("safecoder", root)


# --- company and kills ----------------------------------------------------------------------------------------------

HERE = Path(__file__).parent
PULL = """
import sys
import pytest
sys.path[:0] = sys.argv[1].split(":")
import test_data
test_data.pin(pytest.MonkeyPatch())
print("ready", flush=True)
test_data.data.pull("safecoder", sys.argv[2])
"""


def start(packed):
    command = [sys.executable, "-c", PULL, f"{HERE}:{HERE.parent}", str(packed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_at_once_wait_for_each_other(toy):
    packed = archive(toy / "x.tar.gz")
    both = [start(packed), start(packed)]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    assert kept() == FILES


def test_a_pull_that_is_killed_leaves_nothing_half_done(toy):
    packed = archive(toy / "x.tar.gz", member("SafeCoder-000/ballast", os.urandom(4_000_000)))
    for delay in (0, 0.01, 0.03, 0.06, 0.1):
        with start(packed) as process:
            process.stdout.readline()
            time.sleep(delay)
            process.kill()
            process.communicate()
        if (cache_dir() / "data" / "safecoder").exists():
            assert kept() == FILES
        if (cache_dir() / "codebases" / "safecoder.sqlite").exists():
            with Codebase.open("safecoder") as base:
                assert len(base.ids()) == 1
    data.pull("safecoder", packed)
    assert kept() == FILES
    assert sorted(os.listdir(cache_dir() / "data")) == [".lock", "safecoder"]
    assert os.listdir(cache_dir() / "codebases") == ["safecoder.sqlite"]


# --- the other names ------------------------------------------------------------------------------------------------


def test_humaneval(toy, monkeypatch):
    path = toy / data.HUMANEVAL
    path.write_bytes(gzip.compress(b"{}"))
    with pytest.raises(SecCoderError, match="another hash"):
        data.pull("humaneval", toy)
    monkeypatch.setattr(fetch, "_HUMANEVAL_SHA256", hashlib.sha256(path.read_bytes()).hexdigest())
    for place in (toy, path):
        assert (data.pull("humaneval", place) / data.HUMANEVAL).read_bytes() == path.read_bytes()
    data.pull("humaneval")  # is there
    (toy / "empty").mkdir()
    with pytest.raises(SecCoderError, match="does not hold"):
        data.pull("humaneval", toy / "empty")


def test_smollm2_is_left_to_its_module(toy, monkeypatch):
    from seccoder.models.embedded import smollm2

    calls = []
    monkeypatch.setattr(smollm2, "fetch", lambda *arguments: calls.append(arguments) or toy)
    assert data.pull("smollm2", toy) == toy and calls == [(toy, None)]


def test_unknown_names_and_places(toy):
    with pytest.raises(UsageError, match=r"known: qwen2\.5-coder-0\.5b, .*smollm2, sven, safecoder, humaneval"):
        data.pull("svenn")
    with pytest.raises(UsageError, match="nothing at"):
        data.pull("sven", toy / "missing")
    with pytest.raises(SecCoderError, match="holds neither"):
        data.pull("sven", toy)
    with pytest.raises(SecCoderError, match="data pull sven"):
        data.folder("sven")


def test_an_unwritable_cache_is_one_line(toy, monkeypatch):
    (toy / "file").touch()
    monkeypatch.setenv("SECCODER_CACHE", str(toy / "file" / "cache"))
    with pytest.raises(SecCoderError, match="cannot write to the cache"):
        data.pull("safecoder", archive(toy / "x.tar.gz"))


def test_the_list(toy, capsys):
    data.pull("safecoder", archive(toy / "x.tar.gz"))
    assert run(["data", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["data"]}
    assert list(rows) == ["qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b", "smollm2", "sven", "safecoder", "humaneval"]
    assert rows["safecoder"]["path"] == str(cache_dir() / "data" / "safecoder") and rows["sven"]["path"] is None
    assert all(row["licence"] in ("MIT", "Apache-2.0") for row in rows.values())
    assert run(["data", "list"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in rows)
    assert run(["data", "pull", "nothing"]) == 2


# --- the real archives ----------------------------------------------------------------------------------------------


@pytest.mark.data
def test_sven(sven_archive, capsys):
    need_module("tokenizers")
    assert run(["data", "pull", "sven", "--from", str(sven_archive)]) == 0
    home = data.folder("sven")
    paths = [path.relative_to(home).as_posix() for path in home.rglob("*")]
    assert not [path for path in paths if "gen_2" in path]
    assert len([path for path in paths if path.startswith("data_eval/trained/") and path.endswith("info.json")]) == 24
    for name, number in (("sven", 596), ("sven-val", 63)):
        capsys.readouterr()
        assert run(["codebase", "list", "--codebase", name, "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)["demonstrations"]) == number


@pytest.mark.data
def test_sven_without_the_tokenizer_keeps_the_data(sven_archive, monkeypatch):
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(MissingExtra):
        data.pull("sven", sven_archive)
    assert data.folder("sven").is_dir() and {item.name: item.where for item in data.items()}["sven"] is None


@pytest.mark.data
def test_safecoder(safecoder_archive):
    home = data.pull("safecoder", safecoder_archive.parent)
    scenarios = [json.loads(path.read_text()) for path in home.rglob("info.json")]
    assert len(scenarios) == 66 and not [s for s in scenarios if "securityeval" in json.dumps(s).lower()]
    with Codebase.open("safecoder") as base:
        assert len(base.demonstrations()) == 462
