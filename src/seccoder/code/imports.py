"""Adds the imports that code uses and does not have, of each language's standard library.

Small models forget imports more than anything else, and more so where an example before them uses another style. Code
without them cannot do anything, so nothing can be seen of its function or its security either. What is missing is found
by name and never guessed beyond that: a name that the code defines anywhere is left alone.

Python is read by its syntax tree; the others by their words outside strings and comments. In Go, an import that is not
used is an error as well, and is taken out. Nothing is added to code that does not parse.
"""

import ast
import builtins
import re
import sys
import warnings
from collections.abc import Iterator

_PYTHON = {
    "base64": "b64decode b64encode urlsafe_b64decode urlsafe_b64encode",
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "collections.abc": "Mapping MutableMapping Sequence",
    "contextlib": "closing contextmanager suppress",
    "dataclasses": "asdict dataclass field",
    "datetime": "date datetime timedelta timezone",
    "decimal": "Decimal InvalidOperation ROUND_HALF_UP",
    "enum": "Enum IntEnum",
    "fractions": "Fraction",
    "functools": "cache lru_cache partial reduce wraps",
    "io": "BytesIO StringIO",
    "itertools": "chain combinations groupby islice permutations product",
    "pathlib": "Path PurePath PurePosixPath",
    "typing": "Any Callable Dict Generator Iterable Iterator List Literal NamedTuple Optional Set Tuple Union",
    "urllib.parse": "parse_qs quote unquote urlencode urljoin urlparse urlsplit",
    "uuid": "UUID uuid4",
    "abc": "ABC abstractmethod",
}
_FLASK = (
    "Flask abort jsonify make_response redirect render_template request send_file send_from_directory session url_for"
).split()
_PYTHON_FROM = {name: module for module, names in _PYTHON.items() for name in names.split()}
_ALIASES = {"ET": "import xml.etree.ElementTree as ET"}
_NOT_MODULES = {"this", "antigravity", "test", "code", "copy", "queue", "site", "token", "types", "calendar", "profile"}

_NODE = set("assert child_process crypto dns fs http https net os path querystring stream tls url util zlib".split())
_NODE_NAMES = {
    "child_process": "exec execFile execFileSync execSync spawn spawnSync",
    "crypto": "createCipheriv createHash createHmac randomBytes randomInt randomUUID scryptSync timingSafeEqual",
    "fs": "createReadStream createWriteStream existsSync mkdirSync readFileSync readdirSync statSync writeFileSync",
}
_NODE_FROM = {name: module for module, names in _NODE_NAMES.items() for name in names.split()}

_C = {
    "ctype.h": "isalnum isalpha isdigit isspace isupper isxdigit tolower toupper",
    "errno.h": "errno ERANGE EINTR EINVAL ENOENT",
    "fcntl.h": "open O_CREAT O_EXCL O_NOFOLLOW O_RDONLY O_WRONLY",
    "limits.h": "INT_MAX INT_MIN LONG_MAX LONG_MIN PATH_MAX UINT_MAX CHAR_BIT",
    "math.h": "ceil floor pow sqrt",
    "stdbool.h": "bool true false",
    "stdint.h": "int16_t int32_t int64_t int8_t uint16_t uint32_t uint64_t uint8_t SIZE_MAX UINT32_MAX INT32_MAX",
    "stdio.h": "FILE fclose feof fgets fopen fprintf fputs fread fscanf fwrite getchar perror printf putchar puts "
    "scanf snprintf sprintf sscanf stderr stdin stdout vsnprintf",
    "stdlib.h": "abort atoi atol calloc exit free getenv malloc qsort realloc strtol strtoul strtoull system",
    "string.h": "memchr memcmp memcpy memmove memset strcat strchr strcmp strcpy strcspn strdup strlen strncat strncmp "
    "strncpy strnlen strrchr strstr strtok",
    "sys/stat.h": "chmod fstat lstat mkdir stat umask",
    "time.h": "clock gmtime localtime strftime time time_t",
    "unistd.h": "F_OK R_OK W_OK X_OK access close execv execve execvp fork getpid read readlink unlink write",
}
_C_FROM = {name: header for header, names in _C.items() for name in names.split()}

_GO = {
    path.rpartition("/")[2]: path
    for path in (
        "archive/tar archive/zip bufio bytes context crypto/aes crypto/cipher crypto/hmac crypto/rand crypto/sha256 "
        "crypto/subtle crypto/tls database/sql encoding/base64 encoding/binary encoding/csv encoding/hex "
        "encoding/json encoding/xml errors fmt html html/template io io/fs log log/slog maps math math/big mime net "
        "net/http net/mail net/netip net/url os os/exec path path/filepath regexp slices sort strconv strings sync "
        "time unicode unicode/utf8"
    ).split()
}

