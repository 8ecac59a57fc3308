from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, g

P = ParamSpec("P")
T = TypeVar("T")


def needs_scope(*needed: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Run the view only for tokens that were granted all of these scopes."""

    def decorate(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> T:
            claims = g.get("claims")
            if claims is None:
                abort(401)
            granted = claims.get("scope", "")
            if not all(scope in granted for scope in needed):
                abort(403)
            return view(*args, **kwargs)

        return checked

    return decorate
