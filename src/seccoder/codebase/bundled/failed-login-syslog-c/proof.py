"""The log says literally what the user typed. syslog is replaced by a function that formats to stdout."""

import pytest

DRIVER = r"""
#include <stdarg.h>
#include "subject.c"

void __wrap_syslog(int priority, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("<%d>", priority);
    vprintf(format, arguments);
    va_end(arguments);
}

int main(int argc, char **argv) {
    report_failed_login(argv[1], argv[2], argc > 3);
}
"""
BUILT = []
ADDRESS = "203.0.113.9"


@pytest.fixture
def report(build):
    if not BUILT:
        BUILT.append(build(DRIVER, "-Wl,--wrap=syslog"))

    def report_user(user, *foreground):
        ran = BUILT[0](user, ADDRESS, *foreground)
        assert not ran.memory_error, ran.err
        return ran.out.decode(), ran.err.decode()

    return report_user


def message(user):
    return f"login failed for {user} from {ADDRESS}"


@pytest.mark.parametrize("user", ["mallory", "", "Ada Lovelace", "d\\n"])
def test_functional_message(report, user):
    assert report(user) == ("<36>" + message(user), "")


def test_functional_foreground(report):
    assert report("mallory", "-f") == ("<36>" + message("mallory"), message("mallory") + "\n")


def test_functional_long_name_is_cut(report):
    assert report("m" * 1000) == ("<36>" + message("m" * 1000)[:255], "")


@pytest.mark.parametrize("user", ["%s%s%s%s%s%s%s%s", "%n%n%n%n%n%n", "%x.%p.%lx", "100%", "%%", "%1000000d", "%*d"])
def test_security_directives_stay_text(report, user):
    assert report(user, "-f") == ("<36>" + message(user), message(user) + "\n")
