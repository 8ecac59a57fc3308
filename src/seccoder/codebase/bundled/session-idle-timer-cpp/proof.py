"""Idle sessions say goodbye, active ones wait on, and a timer that fires after its session has ended does nothing."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <vector>

struct ManualTimers : Timers {
    void after(int seconds, std::function<void()> action) override {
        std::printf("wait%d ", seconds);
        waiting.push_back(std::move(action));
    }
    void fire() {
        for (const auto &action : std::exchange(waiting, {}))
            action();
    }
    std::vector<std::function<void()>> waiting;
};

// n: a session comes, r: the last one receives, x: the last one ends, t: a minute passes
int main(int, char **argv) {
    ManualTimers timers;
    std::vector<std::shared_ptr<Session>> sessions;
    int number = 0;
    for (const char step : std::string(argv[1])) {
        if (step == 'n') {
            sessions.push_back(std::make_shared<Session>(timers, [id = ++number](const std::string &text) {
                std::printf("%d:%s ", id, text.c_str());
            }));
            sessions.back()->start();
        } else if (step == 'r') {
            sessions.back()->received();
        } else if (step == 'x') {
            sessions.pop_back();
        } else {
            timers.fire();
        }
    }
    timers.fire();
}
"""


@pytest.fixture(scope="module")
def steps(build):
    program = build(DRIVER)

    def steps(script):
        ran = program(script)
        assert not ran.memory_error, ran.err
        return ran.out.decode().split()

    return steps


def test_functional_idle(steps):
    assert steps("n") == ["wait60", "1:goodbye"]
    assert steps("nt") == ["wait60", "1:goodbye"]


def test_functional_active(steps):
    assert steps("nrtrt") == ["wait60", "wait60", "wait60", "1:goodbye"]


def test_functional_several(steps):
    assert steps("nnrt") == ["wait60", "wait60", "1:goodbye", "wait60", "2:goodbye"]
    assert steps("ntx") == ["wait60", "1:goodbye"]


def test_security_session_ends_before_its_timer(steps):
    assert steps("nx") == ["wait60"]
    assert steps("nrx") == ["wait60"]


def test_security_session_ends_while_waiting_again(steps):
    assert steps("nrtx") == ["wait60", "wait60"]


def test_security_only_the_one_that_ended(steps):
    assert steps("nnnxx") == ["wait60", "wait60", "wait60", "1:goodbye"]
