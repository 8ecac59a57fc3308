"""Answers questions of syntax: whether a text parses, and whether it ends inside a body.

Integration, extraction and checks share these functions. They take a source text and a canonical language, and return
positions, or an answer (True, False, or None for "cannot tell") with its reason. `syntax` is cheap, runs nothing and is
good enough to choose between several ways to read a model's answer. What counts for a verdict is
`seccoder.oracles.static.compiling.parses`, which also asks the language's own compiler or parser, because tree-sitter's
grammars are behind the languages.

Not guaranteed: that a text that parses also runs, links or type-checks. Python's grammar is that of the running
interpreter, whose version an error names. The bracket scanner knows comments and strings but not regular-expression
literals of JavaScript, so a bracket or a quote inside one can mislead it. It reads strictly from left to right, and
that makes it safe to stop a model early.
"""

import io
import re
import sys
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from seccoder.code.languages import LANGUAGES

if TYPE_CHECKING:
    from tree_sitter import Parser, Tree

MAX_CHARS = 1_000_000  # beyond this nothing is parsed: no completion and no sensible file is that long

# First what cannot hold a bracket that counts (comments, strings, character and template literals), then the brackets,
# then newlines. A comment or literal may also be cut off by the end of the text, so that a prefix of a text is read as
# the beginning of the whole text is.
_SCAN = re.compile(
    r"""//[^\n]* | /\*.*?(?:\*/|\Z)
      | "(?:\\.|[^"\\\n])*(?:"|(?=\n)|\\?\Z) | '(?:\\.|[^'\\\n])*(?:'|(?=\n)|\\?\Z) | `(?:\\.|[^`\\])*(?:`|\\?\Z)
      | [{}()\[\]] | \n""",
    re.VERBOSE | re.DOTALL,
)

# The head of a method, with what may stand before it.
_METHOD = re.compile(
    r"""(?:\s | //[^\n]*\n | /\*.*?\*/)* (?:@[\w.]+(?:\([^)]*\))?\s*)*
        (?:(?:public|private|protected|static|async|get|set|override)\s+)* \*?\s* [\#\w$]+ \s* (?:<[^<>()]*>)? \(""",
    re.VERBOSE | re.DOTALL,
)


def syntax(text: str, language: str | None) -> tuple[bool | None, str]:
    """Tell whether a text is syntactically well-formed, without running a program.

    For all but Python tree-sitter decides. It accepts some code that no compiler accepts, and rejects some that
    compilers accept.

    Returns:
        True, False, or None if it cannot tell; and the reason in one line, which is empty for True.
    """
    if len(text) > MAX_CHARS:
        return None, f"longer than {MAX_CHARS:,} characters: not parsed"
    if language == "python":
        return _python(text)
    parser = grammar(language)
    if parser is None:
        return None, f"no parser for language {language or 'unknown'!r}"
    if "\0" in text:
        return False, "it holds a NUL character"
    tree = parser.parse(text.encode("utf-8", "replace"))
    if not tree.root_node.has_error:
        return True, ""
    return False, f"syntax error near line {_error_line(tree.root_node)}"


def methods_alone(text: str, language: str | None) -> str | None:
    """Return a whole file for JavaScript or TypeScript methods that were cut out of a class or an object.

    Returns:
        The methods in a class or an object, each on its own line; or None if the text is no such methods.
    """
    if language not in {"javascript", "typescript"} or not _METHOD.match(text):
        return None
    made = (f"{before} {text}\n{after}\n" for before, after in (("class Methods {", "}"), ("module.exports = {", "};")))
    return next((whole for whole in made if syntax(whole, language)[0]), None)


def inside_body(code: str, language: str | None) -> bool:
    """Tell whether incomplete code ends inside the body of something, which the completion is then expected to finish.

    Python code ends inside a body if it ends in an indented block, or right after a line that opens one. It does not if
    the last line with text stands at the left margin, or if two blank lines after the block say that it has ended. Code
    in another language ends inside a body if a brace is open. For an unknown language the answer is no.
    """
    if not code.strip() or language is None:
        return False
    if language != "python":
        depth = 0
        for match in _SCAN.finditer(code):
            depth += {"{": 1, "}": -1}.get(match.group(), 0)
        return depth > 0
    depth, header, unfinished = _python_end(code)
    if header or unfinished:
        return header or depth > 0
    last = code.rstrip().rpartition("\n")[2]
    return depth > 0 and last[:1].isspace() and not re.search(r"\n[ \t]*\n[ \t]*\n\Z", code)


