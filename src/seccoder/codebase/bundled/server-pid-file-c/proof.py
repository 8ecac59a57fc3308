"""The stand-in for access lets another process win the race by creating the file, or a link to a precious one, right after it was asked."""

import pytest

DRIVER = r"""
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *rival = "";

static void rival_acts(const char *path) {
    if (!strcmp(rival, "file"))
        close(open(path, O_WRONLY | O_CREAT | O_EXCL, 0644));
    if (!strcmp(rival, "link") && symlink("precious", path) != 0)
        abort();
    rival = "";
}

static int raced_access(const char *path, int mode) {
    int said = access(path, mode);
    rival_acts(path);
    return said;
}

static int raced_open(const char *path, int flags, mode_t mode) {
    rival_acts(path);
    return open(path, flags, mode);
}
#define access raced_access
#define open raced_open
#include "subject.c"

int main(int argc, char **argv) {
    rival = argv[1];
    printf("%d", write_pid_file("server.pid"));
}
"""


@pytest.fixture
def start(build):
    from pathlib import Path

    Path("precious").write_text("precious")
    Path("server.pid").unlink(missing_ok=True)
    program = build(DRIVER)

    def start(rival=""):
        ran = program(rival)
        assert not ran.memory_error, ran.err
        return ran.out.decode(), Path("server.pid"), Path("precious").read_text()

    return start


def test_functional_first_and_second_start(start):
    said, file, _ = start()
    assert said == "1" and int(file.read_text()) > 0
    assert start()[0] == "0"


@pytest.mark.parametrize("rival", ["file", "link"])
def test_security_somebody_was_quicker(start, rival):
    said, _, precious = start(rival)
    assert (said, precious) == ("0", "precious")
