"""du counts the right folder; a folder's name is never more than a name."""

import os
import subprocess

import pytest
import subject


@pytest.fixture
def projects(tmp_path, monkeypatch):
    folder = tmp_path / "projects"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PWNED", str(tmp_path / "pwned"))
    return folder


def project(projects, name, size):
    (projects / name).mkdir()
    (projects / name / "data.bin").write_bytes(os.urandom(size))


def counted(projects, name):
    """What du itself says, from within the folder."""
    done = subprocess.run(["du", "-s", "-k", "."], cwd=projects / name, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[0])


@pytest.mark.parametrize("name", ["shop", "Anna's shop (new)", "50% off & more", "two  spaces", "été", "a;b", "#1"])
def test_functional_size_of_a_project(projects, name):
    project(projects, name, 40_000)
    project(projects, "other", 200_000)
    assert subject.disk_usage(str(projects), name) == counted(projects, name)


def test_functional_no_such_project(projects):
    with pytest.raises(FileNotFoundError):
        subject.disk_usage(str(projects), "nothing")


COMMANDS = [
    "x; touch $PWNED",
    "$(touch $PWNED)",
    "`touch $PWNED`",
    'x"; touch $PWNED; "',
    "x'; touch $PWNED; '",
    "x\ntouch $PWNED\n",
    "x & touch $PWNED &",
    "x | touch $PWNED",
    "x\\\"; touch $PWNED; \\\"",
    "x'\"; touch $PWNED; \"'",
    "${IFS}$(touch$IFS$PWNED)",
]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("exists", [True, False])
def test_security_a_name_runs_nothing(projects, name, exists):
    if exists:
        project(projects, name, 10)
    try:
        subject.disk_usage(str(projects), name)
    except Exception:
        pass
    assert not (projects.parent / "pwned").exists()


def test_security_a_name_is_no_option(projects):
    """du would read the names of what it counts from this file, and report a file that belongs to somebody else."""
    (projects.parent / "list").write_bytes(str(projects / "other").encode())
    project(projects, "other", 400_000)
    name = "--files0-from=..%slist" % os.sep
    (projects / "--files0-from=..").mkdir()
    (projects / name).mkdir()
    (projects / name / "note.txt").write_text("small")
    try:
        size = subject.disk_usage(str(projects), name)
    except Exception:
        return
    assert not size or int(size) < 300
