"""However often something is there that is no serial port, the logger can still open its sensor afterwards."""

import pytest

DRIVER = r"""
#define _GNU_SOURCE
#include "subject.c"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As a device does that was unplugged in the middle. */
int __real_tcsetattr(int, int, const struct termios *);
int __wrap_tcsetattr(int port, int when, const struct termios *settings) {
    return getenv("UNPLUGGED") ? (errno = EIO, -1) : __real_tcsetattr(port, when, settings);
}

static int descriptors(void) {
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

int main(int argc, char **argv) {
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
        return 9;
    const char *device = strcmp(argv[1], "sensor") == 0 ? ptsname(master) : argv[1];
    int before = descriptors(), port = -1;
    for (int i = atoi(argv[2]); i > 0; i--) {
        port = open_serial(device);
        if (port >= 0 && i > 1)
            close(port);
    }
    printf("%s, %d more\n", port >= 0 ? "open" : "none", descriptors() - before);
    if (argc > 3) { /* and then the sensor is plugged in */
        unsetenv("UNPLUGGED");
        port = open_serial(ptsname(master));
    }
    if (port >= 0) {
        struct termios settings;
        char read_back[16];
        tcgetattr(port, &settings);
        write(master, "21.5\r\n", 6);
        printf("%d %d %d ", cfgetospeed(&settings) == B9600, settings.c_cc[VMIN], settings.c_cc[VTIME]);
        ssize_t got = read(port, read_back, sizeof read_back);
        printf("%zd %d\n", got, got == 6 && memcmp(read_back, "21.5\r\n", 6) == 0);
    }
}
"""
READS = "1 0 10 6 1"


@pytest.fixture(scope="module")
def logger(build):
    program = build(DRIVER, "-Wl,--wrap=tcsetattr", "-Wno-unused-result")

    def logger(device, times=1, *then, **env):
        ran = program(device, str(times), *then, env=env)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode().splitlines()

    return logger


def test_functional_sensor_is_read(logger):
    assert logger("sensor") == ["open, 1 more", READS]


def test_functional_no_device(logger):
    assert logger("/dev/nothing-here") == ["none, 0 more"]


def test_functional_no_serial_port(logger):
    assert logger("/dev/null")[0].startswith("none")
    assert logger("sensor", UNPLUGGED="1")[0].startswith("none")


def test_functional_opened_and_closed_again_and_again(logger):
    assert logger("sensor", 2000) == ["open, 1 more", READS]


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_security_nothing_is_lost_without_a_port(logger, device):
    assert logger(device, 50) == ["none, 0 more"]


def test_security_nothing_is_lost_when_unplugged(logger):
    assert logger("sensor", 50, UNPLUGGED="1") == ["none, 0 more"]


def test_security_sensor_comes_back_after_hours(logger):
    assert logger("/dev/null", 3000, "sensor") == ["none, 0 more", READS]
