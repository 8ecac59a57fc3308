# vulnerable: the appended extension does not stop the way up
from pathlib import Path

PAGES = Path("pages")


class Renderer:
    def __init__(self, encoding="utf-8"):
        self.encoding = encoding

    def page(self, slug: str) -> str:
        return (PAGES / f"{slug}.html").read_text(encoding=self.encoding)
