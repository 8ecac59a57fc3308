"""Extensions are found, and a name without one does no harm."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argc;
    const char *found = extension(argv[1]);
    printf("%s", found ? found : "");
    return 0;
}
"""


@pytest.fixture(scope="module")
def find(build):
    return build(DRIVER)


@pytest.mark.parametrize(("name", "found"), [("notes.txt", "txt"), ("a.tar.gz", "gz"), ("x.c", "c"), ("end.", "")])
def test_functional_extensions(find, name, found):
    assert find(name).out.decode() == found


@pytest.mark.parametrize("name", ["README", "", "Makefile"])
def test_security_names_without_a_dot(find, name):
    ran = find(name)
    assert not ran.memory_error and ran.code == 0
