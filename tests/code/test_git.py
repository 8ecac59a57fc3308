"""git on a repository whose every setting is a trap: whatever is asked, nothing of the repository runs."""

import os
import subprocess

import pytest

from conftest import need_tool
from seccoder.code import git
from seccoder.errors import UsageError
from seccoder.expansion.sources.git import Repository
from seccoder.oracles import changes, files

pytestmark = pytest.mark.tool

PLAIN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
PLAIN |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
PLAIN |= {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
HOOKS = ("post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc", "post-checkout")
ASKED = (  # everything that is asked of git anywhere
    ["rev-parse", "--show-toplevel"],
    ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"],
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."],
    ["cat-file", "blob", ":a.py"],
    ["diff", "HEAD", "--unified=0"],
    ["diff", "HEAD", "--raw", "--no-abbrev", "-z", "--text", "--find-renames"],
    ["diff", "--cached"],
    ["status", "--porcelain"],
    ["log", "-1", "--format=%H"],
    ["log", "--patch", "--raw", "--format=%B"],
    ["rev-list", "--count", "HEAD"],
    ["merge-base", "--is-ancestor", "HEAD", "HEAD"],
    ["ls-tree", "-z", "HEAD"],
    ["config", "--local", "--no-includes", "--get", "remote.origin.url"],
)


def plain(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, env=PLAIN, capture_output=True, timeout=60)


@pytest.fixture
def hostile(tmp_path):
    """A repository with two commits and a changed file; what runs of it makes a file `ran-NAME` beside it."""
    need_tool("git")
    folder = tmp_path / "repository"
    folder.mkdir()
    plain(folder, "init", "-q", "-b", "main")
    for text in ("x = 1\n", "x = 2\n"):
        (folder / "a.py").write_text(text)
        (folder / "notes.txt").write_text(text)
        (folder / ".gitattributes").write_text("*.py filter=trap diff=trap\n")
        plain(folder, "add", "-A")
        assert plain(folder, "commit", "-q", "-m", text).returncode == 0
    for name in ("a.py", "notes.txt"):
        (folder / name).write_text("x = 3\n")
    hooks = folder / ".git" / "traps"
    hooks.mkdir()

    def trap(name):
        path = hooks / name
        path.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran-{name}'\nexec cat 2>/dev/null\n")
        path.chmod(0o755)
        return str(path)

    for name in HOOKS:
        trap(name)
    settings = {
        "core.alternateRefsCommand": trap("alternates"),
        "core.editor": trap("editor"),
        "core.fsmonitor": trap("fsmonitor"),
        "core.hooksPath": str(hooks),
        "core.pager": trap("pager"),
        "core.sshCommand": trap("ssh"),
        "credential.helper": trap("credential"),
        "diff.external": trap("external"),
        "diff.trap.command": trap("driver"),
        "diff.trap.textconv": trap("textconv"),
        "filter.trap.clean": trap("clean"),
        "filter.trap.required": "true",
        "filter.trap.smudge": trap("smudge"),
        "gpg.program": trap("gpg"),
        "log.showSignature": "true",
        "pager.log": trap("pager-log"),
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": trap("uploadpack"),
        "remote.origin.url": str(folder),
        **{f"alias.{words[0]}": f"!{trap('alias')}" for words in ASKED},
    }
    for name, value in settings.items():
        assert plain(folder, "config", name, value).returncode == 0
    return folder


def ran(hostile):
    return sorted(path.name for path in hostile.parent.glob("ran-*"))


def test_the_traps_work_where_git_is_started_as_it_is(hostile):
    plain(hostile, "status", "--porcelain")
    plain(hostile, "diff", "HEAD")
    plain(hostile, "-c", "diff.external=", "diff", "HEAD", "--textconv", "--no-ext-diff")
    assert {"ran-fsmonitor", "ran-clean", "ran-driver", "ran-external", "ran-textconv"} <= set(ran(hostile))


@pytest.mark.parametrize("users", [False, True])
@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_nothing_of_a_repository_runs(hostile, arguments, users):
    done = git.run(arguments, hostile, users=users)
    assert done.returncode == 0, done.stderr
    assert ran(hostile) == []


def test_a_filter_that_runs_as_a_process_does_not_run(hostile):
    trap = plain(hostile, "config", "filter.trap.clean").stdout.decode().strip()
    plain(hostile, "config", "filter.trap.process", trap)
    assert b"+x = 3" in git.run(["diff", "HEAD"], hostile).stdout
    assert ran(hostile) == []


def test_a_filter_that_another_file_configures_does_not_run(hostile):
    plain(hostile, "config", "--rename-section", "filter.trap", "filter.included")
    text = (hostile / ".git" / "config").read_text()
    (hostile / ".git" / "more").write_text(text[text.index('[filter "included"]') :].replace("included", "trap"))
    plain(hostile, "config", "include.path", "more")
    plain(hostile, "status")
    assert "ran-clean" in ran(hostile)
    (hostile.parent / "ran-clean").unlink()
    (hostile.parent / "ran-fsmonitor").unlink()
    git.run(["status", "--porcelain"], hostile)
    assert "ran-clean" not in ran(hostile) and "ran-fsmonitor" not in ran(hostile)


def test_a_filter_whose_name_cannot_be_given_to_git_is_refused(hostile):
    plain(hostile, "config", "filter.a=b.clean", "false")
    with pytest.raises(UsageError, match="hostile name"):
        git.run(["diff", "HEAD"], hostile)
    assert ran(hostile) == []


def test_nothing_runs_when_files_to_check_are_collected(hostile, monkeypatch):
    monkeypatch.chdir(hostile)
    assert [text.path for text in files.collect(["."])] == ["a.py"]
    (changed,) = changes.changed([], since="HEAD~1")
    assert (changed.text, changed.changed) == ("x = 3\n", {1})
    assert changes.changed([], since=None) == []
    assert ran(hostile) == []


def test_nothing_runs_when_a_history_is_read(hostile):
    with Repository(hostile) as repository:
        commits = list(repository.log())
        assert [commit.message for commit in commits] == ["x = 1", "x = 2"]
        (file,) = repository.files(commits[1])
        assert (repository.read(file.before), repository.read(file.after)) == ("x = 1\n", "x = 2\n")
        assert repository.licence() == "" and repository.count(None) == 2 and not repository.shallow()
    assert ran(hostile) == []


def test_git_that_takes_too_long_is_an_error(hostile):
    with pytest.raises(UsageError, match="took longer than"):
        git.run(["log"], hostile, seconds=0)


def test_what_the_user_ignores_everywhere_counts_only_where_it_is_asked_for(hostile, monkeypatch, tmp_path):
    (tmp_path / "git").mkdir()
    (tmp_path / "git" / "ignore").write_text("b.py\n")
    (hostile / "b.py").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    others = ["ls-files", "--others", "--exclude-standard"]
    assert git.run(others, hostile, users=True).stdout == b""
    assert git.run(others, hostile).stdout == b"b.py\n"
