"""Each test attacks one promise in the header of `seccoder.sandbox`."""

import ast
import itertools
import os
import shutil
import signal
import site
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from conftest import missing, need_tool
from seccoder import sandbox
from seccoder.errors import UsageError
from seccoder.sandbox import Limits, SandboxError, javac
from seccoder.sandbox.boxes import engine_command

pytestmark = pytest.mark.tool
PREFIXES = (sys.prefix, sys.base_prefix, *site.getsitepackages())


@pytest.fixture(autouse=True)
def box():
    if (why := sandbox.unavailable()) is not None:
        missing(why)


def python(code, **options):
    return sandbox.run(["python3", "-c", textwrap.dedent(code)], **options)


# --- it works -------------------------------------------------------------------------------------------------------


def test_files_arguments_stdin_environment_and_exit_code():
    outcome = sandbox.run(
        ["sh", "-c", 'cat data/in.txt; cat; printf %s "$COLOUR"; exit 7'],
        files={"data/in.txt": "from a file\n"},
        stdin=b"from stdin\n",
        env={"COLOUR": "teal"},
    )
    assert (outcome.exit_code, outcome.stdout) == (7, b"from a file\nfrom stdin\nteal")
    assert not outcome.timed_out and outcome.killed == ""


def test_python_inside_is_this_interpreter_with_its_packages():
    outcome = python("import flask, sys; print(sys.version)")
    assert outcome.stdout.decode().strip() == sys.version, outcome.stderr


