from collections.abc import Iterable

from sqlalchemy import Connection, text


def concerts_on(connection: Connection, stages: Iterable[str], after: str) -> list[tuple[str, str, str]]:
    """Return band, stage and start of the concerts on the stages, the next one first."""
    names = ", ".join(f"'{stage}'" for stage in stages)
    query = text(
        f"""
        SELECT band, stage, starts FROM concerts
        WHERE stage IN ({names}) AND starts > :after
        ORDER BY starts, band
        """
    )
    rows = connection.execute(query, {"after": after})
    return [(band, stage, starts) for band, stage, starts in rows]
