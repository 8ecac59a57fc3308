"""The struct is made in memory full of a pattern, as on a used stack; what the text leaves out must have its usual value."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstring>
#include <new>

alignas(Window) static unsigned char memory[sizeof(Window)];

int main(int, char **argv) {
    std::memset(memory, 1, sizeof memory);
    Window *window = new (memory) Window;
    configure(*window, argv[1]);
    std::printf("%d %d %d %s", window->width, window->height, window->fullscreen, window->title.c_str());
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


def test_functional_everything_is_said(run):
    assert run("width 800\nheight 600\nfullscreen\ntitle Way in\n") == "800 600 1 Way in"


@pytest.mark.parametrize(
    ("settings", "window"),
    [("", "640 480 0 Kiosk"), ("width 800", "800 480 0 Kiosk"), ("height 10\ntitle Out\n", "640 10 0 Out")],
)
def test_security_usual_values(run, settings, window):
    assert run(settings) == window
