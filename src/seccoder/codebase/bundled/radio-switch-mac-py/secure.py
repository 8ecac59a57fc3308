import hmac

TAG_BYTES = 32


def tag(key: bytes, message: bytes) -> bytes:
    # HMAC, not a hash of key and message: from SHA-256's output anybody can go on hashing where it ended.
    return hmac.digest(key, message, "sha256")


def pack_command(key: bytes, message: bytes) -> bytes:
    return message + tag(key, message)


def unpack_command(key: bytes, datagram: bytes) -> dict[bytes, bytes]:
    """Return the fields of a datagram from our bridge; raises ValueError if it is not from there."""
    message, received = datagram[:-TAG_BYTES], datagram[-TAG_BYTES:]
    if not hmac.compare_digest(received, tag(key, message)):
        raise ValueError("wrong tag")
    return dict(field.split(b"=", 1) for field in message.split(b";"))
