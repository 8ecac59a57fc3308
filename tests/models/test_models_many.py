"""Many servers of one model, on a clock that only waiting moves: nothing is lost, and nobody is pressed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from seccoder.errors import ModelError
from seccoder.models.endpoints import many
from seccoder.models.endpoints.endpoint import Endpoint, Lost, Transient
from seccoder.models.endpoints.many import LONGEST_WAIT, TRIES, Servers


class Clock:
    """Seconds that pass only while somebody waits."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        assert seconds > 0
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(many, "time", made)
    monkeypatch.setattr(many.random, "uniform", lambda low, high: 1.0)
    return made


def endpoints(count):
    return [Endpoint(f"http://127.0.0.1:{9000 + i}/v1", backoff=1) for i in range(count)]


def test_what_one_fails_another_answers_at_once(clock):
    first, second = both = endpoints(2)
    asked = []

    def action(endpoint):
        asked.append(endpoint)
        if endpoint is first:
            raise Transient("busy")
        return "answer"

    assert Servers(both).do(action) == "answer"
    assert (asked, clock.now) == ([first, second], 1000.0)


def test_nobody_asks_a_server_before_the_time_it_named(clock):
    first, second = both = endpoints(2)
    servers, asked = Servers(both), []

    def action(endpoint):
        asked.append((endpoint, clock.now))
        if endpoint is first and clock.now < 1030:
            raise Transient("429", wait=30.0)
        clock.now += 1  # the time of an answer
        return endpoint

    answers = [servers.do(action) for _ in range(40)]
    assert answers.count(second) >= 30
    assert [at for endpoint, at in asked if endpoint is first][:2] == [1000.0, 1030.0]
    assert first in answers


def test_with_a_single_server_it_is_waited_for(clock):
    (only,) = endpoints(1)
    fails = iter([Transient("429", wait=7.0), Transient("503"), Transient("503")])

    def action(endpoint):
        if (error := next(fails, None)) is not None:
            raise error
        return "answer"

    assert Servers([only]).do(action) == "answer"
    assert clock.now == 1000 + 7 + 2 + 4  # what it asked for, and then twice as long each time


def test_a_dead_server_is_asked_more_and_more_rarely_and_used_again_when_it_is_back(clock):
    first, _ = both = endpoints(2)
    servers, dead, asked = Servers(both), True, []

    def action(endpoint):
        if endpoint is first:
            asked.append(clock.now)
            if dead:
                raise Transient("nobody there")
        clock.now += 0.5
        return endpoint

    for _ in range(400):
        servers.do(action)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert len(asked) < 12
    assert gaps[-1] > 2 * gaps[2] > 0
    dead = False
    clock.now += LONGEST_WAIT
    assert servers.do(action) is first  # its time is over
    with ThreadPoolExecutor(2) as pool:
        together = threading.Barrier(2, timeout=100)

        def both_at_once(endpoint):
            together.wait()
            return endpoint

        assert set(pool.map(servers.do, [both_at_once] * 2)) == set(both)


def test_it_is_lost_when_every_server_failed_it_often_enough(clock):
    asked = []

    def action(endpoint):
        asked.append(endpoint)
        raise Transient(f"{endpoint.url} is broken")

    both = endpoints(2)
    with pytest.raises(Lost, match="is broken"):
        Servers(both).do(action)
    assert [asked.count(each) for each in both] == [TRIES, TRIES]


@pytest.mark.parametrize(
    ("error", "times"), [(Transient("quota", wait=3600.0), 1), (Lost("silent"), 1), (ModelError("HTTP 400"), 1)]
)
def test_what_will_not_pass_is_not_tried_again(clock, error, times):
    asked = []

    def action(endpoint):
        asked.append(endpoint)
        raise error

    servers = Servers(endpoints(1))
    with pytest.raises(ModelError, match=str(error)):
        servers.do(action)
    assert (len(asked), clock.now) == (times, 1000.0)
    if isinstance(error, Transient):
        with pytest.raises(Lost, match="left alone"):  # the next request is told without asking
            servers.do(action)
        assert len(asked) == times


def test_every_request_is_answered_once_by_servers_that_fail_by_a_script(clock):
    places = endpoints(4)
    for each in places:
        each.backoff = 0.01
    for each in places:
        each.backoff = 0.01
    servers, lock = Servers(places), threading.Lock()
    turns = dict.fromkeys(places, 0)

    def action(number, endpoint):
        with lock:
            turns[endpoint] += 1
            turn, place = turns[endpoint], places.index(endpoint)
            clock.now += 0.01  # the time of an answer
        if place == 1 and turn % 5 == 0:
            raise Transient("429", wait=0.05)
        if place == 2 and turn % 7 == 0:
            raise Transient("cut in the middle of an answer")
        if place == 3 and 20 < turn < 26:
            raise Transient("nobody there")
        return number

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: servers.do(lambda endpoint: action(number, endpoint)), range(400)))
    assert answers == list(range(400))
    assert min(turns.values()) > 30  # the one that died answers again, too
    assert set(servers._busy.values()) == {0}
