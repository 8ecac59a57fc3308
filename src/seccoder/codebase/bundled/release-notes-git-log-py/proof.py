"""A stand-in for git is first on PATH. It reads options as git log does: anywhere before `--end-of-options` or `--`."""

import pytest

import subject

GIT = r"""#!/bin/sh
[ "$1" = -C ] && { cd "$2" || exit 128; shift 2; }
[ "$1" = log ] || exit 1
shift
options=on range=
while [ $# -gt 0 ]; do
  word=$1; shift
  [ "$options$word" = on-- ] && break
  if [ $options = on ]; then
    case "$word" in
      --end-of-options) options=off; continue ;;
      --output=*) exec > "${word#--output=}"; continue ;;
      --all|--all..*) echo "secret branch"; continue ;;
      --format=*|--no-show-signature|--no-pager|-n*) continue ;;
      -O*) cat "${word#-O}"; continue ;;
      -*) echo "fatal: unrecognized argument" >&2; exit 128 ;;
    esac
  fi
  [ "$word" = -- ] && break
  range="$range$word"
done
case "$range" in
  v1..v3) printf 'Fix the tray\nAdd %% of "ink"\n' ;;
  v1..v1|"") ;;
  feature/a-b..v3) echo merged ;;
  *) echo "fatal: bad revision" >&2; exit 128 ;;
esac
"""


@pytest.fixture
def repository(tmp_path, monkeypatch):
    programs, repository = tmp_path / "bin", tmp_path / "repo"
    programs.mkdir()
    repository.mkdir()
    (programs / "git").write_text(GIT)
    (programs / "git").chmod(0o755)
    (repository / "key").write_text("secret\n")
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.chdir(tmp_path)
    return repository


def test_functional_subjects(repository):
    assert subject.commit_subjects(repository, "v1", "v3") == ["Fix the tray", 'Add % of "ink"']
    assert subject.commit_subjects(repository, "feature/a-b", "v3") == ["merged"]
    assert subject.commit_subjects(repository, "v1", "v1") == []


@pytest.mark.parametrize(("since", "until"), [("v1", "v9"), ("", "v1"), ("v1 v2", "v3"), ("v1", "v3 -n1")])
def test_functional_unknown_revisions(repository, since, until):
    with pytest.raises(ValueError):
        subject.commit_subjects(repository, since, until)


@pytest.mark.parametrize(
    "tag",
    ["--output=pwned", "--output=../pwned", "-Okey", "--all", "--output=.git/hooks/x", "-n1", "--end-of-options", "--"],
)
@pytest.mark.parametrize("until", ["", "v3", "/../../pwned"])
def test_security_a_tag_is_not_an_option(repository, tmp_path, tag, until):
    before = sorted(tmp_path.rglob("*"))
    try:
        lines = subject.commit_subjects(repository, tag, until)
    except ValueError:
        lines = []
    assert sorted(tmp_path.rglob("*")) == before
    assert lines == []


@pytest.mark.parametrize("tag", ["$(touch pwned)", "`touch pwned`", "v1;touch pwned", "v1\ntouch pwned"])
def test_security_no_shell(repository, tmp_path, tag):
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError):
        subject.commit_subjects(repository, tag, "v3")
    assert sorted(tmp_path.rglob("*")) == before
