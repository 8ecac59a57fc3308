"""Targets that fit are returned; one that does not is refused instead of read beyond the array or cut."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    char *release = current_release(argv[1]);
    printf("%s", release != NULL ? release : "(none)");
    free(release);
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def release(program, tmp_path):
    def release(target):
        link = tmp_path / "current"
        link.unlink(missing_ok=True)
        if target is not None:
            link.symlink_to(target)
        ran = program(str(link))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return release


def test_functional_targets(release):
    assert release("releases/2024-11-05") == "2024-11-05"
    assert release("/srv/app/releases/2024-11-05") == "2024-11-05"
    assert release("2024-11-05") == "2024-11-05"


def test_functional_no_link(release):
    assert release(None) == "(none)"


@pytest.mark.parametrize("length", [200, 254, 255])
def test_functional_long_target_that_fits(release, length):
    assert release("r/" + "x" * (length - 2)) == "x" * (length - 2)


@pytest.mark.parametrize("length", [256, 257, 300, 4000])
def test_security_target_that_does_not_fit(release, length):
    assert release("r/" + "x" * (length - 2)) == "(none)"


def test_security_is_not_cut_to_another_release(release):
    assert release("d" * 250 + "/v1.10") == "(none)"
    assert release("d" * 245 + "/v1.10.123456") == "(none)"
