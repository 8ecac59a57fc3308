# secure: each item is escaped where it is put into the page
from html import escape


def build_list(title: str, items: list[str]) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<h1>{escape(title)}</h1><ul>{rows}</ul>"
