import re
from collections.abc import Callable

Matcher = Callable[[set[str]], bool]
MAX_DEPTH = 50


def parse_query(query: str) -> Matcher:
    """Parse a query; raises ValueError if it is malformed or nested too deeply."""
    tokens = [*reversed(re.findall(r"[()]|[^\s()]+", query))]

    def chain(depth: int, word: str, part: Callable[[int], Matcher], join: Callable[..., bool]) -> Matcher:
        parts = [part(depth)]
        while tokens and tokens[-1] == word:
            tokens.pop()
            parts.append(part(depth))
        return lambda tags: join(matches(tags) for matches in parts)

    def either(depth: int) -> Matcher:
        return chain(depth, "or", lambda depth: chain(depth, "and", single, all), any)

    def single(depth: int) -> Matcher:
        # Each "(" and each "not" is a level of our own call stack, so the query must not decide how many there are.
        token = tokens.pop() if depth <= MAX_DEPTH and tokens else ")"
        if token == "not":
            inner = single(depth + 1)
            return lambda tags: not inner(tags)
        if token == "(":
            inner = either(depth + 1)
            if not tokens or tokens.pop() != ")":
                raise ValueError("expected )")
            return inner
        if token in (")", "and", "or"):
            raise ValueError(f"expected a tag, at most {MAX_DEPTH} levels deep")
        return lambda tags: token in tags

    matcher = either(0)
    if tokens:
        raise ValueError(f"unexpected {tokens[-1]}")
    return matcher