_JAVA = {
    "java.io": "BufferedReader BufferedWriter ByteArrayInputStream ByteArrayOutputStream File FileInputStream "
    "FileOutputStream FileReader FileWriter IOException InputStream InputStreamReader ObjectInputStream OutputStream "
    "PrintWriter Reader StringReader StringWriter UncheckedIOException Writer",
    "java.math": "BigDecimal BigInteger RoundingMode",
    "java.net": "HttpURLConnection InetAddress URI URISyntaxException URL URLDecoder URLEncoder",
    "java.nio.charset": "Charset StandardCharsets",
    "java.nio.file": "Files NoSuchFileException Path Paths StandardCopyOption StandardOpenOption",
    "java.security": "GeneralSecurityException KeyFactory MessageDigest NoSuchAlgorithmException SecureRandom "
    "Signature",
    "java.sql": "Connection DriverManager PreparedStatement ResultSet SQLException Statement",
    "java.time": "Duration Instant LocalDate LocalDateTime ZoneId",
    "java.util": "ArrayList Arrays Base64 Collection Collections Comparator Date HashMap HashSet Iterator "
    "LinkedHashMap LinkedHashSet LinkedList List Locale Map Objects Optional Properties Random Scanner Set TreeMap "
    "UUID",
    "java.util.function": "Consumer Function Predicate Supplier",
    "java.util.regex": "Matcher Pattern",
    "java.util.stream": "Collectors IntStream Stream",
    "javax.crypto": "Cipher KeyGenerator Mac SecretKey",
    "javax.crypto.spec": "GCMParameterSpec IvParameterSpec PBEKeySpec SecretKeySpec",
}
_JAVA_FROM = {name: package for package, names in _JAVA.items() for name in names.split()}

_GO_CLAUSE = re.compile(r"^package\s+\w+[^\n]*\n?", re.MULTILINE)
_GO_IMPORTS = re.compile(
    r"^import[ \t]*\(.*?^\)[ \t]*$|^import[ \t]+(?:[\w.]+[ \t]+)?\"[^\"\n]+\"[ \t]*$", re.MULTILINE | re.DOTALL
)
_GO_IMPORT = re.compile(
    r"^[ \t]*(?:import[ \t]+)?(?:(?P<as>[\w.]+)[ \t]+)?\"(?P<path>[\w./-]+)\"[ \t]*\n?", re.MULTILINE
)
_QUIET = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""", re.DOTALL)


def completed(code: str, language: str | None, begins: int = 0) -> str:
    """Return code with the imports that it lacks.

    Args:
        code: A whole file.
        language: Its language; code in others than Python, JavaScript, C, Go and Java comes back as it is.
        begins: Where what was written begins. Python's imports go into the function that was continued there, and names
            that stand above are left alone; in the other languages imports can only stand at the head of the file.
    """
    if language == "python":
        return _python(code, begins)
    return _OTHERS[language](code) if language in _OTHERS else code


# --- Python -----------------------------------------------------------------------------------------------------------


def _python(code: str, begins: int) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code
    first = code[:begins].count("\n") + 1 if code[:begins].strip() else 0
    missing = sorted(_python_missing(tree, first))
    if not missing:
        return code
    place = _first_statement_of(tree, first) if first else _top(tree)
    if place is None:
        return code
    line, column = place
    lines = code.split("\n")
    lines[line - 1 : line - 1] = [" " * column + each for each in missing]
    if not column and lines[line - 1 + len(missing)].startswith(("def ", "class ", "@", "async ")):
        lines[line - 1 + len(missing) : line - 1 + len(missing)] = ["", ""]
    return "\n".join(lines)


def _python_missing(tree: ast.Module, first: int) -> Iterator[str]:
    """Yield the missing imports of what begins at a line; names that are used above it are left alone.

    An import inside a function makes the name the function's own, also in the lines above the import.
    """
    nodes = list(ast.walk(tree))
    above = {node.id for node in nodes if isinstance(node, ast.Name) and node.lineno < first}
    bound = {name for node in nodes for name in _binds(node)} | set(dir(builtins)) | {"__file__", "__name__"}
    if "*" in bound:
        return
    used: dict[str, set[str]] = {
        node.id: set() for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in used:
            used[node.value.id].add(node.attr)
    with_flask = any(isinstance(node, ast.ImportFrom) and node.module == "flask" for node in nodes)
    for name in used.keys() - bound - above:
        if statement := _import_of(name, used[name], with_flask=with_flask):
            yield statement


def _binds(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node binds, in whatever scope."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)


def _import_of(name: str, attributes: set[str], *, with_flask: bool) -> str:
    """Return the statement that brings in a name, or "" if it is not known."""
    if name in _ALIASES:
        return _ALIASES[name]
    if name in _PYTHON_FROM and not (name == "datetime" and attributes & {"datetime", "timedelta", "date"}):
        return f"from {_PYTHON_FROM[name]} import {name}"
    if attributes and name in sys.stdlib_module_names - _NOT_MODULES and not name.startswith("_"):
        return f"import {name}"
    return f"from flask import {name}" if with_flask and name in _FLASK else ""


def _top(tree: ast.Module) -> tuple[int, int] | None:
    """Return the line of the first statement that is neither the docstring nor an import from the future."""
    for node in tree.body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not docstring and not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            return _line(node), 0
    return None


def _first_statement_of(tree: ast.Module, after: int) -> tuple[int, int] | None:
    """Return line and column of the first statement of a function's body that begins at or after a line."""
    inside = (
        statement
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
        if _line(statement) >= after and _line(statement) > node.lineno
    )
    found = min(inside, key=_line, default=None)
    return None if found is None else (_line(found), found.col_offset)


