"""Views of the sales dashboard that can be bookmarked.

A view is a dict from text to texts, numbers, booleans, None, datetime.date values and lists of these, such as
{"region": "north", "since": date(2024, 3, 1), "columns": ["week", "total"], "top": 10}.

pack_view(view) returns it as a text of letters, digits, - and _ (and = at its end), to be put into a link as ?view=...
unpack_view(text) returns the view of such a link; it raises ValueError if the text holds no view.
"""

import base64
from datetime import date
from typing import Any


import pickle


def pack_view(view: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(pickle.dumps(view)).decode("ascii")


def unpack_view(text: str) -> dict[str, Any]:
    try:
        view = pickle.loads(base64.urlsafe_b64decode(text))
    except Exception as error:
        raise ValueError("not a view") from error
    if not isinstance(view, dict):
        raise ValueError("not a view")
    return view
