MAX_SIDE = 4_000


def placeholder(width: str, height: str) -> bytes:
    """A grey PGM image; ValueError if the numbers are none or too large."""
    columns, rows = int(width), int(height)
    # Two short numbers decide how much memory and time this takes: they need an upper end.
    if not (0 < columns <= MAX_SIDE and 0 < rows <= MAX_SIDE):
        raise ValueError(f"each side is 1 to {MAX_SIDE} pixels")
    return b"P5 %d %d 255\n" % (columns, rows) + b"\xc0" * (columns * rows)
