import math


def parse_points(text: str) -> list[tuple[float, float]]:
    """Read the corners of an area as a user typed them.

    "(1, 2), (3.5, -4)" becomes [(1.0, 2.0), (3.5, -4.0)]; an empty text has no corners. White space does not count.

    Raises:
        ValueError: If it is anything else.
    """
    import re

    number = r"([+-]?(?:\d+\.?\d*|\.\d+))"
    point = re.compile(rf"\s*\(\s*{number}\s*,\s*{number}\s*\)\s*", re.ASCII)
    points = []
    rest = text
    while rest.strip():
        match = point.match(rest)
        if match is None:
            raise ValueError(f"not a point: {rest[:40]!r}")
        points.append((float(match[1]), float(match[2])))
        rest = rest[match.end() :]
        if rest:
            if not rest.startswith(",") or not rest[1:].strip():
                raise ValueError(f"a comma must stand between points: {rest[:40]!r}")
            rest = rest[1:]
    return points
