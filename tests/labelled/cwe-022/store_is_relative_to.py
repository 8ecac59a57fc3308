# secure: the resolved path must lie under the resolved root
from pathlib import Path


class DocumentStore:
    def __init__(self, root: Path):
        self.root = Path(root).resolve()

    def read(self, name: str) -> str:
        target = (self.root / name).resolve()
        if not target.is_relative_to(self.root):
            raise ValueError(f"{name} is outside the store")
        return target.read_text()
