import math


def parse_points(text: str) -> list[tuple[float, float]]:
    """Read the corners of an area as a user typed them.

    "(1, 2), (3.5, -4)" becomes [(1.0, 2.0), (3.5, -4.0)]; an empty text has no corners. White space does not count.

    Raises:
        ValueError: If it is anything else.
    """
