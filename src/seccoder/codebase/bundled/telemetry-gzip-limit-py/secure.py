import json
import zlib
from typing import Any

MAX_BYTES = 1_000_000


def read_measurements(body: bytes) -> list[dict[str, Any]]:
    """The records in a gzip-compressed body of JSON lines; raises ValueError if it is damaged or too large."""
    gzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        # max_length ends decompression one byte beyond the limit: a small body can otherwise inflate a thousandfold.
        text = gzip.decompress(body, max_length=MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError("not gzip data") from error
    if len(text) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes of measurements")
    if not gzip.eof or gzip.unused_data:
        raise ValueError("not one complete gzip stream")
    return [json.loads(line) for line in text.splitlines()]
