from collections.abc import Sequence

from nursery.models import Order
from sqlalchemy import select
from sqlalchemy.orm import Session

SORTS = {"created": Order.created, "total": Order.total, "customer": Order.customer}


def find_orders(session: Session, search: str, sort: str) -> Sequence[tuple[int, str, int]]:
    """Orders of customers whose names contain the text."""
    # A sort is one of our columns, with or without a minus; no word of the request becomes SQL.
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise ValueError(f"cannot sort by {sort!r}")
    query = (
        select(Order.id, Order.customer, Order.total)
        .where(Order.customer.contains(search, autoescape=True))
        .order_by(column.desc() if sort.startswith("-") else column.asc(), Order.id.asc())
    )
    return session.execute(query).all()
