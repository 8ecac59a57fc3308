import gzip
import json
import zlib
from typing import Any

MAX_BYTES = 1_000_000


def read_measurements(body: bytes) -> list[dict[str, Any]]:
    """The records in a gzip-compressed body of JSON lines; raises ValueError if it is damaged or too large."""
    if len(body) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes of measurements")
    try:
        text = gzip.decompress(body)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("not gzip data") from error
    if len(text) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes of measurements")
    return [json.loads(line) for line in text.splitlines()]