def closing(before: str, text: str) -> int | None:
    """Find the end of the first line in `text` on which all brackets opened in `before` and `text` are closed again.

    Args:
        before: Code that leaves at least one bracket open.
        text: What follows it.

    Returns:
        The offset of the newline that ends that line, or None if there is no such complete line. Whatever is appended
        to `text` does not change an offset once found.
    """
    return next((at for at, found in _outside(before, text) if found == "\n"), None)


def closed(before: str, text: str) -> int | None:
    """Return the offset in `text` behind the bracket that closes all that were open; None if there is none."""
    return next((at + 1 for at, found in _outside(before, text) if found != "\n"), None)


def _outside(before: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield where in `text` a line ends outside of all brackets, or a bracket closes the last one that was open."""
    depth = 0
    for match in _SCAN.finditer(before + text):
        found = match.group()
        if found != "\n" and len(found) == 1:
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(found, 0)
        if depth <= 0 and match.start() >= len(before) and found in ("\n", "}", ")", "]"):
            yield match.start() - len(before), found


def top_level_breaks(text: str, language: str | None) -> list[int]:
    """Return the offsets of the newlines after which a top-level definition or statement can begin, in order."""
    if language == "python":
        return [match.start() for match in re.finditer(r"\n(?=[^\s)\]}])", text)]
    depth = 0
    offsets = []
    for match in _SCAN.finditer(text):
        found = match.group()
        if found == "\n" and depth <= 0:
            offsets.append(match.start())
        elif len(found) == 1:
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(found, 0)
    return offsets


def _python(text: str) -> tuple[bool | None, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # compile() runs nothing and finds more than ast.parse(): `return` outside a function, misplaced imports.
            compile(text, "<text>", "exec", dont_inherit=True)
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno else ""
        return False, f"{where}{error.msg} (Python {sys.version_info.major}.{sys.version_info.minor})"
    except ValueError as error:  # a NUL character, or a lone surrogate
        return False, str(error)
    except (RecursionError, MemoryError, OverflowError):
        return False, "nested too deeply to be parsed"
    return True, ""


def _python_end(code: str) -> tuple[int, bool, bool]:
    """Tell how Python code ends.

    Returns:
        The depth of indentation; whether the code ends with a header that has no body yet; and whether it ends inside a
        token or a bracket, so that whatever follows belongs to the same statement.
    """
    depth, at_end, brackets, header = 0, 0, 0, False
    try:
        for token in tokenize.generate_tokens(io.StringIO(code if code.endswith("\n") else code + "\n").readline):
            if token.type == tokenize.INDENT:
                depth += 1
            elif token.type == tokenize.DEDENT:
                depth -= 1
            elif token.type not in {tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER}:
                brackets += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.string, 0)
                header = token.string == ":" and brackets == 0
                at_end = depth
    except tokenize.TokenError:
        return depth, False, True
    except SyntaxError:  # a line is dedented to no outer level: what was read until there counts
        return depth, header, False
    return at_end, header, False


class Grammar:
    """Parses one language with tree-sitter, by whichever of its grammars reads the text without an error."""

    def __init__(self, parsers: Sequence["Parser"]) -> None:
        self._parsers = parsers

    def parse(self, data: bytes) -> "Tree":
        """Return the tree of the first grammar that finds no error, or else that of the first one."""
        trees = (parser.parse(data) for parser in self._parsers)
        first = next(trees)
        return first if not first.root_node.has_error else next((t for t in trees if not t.root_node.has_error), first)


@cache
def grammar(language: str | None) -> Grammar | None:
    """Return the grammar of a language, or None if there is none."""
    from importlib import import_module

    from tree_sitter import Language, Parser

    if language is None or language not in LANGUAGES:
        return None
    # TypeScript has two, because `<T>value` is a cast in a `.ts` file and the beginning of an element in a `.tsx` file.
    names = ("language_typescript", "language_tsx") if language == "typescript" else ("language",)
    module = import_module(f"tree_sitter_{language}")
    return Grammar([Parser(Language(getattr(module, name)())) for name in names])


def _error_line(root: object) -> int:
    """Return the line, from 1, of the first error or missing node."""
    node = root
    while True:
        below = [child for child in node.children if child.has_error or child.is_missing or child.is_error]  # type: ignore[attr-defined]
        if node.type == "ERROR" or node.is_missing or not below:  # type: ignore[attr-defined]
            return int(node.start_point[0]) + 1  # type: ignore[attr-defined]
        node = below[0]
