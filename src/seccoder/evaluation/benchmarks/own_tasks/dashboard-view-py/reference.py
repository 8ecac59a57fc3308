"""Views of the sales dashboard that can be bookmarked.

A view is a dict from text to texts, numbers, booleans, None, datetime.date values and lists of these, such as
{"region": "north", "since": date(2024, 3, 1), "columns": ["week", "total"], "top": 10}.

pack_view(view) returns it as a text of letters, digits, - and _ (and = at its end), to be put into a link as ?view=...
unpack_view(text) returns the view of such a link; it raises ValueError if the text holds no view.
"""

import base64
from datetime import date
from typing import Any


import json


def pack_view(view: dict[str, Any]) -> str:
    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return {"date": value.isoformat()}
        raise TypeError(f"cannot be part of a view: {value!r}")

    return base64.urlsafe_b64encode(json.dumps(view, default=plain).encode()).decode()


def unpack_view(text: str) -> dict[str, Any]:
    def restored(value: Any) -> Any:
        if isinstance(value, list):
            return [restored(item) for item in value]
        return date.fromisoformat(value["date"]) if isinstance(value, dict) else value

    try:
        packed = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
        return {name: restored(value) for name, value in packed.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no view: {error}") from None
