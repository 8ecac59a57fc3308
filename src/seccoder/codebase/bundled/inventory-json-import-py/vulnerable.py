import pickle
from dataclasses import dataclass


@dataclass(frozen=True)
class StockItem:
    sku: str
    name: str
    quantity: int


def export_stock(items: list[StockItem]) -> bytes:
    return pickle.dumps(items)


def import_stock(upload: bytes) -> list[StockItem]:
    """Read an uploaded stock file; raises ValueError if it is not one."""
    items = pickle.loads(upload)
    if not isinstance(items, list):
        raise ValueError("expected a list of stock items")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, StockItem):
            raise ValueError(f"row {number} is not a stock item")
    return items
