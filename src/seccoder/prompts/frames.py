r"""Puts demonstrations into a frame they cannot break: a docstring, `#if 0`, a block comment, a Markdown fence.

A demonstration's code is untrusted. It is made harmless and put inside a frame. The code stays as it is wherever that
is safe, because a model reads it better so; otherwise it is changed as little as the frame requires:

- every frame: line ends become "\n". Control and formatting characters are removed (NUL, bidirectional overrides,
  zero-width characters, lone surrogates), but tabs stay. The marks of models (`<|...|>`, `[INST]`, see `marks`) are
  broken up. A passage that addresses a model ("ignore all previous instructions") is blanked to the end of its comment
  line or string. A fence is longer than any run of backticks in the code;
- docstring: triple double quotes become single ones. A docstring that holds backslashes is raw, so that no escape
  sequence is read;
- `#if 0`: code gets `//` before each line if it holds conditional directives, or anything by which one could be made
  (splices, trigraphs, digraphs, raw strings, unbalanced quotes or comments);
- block comment: `*/` is broken up, and also Java's `\u`, which the compiler reads even in comments.

Guaranteed, and tested with arbitrary text: a Python file parses with the frame if it parses without it; a C file is the
same after preprocessing. Not guaranteed: that a passage which influences a model is recognised. Recognition is a short
list of phrases. It comes second, after the vetting of the codebase.
"""

import re
import tokenize
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from io import StringIO

from seccoder.code import marks

_NEWLINES = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_MODEL = r"(?:ai|assistant|language\s+model|llm|chatbot|chatgpt|gpt|copilot|claude)"
_ADDRESSES_A_MODEL = re.compile(
    rf"""
      \b (?:ignore|disregard|forget|override) \s+ (?:(?:all|any|the|your|of|every) \s+)*
         (?:previous|prior|above|earlier|preceding|foregoing|system) \s+ (?:\w+\s+)?
         (?:instruction|prompt|message|rule|direction|context)s? \b
    | \b you \s+ are \s+ (?:now\s+)? (?:an?\s+)? (?:\w+\s+)? {_MODEL} \b
    | \b (?:dear|hey|attention|note\s+(?:to|for)) [\s,:]+ (?:(?:the|any|all) \s+)? {_MODEL}s? \b
    | \b (?:as|if\s+you\s+are) \s+ an? \s+ (?:ai|language\s+model|llm) \b
    | \b (?:system\s+prompt|new\s+instructions?) \s* :
    | ^ [ \t\#/*;-]* (?-i:System|Assistant|Human) \s* : \s
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_BLANK = "(left out)"
_COMMENT_LINE = re.compile(r"[ \t]*(?:#|//|/\*|\*|$)|.*(?:\s#|//|/\*)")
_CODING = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+")
_CONDITIONAL = re.compile(r"^[ \t]*#[ \t]*(?:if|el|end)", re.MULTILINE)
_RISKY_C = re.compile(r"\?\?|%:|\bu?8?[uUL]?R\"|\\[ \t]*$", re.MULTILINE)
_C_TOKENS = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | (?P<open>/\*|"|')""", re.VERBOSE | re.DOTALL
)


@lru_cache(maxsize=1024)  # the same demonstrations are shown again and again
def clean(code: str) -> tuple[str, int]:
    """Return the code without what no frame may hold, and the number of passages that were blanked."""
    code = _NEWLINES.sub("\n", code)
    code = "".join(character for character in code if _harmless(character)).strip("\n")
    blanked = 0
    while match := _ADDRESSES_A_MODEL.search(code):
        start = match.start() + len(match.group()) - len(match.group().lstrip(" \t#/*;-"))
        line = code[code.rfind("\n", 0, start) + 1 : start]
        # The rest of the line goes too, but not what closes the comment or the string it stands in.
        closers = r"\*/|\"\"\"|'''|$" if _COMMENT_LINE.match(line) else r"[\"'`]|\*/|$"
        end = re.compile(closers, re.MULTILINE).search(code, match.end())
        code = f"{code[:start]}{_BLANK}{code[end.start() if end else len(code) :]}"
        blanked += 1
    return marks.broken(code), blanked


