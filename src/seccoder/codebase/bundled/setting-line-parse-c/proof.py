"""Lines without a value are refused; none of them ends the program that reads the configuration."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) >= 0) {
        struct setting setting;
        char *copy = strdup(line);
        if (parse_setting(copy, &setting))
            printf("[%s:%s]", setting.key, setting.value);
        else
            printf("-");
        free(copy);
    }
    free(line);
}
"""
BUILT = []


@pytest.fixture
def settings(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def parse(file):
        ran = BUILT[0](stdin=file)
        assert not ran.memory_error, ran.err
        return ran.out

    return parse


def test_functional_settings(settings):
    assert settings(b"port=8080\nhost=example.org\n") == b"[port:8080][host:example.org]"
    assert settings(b"port=8080\r\n") == b"[port:8080]"


def test_functional_odd_values(settings):
    assert settings(b"empty=\nexpr=a=b=c\nlast=1") == b"[empty:][expr:a=b=c][last:1]"
    assert settings(b"=nameless\n") == b"-"


@pytest.mark.parametrize(
    "line", [b"\n", b"\r\n", b"verbose\n", b"# comment\n", b"port 8080", b"port\0=8080\n", b"port\r=80"]
)
def test_security_no_equals_sign(settings, line):
    assert settings(b"a=1\n" + line) == b"[a:1]-"


def test_security_lines_after_a_bad_one(settings):
    assert settings(b"verbose\n\nport=8080\n") == b"--[port:8080]"
