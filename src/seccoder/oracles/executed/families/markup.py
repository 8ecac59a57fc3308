"""Decides CWE-79 and its family: does a value from outside become markup or script in a page?

Exploited: the answer is HTML and, parsed as a browser would parse it, has an element, an event handler or a script
address with the run's random mark, which only the attack can have brought. Exercised: the benign value came back in an
answer. An answer of another content type cannot be exploited, and neither can a function whose every answer is JSON; if
the value came back in it, it still counts as exercised. What a page's own script sets as markup (`innerHTML`) is judged
alike, and what it sets as text is exercised.
"""

import json
import re
from html.parser import HTMLParser

from seccoder.oracles.executed.attempts import (
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
    called_inside,
    given_whole,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "markup"
CWES = ("CWE-79", "CWE-80", "CWE-116")
HINT = ""
_SHAPES = (
    "<script>{M}</script>", "<img src=x onerror={M}>", '"><svg onload={M}>', "'><svg onload={M}>", '" onfocus={M} x="',
    "' onfocus={M} x='", "x onfocus={M}", "javascript:{M}", "java\tscript:{M}",
    "</SCRIPT ><script>{M}</script>", "</script><script>{M}</script>", '"-{M}-"', "'-{M}-'",
    "<scr<script>ipt>{M}</scr</script>ipt>", "<SCRIPT>{M}</SCRIPT>", "--><svg onload={M}>", "</title><svg onload={M}>",
    "${{M}}",
    "{W}\n<script>{M}</script>", "@{W} <script>{M}</script>", "**{W}** <img src=x onerror={M}>",
)  # fmt: skip


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values for each place in a page that can hold one, and a page for templates that are read from files."""
    # these are all the texts that a template is given
    page = (
        b"<!doctype html><p>Hello {% for key, value in self._TemplateReference__context.get_all().items() "
        b"if value is string %}{{ value }} {% endfor %}</p>"
    )
    names = [text for text in surface.literals if text.endswith((".html", ".htm", ".j2", ".jinja2", ".xml", ".tpl"))]
    files = {
        f"/box/app/{folder}{name}": page
        for name in names
        for folder in ("", "templates/")
        if ".." not in name and not name.startswith("/")
    }
    attacks = [{"value": shape.replace("{M}", tokens.mark)} for shape in _SHAPES]
    return Wanted(
        attacks=attacks,
        benign=[
            tokens.word,
            "7",
            f"http://{tokens.word}.example.com/",
            f"{tokens.word}@example.com",
            f"@{tokens.word}",
            f"{tokens.word}\n{tokens.word}",
            f"**{tokens.word}**",
        ],
        files=files,
    )


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the page that was answered."""
    return [Use("page", attempt.line, _said(attempt))] if _html(attempt) else []


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Parse every page."""
    judgement = Judgement()
    for attempt in benign_of(run):
        page = attempt.status < 400 and not attempt.error and (attempt.type or _html(attempt))
        if page and any(len(value) > 2 and value.encode() in attempt.body for value in attempt.values):
            judgement.reached.update(CWES)
    texts = {attempt.entry for attempt in run.attempts if attempt.body and not _is_json(_said(attempt))}
    pages = {attempt.entry for attempt in benign_of(run) if _html(attempt)} & texts
    for attempt in attacks_of(run, NAME):
        page = _html(attempt) if attempt.type else attempt.entry in pages
        text = _said(attempt)
        if page and (how := _active(text, tokens.mark)):
            name = _page_as_a_whole(attempt, text) if not run.aimed else ""
            message = f"the parameter {name} is the page" if name else f"the input became {how} in the page"
            exploit = Exploit(CWES, attempt.entry, attempt.payload, attempt.line, message)
            (judgement.open_to_caller if name else judgement.exploits).append(exploit)
    _judge_scripts(run, tokens, judgement)
    return judgement


def _judge_scripts(run: Run, tokens: Tokens, judgement: Judgement) -> None:
    """Judge what a page's own script puts into it, as markup or as text."""
    for attempt in benign_of(run):
        if any(mentions_value(attempt, call.text("text")) for call in attempt.called("markup", "text")):
            judgement.reached.update(CWES)
    for attempt in attacks_of(run, NAME):
        for call in attempt.called("markup"):
            if how := _active(call.text("text"), tokens.mark):
                message = f"the input became {how} in the page"
                judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, call.line, message))


def _page_as_a_whole(attempt: Attempt, text: str) -> str:
    """Return the parameter that is the page, if a function makes an answer of a page that it is given, or returns it.

    What such a function returns passes for a page by the function's name alone.
    """
    return given_whole(attempt, text, "") if called_inside(attempt) else ""


def _said(attempt: Attempt) -> str:
    return attempt.body.decode(errors="replace")


def _html(attempt: Attempt) -> bool:
    """Say whether an answer is a page: by its type, or because a function adds markup of its own to what it returns.

    A function whose own name says that it makes markup need not add any.
    """
    if attempt.type:
        # a browser follows a redirection and shows nothing of the answer; a status of ours may be none of HTTP's
        located = any(name.lower() == "location" for name in attempt.headers)
        redirects = 300 <= attempt.status < 400 or (located and not 200 <= attempt.status < 600)
        return ("html" in attempt.type or "svg" in attempt.type) and not redirects
    own = _said(attempt)
    for value in attempt.values:
        own = own.replace(value, "")
    named = _NAMED.search(attempt.entry.rpartition(".")[2]) is not None
    return named or (_TAG.search(own) is not None and not _is_json(own))


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[", '"')):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


_WRITTEN_OUT = (
    r"(?:module|class|function|bound|built|generator|coroutine|code|frame)[ -]"  # objects as Python shows them
)
_TAG = re.compile(rf"</?(?!{_WRITTEN_OUT})([a-z][a-z0-9]*)(\s[^<>]*)?/?>", re.I)
_NAMED = re.compile(r"html(?!\d)|markup|svg|render", re.I)  # with a number it is a standard, for headers too


def _active(page: str, mark: str) -> str:
    parser = _Page(mark)
    parser.feed(page)
    parser.close()
    return parser.found


class _Page(HTMLParser):
    def __init__(self, mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self.mark, self.found, self.script = mark, "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        for name, value in attrs:
            content = (value or "").strip()
            if self.mark in content and name.startswith("on"):
                inside_quotes = content.strip("\"'-; ") != self.mark and not _breaks_out(content, self.mark)
                self.found = self.found or ("" if inside_quotes else "an event handler")
            elif self.mark in content and name in {"href", "src", "action", "formaction"}:
                if re.sub(r"[\t\r\n]", "", content).lower().startswith("javascript:"):  # browsers drop these
                    self.found = self.found or "a script address"

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and self.mark in data and (data.strip() == self.mark or _breaks_out(data, self.mark)):
            self.found = self.found or "script"


def _breaks_out(script: str, mark: str) -> bool:
    """Say whether the mark stands outside every string literal of a script, or in a hole of a template literal."""
    quote, skip = "", False
    for index, character in enumerate(script):
        if skip:
            skip = False
        elif character == "\\":
            skip = True
        elif quote == "`" and script.startswith("${", index):
            if mark in script[index : script.find("}", index)]:
                return True
        elif quote:
            quote = "" if character == quote else quote
        elif character in "\"'`":
            quote = character
        elif script.startswith(mark, index):
            return True
    return False
