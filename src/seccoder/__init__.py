"""seccoder helps a code model write secure code.

Before the model writes, seccoder retrieves a secure example of the same kind of code and puts it into the prompt. After
the model has written, seccoder checks the result by running it. `SecCoder` is that flow, and `Expansion` is the flow by
which the secure codebase grows. Everything else is in the subpackages.

    >>> from seccoder import SecCoder
    >>> result = SecCoder(model="embedded").generate("def find_user(db, name):", language="python", cwe="CWE-89")

Importing this package loads nothing heavy: names are resolved when they are first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seccoder.codebase.codebase import Codebase
    from seccoder.codebase.store import Store
    from seccoder.expansion.expand import Expansion
    from seccoder.pipeline import GenerateResult, SecCoder, check, retrieve
    from seccoder.types import Demonstration, Query, Source

__version__ = "0.1.0"
__all__ = [
    "Codebase",
    "Demonstration",
    "Expansion",
    "GenerateResult",
    "Query",
    "SecCoder",
    "Source",
    "Store",
    "__version__",
    "check",
    "retrieve",
]

_HOME = {
    "Codebase": "seccoder.codebase.codebase",
    "Demonstration": "seccoder.types",
    "Expansion": "seccoder.expansion.expand",
    "GenerateResult": "seccoder.pipeline",
    "Query": "seccoder.types",
    "SecCoder": "seccoder.pipeline",
    "Source": "seccoder.types",
    "Store": "seccoder.codebase.store",
    "check": "seccoder.pipeline",
    "retrieve": "seccoder.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name from the module that defines it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'seccoder' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
