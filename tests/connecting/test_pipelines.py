"""`seccoder connect pre-commit|github|gitlab`: what is written can be read, and its commands do what they should."""

import re
import shlex
import subprocess

import pytest
import yaml

from conftest import REPOSITORY, need_tool
from seccoder.cli import COMMANDS, run
from seccoder.cli.check import command as check
from seccoder.connecting.pipelines import PIPELINES

UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'


@pytest.mark.parametrize("host", PIPELINES)
def test_every_file_is_yaml_and_its_commands_are_ours(host):
    for text in PIPELINES[host]().values():
        assert yaml.safe_load(text)
        told = re.findall(r"seccoder (?=check|doctor)[^>\n]*", text)
        assert told
        for line in told:
            _, name, *arguments = shlex.split(line)
            assert name in COMMANDS
            if name == "check":
                check.make_context("check", [argument for argument in arguments if argument != "."] + ["."])


def test_what_a_stranger_may_choose_is_no_part_of_a_command():
    for text in PIPELINES["github"]().values():
        for step in yaml.safe_load(text)["jobs"]["check"]["steps"]:
            assert "${{" not in step.get("run", "")


def test_results_are_kept_between_runs():
    (github,), (gitlab,) = (PIPELINES[host]().values() for host in ("github", "gitlab"))
    steps = yaml.safe_load(github)["jobs"]["check"]["steps"]
    assert ["~/.cache/seccoder/checks"] == [s["with"]["path"] for s in steps if "actions/cache@" in s.get("uses", "")]
    assert ".seccoder-cache/checks" in yaml.safe_load(gitlab)["seccoder"]["cache"]["paths"]


def test_a_file_is_written_once_and_nobodys_own_is_touched(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["connect", "github", "--print"]) == 0
    assert list(tmp_path.iterdir()) == []
    assert yaml.safe_load(capsys.readouterr().out)
    assert [run(["connect", "github"]) for _ in range(2)] == [0, 0]
    assert "connected already" in capsys.readouterr().err
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    assert run(["connect", "pre-commit"]) == 2
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"


@pytest.mark.tool
def test_the_job_of_gitlab_checks_what_a_branch_changed(tmp_path, monkeypatch):
    """The script runs here as it stands, on a clone as a runner has it, with a stand-in for the command's name."""
    need_tool("git")
    (text,) = PIPELINES["gitlab"]().values()
    (script,) = yaml.safe_load(text)["seccoder"]["script"]
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(tmp_path / "origin")]
    (tmp_path / "origin").mkdir()
    for arguments in (["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "one"]):
        subprocess.run([*git, *arguments], check=True)
    subprocess.run(["git", "clone", "-q", str(tmp_path / "origin"), str(tmp_path / "clone")], check=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "seccoder").write_text('#!/bin/sh\necho "$@"\ngit rev-parse "$3"\nexit 1\n')
    (tmp_path / "bin" / "seccoder").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin", prepend=":")
    monkeypatch.setenv("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")
    done = subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path / "clone", check=False)
    assert done.returncode == 1
    told = (tmp_path / "clone" / "seccoder.sarif").read_text().splitlines()
    assert told[0] == "check --diff FETCH_HEAD --format sarif" and len(told[1]) == 40


def test_the_container_file_is_pinned_and_has_what_the_pipelines_install():
    text = (REPOSITORY / "examples" / "Containerfile").read_text()
    assert re.search(r"^FROM \S+:\S*\d{8}\S*$", text, re.MULTILINE)
    (github,) = PIPELINES["github"]().values()
    tools = re.search(r"install -y -qq (.*)", github)[1].split()
    assert set(tools) <= set(re.findall(r"[\w.+-]+", text))
