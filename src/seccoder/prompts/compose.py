"""How code that is to be continued is shown to a completion model, and how what it wrote becomes a whole file.

In flow a query and demonstrations, or a model's text; out flows the final prompt, or the file.
"""

from collections.abc import Sequence
from dataclasses import replace

from seccoder.code.parsing import inside_body
from seccoder.prompts.extract import extract
from seccoder.prompts.integrate import integrate
from seccoder.types import CodeLM, Hit, Prompt, Query


def compose(query: Query, hits: Sequence[Hit], lm: CodeLM, *, max_tokens: int, threshold: float | None) -> Prompt:
    """The final prompt (`seccoder.prompts.integrate` says how), of code that ends where a tokenizer can go on.

    Raises:
        UsageError: As `integrate` does.
    """
    shown = query if lm.chat else _at_a_token(query)
    return integrate(shown, hits, lm, max_tokens=max_tokens, threshold=threshold)


def file_of(query: Query, text: str, *, chat: bool) -> str:
    """The whole file that a model's text makes of a query whose prompt `compose` made."""
    return extract(text, query if chat else _continued(query, text), chat=chat)


def _at_a_token(query: Query) -> Query:
    """Drop the white space that code to be continued ends with.

    Tokenizers join a line's end with the next line's indentation, so a completion model that is shown only the newline
    is asked for something it never saw and tends to leave the body. The model writes the white space itself.
    """
    return replace(query, code=query.code.rstrip()) if inside_body(query.code, query.language) else query


def _continued(query: Query, text: str) -> Query:
    """The query as a completion continues it: one that begins with an indentation took the line's end for granted."""
    return query if text.startswith(("  ", "\t")) else _at_a_token(query)
