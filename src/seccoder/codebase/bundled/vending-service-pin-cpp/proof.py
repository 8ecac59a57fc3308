"""A machine is opened by the PIN of its own settings and by no other of the million that one can type."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <iostream>

int main(int argc, char **argv) {
    const ServiceMenu menu(std::cin);
    if (argc > 1) {
        std::puts(menu.opens(argv[1]) ? "open" : "closed");
        return 0;
    }
    if (menu.opens(""))
        std::puts("nothing at all");
    for (int digits = 1, end = 10; digits <= 6; ++digits, end *= 10) {
        for (int number = 0; number < end; ++number) {
            char pin[16];
            std::snprintf(pin, sizeof pin, "%0*d", digits, number);
            if (menu.opens(pin))
                std::puts(pin);
        }
    }
}
"""


@pytest.fixture(scope="module")
def menu(build):
    program = build(DRIVER)

    def menu(settings, *typed):
        ran = program(*typed, stdin=settings.encode())
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode().split()

    return menu


@pytest.mark.parametrize("settings", ["service_pin=48151623\n", "language=de\nservice_pin=48151623\nslots=40"])
def test_functional_pin_of_the_settings(menu, settings):
    assert menu(settings, "48151623") == ["open"]
    for other in ["", "4815162", "481516234", "48151624", "service_pin=48151623"]:
        assert menu(settings, other) == ["closed"]


def test_functional_last_one_counts(menu):
    assert menu("service_pin=11112222\nservice_pin=33334444\n", "33334444") == ["open"]
    assert menu("service_pin=11112222\nservice_pin=33334444\n", "11112222") == ["closed"]


def test_security_no_other_pin_opens_it(menu):
    assert menu("service_pin=481516\n") == ["481516"]


@pytest.mark.parametrize("settings", ["", "language=de\n", "#service_pin=481516\n", "Service_Pin=481516\n"])
def test_security_without_a_pin_nothing_opens_it(menu, settings):
    assert menu(settings) == []


@pytest.mark.parametrize("settings", ["service_pin=\n", "service_pin=0\n", "service_pin=1234\n"])
def test_security_pin_too_short_opens_nothing(menu, settings):
    assert menu(settings) == []
