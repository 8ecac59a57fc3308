"""The attacker's best moments are played without a race: the name changes right before or right after open."""

import os

import pytest

DRIVER = r"""
#include <stdarg.h>
#include <stdio.h>
#include "subject.c"

static const char *before, *after, *target;

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...) {
    if (before != NULL && rename(before, target) != 0)
        _exit(9);
    int file = __real_open(path, flags, 0);
    if (after != NULL && rename(after, target) != 0)
        _exit(9);
    return file;
}

int main(int argc, char **argv) {
    char content[100];
    target = argv[1];
    before = argc > 3 && argv[2][0] == 'b' ? argv[3] : NULL;
    after = argc > 3 && argv[2][0] == 'a' ? argv[3] : NULL;
    int file = open_public(target);
    if (file < 0)
        return printf("refused"), 0;
    ssize_t size = read(file, content, sizeof content);
    printf("%.*s", size < 0 ? 0 : (int)size, content);
}
"""
BUILT = []


@pytest.fixture
def serve(build, tmp_path):
    if not BUILT:
        BUILT.append(build(DRIVER, "-Wl,--wrap=open"))
    for name, mode in [("page", 0o644), ("other-page", 0o604), ("private", 0o640)]:
        (tmp_path / name).write_text(name.upper())
        (tmp_path / name).chmod(mode)
    (tmp_path / "folder").mkdir(mode=0o755)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "pipe").chmod(0o644)
    (tmp_path / "link").symlink_to("private")

    def request(name, when="", other=""):
        swap = [when, str(tmp_path / other)] if when else []
        ran = BUILT[0](str(tmp_path / name), *swap)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode()

    return request


def test_functional_public_files(serve):
    assert serve("page") == "PAGE"
    assert serve("other-page") == "OTHER-PAGE"


@pytest.mark.parametrize("name", ["private", "link", "folder", "pipe", "missing"])
def test_functional_everything_else(serve, name):
    assert serve(name) == "refused"


def test_functional_replaced_by_another_public_file(serve):
    assert serve("page", "before", "other-page") == "OTHER-PAGE"


@pytest.mark.parametrize("other", ["private", "link", "pipe"])
def test_security_replaced_right_before_open(serve, other):
    assert serve("page", "before", other) == "refused"


@pytest.mark.parametrize("other", ["private", "link", "pipe"])
def test_security_replaced_right_after_open(serve, other):
    assert serve("page", "after", other) in {"PAGE", "refused"}


def test_security_private_file_replaced_right_after_open(serve):
    assert serve("private", "after", "page") == "refused"
