from collections.abc import Sequence

from nursery.models import Order
from sqlalchemy import select, text
from sqlalchemy.orm import Session


def find_orders(session: Session, search: str, sort: str) -> Sequence[tuple[int, str, int]]:
    """Orders of customers whose names contain the text."""
    if not sort or ";" in sort:
        raise ValueError(f"cannot sort by {sort!r}")
    order = f"{sort[1:]} DESC" if sort.startswith("-") else sort
    query = (
        select(Order.id, Order.customer, Order.total)
        .where(Order.customer.contains(search, autoescape=True))
        .order_by(text(order), Order.id.asc())
    )
    return session.execute(query).all()
