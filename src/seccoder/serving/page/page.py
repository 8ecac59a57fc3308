"""Answers a browser: the last requests, a search in the secure codebase, and a place to try code; no script is needed.

`Page.answer` takes a method, a path and fields, and returns a status, headers and HTML; a server only passes them on.
Everything is written here, with one style in the page itself: it reaches no other address, and its own policy forbids
scripts, frames, pictures and forms that lead elsewhere. Requests, code and completions are hostile text: the template
engine escapes everything, and what deceives a reader is spelled out.

Trying code runs it, in the sandbox, as `seccoder generate` and `seccoder check` do, one at a time. A form is taken only
with the token of this server, so no other page of the browser can send one.

Not guaranteed: that the page is quick while code is tried. `answer` may take minutes; call it in a thread.
"""

import hashlib
import hmac
import secrets
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from seccoder.code import cwe as cwes
from seccoder.code import languages
from seccoder.code.text import spelled_out
from seccoder.codebase.coverage import coverage
from seccoder.errors import SecCoderError, UsageError
from seccoder.oracles.files import decode
from seccoder.pipeline import GenerateResult, SecCoder
from seccoder.serving.journal import Journal
from seccoder.types import Hit, Query

SHOWN = 20  # hits of a search, and demonstrations of a cell of the map
MAX_FIELD = 100_000  # characters of one field of a form

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sends."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Tried:
    """What one arm showed: its name, its result, or why there is none."""

    name: str
    result: GenerateResult | None = None
    error: str = ""


class Page:
    """The page over one flow.

    Args:
        seccoder: The flow whose codebase, retriever and model are used.
        journal: The last requests of the server.
    """

    def __init__(self, seccoder: SecCoder, journal: Journal) -> None:
        self._seccoder = seccoder
        self._journal = journal
        self._token = secrets.token_urlsafe(24)
        self._busy = threading.Lock()
        self._templates = Environment(
            loader=FunctionLoader(_file),
            autoescape=True,
            finalize=_harmless,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        style = _file("style.css")
        style_hash = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self._templates.globals.update(
            style=Markup(style),  # noqa: S704 - a file of this package
            languages=languages.LANGUAGES,
            cwe_name=lambda name: cwes.get(name).name,
            clock=lambda at: datetime.fromtimestamp(at).strftime("%H:%M:%S"),
        )
        self._headers = {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": f"default-src 'none'; style-src 'sha256-{style_hash}'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'",
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cache-control": "no-store",
        }

    def answer(self, method: str, path: str, fields: Fields) -> Answer:
        """Answer one request of a browser.

        Args:
            method: GET or POST.
            path: The path, decoded: `/`, `/requests/N`, `/codebase`, `/codebase/ID` or `/try`.
            fields: The fields of the query, or of the form.
        """
        places: dict[str, Callable[[str, Fields], Answer]] = {
            "": lambda rest, given: self._show("requests", entries=self._journal.entries()),
            "requests": self._request,
            "codebase": self._codebase,
            "try": self._try if method == "POST" else lambda rest, given: self._form(given),
        }
        first, _, rest = path.strip("/").partition("/")
        if first not in places or method not in ("GET", "HEAD", "POST") or (method == "POST" and first != "try"):
            return self._error(404, "There is no such page.")
        if any(len(value) > MAX_FIELD for value in fields.values()):
            return self._error(413, f"A field may have {MAX_FIELD:,} characters.")
        try:
            return places[first](rest, fields)
        except UsageError as error:
            return self._error(400, str(error))
        except SecCoderError as error:
            return self._error(503, str(error))

    # --- the pages ---------------------------------------------------------------------------------------------------

    def _request(self, number: str, fields: Fields) -> Answer:
        found = [entry for entry in self._journal.entries() if str(entry.number) == number]
        if not found:
            return self._error(404, "This request is no longer kept.")
        return self._show("request", entry=found[0])

    def _codebase(self, name: str, fields: Fields) -> Answer:
        if name:
            return self._show("demonstration", demonstration=self._seccoder.codebase.get(name))
        text = fields.get("text", "").strip()
        language = languages.canonical(fields["language"]) if fields.get("language") else None
        cwe = cwes.normalise(fields["cwe"]) if fields.get("cwe", "").strip() else None
        hits: list[Hit] = []
        listed = []
        if text:
            found = self._seccoder.retrieve(Query("", language, text), len(self._seccoder.codebase.ids()))
            hits = [hit for hit in found if cwe is None or cwe in hit.demonstration.cwes][:SHOWN]
        elif cwe or language:
            listed = self._seccoder.codebase.demonstrations(language, cwe)
        return self._show(
            "codebase",
            text=text,
            language=language,
            cwe=cwe,
            hits=hits,
            threshold=self._seccoder.threshold(),
            listed=listed[:SHOWN],
            more=len(listed) - SHOWN,
            coverage=coverage(self._seccoder.codebase.demonstrations()),
        )

    def _form(self, fields: Fields, **shown: Any) -> Answer:
        given = {name: fields.get(name, "") for name in ("task", "code", "language", "cwe")}
        blank: dict[str, Any] = {"hits": None, "threshold": 0.0, "arms": (), "checked": None}
        return self._show("try", token=self._token, given=given, **{**blank, **shown})

    def _try(self, rest: str, fields: Fields) -> Answer:
        if not hmac.compare_digest(fields.get("token", "").encode(), self._token.encode()):
            return self._error(403, "This form is not from this server, or the server was started anew: load it again.")
        language = languages.canonical(fields.get("language", ""))
        cwe = cwes.normalise(fields["cwe"]) if fields.get("cwe", "").strip() else None
        code, task = fields.get("code", "").replace("\r\n", "\n"), fields.get("task", "").strip()
        query = Query(code, language, task)
        if fields.get("do") == "find":
            return self._form(fields, hits=self._seccoder.retrieve(query, 3), threshold=self._seccoder.threshold())
        if not self._busy.acquire(blocking=False):
            return self._error(503, "Something is being tried already; try again when it is done.")
        try:
            if fields.get("do") == "check":
                (checked,) = self._seccoder.check_files(
                    [decode("", language, code.encode("utf-8", "replace"))], cwe=cwe
                )
                return self._form(fields, checked=checked)
            names = {"Without an example": "none", "With an example": self._seccoder.settings.retriever}
            return self._form(fields, arms=[self._arm(name, query, cwe, arm) for name, arm in names.items()])
        finally:
            self._busy.release()

    def _arm(self, name: str, query: Query, cwe: str | None, retriever: str) -> Tried:
        try:
            return Tried(name, self._seccoder.generate(query, cwe=cwe, retriever=retriever))
        except UsageError:
            raise
        except SecCoderError as error:
            return Tried(name, error=str(error))

    def _error(self, status: int, message: str) -> Answer:
        return self._show("error", status, message=message)

    def _show(self, template: str, status: int = 200, **values: Any) -> Answer:
        text = self._templates.get_template(f"{template}.html.j2").render(here=template, **values)
        return Answer(status, self._headers, text.encode("utf-8", "replace"))


def _harmless(value: Any) -> Any:
    """Return what a template shows of a value: a text without what deceives, which is escaped afterwards."""
    return spelled_out(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _file(name: str) -> str:
    return files("seccoder.serving.page").joinpath(name).read_text(encoding="utf-8")
