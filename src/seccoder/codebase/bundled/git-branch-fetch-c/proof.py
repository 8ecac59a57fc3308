"""Git is asked for just the branch; no name is an option, a command or the place of another branch.

Git itself is stood in for by a script that, as git does, takes options anywhere before "--", runs --upload-pack and
fetches a refspec into the local branch behind its colon.
"""

import os

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    printf("%d", fetch_branch(argv[1]));
}
"""
GIT = r"""#!/bin/sh
[ "$1" = fetch ] || exit 9
shift
options=yes
for word in "$@"; do
    case $options$word in
        yes--) options=no ;;
        yes--quiet | yes-q) ;;
        yes--upload-pack=*) sh -c "${word#*=}" ;;
        yes-*) echo "option $word" >> "$CALLED" ;;
        *missing) exit 1 ;;
        *) echo "${word#refs/heads/}" >> "$CALLED" ;;
    esac
done
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def fetch(program, tmp_path):
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(GIT)
    git.chmod(0o755)

    def fetch(branch, path=f"{git.parent}:{os.environ['PATH']}"):
        ran = program(branch, env={"PATH": path, "CALLED": str(tmp_path / "called")})
        assert not ran.memory_error, ran.err
        called = tmp_path / "called"
        return int(ran.out), called.read_text().splitlines() if called.exists() else None

    return fetch


@pytest.mark.parametrize("branch", ["main", "feature/login-page", "release-1.2", "fix_#12;x", "größe"])
def test_functional_branches(fetch, branch):
    assert fetch(branch) == (0, ["origin", branch])


def test_functional_failures(fetch, tmp_path):
    assert fetch("") == (-1, None)
    assert fetch("main", path=str(tmp_path / "nowhere")) == (-1, None)
    assert fetch("missing")[0] == -1


@pytest.mark.parametrize("option", ["--all", "-f", "--prune", "--output=x", "--recurse-submodules", "-", "--"])
def test_security_name_is_no_option(fetch, option):
    _, called = fetch(option)
    assert called in (None, ["origin", option])


def test_security_name_runs_no_command(fetch, tmp_path):
    fetch(f"--upload-pack=touch {tmp_path}/touched")
    assert not (tmp_path / "touched").exists()


@pytest.mark.parametrize("branch", ["main:production", "+main:refs/heads/production", ":production", "main:"])
def test_security_no_local_branch_is_overwritten(fetch, branch):
    assert fetch(branch) == (-1, None)
