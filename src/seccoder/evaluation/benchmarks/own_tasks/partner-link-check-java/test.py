"""Pages of the partner are told from those of hosts with names like it."""

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        for (String address : arguments) show(address, () -> Partners.isPartner(address));
    }
}
"""
YES = ("https://tours.example/", "https://tours.example/alps/3?x=1", "https://tours.example")
NO = ("http://tours.example/", "https://other.example/", "https://other.example/?tours.example")
LIKE = ("https://tours.example.other.example/", "https://tours.example@other.example/", "https://nottours.example/")


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*YES, *NO, *LIKE).said


def test_functional_addresses(said):
    assert all(said[each] is True for each in YES) and not any(said[each] is True for each in NO)


def test_security_hosts_with_a_name_like_it(said):
    assert not any(said[each] is True for each in LIKE)
