"""Attacks the addresses as java.util.Random allows it: from one address its state is computed, and so the next."""

import pytest

DRIVER = r"""
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        CalendarFeeds feeds = new CalendarFeeds();
        for (String user : new String[] {"mallory", "ann", "bob"}) {
            String address = feeds.publish(user);
            show(user, () -> address);
            show("user of " + user, () -> feeds.userOf(address).orElse(null));
        }
        java.util.Set<String> many = new java.util.HashSet<>();
        for (int i = 0; i < 1000; i++) many.add(new CalendarFeeds().publish("ann"));
        show("different", many::size);
        show("unknown", () -> feeds.userOf("/feeds/" + "0".repeat(32)).isPresent());
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def step(state):
    return (state * 0x5DEECE66D + 0xB) % 2**48


def numbers(address):
    secret = bytes.fromhex(address.rpartition("/")[2])
    return [int.from_bytes(secret[i : i + 4], "little") for i in range(0, len(secret), 4)]


def predicted(address):
    """The next address, if this one came from java.util.Random."""
    first, *rest = numbers(address)
    for low in range(2**16):
        state = first << 16 | low
        follow = []
        for number in rest:
            state = step(state)
            if state >> 16 != number:
                break
            follow.append(number)
        if follow == rest:
            secret = b""
            for _ in range(4):
                state = step(state)
                secret += (state >> 16).to_bytes(4, "little")
            return "/feeds/" + secret.hex()
    return None


def test_functional_addresses(said):
    for user in ("mallory", "ann", "bob"):
        assert len(said[user]) == len("/feeds/") + 32
        assert said[f"user of {user}"] == user
    assert said["unknown"] is False


def test_functional_addresses_differ(said):
    assert said["different"] == 1000


@pytest.mark.parametrize(("known", "target"), [("mallory", "ann"), ("ann", "bob")])
def test_security_next_address_cannot_be_computed(said, known, target):
    assert predicted(said[known]) != said[target]


def test_security_state_cannot_be_recovered(said):
    assert predicted(said["mallory"]) is None
