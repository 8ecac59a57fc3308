def placeholder(width: str, height: str) -> bytes:
    """A grey PGM image; ValueError if the numbers are none or too large."""
    columns, rows = int(width), int(height)
    if columns <= 0 or rows <= 0:
        raise ValueError("each side is 1 pixel at least")
    return b"P5 %d %d 255\n" % (columns, rows) + b"\xc0" * (columns * rows)
