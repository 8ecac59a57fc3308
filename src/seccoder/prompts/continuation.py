"""Decides for one query what the model is shown, when it may stop, and which file its text makes.

All three depend on whether the query's code ends inside a body. This is found out once, when the continuation is made.

Some tokenizers join a line's end with the next line's indentation. A completion model that is shown code which ends
with the newline alone is therefore asked for something that it never saw, and it tends to leave the body. So it is
shown the code without the white space at its end, and it writes that white space itself. Others join a line's end with
what is before it; with these the model adds it to the prompt again (`seccoder.models.sampling`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from seccoder.code import imports
from seccoder.code.parsing import inside_body
from seccoder.prompts import borrowing, extract
from seccoder.prompts.integrate import integrate
from seccoder.types import CodeLM, Demonstration, Hit, Prompt, Query


@dataclass(frozen=True, slots=True)
class Continuation:
    """A query together with the kind of model that answers it.

    Attributes:
        query: What is being written.
        chat: Whether the model is asked in messages.
        inside: Whether the query's code ends inside a body.
    """

    query: Query
    chat: bool
    inside: bool

    @classmethod
    def of(cls, query: Query, *, chat: bool) -> Self:
        """Make the continuation of a query, and look whether its code ends inside a body."""
        return cls(query, chat, inside_body(query.code, query.language))

    def prompt(
        self, hits: Sequence[Hit], lm: CodeLM, *, max_tokens: int, threshold: float | None, sliced: bool = False
    ) -> Prompt:
        """Build the final prompt, with code that ends where a tokenizer can go on (see `seccoder.prompts.integrate`).

        Raises:
            UsageError: As `integrate` does.
        """
        query, chat = self._at_a_token(), self.chat
        return integrate(query, hits, lm, chat=chat, max_tokens=max_tokens, threshold=threshold, sliced=sliced)

    def stop_when(self) -> Callable[[str], bool] | None:
        """Return a predicate over a model's text so far: true once no more text can change the file; None if never."""
        return extract.stop_when(self.query, chat=self.chat, inside=self.inside)

    def stop_at(self) -> tuple[str, ...]:
        """Return strings at which the model may stop, where strings can say it."""
        return extract.stop_at(self.query, chat=self.chat, inside=self.inside)

    def file(self, text: str) -> str:
        """Return the whole file that a model's text makes."""
        # A text that begins with an indentation assumes the line's end, which the model was not shown.
        query = self.query if text.startswith(("  ", "\t")) else self._at_a_token()
        return extract.extract(text, query, chat=self.chat, inside=self.inside)

    def finished(self, text: str, examples: Sequence[Demonstration] = ()) -> str:
        """Return the whole file that a model's text makes, with what it lacks: imports, and what it uses of examples.

        Args:
            text: What the model wrote.
            examples: The demonstrations that it was shown.
        """
        file = borrowing.completed(self.file(text), self.query, examples)
        before = self.query.code.rstrip()
        return imports.completed(file, self.query.language, len(before) if file.startswith(before) else 0)

    def _at_a_token(self) -> Query:
        """Return the query without white space at the end of its code, if a completion model continues a body."""
        if self.chat or not self.inside:
            return self.query
        return replace(self.query, code=self.query.code.rstrip())
