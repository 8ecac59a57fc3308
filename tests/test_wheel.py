"""The wheel, built from this repository and installed in a clean environment elsewhere, does the main job."""

import json
import os
import subprocess
import sys

import pytest

from conftest import REPOSITORY, missing, need_tool

pytestmark = pytest.mark.tool


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """`seccoder` of a fresh virtual environment that holds the wheel with the embedded extra, and nothing of ours."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, REPOSITORY],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    (wheel,) = folder.glob("seccoder-*.whl")
    # Without a pip of its own: installing that takes longer than what is tested here.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True, timeout=120)
    pip = [sys.executable, "-m", "pip", "--python", folder / "venv" / "bin" / "python"]
    install = [*pip, "install", "--quiet", "--constraint", REPOSITORY / "constraints.txt", f"{wheel}[embedded]"]
    done = subprocess.run(install, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        missing(f"a package index ({done.stderr.strip().splitlines()[-1][:200]})")
    return folder / "venv" / "bin" / "seccoder"


@pytest.fixture
def run(installed, tmp_path):
    def command(*arguments, code=0, **env):
        done = subprocess.run(
            [installed, *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=600,
            env={**os.environ, **env},
        )
        assert done.returncode == code, done.stderr
        return done

    return command


def test_it_carries_the_demonstrations(run):
    listed = json.loads(run("codebase", "list", "--json").stdout)["demonstrations"]
    folders = [path for path in (REPOSITORY / "src/seccoder/codebase/bundled").iterdir() if path.is_dir()]
    assert len(listed) == len(folders)
    assert all(demonstration["proof"]["test"] for demonstration in listed)


def test_retrieve(run):
    hits = json.loads(
        run("retrieve", "--task", "find customers by name with JDBC", "--language", "java", "--json").stdout
    )["hits"]
    assert hits[0]["language"] == "java"
    assert "CWE-89" in hits[0]["cwes"]


def test_check_runs_code_in_its_own_environment(run, tmp_path):
    need_tool("bwrap")
    (tmp_path / "page.py").write_text(
        "from flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.route('/')\ndef page():\n"
        "    return '<p>' + request.args.get('name', '') + '</p>'\n"
    )
    done = run("check", "page.py", "--cwe", "79", "--json", code=1)
    (file,) = json.loads(done.stdout)["files"]
    assert (file["verdict"], file["evidence"]) == ("VULNERABLE", "executed")


@pytest.mark.parametrize(
    ("name", "verdict"), [("basename_script.py", "SECURE"), ("startswith_no_separator.py", "VULNERABLE")]
)
def test_its_environment_is_not_among_the_files_that_code_may_change(run, tmp_path, name, verdict):
    """It lies below /tmp, which is watched: its thousands of files once made checks slow, and sound code inert."""
    need_tool("bwrap")
    (tmp_path / name).write_text((REPOSITORY / "tests/labelled/cwe-022" / name).read_text())
    done = run("check", name, "--cwe", "22", "--json", code=int(verdict == "VULNERABLE"))
    assert [file["verdict"] for file in json.loads(done.stdout)["files"]] == [verdict]


DEMO = """
import sys
from seccoder.cli import demo, run
from seccoder.evaluation import demo as tasks

demo.SAMPLES = 1
tasks.TASKS = tasks.TASKS[1::3]  # one in Python, one in C
sys.exit(run(["demo", "--json"]))
"""


@pytest.mark.timeout(900)  # four completions of a real model: minutes on a busy machine
def test_demo(installed, tmp_path, real_cache):
    need_tool("bwrap")
    need_tool("gcc")
    if not list((real_cache / "models").glob("SmolLM2*")):
        missing("a model for the demo (seccoder data pull smollm2)")
    command = [installed.with_name("python"), "-c", DEMO]
    env = {**os.environ, "SECCODER_CACHE": str(real_cache), "SECCODER_THREADS": "1"}  # the other core has a test too
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=800, env=env)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["rows"]) == 2
    for row in told["rows"]:
        assert len(row["without"]["completions"]) == len(row["with"]["completions"]) == 1
        assert row["without"]["demonstrations"] == []


def test_without_the_model_demo_says_how_to_get_it(run):
    done = run("demo", code=3)
    assert "seccoder data pull qwen2.5-coder-0.5b" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
