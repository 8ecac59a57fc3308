import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class Meter:
    def __init__(self, key: bytes) -> None:
        self._key = key
        self._last = os.urandom(16)

    def wrap(self, reading: bytes) -> bytes:
        pad = 16 - len(reading) % 16
        iv = self._last
        encryptor = Cipher(algorithms.AES(self._key), modes.CBC(iv)).encryptor()
        data = iv + encryptor.update(reading + bytes([pad]) * pad) + encryptor.finalize()
        self._last = data[-16:]
        return data

    def unwrap(self, data: bytes) -> bytes:
        if len(data) < 32 or len(data) % 16:
            raise ValueError("not a wrapped reading")
        decryptor = Cipher(algorithms.AES(self._key), modes.CBC(data[:16])).decryptor()
        padded = decryptor.update(data[16:]) + decryptor.finalize()
        if not 1 <= padded[-1] <= 16 or padded[-padded[-1] :] != padded[-1:] * padded[-1]:
            raise ValueError("not a wrapped reading")
        return padded[: -padded[-1]]
