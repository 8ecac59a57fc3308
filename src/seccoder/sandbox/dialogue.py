"""Speaks with a running box: takes its output line by line, and writes the answers without waiting for it to read."""

import contextlib
import os
from collections.abc import Callable
from typing import IO


class Talk:
    """Is the caller's side of a dialogue.

    Args:
        stdin: The box's standard input.
        first: What is written to it before any answer.
        answer: Called with each whole line of the box's output; it returns what is written then.
    """

    def __init__(self, stdin: IO[bytes], first: bytes, answer: Callable[[bytes], bytes]) -> None:
        self._stdin, self._answer = stdin, answer
        self._heard, self._left = bytearray(), bytearray(first)
        os.set_blocking(stdin.fileno(), False)

    def hear(self, chunk: bytes) -> None:
        """Take in what the box said, and ask for the answers to whole lines."""
        self._heard += chunk
        if b"\n" in chunk:
            *lines, rest = bytes(self._heard).split(b"\n")
            self._heard = bytearray(rest)
            for line in lines:
                self._left += self._answer(line)

    def speak(self) -> None:
        """Write as much as the box takes now."""
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            while self._left:
                del self._left[: os.write(self._stdin.fileno(), self._left[: 1 << 16])]


def read_some(descriptor: int) -> bytes:
    """Return what a pipe that does not block holds, up to 64 KiB; nothing if it is empty or at its end."""
    try:
        return os.read(descriptor, 1 << 16)
    except BlockingIOError:
        return b""
