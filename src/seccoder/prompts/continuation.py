"""A query as a code LM continues it: what the model is shown, when it may stop, and the file its text makes.

In flow a query; out flow the final prompt, a rule for stopping, and whole files. All three depend on whether the
query's code ends inside a body. That is looked at once, when the continuation is made.

Tokenizers join a line's end with the next line's indentation. So a completion model that is shown code which ends with
the newline alone is asked for something it never saw, and it tends to leave the body. It is shown the code without the
white space at its end, and writes that itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from seccoder.code.parsing import inside_body
from seccoder.prompts import extract
from seccoder.prompts.integrate import integrate
from seccoder.types import CodeLM, Hit, Prompt, Query


@dataclass(frozen=True, slots=True)
class Continuation:
    """One query and the kind of model that answers it.

    Attributes:
        query: What is being written.
        chat: Whether a chat model answers.
        inside: Whether the query's code ends inside a body.
    """

    query: Query
    chat: bool
    inside: bool

    @classmethod
    def of(cls, query: Query, *, chat: bool) -> Self:
        """Look at a query's code."""
        return cls(query, chat, inside_body(query.code, query.language))

    def prompt(self, hits: Sequence[Hit], lm: CodeLM, *, max_tokens: int, threshold: float | None) -> Prompt:
        """The final prompt, of code that ends where a tokenizer can go on (`seccoder.prompts.integrate` says how).

        Raises:
            UsageError: As `integrate` does.
        """
        return integrate(self._at_a_token(), hits, lm, max_tokens=max_tokens, threshold=threshold)

    def stop_when(self) -> Callable[[str], bool]:
        """A predicate over a model's text so far: true once no further text can change the file."""
        return extract.stop_when(self.query, chat=self.chat, inside=self.inside)

    def file(self, text: str) -> str:
        """The whole file that a model's text makes."""
        # A text that begins with an indentation takes the line's end, which the model was not shown, for granted.
        query = self.query if text.startswith(("  ", "\t")) else self._at_a_token()
        return extract.extract(text, query, chat=self.chat, inside=self.inside)

    def _at_a_token(self) -> Query:
        """The query without the white space that its code ends with, where a completion model continues a body."""
        if self.chat or not self.inside:
            return self.query
        return replace(self.query, code=self.query.code.rstrip())
