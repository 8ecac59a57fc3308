import gzip
import zlib

LIMIT = 5_000_000


def contacts_text(body: bytes) -> str:
    """The text in a gzip-compressed body."""
    try:
        data = gzip.decompress(body)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"not gzip: {error}") from None
    if len(data) > LIMIT:
        raise ValueError("cut off, or more than 5 MB of contacts")
    return data.decode("utf-8")