def test_programs_of_the_environment_are_inside_however_it_was_started(tmp_path):
    outside = os.path.relpath(sys.executable, tmp_path)  # such as ../venv/bin/python
    code = (
        "import sys; from seccoder import sandbox; assert '..' in sys.executable;"
        "outcome = sandbox.run(['pytest', '--version']); print(outcome.stdout, outcome.stderr, outcome.exit_code)"
    )
    told = subprocess.run([outside, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert told.stdout.endswith(" 0\n"), told


def test_a_compiler_finds_its_temporary_folder():
    shutil.which("gcc") or missing("gcc")
    source = {"a.c": '#include <stdio.h>\nint main(void) { puts("built"); return 0; }\n'}
    outcome = sandbox.run(["sh", "-c", "gcc -fsanitize=address -o a a.c && ./a"], files=source)
    assert outcome.stdout == b"built\n", outcome.stderr


def test_a_file_of_this_machine_is_shown_and_cannot_be_changed(tmp_path):
    file = tmp_path / "large"
    file.write_text("before")
    file.chmod(0o666)
    tmp_path.chmod(0o700)  # whoever may read the file may not enter its folder
    attack = (
        "cat /shown/name; ls /shown; for way in 'echo x > /shown/name' 'rm -f /shown/name' 'echo x > /shown/more'; do"
    )
    outcome = sandbox.run(["sh", "-c", f'{attack} sh -c "$way" && echo done; done'], shown={"name": file})
    assert outcome.stdout == b"beforename\n", outcome
    assert file.read_text() == "before"


def test_javac_starts_from_an_archive_of_its_classes(monkeypatch, tmp_path):
    need_tool("javac")
    archive = javac.archive()
    assert archive is not None and javac.archive() == archive
    flags = ["-J-Xshare:on", "-J-XX:+UseSerialGC", *(f"-J{flag}" for flag in javac.FLAGS)]  # on: or it does not start
    asked = {"files": {"A.java": "class A {}"}, "keep": ["A.class"], "limits": Limits(seconds=60, processes=200)}
    outcome = sandbox.run(["javac", *flags, "A.java"], shown={javac.NAME: archive}, **asked)
    assert (outcome.exit_code, outcome.stdout, list(outcome.files)) == (0, b"", ["A.class"]), outcome
    assert sandbox.run(["javac", *flags, "A.java"], **asked).exit_code == 1
    monkeypatch.setattr(javac, "_made", {})
    monkeypatch.setenv("SECCODER_CACHE", str(tmp_path / "file"))
    (tmp_path / "file").touch()
    assert javac.archive() is None  # it cannot be kept


def test_a_command_that_does_not_exist():
    assert sandbox.run(["no-such-program"]).exit_code == 127


def test_a_signal_is_reported_as_a_shell_does():
    assert sandbox.run(["sh", "-c", "kill -SEGV $$"]).exit_code == 128 + signal.SIGSEGV


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", ""])
def test_files_must_stay_inside_the_working_folder(name):
    with pytest.raises(UsageError, match="working folder"):
        sandbox.run(["true"], files={name: "x"})
    with pytest.raises(UsageError, match="working folder"):
        sandbox.run(["true"], keep=[name])


@pytest.mark.parametrize("path", ["/", "/usr/x", "relative", "/tmp", "/srv/../usr"])
def test_private_folders_cannot_cover_what_the_box_needs(path):
    with pytest.raises(UsageError, match="private folder"):
        sandbox.run(["true"], folders=[path])


def test_private_folders_are_writable_and_empty():
    assert sandbox.run(["sh", "-c", "ls /home; echo x > /home/f; cat /home/f"], folders=["/home"]).stdout == b"x\n"


# --- what it holds in -----------------------------------------------------------------------------------------------


def test_no_network():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        outcome = python(f"""
            import socket
            for host, port in [("127.0.0.1", {port}), ("192.0.2.1", 80)]:
                try:
                    socket.create_connection((host, port), timeout=1)
                    print("reached", host)
                except OSError as error:
                    print("refused")
            """)
    assert outcome.stdout == b"refused\nrefused\n"


def test_secrets_of_the_environment_and_of_the_disk_are_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_API_KEY", "hunter2-secret")
    (tmp_path / "secret.txt").write_text("hunter2-secret")
    home = str(Path.home())
    outcome = python(f"""
        import glob, os
        print(dict(os.environ))
        for path in glob.glob("/proc/*/environ") + [{str(tmp_path / "secret.txt")!r}, "/etc/shadow"]:
            try:
                print(open(path, "rb").read())
            except OSError:
                pass
        home = {home!r}
        print("HOME", [n for n in (os.listdir(home) if os.path.isdir(home) else [])])
        """)
    assert outcome.exit_code == 0
    assert b"hunter2" not in outcome.stdout and b"root:" not in outcome.stdout
    # of the home directory only folders on the way to this interpreter are there
    way = {Path(prefix).relative_to(home).parts[0] for prefix in PREFIXES if Path(prefix).is_relative_to(home)}
    shown = ast.literal_eval(outcome.stdout.decode().rpartition("HOME ")[2])
    assert set(shown) <= way


def test_nothing_outside_can_be_written():
    outcome = python("""
        import os, sys, sysconfig
        for folder in ["/", "/usr", "/etc", "/dev", "/proc/sys/kernel", sys.prefix, sysconfig.get_paths()["purelib"]]:
            try:
                with open(os.path.join(folder, "core_pattern"), "w") as stream:
                    stream.write("x")
                print("wrote", folder)
            except OSError:
                pass
        """)
    assert (outcome.exit_code, outcome.stdout) == (0, b"")


def test_unprivileged_and_without_a_way_up():
    outcome = python("""
        import os
        status = open("/proc/self/status").read()
        print(os.getuid() != 0, os.geteuid() != 0)
        print([line.split()[1] for line in status.splitlines() if line.startswith(("CapEff", "CapPrm", "NoNewPrivs"))])
        try:
            os.setuid(0)
            print("root")
        except OSError:
            pass
        """)
    assert outcome.stdout == b"True True\n['0000000000000000', '0000000000000000', '1']\n"


def test_other_processes_are_out_of_sight():
    mine = subprocess.Popen(["sleep", "30"])
    try:
        outcome = python(f"""
            import os, glob
            try:
                os.kill({mine.pid + 100000}, 9)
            except OSError:
                pass
            commands = [open(p).read() for p in glob.glob("/proc/[0-9]*/cmdline")]
            print(any(c.startswith("sleep") for c in commands), len(commands) < 8)
            """)
        assert outcome.stdout == b"False True\n"
        assert mine.poll() is None
    finally:
        mine.kill()
        mine.wait()


def test_fork_bomb_is_stopped_by_the_limit():
    outcome = python(
        """
        import os, time
        made = 0
        try:
            while made < 500:
                if os.fork() == 0:
                    time.sleep(200)
                    os._exit(0)
                made += 1
        except OSError:
            pass
        print(made)
        """,
        limits=Limits(120, processes=20),
    )
    assert outcome.killed == "processes" or int(outcome.stdout) <= 24


def test_exponential_fork_bomb_ends():
    outcome = python(
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", limits=Limits(2, processes=30)
    )
    assert outcome.killed in {"time", "processes"}


def test_memory_bomb_of_one_process_and_of_many():
    one = python("x = []\nwhile True: x.append(b'x' * 1_000_000)", limits=Limits(120, memory_mb=150))
    assert (one.killed, one.exit_code) == ("memory", None)
    many = python(
        "import os, time\nfor _ in range(4): os.fork()\nx = b'x' * 40_000_000\ntime.sleep(200)",
        limits=Limits(120, memory_mb=200),
    )
    assert many.killed == "memory"
    by_a_thread = python(
        """
        import subprocess, sys, threading
        grow = [sys.executable, "-c", "x = b'x' * 300_000_000; import time; time.sleep(200)"]
        threading.Thread(target=subprocess.run, args=[grow]).start()
        """,
        limits=Limits(120, memory_mb=200),
    )
    assert by_a_thread.killed == "memory"


def test_the_disk_is_small_and_private():
    outcome = sandbox.run(
        [
            "sh",
            "-c",
            "for d in . /tmp /dev/shm; do dd if=/dev/zero of=$d/f bs=1M count=50 2>/dev/null; wc -c < $d/f; done",
        ],
        limits=Limits(disk_mb=8),
    )
    assert all(int(size) <= 8 << 20 for size in outcome.stdout.split()) and len(outcome.stdout.split()) == 3


def test_endless_output_is_cut_off():
    outcome = sandbox.run(["sh", "-c", "while :; do echo 0123456789; done"], limits=Limits(output_bytes=50_000))
    assert outcome.killed == "output" and len(outcome.stdout) == 50_000
    both = python("import sys\nwhile True: sys.stderr.write('e' * 999)", limits=Limits(output_bytes=10_000))
    assert both.killed == "output" and len(both.stdout) + len(both.stderr) <= 10_000


def test_endless_loop_ends_in_time():
    outcome = python("while True: pass", limits=Limits(seconds=0.7))
    assert outcome.timed_out and outcome.killed == "time" and outcome.exit_code is None
    assert outcome.seconds >= 0.7


def test_a_daemon_does_not_survive_the_call():
    mark = f"77{os.getpid()}"
    outcome = python(f"""
        import os
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for descriptor in (0, 1, 2): os.close(descriptor)
                os.execvp("sleep", ["sleep", "{mark}"])
            os._exit(0)
        """)
    assert outcome.exit_code == 0 and not outcome.timed_out
    assert not _running(f"sleep {mark}")


def test_a_killed_caller_leaves_nothing_behind():
    mark = f"88{os.getpid()}"
    code = f"from seccoder import sandbox; sandbox.run(['sleep', '{mark}'], limits=sandbox.Limits(seconds=600))"
    caller = subprocess.Popen([sys.executable, "-c", code])
    for _ in range(200):
        if _running(f"sleep {mark}"):
            break
        time.sleep(0.05)
    assert _running(f"sleep {mark}")
    caller.kill()
    caller.wait()
    for _ in range(100):
        if not _running(f"sleep {mark}"):
            break
        time.sleep(0.05)
    assert not _running(f"sleep {mark}")


def _running(command):
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().replace(b"\0", b" ").strip() == command.encode():
                return True
        except OSError:
            continue
    return False


# --- kept files -----------------------------------------------------------------------------------------------------


def test_kept_files_are_plain_files_and_links_are_not_followed(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("outside")
    script = f"""
        mkdir -p real; printf %s plain > real/a.txt; printf '\\000\\377' > raw
        ln -s {outside} link; ln -s /etc/passwd link2; mkdir folder; mkfifo pipe; ln -s real linked
        """
    names = ["real/a.txt", "raw", "link", "link2", "folder", "pipe", "linked/../raw2", "it's", "absent"]
    outcome = sandbox.run(["sh", "-c", script], keep=[n for n in names if ".." not in n])
    assert outcome.files == {"real/a.txt": b"plain", "raw": b"\0\xff"}


def test_kept_names_are_no_shell_code():
    outcome = sandbox.run(["sh", "-c", 'echo x > "it\'s; touch hacked"'], keep=["it's; touch hacked", "hacked", "-rf"])
    assert outcome.files == {"it's; touch hacked": b"x\n"}


def test_a_forged_report_brings_only_what_was_asked_for():
    outcome = python(
        """
        import glob, io, os, tarfile
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for name in ("../../evil", "/etc/evil", "wanted"):
                info = tarfile.TarInfo(name); info.size = 4
                archive.addfile(info, io.BytesIO(b"fake"))
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, buffer.getvalue())
            except OSError:
                pass
        """,
        keep=["wanted"],
    )
    assert set(outcome.files) <= {"wanted"}


def test_binary_output_and_input_come_through():
    data = bytes(range(256)) * 10
    outcome = sandbox.run(["cat"], stdin=data)
    assert outcome.stdout == data
    assert sandbox.run(["sh", "-c", "cat f >&2"], files={"f": data}).stderr == data


def test_input_cannot_be_overwritten_through_its_descriptor():
    outcome = python(
        """
        import os
        for descriptor in range(0, 12):
            try:
                stream = os.open(f"/proc/self/fd/{descriptor}", os.O_RDWR)
                if "memfd" in os.readlink(f"/proc/self/fd/{descriptor}"):
                    os.write(stream, b"x" * 100)
                    print("wrote", descriptor)
            except OSError:
                pass
        """,
        stdin=b"input",
    )
    assert outcome.stdout == b""


# --- where it cannot start ------------------------------------------------------------------------------------------


def test_without_bubblewrap_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="apt-get install bubblewrap") as caught:
        sandbox.run(["true"])
    assert "\n" not in str(caught.value)


def test_a_bubblewrap_that_cannot_start_is_an_error_and_not_a_result(monkeypatch, tmp_path):
    stub = tmp_path / "bwrap"
    stub.write_text("#!/bin/sh\necho 'bwrap: no permissions to create new namespace' >&2\nexit 1\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SandboxError, match="no permissions to create new namespace"):
        sandbox.run(["true"])


def test_an_unknown_kind_of_sandbox_is_refused(monkeypatch):
    monkeypatch.setenv("SECCODER_SANDBOX", "none")
    with pytest.raises(UsageError, match="bwrap, docker or podman"):
        sandbox.run(["true"])


def test_the_command_line_of_a_container_engine(tmp_path):
    command = engine_command(
        "podman",
        image="",
        name="n",
        folder=tmp_path,
        env={"A": "1"},
        folders=["/srv"],
        shown={"name": tmp_path / "file"},
        disk_mb=8,
        memory_mb=100,
        pids=9,
    )
    text = " ".join(command)
    for part in (
        "--network none",
        "--read-only",
        "--cap-drop ALL",
        "--security-opt no-new-privileges",
        "--pids-limit 9",
    ):
        assert part in text
    for part in (
        "--memory 100m --memory-swap 100m",
        "--user 65534:65534",
        "--env A=1",
        "size=8m",
        f"{tmp_path}:/in:ro",
        f"{tmp_path}/file:/shown/name:ro",
    ):
        assert part in text
    assert all(volume.endswith(":ro") for flag, volume in itertools.pairwise(command) if flag == "--volume")
    own = engine_command(
        "docker",
        image="mine:1",
        name="n",
        folder=tmp_path,
        env={},
        folders=[],
        shown={},
        disk_mb=8,
        memory_mb=100,
        pids=9,
    )
    assert own[-1] == "mine:1" and "/usr:/usr:ro" not in own


def test_a_container_engine_gets_the_command_and_its_report_is_read(monkeypatch, tmp_path):
    stub = tmp_path / "docker"
    stub.write_text(
        textwrap.dedent(f"""\
        #!{sys.executable}
        # stands in for an engine: runs the launcher on this machine, with /in where the volume says
        import os, subprocess, sys
        arguments = sys.argv[1:]
        if arguments[0] != "run":
            sys.exit(0)
        folder = next(a[:-7] for a in arguments if a.endswith(":/in:ro"))
        inner = [a.replace("/in/", folder + "/") for a in arguments[arguments.index("/bin/sh"):]]
        os.makedirs({str(tmp_path / "work")!r}, exist_ok=True)
        sys.exit(subprocess.run(inner, cwd={str(tmp_path / "work")!r}).returncode)
        """)
    )
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("SECCODER_SANDBOX", "docker")
    outcome = sandbox.run(
        ["sh", "-c", "cat in.txt; cat; echo out > kept; exit 3"], files={"in.txt": "a"}, stdin=b"b", keep=["kept"]
    )
    assert (outcome.exit_code, outcome.stdout, outcome.files) == (3, b"ab", {"kept": b"out\n"})


def test_an_engine_that_fails_is_an_error_and_not_a_result(monkeypatch, tmp_path):
    stub = tmp_path / "podman"
    stub.write_text("#!/bin/sh\necho 'Error: cannot connect to engine' >&2\nexit 125\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("SECCODER_SANDBOX", "podman")
    with pytest.raises(SandboxError, match="cannot connect to engine"):
        sandbox.run(["true"])


# --- a dialogue ------------------------------------------------------------------------------------------------------

COUNTS = """
import sys
number = 0
while True:
    print(number, flush=True)
    said = sys.stdin.readline().strip()
    if said == "end":
        break
    number = int(said)
print("over")
"""


def test_a_dialogue_answers_whole_lines():
    heard = []

    def answer(line):
        heard.append(line)
        return b"" if line == b"over" else b"end\n" if line == b"4" else b"%d\n" % (int(line) + 2)

    outcome = sandbox.run(["python3", "-c", COUNTS], dialogue=answer)
    assert heard == [b"0", b"2", b"4", b"over"]
    assert (outcome.exit_code, outcome.stdout) == (0, b"0\n2\n4\nover\n")


def test_a_long_answer_waits_for_the_box_to_read():
    code = "import sys; print('go', flush=True); print(len(sys.stdin.readline()))"
    outcome = sandbox.run(
        ["python3", "-c", code], dialogue=lambda line: b"x" * 3_000_000 + b"\n" if line == b"go" else b""
    )
    assert outcome.stdout == b"go\n3000001\n"


def test_limits_hold_in_a_dialogue():
    loud = "import sys\nwhile True: print('x' * 1000, flush=True)"
    outcome = sandbox.run(["python3", "-c", loud], dialogue=lambda _: b"more\n", limits=Limits(output_bytes=100_000))
    assert outcome.killed == "output"
    silent = sandbox.run(["sleep", "60"], dialogue=lambda _: b"", limits=Limits(seconds=0.5))
    assert silent.timed_out
