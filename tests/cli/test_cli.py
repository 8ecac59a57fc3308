"""The command line as a user meets it: whole processes, exit codes, one line per error, nothing lost."""

import contextlib
import http.server
import json
import os
import pty
import subprocess
import sys
import threading

import pytest

from seccoder.cli import COMMANDS

CODE = "import sqlite3\n\n\ndef find_user(db, name):\n"


def seccoder(*arguments, stdin=b"", cwd=None, **env):
    return subprocess.run(
        [sys.executable, "-m", "seccoder", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **env},
        timeout=120,
    )


def assert_one_line(done, code, *words):
    text = done.stderr.decode()
    assert done.returncode == code, text
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) == 1, text
    for word in words:
        assert word in text, text


@pytest.fixture
def query(tmp_path):
    path = tmp_path / "query.py"
    path.write_text(CODE)
    return path


def test_version_and_help():
    assert seccoder("--version").stdout.startswith(b"seccoder, version 0.")
    done = seccoder("--help")
    assert done.returncode == 0
    listed = {line.split()[0] for line in done.stdout.decode().partition("Commands:")[2].splitlines() if line.strip()}
    assert set(COMMANDS) <= listed


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    done = seccoder(command, "--help")
    assert done.returncode == 0
    assert b"Usage: seccoder " + command.encode() in done.stdout


