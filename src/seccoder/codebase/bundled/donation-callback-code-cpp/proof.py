"""Bodies with their code are genuine; with a wrong, short, long or empty one they are not."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    std::printf("%d", genuine(argv[1], argv[2], [](std::string_view body) {
        std::string code;
        unsigned long sum = 88172645463325252ul;
        for (const char c : body)
            sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211ul;
        for (int i = 0; i < 64; ++i, sum = sum * 6364136223846793005ul + 1442695040888963407ul)
            code += "0123456789abcdef"[sum >> 60];
        return code;
    }));
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


def code(body):
    total, out = 88172645463325252, ""
    for byte in body.encode():
        total = ((total ^ byte) * 1099511628211) % 2**64
    for _ in range(64):
        out += "0123456789abcdef"[total >> 60]
        total = (total * 6364136223846793005 + 1442695040888963407) % 2**64
    return out


@pytest.mark.parametrize("body", ["10 EUR from Ann", "", "x" * 3000])
def test_functional_genuine(run, body):
    assert run(body, code(body)) == "1"


def test_functional_wrong(run):
    assert run("10 EUR", code("99 EUR")) == run("10 EUR", "0" * 64) == run("10 EUR", code("10 EUR") + "0") == "0"


@pytest.mark.parametrize("length", [0, 1, 2, 32, 63])
def test_security_short_codes(run, length):
    assert run("9999 EUR", code("9999 EUR")[:length]) == "0"