def addresses_a_model(text: str) -> str:
    """Return the first passage that addresses a model or is a mark of one (`marks`); "" if there is none."""
    match = _ADDRESSES_A_MODEL.search(text) or marks.first(text)
    return " ".join(text[match.start() : match.end() + 40].split()) if match else ""


def _harmless(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}


def fenced(code: str, tag: str = "") -> str:
    """Put code between two fences that it cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{tag}\n{code.rstrip()}\n{fence}"


def before(code: str, blocks: Sequence[str], language: str) -> str:
    """Put fenced blocks into one frame that the language ignores, before code that stays unchanged.

    Args:
        code: The query's code. Lines that must come first in a file (an interpreter line, an encoding) stay first.
        blocks: Fenced demonstrations, already cleaned.
        language: Canonical language of the code.
    """
    head, rest = _first_lines(code, language)
    text = "\n".join(blocks)
    if language == "python":
        # The lone "#" keeps the demonstration off the first two lines, where a comment can declare an encoding.
        frame = f"#\n{line_comments(text, '#')}" if _docstring_before_future(rest) else _in_docstring(text)
    elif language in {"c", "cpp"}:
        frame = f"#if 0\n{text if _safe_in_if_0(text) else line_comments(text, '//')}\n#endif"
    else:
        if language == "java":
            text = text.replace("\\u", "\\ u")
        frame = f"/*\n{text.replace('*/', '* /')}\n*/"
    return f"{head}{frame}\n{rest}"


def headed(code: str, comments: str, language: str) -> str:
    """Put comment lines at the head of a file, after the lines that must come first."""
    head, rest = _first_lines(code, language)
    return f"{head}{comments}\n{rest}"


def _first_lines(code: str, language: str) -> tuple[str, str]:
    """Split off what has to stay first: byte order mark, interpreter line, encoding declaration."""
    lines = code.split("\n", 2)
    count = 0
    if language in {"python", "javascript", "typescript"} and lines[0].lstrip("\ufeff").startswith("#!"):
        count = 1
    if language == "python":
        for index in range(count, min(2, len(lines) - 1)):
            if _CODING.match(lines[index].lstrip("\ufeff")):
                count = index + 1
                break
            if lines[index].strip() and not lines[index].startswith("#"):
                break
    if count and count == len(lines):
        return code + "\n", ""
    if count == 0:
        mark = "\ufeff" if code.startswith("\ufeff") else ""
        return mark, code[len(mark) :]
    return "\n".join(lines[:count]) + "\n", "\n".join(lines[count:])


def _in_docstring(text: str) -> str:
    text = text.replace('"""', "'''")
    return f'{"r" if chr(92) in text else ""}"""\n{text}\n"""'


def _docstring_before_future(code: str) -> bool:
    """Tell whether code has a docstring and `__future__` imports: a second string before them would not be legal."""
    if "__future__" not in code:
        return False
    try:
        for token in tokenize.generate_tokens(StringIO(code).readline):
            if token.type not in {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT}:
                return token.type == tokenize.STRING
    except (tokenize.TokenError, SyntaxError):
        return True
    return False


def line_comments(text: str, mark: str) -> str:
    """Make every line a comment that cannot continue on the next one."""
    lines = [line.replace("??/", "?? /").rstrip(" \t\\") for line in text.split("\n")]
    return "\n".join(f"{mark} {line}".rstrip() for line in lines)


def _safe_in_if_0(text: str) -> bool:
    """Tell whether nothing in a text can end the skipped group, open another or hide the `#endif`; in doubt, no."""
    if _RISKY_C.search(text) or any(match["open"] for match in _C_TOKENS.finditer(text)):
        return False
    bare = _C_TOKENS.sub(lambda match: " " if match.group().startswith("/") else match.group(), text)
    return not _CONDITIONAL.search(bare)
