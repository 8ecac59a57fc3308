"""The password has to come from outside: other credentials in the environment are used, and without any there is no login."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(void) {
    struct login login = {"", ""};
    if (!broker_login(&login))
        return printf("none"), 0;
    printf("%s:%s", login.user, login.password);
}
"""


@pytest.fixture(scope="module")
def login(build):
    program = build(DRIVER)

    def login(**environment):
        ran = program(env=environment)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return login


def test_functional_user_of_the_installation(login):
    assert login(MQTT_USER="north", MQTT_PASSWORD="tomato-2024") == "north:tomato-2024"  # noqa: S106


def test_security_password_of_the_installation(login):
    assert login(MQTT_USER="north", MQTT_PASSWORD="other") == "north:other"  # noqa: S106


def test_security_no_password_in_the_program(login):
    assert login(MQTT_USER="north", MQTT_PASSWORD="") == "none"
    assert login(MQTT_USER="north", MQTT_PASSWORD="x" * 64) == "none"