def test_retrieve_json(query):
    done = seccoder("retrieve", query, "-k", "3", "--json")
    assert done.returncode == 0, done.stderr
    hits = json.loads(done.stdout)["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert {hit["language"] for hit in hits} == {"python"}
    assert any("CWE-89" in hit["cwes"] for hit in hits)
    assert set(hits[0]) >= {"id", "language", "cwes", "task", "code", "origin", "proof", "score", "rank"}


def test_retrieve_from_standard_input_and_from_a_task():
    done = seccoder("retrieve", "-", "--language", "py", "-k", "3", stdin=CODE.encode())
    assert b"CWE-89" in done.stdout
    done = seccoder("retrieve", "--task", "unpack an uploaded zip archive", "--language", "python", "-k", "3")
    assert b"CWE-22" in done.stdout


def test_generate_prints_code_on_stdout_and_the_verdict_on_stderr(query):
    done = seccoder("generate", query, "--model", "fake:", "--cwe", "89")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith(CODE)
    assert b"completion 1: " in done.stderr
    value = json.loads(seccoder("generate", query, "--model", "fake:", "-n", "3", "--json").stdout)
    assert len(value["completions"]) == 3
    assert {completion["verdict"] for completion in value["completions"]} <= {
        "SECURE",
        "VULNERABLE",
        "INVALID",
        "UNKNOWN",
    }
    assert set(value) >= {"completions", "demonstrations", "prompt", "model"}


def test_doctor_names_a_command_for_everything_missing():
    done = seccoder("doctor", "--json")
    assert done.returncode == 0
    parts = json.loads(done.stdout)["parts"]
    assert {"sandbox", "gcc", "bandit", "xllamacpp"} <= {part["name"] for part in parts}
    assert all(part["install"] for part in parts if part["found"] is None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["retrieve", "nowhere.py"], ["nowhere.py", "No such file"]),
        (["retrieve", "."], ["Is a directory"]),
        (["retrieve"], ["nothing to work on"]),
        (["retrieve", "--task", "  "], ["nothing to work on"]),
        (["retrieve", "empty.py"], ["empty.py is empty"]),
        (["retrieve", "binary.py"], ["binary"]),
        (["retrieve", "latin1.py"], ["UTF-8"]),
        (["retrieve", "huge.py"], ["larger than"]),
        (["retrieve", "query.cobol"], ["none of python", "--language"]),
        (["retrieve", "query.py", "--language", "cobol"], ["unknown language", "python"]),
        (["retrieve", "query.py", "--retriever", "magic"], ["magic", "hybrid"]),
        (["retrieve", "query.py", "-k", "0"], ["-k"]),
        (["retrieve", "query.py", "--nonsense"], ["--nonsense"]),
        (["generate", "-", "--task", "sort numbers"], ["language"]),
        (["generate", "query.py", "--model", "magic:x"], ["magic"]),
        (["generate", "query.py", "--model", "fake:", "--cwe", "sql"], ["not a CWE"]),
        (["generate", "query.py", "-n", "none"], ["-n"]),
        (["check"], []),
        (["check", "nowhere.py"], ["nowhere.py"]),
        (["evaluate", "nothing"], ["nothing"]),
        (["codebase", "show", "zz"], ["zz"]),
        (["data", "pull", "everything"], ["everything"]),
        (["nonsense"], ["nonsense"]),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_code_2(tmp_path, arguments, words):
    (tmp_path / "query.py").write_text(CODE)
    (tmp_path / "query.cobol").write_text(CODE)
    (tmp_path / "empty.py").write_text("\n")
    (tmp_path / "binary.py").write_bytes(b"\x7fELF\0\0\1")
    (tmp_path / "latin1.py").write_bytes("# caf\xe9\n".encode("latin-1"))
    (tmp_path / "huge.py").write_text("# more\n" * 300_000)
    assert_one_line(seccoder(*arguments, cwd=tmp_path), 2, *words)


def test_a_query_longer_than_the_context_says_so(tmp_path):
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    x = 1\n" * 50_000)
    done = seccoder("generate", path, "--model", "fake:")
    assert_one_line(done, 2, "tokens")


@pytest.mark.parametrize("content", [b"", b"this is no database, but it is long enough to look like one" * 9])
def test_a_corrupt_codebase_is_refused_and_left_alone(tmp_path, query, content):
    path = tmp_path / "broken.sqlite"
    path.write_bytes(content or b"\0" * 5000)
    before = path.read_bytes()
    assert_one_line(seccoder("retrieve", query, "--codebase", path), 3, "broken.sqlite")
    assert path.read_bytes() == before


def test_an_unreachable_endpoint(query):
    done = seccoder(
        "generate", query, "--model", "openai:x", OPENAI_BASE_URL="http://127.0.0.1:9/v1", OPENAI_API_KEY="k"
    )
    assert_one_line(done, 3, "127.0.0.1:9")


def test_an_endpoint_that_is_no_endpoint(query):
    class Page(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>hello</html>")

        do_GET = do_POST

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v1"
        done = seccoder("generate", query, "--model", "openai:x", OPENAI_BASE_URL=url, OPENAI_API_KEY="secret-key")
        server.shutdown()
    assert_one_line(done, 3)
    assert b"secret-key" not in done.stderr


def test_a_codebase_in_a_folder_that_cannot_be_written(tmp_path, query):
    secure = tmp_path / "secure.py"
    secure.write_text("import secrets\n\ntoken = secrets.token_urlsafe()\n")
    arguments = ["codebase", "add", secure, "--language", "python", "--cwe", "330", "--task", "make a token"]
    done = seccoder(*arguments, "--codebase", "/proc/no/codebase.sqlite")
    assert_one_line(done, 3)


def test_no_space_left_loses_nothing(query):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "seccoder", "retrieve", str(query)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr


def test_a_reader_that_leaves_is_no_error(query):
    command = f"set -o pipefail; {sys.executable} -m seccoder codebase list --json | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert done.returncode == 0
    assert done.stderr == b""


def test_the_shell_completes_commands_and_agents():
    for words, wanted in (("seccoder con", b"connect"), ("seccoder connect op", b"opencode")):
        asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_SECCODER_COMPLETE": "bash_complete"}
        command = [sys.executable, "-m", "seccoder"]
        done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, timeout=60)
        assert done.stdout == b"plain," + wanted + b"\n"


def test_training_names_its_own_extra(monkeypatch, capsys):
    from seccoder.cli import run

    monkeypatch.setitem(sys.modules, "peft", None)
    assert run(["train", "sven", "--out", "weights"]) == 3
    assert "pip install 'seccoder[train]'" in capsys.readouterr().err


def test_messages_cannot_drive_the_terminal():
    done = seccoder("retrieve", "\x1b[2Jno.py")
    assert b"\x1b" not in done.stderr
    assert done.returncode == 2


def test_progress_tells_the_rate_and_the_time_left(monkeypatch, capsys):
    from seccoder.cli import inputs

    clock = [100.0]
    monkeypatch.setattr(inputs.time, "monotonic", lambda: clock[0])
    with inputs.progress("sven") as tell:
        tell(500, 720)  # what was there before says nothing about the rate
        for done in (505, 510):
            clock[0] += 150
            tell(done, 720)
        clock[0] += 1
        tell(511, 720)  # too soon after the last line
    assert capsys.readouterr().err.splitlines() == [
        "sven: 505 of 720, 2.0/min, 1 h 48 min left",
        "sven: 510 of 720, 2.0/min, 1 h 45 min left",
    ]


def test_a_terminal_obeys_nothing_that_a_model_wrote(tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(["    return '\x1b]0;owned\x07\u202e'\n"]))
    query = tmp_path / "query.py"
    query.write_text("def f():\n")
    command = [
        sys.executable,
        "-m",
        "seccoder",
        "generate",
        str(query),
        "--model",
        f"fake:{answers}",
        "--retriever",
        "none",
    ]
    piped = subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert b"\x1b]0;owned\x07" in piped.stdout and b"\x1b" not in piped.stderr
    terminal, other = pty.openpty()
    with subprocess.Popen(command, stdout=other, stderr=subprocess.DEVNULL) as process:
        os.close(other)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that the other side was closed
            while part := os.read(terminal, 4096):
                shown += part
        assert process.wait(120) == 0
    os.close(terminal)
    assert "]0;owned" in shown.decode() and b"\x1b" not in shown and "\u202e" not in shown.decode()
