"""Customers learn of their own mistakes; of anything else only the log tells what happened."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <ios>
#include <new>
#include <sstream>
#include <string_view>

int main(int, char **argv) {
    const std::string_view kind = argv[1];
    std::ostringstream log;
    std::pair<int, std::string> said;
    try {
        if (kind == "ticket") throw TicketError(argv[2]);
        if (kind == "runtime") throw std::runtime_error(argv[2]);
        if (kind == "logic") throw std::out_of_range(argv[2]);
        throw std::ios_base::failure(argv[2]);
    } catch (const std::exception &error) {
        said = answer(error, log);
    }
    std::printf("%d|%s|%s", said.first, said.second.c_str(), log.str().c_str());
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


def test_functional_mistakes_of_customers(run):
    assert run("ticket", "Zone C is not served at night") == "400|Zone C is not served at night|"


@pytest.mark.parametrize("kind", ["runtime", "logic", "failure"])
def test_functional_others_are_logged(run, kind):
    status, text, log = run(kind, "no route to 10.3.0.7").split("|")
    assert status == "500" and text.startswith("This did not work") and "10.3.0.7" in log


@pytest.mark.parametrize("kind", ["runtime", "logic", "failure"])
@pytest.mark.parametrize("detail", ["/srv/tickets/key.pem", "SELECT * FROM fares", "db-3.corp:5432"])
def test_security_details_stay_here(run, kind, detail):
    assert detail not in run(kind, f"failed: {detail}").split("|")[1]
