"""The directory is the agent's alone, whatever the umask is and whoever made it before."""

import stat

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

static uid_t pretended;
uid_t __real_geteuid(void);
uid_t __wrap_geteuid(void) { return __real_geteuid() + pretended; }
uid_t __wrap_getuid(void) { return __real_geteuid() + pretended; }

int main(int argc, char **argv) {
    umask((mode_t)strtoul(argv[2], NULL, 8));
    pretended = (uid_t)atoi(argv[3]);
    int directory = open_runtime_dir(argv[1]);
    struct stat opened, named;
    if (directory < 0)
        return printf("refused"), 0;
    if (fstat(directory, &opened) != 0 || stat(argv[1], &named) != 0 || opened.st_ino != named.st_ino)
        return printf("another directory"), 0;
    printf("open");
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER, "-Wl,--wrap=geteuid,--wrap=getuid")


@pytest.fixture
def opened(program, tmp_path):
    def opened(path=tmp_path / "agent-1000", umask="077", other_user=0):
        ran = program(str(path), umask, str(other_user))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return opened


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_functional_made_and_found_again(opened, tmp_path):
    assert opened() == "open"
    assert mode(tmp_path / "agent-1000") == 0o700
    assert opened() == "open"


def test_functional_impossible(opened, tmp_path):
    assert opened(tmp_path / "nowhere" / "agent") == "refused"
    (tmp_path / "file").write_text("")
    assert opened(tmp_path / "file") == "refused"


@pytest.mark.parametrize("umask", ["022", "002", "000"])
def test_security_closed_under_any_umask(opened, tmp_path, umask):
    assert opened(umask=umask) == "open"
    assert mode(tmp_path / "agent-1000") & 0o077 == 0


@pytest.mark.parametrize("access", [0o777, 0o770, 0o755, 0o701, 0o1777])
def test_security_found_open_to_others(opened, tmp_path, access):
    (tmp_path / "agent-1000").mkdir()
    (tmp_path / "agent-1000").chmod(access)
    assert opened() == "refused"


def test_security_found_as_a_link(opened, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "agent-1000").symlink_to("elsewhere")
    assert opened() == "refused"


def test_security_found_as_somebody_elses(opened, tmp_path):
    (tmp_path / "agent-1000").mkdir(mode=0o700)
    assert opened(other_user=1) == "refused"
