"""Messages appear as they were sent; percent signs in them are only percent signs."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv)
{
    (void)argc;
    struct message message = {12, 5, argv[1], argv[2]};
    int result = print_message(stdout, &message, argv[3][0] == 'b');
    fflush(stdout);
    fprintf(stderr, "result %d\n", result);
    return 0;
}
"""


@pytest.fixture(scope="module")
def show(build):
    program = build(DRIVER)
    return lambda nick, text, bold="-": program(nick, text, bold)


@pytest.mark.parametrize(("nick", "text"), [("ann", "Hello!"), ("", ""), ("zoé", "Größe: 5 €"), ("x" * 300, "long " * 800)])
def test_functional_lines(show, nick, text):
    ran = show(nick, text)
    assert ran.out.decode() == f"[12:05] <{nick}> {text}\n" and b"result 0" in ran.err and not ran.memory_error


def test_functional_bold(show):
    assert show("ann", "Hi", "b").out == b"[12:05] <\033[1mann\033[0m> Hi\n"


ATTACKS = ["%s%s%s%s%s%s%s%s", "%n", "%n%n%n%n%n%n", "%x.%x.%x.%x", "%p %p %p", "%08lx.%08lx", "%9999999d", "100%", "%%", "%hhn%hhn", "%7$s", "a%sb%nc"]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("bold", ["-", "b"])
def test_security_percent_signs(show, attack, bold):
    for nick, text in ((attack, "Hi"), ("ann", attack)):
        ran = show(nick, text, bold)
        assert not ran.memory_error, ran.err
        assert not ran.out or attack.encode() in ran.out, ran.out