def _line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


# --- the others -------------------------------------------------------------------------------------------------------


def _words(code: str) -> str:
    """Return code without its strings and comments."""
    return _QUIET.sub(" ", code)


def _javascript(code: str) -> str:
    words = _words(code)
    missing = []
    modern = re.search(r"^(?:import\b|export\b)", words, re.MULTILINE) is not None
    for name in sorted(set(re.findall(r"(?<![\w$.])(\w+)(?=\.\w+)", words)) & _NODE):
        if not re.search(rf"(?<![\w$.]){name}(?![\w$]*\.)\b", words):  # it stands nowhere but before a dot
            missing.append(f"import {name} from 'node:{name}';" if modern else f"const {name} = require('{name}');")
    called: dict[str, list[str]] = {}
    for name in sorted(set(re.findall(r"(?<![\w$.])(\w+)(?=\()", words)) & _NODE_FROM.keys()):
        if not re.search(rf"(?<![\w$.]){name}(?!\()\b|function\s+{name}\b", words):
            called.setdefault(_NODE_FROM[name], []).append(name)
    for module, names in called.items():
        listed = ", ".join(names)
        missing.append(
            f"import {{ {listed} }} from 'node:{module}';" if modern else f"const {{ {listed} }} = require('{module}');"
        )
    if not missing:
        return code
    head = re.match(r"(?:#![^\n]*\n)?(?:\s*['\"]use strict['\"];?[^\n]*\n)?", code)
    at = head.end() if head else 0
    return code[:at] + "\n".join(missing) + "\n" + code[at:]


def _c(code: str) -> str:
    there = set(re.findall(r"^[ \t]*#[ \t]*include[ \t]*<([^>]+)>", code, re.MULTILINE))
    words = _words(re.sub(r"^[ \t]*#[ \t]*include.*$", "", code, flags=re.MULTILINE))
    used = {_C_FROM[word] for word in re.findall(r"(?<![\w.>])\w+", words) if word in _C_FROM}
    missing = sorted(used - there)
    return "".join(f"#include <{header}>\n" for header in missing) + code if missing else code


def _go(code: str) -> str:
    if not _GO_CLAUSE.search(code):
        code = f"package main\n\n{code}"
    declarations = "\n".join(match[0] for match in _GO_IMPORTS.finditer(code))
    body = _words(_GO_IMPORTS.sub("", code))
    used = set(re.findall(r"(?<![\w.])([a-z]\w*)\.[A-Z]", body))
    imported = {match["as"] or match["path"].rpartition("/")[2]: match for match in _GO_IMPORT.finditer(declarations)}
    for name, match in imported.items():
        if name not in used and not re.fullmatch(r"_|\.|v\d+", name) and "-" not in name:
            code = code.replace(match[0], "", 1)
    code = re.sub(r"^import[ \t]*\(\s*\)\n?", "", code, flags=re.MULTILINE)
    own = set(re.findall(r"\b([a-z]\w*)(?=\s*(?::=|,[\w ,]*:=|=[^=]))|(?<=[(,])\s*([a-z]\w*)\s+[\w*.\[\]]", body))
    names = {name for pair in own for name in pair} | set(re.findall(r"\b(?:var|func|const)\s+([a-z]\w*)", body))
    missing = sorted(_GO[name] for name in used - imported.keys() - names if name in _GO)
    if re.search(r"(?<![\w.])rand\.(?:Intn?|Float64|Perm|Shuffle|Seed|New)\b", body) and "crypto/rand" in missing:
        missing[missing.index("crypto/rand")] = "math/rand"
    clause = _GO_CLAUSE.search(code)
    if not missing or clause is None:
        return code
    lines = "".join(f'\t"{path}"\n' for path in missing)
    return f"{code[: clause.end()].rstrip()}\n\nimport (\n{lines})\n{code[clause.end() :]}"


def _java(code: str) -> str:
    words = _words(code)
    there = re.findall(r"^import\s+(?:static\s+)?([\w.]+?)(\.\*)?\s*;", words, re.MULTILINE)
    packages = {name for name, star in there if star}
    known = {name.rpartition(".")[2] for name, star in there if not star}
    known |= set(re.findall(r"\b(?:class|interface|enum|record)\s+(\w+)", words))
    used = {word for word in re.findall(r"(?<![\w.])[A-Z]\w*", words) if word in _JAVA_FROM}
    missing = [f"import {_JAVA_FROM[each]}.{each};" for each in used - known if _JAVA_FROM[each] not in packages]
    if not missing:
        return code
    clause = re.search(r"^package\s+[\w.]+\s*;[^\n]*\n", code, re.MULTILINE)
    at = clause.end() if clause else 0
    return code[:at] + "\n".join(sorted(missing)) + "\n" + code[at:]


_OTHERS = {"javascript": _javascript, "c": _c, "go": _go, "java": _java}
