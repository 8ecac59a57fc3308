"""Reads the Python scripts that run in the box, each with its compiled form, so that no box has to compile them."""

import importlib.machinery
import importlib.util
import marshal
from functools import cache
from pathlib import Path

_UNCHECKED = 1  # PEP 552: it is told from its source by a hash, and that need not be compared


@cache
def boxed(folder: Path, name: str = "*.py") -> dict[str, bytes]:
    """Return the content of scripts in a folder, and of their compiled forms, by where these lie beside each other."""
    found: dict[str, bytes] = {}
    for path in folder.glob(name):
        source = path.read_bytes()
        code = importlib.machinery.SourceFileLoader(path.stem, str(path)).get_code(path.stem)
        head = importlib.util.MAGIC_NUMBER + _UNCHECKED.to_bytes(4, "little") + importlib.util.source_hash(source)
        found[path.name] = source
        place = importlib.util.cache_from_source(path.name)
        found[f"__pycache__/{Path(place).name}"] = head + marshal.dumps(code)
    return found
