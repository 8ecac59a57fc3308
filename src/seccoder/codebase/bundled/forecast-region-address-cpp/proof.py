"""Regions give addresses of their hosts; whatever else is typed gives none that leads to another host."""

from urllib.parse import urlsplit

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    std::fputs(forecast_address(argv[1]).value_or("none").c_str(), stdout);
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


@pytest.mark.parametrize("region", ["north-coast", "alps2", "x", "a" * 40])
def test_functional_regions(run, region):
    assert run(region) == f"https://{region}.forecast.example/v1/today"


def test_functional_none(run):
    assert run("") == run("a" * 41) == "none"


@pytest.mark.parametrize(
    "region",
    [
        "10.0.0.1/",
        "169.254.169.254#",
        "evil.example?",
        "evil.example:80/",
        "x@evil.example/",
        "a.b\\",
        "127.0.0.1:8080#",
    ],
)
def test_security_other_hosts(run, region):
    said = run(region)
    assert said == "none" or urlsplit(said).hostname == f"{region}.forecast.example"
