"""Adds examples to one request: it finds the dialect, asks for the decision, writes the body, and says what it did.

Whether anything is done at all is said by the server's mode, by the request's header `x-seccoder`, or by the end of the
model's name (`gpt-4.1#seccoder-off`), in this order of growing weight. `augment` adds, `observe` only says what would
be added, `off` does neither. A body to which nothing is added goes on byte for byte.
"""

import json
import re
import time
from functools import lru_cache
from typing import Any

from seccoder.errors import SecCoderError
from seccoder.pipeline import SecCoder
from seccoder.serving import dialects
from seccoder.serving.clients import MODES
from seccoder.serving.decide import Decision, Rules
from seccoder.serving.dialects.bodies import Unreadable
from seccoder.serving.journal import EXCERPT, Entry
from seccoder.types import Hit, Query

_REMEMBERED = 1024  # searches; the earlier turns of a conversation come again with each request
_SWITCH = re.compile(rf"#seccoder-({'|'.join(MODES)})\Z")


class Additions:
    """What a server adds to requests.

    Args:
        seccoder: The flow whose codebase, retriever, k and threshold are used.
        language: Canonical name of the language of all requests; None means the one that each shows.
        mode: What is done unless a request says otherwise.
        budget: How many tokens may be added to a request.
        retriever: Name of the retriever; None means the one of the settings.

    Raises:
        SecCoderError: If the codebase or the retriever cannot be used.
    """

    def __init__(
        self,
        seccoder: SecCoder,
        *,
        language: str | None = None,
        mode: str = "augment",
        budget: int = 600,
        retriever: str | None = None,
    ) -> None:
        @lru_cache(maxsize=_REMEMBERED)
        def find(query: Query, k: int) -> tuple[Hit, ...]:
            return tuple(seccoder.retrieve(query, k, retriever=retriever))

        self.mode = mode
        self.rules = Rules(find, seccoder.threshold(retriever), seccoder.settings.k, budget, language)
        find(Query("", "python", "warm up"), 1)  # indices are made now, not while the first client waits

    def add(self, entry: Entry, switch: str, content: bytes) -> tuple[bytes, dict[str, str]]:
        """Return the body with examples, and the headers that say what was done; the entry is filled in.

        Args:
            entry: Of the request, with its method and its path.
            switch: The header `x-seccoder` of the request, or "".
            content: The body.
        """
        began = time.perf_counter()
        try:
            content, decision = self._add(entry, switch, content)
        except (Unreadable, SecCoderError) as error:
            decision = Decision(why_none=str(error))
        entry.milliseconds = (time.perf_counter() - began) * 1000
        entry.language, entry.hits, entry.why_none = decision.language, decision.hits, decision.why_none
        entry.words, entry.code = decision.query.task[-EXCERPT:], decision.query.code[-EXCERPT:]
        entry.tokens = decision.tokens
        if decision.placed:
            name = "x-seccoder-would-add" if entry.mode == "observe" else "x-seccoder-demonstrations"
            return content, {name: ", ".join(hit.demonstration.id for hit in decision.hits)}
        return content, {"x-seccoder-none": header_value(decision.why_none)}

    def _add(self, entry: Entry, switch: str, content: bytes) -> tuple[bytes, Decision]:
        dialect = dialects.find(entry.method, entry.path)
        entry.mode = switch if switch in MODES else self.mode
        if dialect is None:
            return content, Decision(why_none="requests of this path get no examples")
        entry.dialect = dialect.NAME
        body = _parsed(content)
        if body is None:
            return content, Decision(why_none="the request is no JSON object")
        entry.streamed = bool(body.get("stream", entry.path.startswith("/api/")))
        model = body.get("model")
        if isinstance(model, str):
            if said := _SWITCH.search(model):
                entry.mode, model = said[1], model[: said.start()]
                body["model"] = model
                content = json.dumps(body).encode()
            entry.model = model[:200]
        if entry.mode == "off":
            return content, Decision(why_none="switched off")
        decision = dialect.decide(body, self.rules)
        if decision.placed and entry.mode == "augment":
            content = json.dumps(dialect.write(body, decision)).encode()
        return content, decision


def _parsed(content: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def header_value(text: str) -> str:
    """Make a text fit to be a header's value."""
    return "".join(character if " " <= character <= "~" else "?" for character in text)[:300]
