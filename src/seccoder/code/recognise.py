r"""Recognises the language that is meant: in words, in the tags of fences, in names of files, and in code.

It also knows languages that seccoder has no demonstrations in (`OTHERS`), because whoever asks for Rust must not be
shown JavaScript. Each function returns what it found, in any of the two kinds; `one` then says which language is meant,
or None if it is none or several. Languages that stand beside another one (SQL in Python, HTML in Go) count for nothing.

Words name a language for certain only where no other word could be meant: "Go" and "C" need "in", "a C function" and
the like. A library or a tool names its language too ("with Flask", "npm"). Code is recognised by what only its language
writes, and only if it holds clearly more of it than of any other language.

Not guaranteed: that a language is recognised. Whoever calls must be able to do without.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath

from seccoder.code.languages import FACTS, SUFFIXES

# Languages without demonstrations: their names as one word, how else they are written, and the suffixes of their files.
OTHERS: dict[str, tuple[str, ...]] = {
    "rust": (".rs",),
    "php": (".php",),
    "kotlin": (".kt", ".kts"),
    "ruby": (".rb",),
    "swift": (".swift",),
    "csharp": (".cs",),
    "scala": (".scala",),
    "perl": (".pl", ".pm"),
    "r": (".r",),
    "lua": (".lua",),
    "haskell": (".hs",),
    "elixir": (".ex", ".exs"),
    "dart": (".dart",),
    "julia": (".jl",),
    "groovy": (".groovy",),
    "clojure": (".clj",),
    "zig": (".zig",),
    "solidity": (".sol",),
    "bash": (".sh", ".bash"),
    "powershell": (".ps1",),
}
_SUFFIXES = {**SUFFIXES, **{suffix: name for name, suffixes in OTHERS.items() for suffix in suffixes}}
# How the languages are written in words and in the tags of fences, in lower case.
_SPELLED = {name: name for name in [*FACTS, *OTHERS]}
_SPELLED |= {alias: name for name, facts in FACTS.items() for alias in facts.aliases}
_SPELLED |= {"node.js": "javascript", "nodejs": "javascript", "node": "javascript", "vanilla js": "javascript"}
_SPELLED |= {"c#": "csharp", "cs": "csharp", "rs": "rust", "rb": "ruby", "kt": "kotlin", "hpp": "cpp", "h": "c"}
_SPELLED |= {"mjs": "javascript", "py3": "python", "shell script": "bash", "shell": "bash", "zsh": "bash"}

_CERTAIN = (
    r"Python(?:\ ?3(?:\.\d+)?)?|JavaScript|TypeScript|Node\.?js|Golang|C\+\+|C\#|PHP|Kotlin|Haskell|Elixir|Clojure"
    r"|Solidity|PowerShell|Bash|Java(?!\s*(?:island|coffee))|Scala|Perl|Lua|Groovy"
)
_UNSURE = r"Go|C|R|Rust|Swift|Ruby|Dart|Julia|Zig|TS|JS|Node|Shell"
_THING = (
    r"(?:function|method|class|module|script|program|code|snippet|file|server|service|handler|app|application|library"
    r"|test|package|project|backend|endpoint|extension|struct|tool|client|cli|api|helper|version|implementation)s?"
)
_NAMED = re.compile(
    rf"""
      \b(?i:in|into|to|using|with|for|as)[ ]+(?:an?[ ]+|plain[ ]+|pure[ ]+|idiomatic[ ]+|modern[ ]+|standard[ ]+)?
        (?P<target>(?i:{_CERTAIN})|{_UNSURE})(?![\w+\#]|\.\w|[ ]?-\w)
    | (?<![\w+\#/.-])(?P<thing>(?i:{_CERTAIN})|{_UNSURE}|shell|(?<=a[ ])go)(?:['’]s)?[ ]+(?:\w+[ ]+)?{_THING}\b
    | (?<![\w+\#/.-])(?P<certain>(?i:{_CERTAIN}))(?![\w+\#]|\.\w)
    """,
    re.VERBOSE,
)
_INTO = re.compile(r"\b(?:port|convert|translate|rewrite|transpile|migrate|reimplement)\w*\b", re.IGNORECASE)

# Libraries and tools that leave no doubt about the language. Alternatives of one language are told apart by nothing.
_TOOLS = {
    "python": r"flask|django|fastapi|sqlalchemy|pandas|numpy|asyncio|aiohttp|pytest|psycopg2?|starlette|celery|pip"
    r"|jinja2?|pydantic|streamlit|subprocess\.run|pickle",
    "javascript": r"express(?:\.js)|express(?=\s+(?:app|server|route|handler|middleware|endpoint|api|backend))"
    r"|(?:in|with|an|using)\s+express|npm|react|next\.js|vue(?:\.js)?|jquery|fastify|koa|svelte(?:kit)?|deno"
    r"|mongoose|sequelize|child_process",
    "typescript": r"nest\.?js|angular|tsconfig|type-?orm",
    "java": r"spring(?:\s+boot|\s+mvc|\s+controller)|jdbc|servlets?|hibernate|maven|quarkus|jakarta|preparedstatement"
    r"|jackson",
    "go": r"goroutines?|net/http|database/sql|html/template|os/exec|gorm|go\.mod"
    r"|gin(?=\s+(?:handler|route|server|app|middleware))",
    "c": r"libcurl|libxml2|malloc|strcpy|snprintf|posix\ c|openssl's\ c",
    "cpp": r"std::\w+|qt\s?[56]|boost::\w+",
    "ruby": r"rails|sinatra|activerecord",
    "php": r"laravel|symfony|wordpress|wp_\w+|mysqli",
    "csharp": r"asp\.net|\.net\s(?:core|[5-9])|entity\sframework|blazor|wpf",
    "kotlin": r"ktor|jetpack\scompose",
    "swift": r"swiftui|uikit",
    "rust": r"actix|tokio|serde|axum|cargo",
    "dart": r"flutter",
}
_TOOL = re.compile(
    "|".join(rf"(?<![\w.])(?P<{name}>{pattern})(?!\w)" for name, pattern in _TOOLS.items()), re.IGNORECASE
)

_PATH = re.compile(r"(?<![\w:/.@-])(?:[\w.@~+-]{0,80}/){0,20}[\w.@+-]{1,80}\.[A-Za-z]{1,6}\b(?!\()")

# What only one language writes; each pattern counts once.
_MARKS = {
    "python": (
        r"^[ \t]*(?:async\s)?def \w+\(.*\)[^{]*:",
        r"^[ \t]*from [\w.]+ import \w",
        r"^[ \t]*import [\w.]+$",
        r"^[ \t]*(?:if|for|while|with|elif|except|class)\b[^{};]*:\s*$",
        r"\bself\.\w",
        r"\b(?:None|True|False)\b",
        r"^[ \t]*(?:else|try|finally):\s*$",
        r"\b__\w+__\b",
        r"\bf\"[^\"\n]*\{",
    ),
    "c": (
        r"^[ \t]*#\s*include\s*<\w+(?:/\w+)*\.h>",
        r"^(?:static |const |unsigned )*(?:int|char|void|size_t|struct \w+)\s*\*?\s*\w+\s*\([^;]*$",
        r"\w->\w",
        r"\b(?:malloc|printf|fprintf|strlen|memcpy|sizeof|free|strcpy|snprintf)\s*\(",
        r"\bNULL\b",
        r"^[ \t]*typedef struct",
        r"\b(?:char|int|struct \w+)\s+\*+\w+\s*[=;,)]",
        r"\bchar \w+\[",
    ),
    "cpp": (
        r"\bstd::\w",
        r"^[ \t]*#\s*include\s*<(?:iostream|string|vector|map|memory|fstream|sstream|algorithm)>",
        r"^[ \t]*namespace \w+|^\s*using namespace",
        r"\btemplate\s*<",
        r"\bnullptr\b",
        r"\bauto\s*[&*]?\s*\w+\s*=",
        r"^[ \t]*(?:public|private|protected):\s*$",
        r"\bcout\s*<<",
    ),
    "java": (
        r"\bpublic (?:static |final |abstract )*(?:class|interface|void|record|enum)\b",
        r"^import (?:static )?javax?\.",
        r"^package [\w.]+;",
        r"\bString(?:\[\])? \w+\s*[=;,)]",
        r"\bSystem\.(?:out|err)\b",
        r"^[ \t]*@(?:Override|\w+Mapping|Autowired|RequestParam|Test|Entity|RestController)\b",
        r"\bthrows \w+",
        r"^import (?:org|com|jakarta)\.[\w.]+;",
        r"\bprivate (?:final )?\w+(?:<\w+>)? \w+\s*[=;]",
    ),
    "javascript": (
        r"\b(?:const|let) [\w{}\s,\[\]]+ = ",
        r"=>\s*[{(\w]",
        r"\brequire\([\x22']",
        r"\bmodule\.exports",
        r"\bfunction\s*\w*\([^)$]*\)\s*\{",
        r"\bconsole\.\w+\(",
        r"[!=]==\s",
        r"^[ \t]*import .* from [\x22']",
        r"\b(?:document|window)\.\w",
        r"\basync (?:function|\()",
        r"^[ \t]*export (?:default|const|async|function)",
        r"\breq\.(?:body|query|params)\b",
    ),
    "typescript": (
        r":\s*(?:string|number|boolean|any|unknown|void)\b(?:\[\])?\s*[,;)={|]",
        r"^[ \t]*(?:export )?interface \w+",
        r"^[ \t]*(?:export )?type \w+\s*=",
        r"^[ \t]*import type\b",
        r":\s*Promise<",
        r"\bas (?:string|any|unknown|const)\b",
        r":\s*(?:Request|Response|NextFunction)\b",
        r"\b(?:private|protected|public) (?:readonly )?\w+\??\s*[:=]",
    ),
    "go": (
        r"^package \w+\s*$",
        r"^func (?:\(\w+ \*?\w+\) )?\w+\(",
        r"\w\s*:=\s",
        r"^import \(",
        r"\bfmt\.[A-Z]",
        r"\berr != nil",
        r"\bhttp\.(?:ResponseWriter|Request|HandleFunc)",
        r"^type \w+ (?:struct|interface)",
        r"\bdefer \w",
    ),
    "rust": (
        r"\bfn \w+\s*[(<]",
        r"\blet mut ",
        r"^[ \t]*(?:pub )?(?:impl|struct|enum|mod|trait)\b.*\{?",
        r"\w+!\(",
        r"->\s*(?:Result|Option|Self|impl\b|&)",
        r"&(?:mut|str|self)\b",
        r"^[ \t]*use [\w:]+::",
        r"\.unwrap\(\)|\?;",
    ),
    "php": (
        r"<\?php",
        r"\$\w+\s*=[^=]",
        r"\$\w+->\w",
        r"\bfunction \w*\(\s*(?:\w+ )?\$",
        r"\$_(?:GET|POST|REQUEST|SESSION|FILES)",
        r"\becho [\x22'$]",
        r"\bmysqli?_\w+\(",
    ),
    "kotlin": (
        r"\bfun (?:\w+\.)?\w+\(",
        r"\bval \w+(?:: \w+)?\s*=",
        r"\bdata class\b",
        r"\bvar \w+: \w",
        r"\?\.let|\?:",
        r": (?:String|Int|Unit)\??\s*[,)={]",
        r"\bprintln\(",
    ),
    "ruby": (
        r"^[ \t]*end\s*$",
        r"^[ \t]*def \w+[?!]?(?:\([^)]*\))?\s*$",
        r"\bdo \|\w+",
        r"^[ \t]*require [\x22']",
        r"\bputs\b",
        r"@\w+ = ",
        r"^[ \t]*class \w+ < \w",
        r"\bparams\[:",
    ),
    "csharp": (
        r"^using [\w.]+;",
        r"^[ \t]*namespace [\w.]+",
        r"\bpublic (?:async |static |override )*(?:string|int|void|Task|IActionResult|bool)\b",
        r"\bstring \w+\s*[=;,)]",
        r"\bConsole\.\w",
        r"\{ get; (?:private )?set; \}",
        r"\bvar \w+ = new\b",
        r"^[ \t]*\[(?:Http\w+|Route|ApiController)",
    ),
    "swift": (
        r"\bfunc \w+\([^)]*\)(?: throws)?(?: -> [\w\[\]?]+)? \{",
        r"\bguard let\b",
        r"^import (?:UIKit|SwiftUI|Foundation)",
        r"\blet \w+(?:: \w+)? = ",
        r"\bif let \w",
        r"\bvar \w+: \[?\w+",
    ),
    "bash": (
        r"^#!.*\b(?:ba|z|k)?sh\b",
        r"^[ \t]*(?:if|while|elif) \[",
        r"^[ \t]*(?:fi|done|esac)\b",
        r"\$\{\w+[}:#%/]",
        r"^[ \t]*(?:echo|export|set -[eux]+|local) ",
        r"\$\(\w",
        r";\s*(?:then|do)\s*$",
    ),
}
_COMPILED = {name: [re.compile(mark, re.MULTILINE) for mark in marks] for name, marks in _MARKS.items()}
_SEEN = 2_000  # characters of code that are looked at


def named(spelling: str) -> str | None:
    """Return the language of a fence's tag or of a name as somebody wrote it; None for any other text."""
    return _SPELLED.get(" ".join(spelling.lower().split()))


def in_words(text: str) -> list[str]:
    """Return the languages that words name, each once.

    If code is to be ported, the language it is to be ported to is the only one. Otherwise a language in which
    something is to be written ("in Go", "a C function") counts before one that is only mentioned.
    """
    found: dict[str, list[str]] = {"target": [], "thing": [], "certain": []}
    for match in _NAMED.finditer(text):
        kind = str(match.lastgroup)
        name = named(re.sub(r"(?<=[a-z])[\d. ]+$", "", match[kind].lower()))
        if name and name not in found[kind]:
            found[kind].append(name)
    if found["target"] and (len(found["target"]) == 1 or not found["thing"]) and _INTO.search(text):
        return found["target"][-1:]
    strong = list(dict.fromkeys([*found["target"], *found["thing"]]))
    return strong or found["certain"] or _of_tools(text)


def _of_tools(text: str) -> list[str]:
    return list(dict.fromkeys(str(match.lastgroup) for match in _TOOL.finditer(text)))


def in_paths(text: str) -> list[str]:
    """Return the languages of the file names in a text, in their order, as often as they occur."""
    found = (_SUFFIXES.get(PurePosixPath(match[0]).suffix.lower()) for match in _PATH.finditer(text))
    return [name for name in found if name and name != "bash"]


@lru_cache(maxsize=512)
def of_code(code: str) -> str | None:
    """Return the language that code is written in, if it shows at least two of its marks and more than any other."""
    if len(code) > _SEEN:
        code = code[: _SEEN // 2] + "\n" + code[-_SEEN // 2 :]
    counts = {name: sum(1 for mark in marks if mark.search(code)) for name, marks in _COMPILED.items()}
    counts["cpp"] += counts["c"] if counts["cpp"] else 0  # C++ is written with C's marks and some of its own
    counts["typescript"] += counts["javascript"] if counts["typescript"] else 0
    (best, most), (_, second) = sorted(counts.items(), key=lambda item: -item[1])[:2]
    if best in ("cpp", "typescript"):
        base = "c" if best == "cpp" else "javascript"
        second = max(count for name, count in counts.items() if name not in (best, base))
    return best if most >= 2 and most > second else None


def one(found: Iterable[str]) -> str | None:
    """Return the language that all or nearly all of these name, or None.

    Languages of one family count together only if they are the same: C is not taken for C++.
    """
    names = list(found)
    if not names:
        return None
    best = max(dict.fromkeys(names), key=names.count)
    return best if names.count(best) * 4 >= len(names) * 3 else None


def supported(name: str | None) -> bool:
    """Tell whether there may be demonstrations in a language."""
    return name in FACTS
