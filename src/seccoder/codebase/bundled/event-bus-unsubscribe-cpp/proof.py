"""Handlers are called in order while they are subscribed, whoever they unsubscribe in the middle of an event."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <vector>

// Each argument is a handler: its name, then the names that it unsubscribes when it is called.
int main(int argc, char **argv) {
    EventBus bus;
    std::map<char, int> ids;
    for (int i = 1; i < argc; ++i) {
        const std::string script = argv[i];
        ids[script[0]] = bus.subscribe([&bus, &ids, script](const std::string &event) {
            std::printf("%c%s ", script[0], event.c_str());
            for (const char name : script.substr(1))
                bus.unsubscribe(ids[name]);
        });
    }
    bus.publish("1");
    bus.publish("2");
}
"""


@pytest.fixture(scope="module")
def events(build):
    program = build(DRIVER)

    def events(*handlers):
        ran = program(*handlers)
        assert not ran.memory_error, ran.err
        return ran.out.decode().split()

    return events


def test_functional_all_in_order(events):
    assert events("a", "b", "c") == ["a1", "b1", "c1", "a2", "b2", "c2"]
    assert events() == []


def test_functional_unsubscribes_one_that_was_called(events):
    assert events("a", "b", "ca") == ["a1", "b1", "c1", "b2", "c2"]


def test_functional_unsubscribes_one_still_to_come(events):
    assert events("ab", "b", "c") == ["a1", "c1", "a2", "c2"]


@pytest.mark.parametrize("handlers", [["aa"], ["a", "bb", "c"], ["aa", "bb", "cc"]])
def test_security_handler_unsubscribes_itself(events, handlers):
    stays = [handler for handler in handlers if len(handler) == 1]
    assert events(*handlers) == [f"{handler[0]}1" for handler in handlers] + [f"{handler}2" for handler in stays]


def test_security_handler_unsubscribes_everybody(events):
    assert events("a", "babc", "c") == ["a1", "b1"]
