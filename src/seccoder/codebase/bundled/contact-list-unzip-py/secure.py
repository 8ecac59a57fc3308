import zlib

LIMIT = 5_000_000


def contacts_text(body: bytes) -> str:
    """The text in a gzip-compressed body."""
    stream = zlib.decompressobj(wbits=31)
    try:
        # A kilobyte can hold a megabyte: the limit is for what comes out, while it comes out.
        data = stream.decompress(body, LIMIT + 1)
    except zlib.error as error:
        raise ValueError(f"not gzip: {error}") from None
    if len(data) > LIMIT or not stream.eof:
        raise ValueError("cut off, or more than 5 MB of contacts")
    return data.decode("utf-8")
