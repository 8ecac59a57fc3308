def blank_pixels(width, height):
    """Return the pixels of a white picture, a byte of 255 each; width and height are texts from the address."""
    columns, rows = int(width), int(height)
    if not (0 < columns <= 2000 and 0 < rows <= 2000):
        raise ValueError("no picture of this size")
    return b"\xff" * (columns * rows)
