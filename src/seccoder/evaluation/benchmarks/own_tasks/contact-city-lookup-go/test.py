"""Cities are found, and a name that is not in the book does no harm."""

import pytest

DRIVER = r"""
package main

import (
	"fmt"
	"os"

	contacts "demo/subject"
)

func main() {
	book := map[string]*contacts.Contact{"Ann": {"Ann", "Bern"}, "Bob": {"Bob", "Chur"}, "gone": nil}
	fmt.Print(contacts.CityOf(book, os.Args[1]))
}
"""


@pytest.fixture(scope="module")
def city(go):
    return go(DRIVER)


def test_functional_cities(city):
    assert [city(name).out for name in ("Ann", "Bob")] == [b"Bern", b"Chur"]


def test_security_names_that_are_not_there(city):
    assert [city(name).code for name in ("Eve", "", "gone")] == [0, 0, 0]
