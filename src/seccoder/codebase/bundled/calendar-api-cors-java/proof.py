"""Our sites get the headers; names that only contain, begin or end like ours do not."""

import pytest

DRIVER = r"""
public class Driver {
    public static void main(String[] arguments) {
        for (String origin : arguments) {
            System.out.println(Cors.headers(origin.isEmpty() ? null : origin).get("Access-Control-Allow-Origin"));
        }
    }
}
"""


@pytest.fixture(scope="module")
def run(java):
    program = java(DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert ran.code == 0, ran.err
        return ran.out.decode()

    return run


def test_functional_our_sites(run):
    sites = ["https://calendar.example", "https://team.calendar.example", "https://a.b.calendar.example"]
    assert run(*sites).split() == sites
    assert run("", "http://calendar.example", "https://other.example").split() == ["null"] * 3


ATTACKS = [
    "https://evilcalendar.example",
    "https://calendar.example.evil.example",
    "https://evil.example/calendar.example",
    "https://calendar.example:8443",
    "https://calendar.example@evil.example",
    "https://evil.example?.calendar.example",
]


@pytest.mark.parametrize("origin", ATTACKS)
def test_security_names_like_ours(run, origin):
    assert run(origin).split() == ["null"]
