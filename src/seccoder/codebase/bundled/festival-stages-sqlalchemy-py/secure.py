from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, text

# text() binds nothing by itself: values have to be named ":like_this", and "expanding" makes a list of them for IN.
CONCERTS = text(
    """
    SELECT band, stage, starts FROM concerts
    WHERE stage IN :stages AND starts > :after
    ORDER BY starts, band
    """
).bindparams(bindparam("stages", expanding=True))


def concerts_on(connection: Connection, stages: Iterable[str], after: str) -> list[tuple[str, str, str]]:
    """Return band, stage and start of the concerts on the stages, the next one first."""
    rows = connection.execute(CONCERTS, {"stages": list(stages), "after": after})
    return [(band, stage, starts) for band, stage, starts in rows]
