"""Tells which files of a repository are its own hand-written code: no tests, no examples, nothing of others or made.

The path tells most: folders of tests, examples, documents and of other people's code, and names of minified or
generated files. The text tells the rest: a line that says so, or lines that nobody writes. What is left out is not
wrong code, but nobody would want it as an example.
"""

import re

from seccoder.code import languages

_OTHERS = re.compile(
    r"""(?:^|/)(?:
          tests?|testing|testlib|test[-_.]?\w+|\w+[-_]tests?|__tests__|specs?|e2e|fixtures?|mocks?|__mocks__|testdata|testcases?
        | (?:dummy|test|mock|fake)[-_]?servers?
        | vendor(?:ed|s)?|_vendor(?:ed)?|third[-_]?part(?:y|ies)|3rd[-_]?part(?:y|ies)|node_modules|bower_components
        | deps?|externals?|extern|submodules|bundled|site-packages|jspm_packages|contrib[-_]libs?
        | examples?|demos?|samples?|docs?|documentation|tutorials?|benchmarks?|bench|fuzz(?:ing|ers?)?|oss-fuzz|perf
        | dist|build|_?generated|gen
      )/
      | (?:^|/)(?:test_[^/]*|conftest\.py|setup\.py|parsetab\.py|lextab\.py|lex\.yy\.\w+)$
      | [._-](?:tests?|specs?|bench|fuzz\w*|example)\.\w+$ | (?:Tests?|IT|Spec)\.java$ | (?:^|/)tests?\.\w+$
      | (?:^|/)(?:(?:dummy|test|mock|fake)[-_]?server|fuzz\w*|\w+_fuzzer|bench\w*|example\w*|demo\w*)\.\w+$
      | (?:^|/)(?:jake|gulp|grunt)file\.\w+$ | (?:^|/)(?:rollup|webpack|karma|jest|babel)[.-]config[^/]*$
      | [.-]min\.\w+$ | _pb2(?:_grpc)?\.py$ | \.pb\.(?:go|cc|h)$ | \.tab\.[ch]$ | [._-]generated\.\w+$
      | \.(?:bundle|umd|iife)\.js$ | \.d\.ts$
      | (?:^|/)(?:jquery|bootstrap|angular|react|vue|d3|moment|underscore)[\d.-]*\.js$""",
    re.VERBOSE | re.IGNORECASE,
)
_MADE = re.compile(
    r"(?i)\b(?:auto[- ]?(?:matically )?generated|generated (?:by|from|with|file)|@generated|do not (?:edit|modify)"
    r"|bison parser|(?:lexical )?scanner generated|made by gnu bison)\b"
)
_LONG = 2000  # characters of a line
_DENSE = 160  # characters of a line, on average


def language(path: str) -> str | None:
    """Return the language of a source file that is the repository's own; None for every other file, by its path."""
    return None if _OTHERS.search(path) else languages.from_path(path)


def handwritten(text: str) -> bool:
    """Tell whether a file's text looks as if somebody wrote it: not made by a program, and not minified."""
    if _MADE.search(text[:1500]):
        return False
    lines = text.count("\n") + 1
    longest = max(map(len, text.split("\n")))
    return len(text) <= _DENSE * lines and longest <= _LONG
