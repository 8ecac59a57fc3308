"""Draws charts as inline SVG, in percent of their width, so that they fit a phone and a sheet of paper.

The text in them is not scaled, and they take their colours from the page's style. Each chart has a text alternative,
and its numbers stand in the table beside it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from seccoder.evaluation.reports.content import interval as written
from seccoder.evaluation.reports.content import number
from seccoder.evaluation.results import Figure

_TRACK = Markup(
    '<svg class="track" width="100%" height="22" role="img" aria-label="{label}">'
    '<line class="axis" x1="0" x2="100%" y1="11" y2="11"/>{marks}</svg>'
)
_PICTURE = (
    "text{font:12px sans-serif;fill:#777}.grid{stroke:#8886}.whisker{stroke:#2a7de1;stroke-width:2}.dot{fill:#2a7de1}"
    ".whisker.base{stroke:#888}.dot.base{fill:#888}"
)
_NAME_WIDTH, _LINE = 25.0, 5.0  # size of a name in the scatter chart, in percent of the chart's width and height


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: it says where a number stands, in percent of its length."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return the position of a value; one outside the axis stands at its end."""
        share = (value - self.low) / (self.high - self.low) if self.high != self.low else 0.5
        return round(100 * min(max(share, 0.0), 1.0), 2)


def interval(row: Figure, scale: Scale, *, reference: float | None) -> Markup:
    """Draw a figure with its interval on an axis; the arm `none` has a colour of its own.

    Args:
        row: The figure.
        scale: The axis, the same for all rows of a chart.
        reference: The value that the row is compared with; a line is drawn at it.
    """
    kind = _kind(row.arm)
    marks = []
    if reference is not None:
        line = Markup('<line class="reference" x1="{0}%" x2="{0}%" y1="0" y2="22"/>')
        marks.append(line.format(scale.place(reference)))
    low, high = ends(row)
    marks.append(
        Markup(
            '<line class="whisker {}" x1="{}%" x2="{}%" y1="11" y2="11"/>'
            '<circle class="dot {}" cx="{}%" cy="11" r="5"/>'
        ).format(kind, scale.place(low), scale.place(high), kind, scale.place(row.value))
    )
    label = f"{number(row.value)} {written(row)}"
    return _TRACK.format(label=label, marks=Markup("").join(marks))


def ends(row: Figure) -> tuple[float, float]:
    """Return where an interval is drawn; an end that is not known is drawn at the figure itself."""
    low, high = (row.value if end is None else end for end in (row.low, row.high))
    return low, high


def _kind(arm: str) -> str:
    return "base" if arm == "none" else ""


def shares(parts: Sequence[tuple[str, str, int]]) -> Markup:
    """Draw a bar that is divided by counts.

    Args:
        parts: The CSS class, name and count of each part.
    """
    total = sum(count for _, _, count in parts) or 1
    pieces, start = [], 0.0
    for kind, name, count in parts:
        width = 100 * count / total
        if count:
            pieces.append(
                Markup('<rect class="{}" x="{}%" width="{}%" y="3" height="16"><title>{}: {}</title></rect>').format(
                    kind, round(start, 3), round(width, 3), name, count
                )
            )
        start += width
    label = ", ".join(f"{name} {count}" for _, name, count in parts if count)
    return Markup('<svg class="shares" width="100%" height="22" role="img" aria-label="{}">{}</svg>').format(
        label, Markup("").join(pieces)
    )


def width(points: Sequence[tuple[float, Figure]]) -> float:
    """Return where the axis of costs ends in the chart of these points."""
    return max((x for x, _ in points), default=0.0) * 1.15 or 1.0


def height(points: Sequence[tuple[float, Figure]]) -> float:
    """Return where the axis of figures ends in the chart of these points: at a quarter, as shares end at 1."""
    highest = max((end for _, row in points for end in (row.value, *ends(row))), default=1.0)
    return min(max(math.ceil(4 * highest), 1), 4) / 4


def scatter(points: Sequence[tuple[float, Figure]], x_name: str) -> Markup:
    """Draw figures of arms over what they cost; both axes begin at 0."""
    across = Scale(0.0, width(points))
    up = Scale(height(points), 0.0)
    marks = [
        Markup('<line class="grid" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>').format(share)
        for share in (0.0, 25.0, 50.0, 75.0, 100.0)
    ]
    places = [(across.place(cost), up.place(row.value)) for cost, row in points]
    for (_, row), (x, y), name_y in zip(points, places, _places(places), strict=True):
        low, high = (up.place(end) for end in ends(row))
        left = _on_the_left(x)
        marks.append(
            Markup(
                '<line class="whisker {kind}" x1="{x}%" x2="{x}%" y1="{high}%" y2="{low}%"/>'
                '<circle class="dot {kind}" cx="{x}%" cy="{y}%" r="5"/>'
                '<text x="{x}%" y="{name_y}%" dx="{dx}" dy="4" text-anchor="{anchor}">{name}</text>'
            ).format(
                kind=_kind(row.arm),
                x=x,
                y=y,
                name_y=name_y,
                low=low,
                high=high,
                dx=-9 if left else 9,
                anchor="end" if left else "start",
                name=row.arm,
            )
        )
    told = "; ".join(f"{row.arm} {number(x)}, {number(row.value)}" for x, row in points)
    return Markup('<svg class="scatter" width="100%" height="280" role="img" aria-label="{}">{}</svg>').format(
        f"{x_name} and figure of each arm: {told}", Markup("").join(marks)
    )


def picture(points: Sequence[tuple[float, Figure]], up: str, across: str) -> str:
    """Return the same chart as a file of its own, with its axes named, in colours for a white and for a black page."""
    plot = str(scatter(points, across)).replace("<svg ", '<svg x="20" y="30" ', 1).replace("100%", "720", 1)
    along = f"{width(points):,.0f} {across}"
    names = ((20, 18, "start", f"{up}, 0 to {height(points):g}"), (20, 328, "start", "0"), (740, 328, "end", along))
    label = Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>')
    labels = [label.format(*name) for name in names]
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="340" viewBox="0 0 760 340">'
    return f"{frame}<style>{_PICTURE}</style>{''.join(labels)}{plot}</svg>\n"


def _places(places: Sequence[tuple[float, float]]) -> list[float]:
    """Place the names of points, in percent: each as near to its point as it can be read.

    A name hides no other one, stands inside the chart, and is not written over the dot of another point.
    """
    names: dict[int, float] = {}
    for i in sorted(range(len(places)), key=lambda i: places[i][1]):
        x, y = places[i]
        side = -1 if _on_the_left(x) else 1
        taken = [names[other] for other in names if abs(places[other][0] - x) < _NAME_WIDTH]
        dots = [other_y for other_x, other_y in places if 0 < side * (other_x - x) < _NAME_WIDTH]
        steps = sorted(range(-40, 41), key=lambda step: (abs(step), -step))
        inside = [at for step in steps if _LINE / 2 <= (at := y + step * _LINE / 2) <= 100 - _LINE / 2] or [y]
        free = (at for at in inside if all(abs(at - other) >= _LINE for other in taken))
        names[i] = next((at for at in free if all(abs(at - dot) >= _LINE * 0.8 for dot in dots)), inside[0])
    return [round(names[i], 3) for i in range(len(places))]


def _on_the_left(x: float) -> bool:
    """Tell whether the name of a point stands on its left, because it is near the right edge."""
    return x > 65
