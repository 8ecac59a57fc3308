import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class StockItem:
    sku: str
    name: str
    quantity: int


FIELDS = {"sku": str, "name": str, "quantity": int}


def export_stock(items: list[StockItem]) -> bytes:
    return json.dumps([asdict(item) for item in items]).encode()


def import_stock(upload: bytes) -> list[StockItem]:
    """Read an uploaded stock file; raises ValueError if it is not one."""
    # JSON yields only plain values, where unpickling would run code of the uploader's choice; rows are still checked.
    rows = json.loads(upload)
    if not isinstance(rows, list):
        raise ValueError("expected a list of stock items")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or {key: type(value) for key, value in row.items()} != FIELDS:
            raise ValueError(f"row {number} is not a stock item")
    return [StockItem(**row) for row in rows]
