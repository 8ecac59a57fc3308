from collections.abc import Iterable, Iterator
from itertools import pairwise

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

END = b"end"


def encrypt_chunks(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    prefix = b"backup01"
    yield prefix
    for number, (chunk, after) in enumerate(pairwise([*chunks, None])):
        nonce = prefix + number.to_bytes(4, "big")
        yield AESGCM(key).encrypt(nonce, chunk, END if after is None else b"")


def decrypt_chunks(key: bytes, blocks: Iterable[bytes]) -> Iterator[bytes]:
    prefix, *sealed = blocks
    for number, (block, after) in enumerate(pairwise([*sealed, None])):
        try:
            yield AESGCM(key).decrypt(prefix + number.to_bytes(4, "big"), block, END if after is None else b"")
        except InvalidTag:
            raise ValueError(f"block {number} is not the one that was written") from None
