"""Lets requests to a model in while what they need together fits into its memory; the others wait for their turn.

llama.cpp lets every request in that fits alone. When the memory that all of them share runs out, it ends all of them
with an error, however long they have computed. So the sum of what is let in never exceeds the memory. Requests come in
as they arrived: a large one is not overtaken by small ones for ever.
"""

import asyncio
from collections import deque


class Room:
    """The memory of one model. It belongs to the event loop in which it is used.

    Args:
        size: How many tokens fit into it.
    """

    def __init__(self, size: int) -> None:
        self._size = self._free = size
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def enter(self, tokens: int) -> int:
        """Wait until there is room for so many tokens, or for as many as there are in all.

        Returns:
            What was taken, for `leave`.
        """
        taken = min(tokens, self._size)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((taken, turn))
        self._let_in()
        try:
            await turn
        except asyncio.CancelledError:  # whoever asked has gone
            if turn.cancelled():
                self._waiting.remove((taken, turn))
                self._let_in()
            else:
                self.leave(taken)
            raise
        return taken

    def leave(self, taken: int) -> None:
        """Give back what `enter` took."""
        self._free += taken
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self._waiting[0][0] <= self._free:
            taken, turn = self._waiting.popleft()
            self._free -= taken
            turn.set_result(None)
