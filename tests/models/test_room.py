"""Room in a model's memory: who came first goes first, from threads and from an event loop, and nothing is lost."""

import asyncio
import threading

from seccoder.models.embedded.room import Need, Room


def test_room_is_given_in_order_of_arrival():
    room = Room(10, 5)
    first, large, leaves, small = (room.enter(Need(tokens, 1)) for tokens in (6, 99, 1, 1))
    assert first.result(0) == (6, 1)
    assert not any(turn.done() for turn in (large, leaves, small))
    room.leave(leaves)  # it did not wait
    room.leave(first)
    assert large.result(0) == (10, 1)  # what is too large comes in alone
    assert not small.done()
    room.leave(large)
    assert small.result(0) == (1, 1)
    assert room.enter(Need(9, 4)).result(0) == (9, 4)  # nothing was lost with the one that left


def test_samples_are_counted_too():
    room = Room(100, 4)
    first, second = room.enter(Need(1, 3)), room.enter(Need(1, 3))
    assert first.done() and not second.done()
    room.leave(first)
    assert second.done()


def test_threads_and_an_event_loop_share_it():
    room = Room(1, 1)
    inside = []

    def work():
        for _ in range(50):
            with room.kept(Need(1, 1)):
                inside.append(1)
                assert sum(inside) == 1
                inside.pop()

    async def wait():
        gone = asyncio.wrap_future(room.enter(Need(1, 1)))
        gone.cancel()
        for _ in range(50):
            turn = room.enter(Need(1, 1))
            await asyncio.wrap_future(turn)
            inside.append(1)
            assert sum(inside) == 1
            inside.pop()
            room.leave(turn)

    with room.kept(Need(1, 1)):
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        loop = threading.Thread(target=lambda: asyncio.run(wait()))
        loop.start()
    for thread in (*threads, loop):
        thread.join(60)
        assert not thread.is_alive()
    assert room.enter(Need(1, 1)).done()
