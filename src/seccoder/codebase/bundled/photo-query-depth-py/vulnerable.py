import re
from collections.abc import Callable

Matcher = Callable[[set[str]], bool]


def parse_query(query: str) -> Matcher:
    """Parse a query; raises ValueError if it is malformed or nested too deeply."""
    tokens = [*reversed(re.findall(r"[()]|[^\s()]+", query))]

    def chain(word: str, part: Callable[[], Matcher], join: Callable[..., bool]) -> Matcher:
        parts = [part()]
        while tokens and tokens[-1] == word:
            tokens.pop()
            parts.append(part())
        return lambda tags: join(matches(tags) for matches in parts)

    def either() -> Matcher:
        return chain("or", lambda: chain("and", single, all), any)

    def single() -> Matcher:
        token = tokens.pop() if tokens else ")"
        if token == "not":
            inner = single()
            return lambda tags: not inner(tags)
        if token == "(":
            inner = either()
            if not tokens or tokens.pop() != ")":
                raise ValueError("expected )")
            return inner
        if token in (")", "and", "or"):
            raise ValueError("expected a tag")
        return lambda tags: token in tags

    matcher = either()
    if tokens:
        raise ValueError(f"unexpected {tokens[-1]}")
    return matcher
