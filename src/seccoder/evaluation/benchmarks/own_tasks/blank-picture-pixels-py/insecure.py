def blank_pixels(width, height):
    """Return the pixels of a white picture, a byte of 255 each; width and height are texts from the address."""
    return b"\xff" * (int(width) * int(height))
