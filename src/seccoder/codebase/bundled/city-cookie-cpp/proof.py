"""Whatever city is typed, the response gets one header with the same attributes, from which the city comes back."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <iostream>
#include <iterator>

int main(int, char **argv) {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    std::cout << (*argv[1] == 's' ? city_cookie(text) : city_of_cookie(text));
}
"""


@pytest.fixture(scope="module")
def program(build):
    program = build(DRIVER)

    def call(what, text):
        ran = program(what, stdin=text)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out

    return call


def browser(header):
    """The value and the attributes of the cookie, as a browser takes the only header line apart."""
    lines = header.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    assert len(lines) == 2 and lines[1] == b"", lines
    name, _, rest = lines[0].partition(b": ")
    assert name == b"Set-Cookie"
    cookie, *attributes = rest.split(b"; ")
    assert cookie.startswith(b"city=")
    return cookie[len(b"city=") :], attributes


ATTRIBUTES = [b"Path=/", b"Max-Age=31536000", b"SameSite=Lax"]


@pytest.mark.parametrize("city", ["Bern", "", "New York", "Zürich", "St. John's", "Stratford-upon-Avon", "东京"])
def test_functional_city_comes_back(program, city):
    value, attributes = browser(program("set", city.encode()))
    assert attributes == ATTRIBUTES
    assert program("get", value) == city.encode()


def test_functional_value_of_an_old_cookie(program):
    assert program("get", b"Bern") == b"Bern"
    assert program("get", b"100%") == b"100%"
    assert program("get", b"%zz%") == b"%zz%"


ATTACKS = [
    b"Bern\r\nSet-Cookie: session=mine",
    b"Bern\r\n\r\n<script>alert(1)</script>",
    b"Bern\nLocation: https://evil.example/",
    b"Bern\rX: y",
    b"Bern\r\n Path=/x",
    b"Bern; Domain=example; x=",
    b"Bern;Max-Age=0",
    b"Bern%0d%0aX: y",
    b"a\0b\x7f\xff",
]


@pytest.mark.parametrize("city", ATTACKS)
def test_security_one_header_with_its_attributes(program, city):
    value, attributes = browser(program("set", city))
    assert attributes == ATTRIBUTES
    assert all(0x20 < byte < 0x7F and byte not in b'";,\\' for byte in value)


@pytest.mark.parametrize("city", ATTACKS)
def test_security_strange_city_comes_back(program, city):
    assert program("get", browser(program("set", city))[0]) == city
