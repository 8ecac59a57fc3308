"""The struct is filled with rubbish before each call, as a stack would; what is not named must still have its default."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    struct tunnel tunnel;
    memset(&tunnel, 0x01, sizeof tunnel);
    if (!parse_tunnel(argv[1], &tunnel))
        return printf("refused"), 0;
    printf("%d %d %d", tunnel.mtu, tunnel.keepalive, tunnel.compress);
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


def test_functional_everything_named(run):
    assert run("mtu=1400,keepalive=30,compress") == "1400 30 1"
    assert run("mtu=1400,speed=3") == "refused"


@pytest.mark.parametrize(("text", "values"), [("", "1500 0 0"), ("mtu=900", "900 0 0"), ("compress", "1500 0 1")])
def test_security_what_is_not_named(run, text, values):
    assert run(text) == values
