"""Rates which weakness unfinished code is prone to, by what it does and approaches, from a table of fitted weights.

Code in C, C++ or Python is read as tokens, since unfinished code does not parse. Each token becomes one letter for what
it stands for (an allocation, a release, a length, a source, a sink, an operator), whatever its name is. So `A(L*z(` is
an allocation with a product, and `1x1` a chain of pointers. Runs of one to three letters, and the words in the names,
are the features. `shapes.tsv` holds their weights for the commonest weaknesses of each family of languages, and for
`other`, all the rest together. `seccoder.evaluation.fit_shapes` fits them on pairs.

A number in 0..1 per demonstration comes back: the probability of its CWE among those that the base has in the query's
language. It is 0 where the table says nothing: other languages, other weaknesses, or a query without code.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from seccoder.code.languages import family
from seccoder.code.tokens import code_tokens
from seccoder.retrievers.ranked import tag_places
from seccoder.types import Demonstration, Query

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.ranked import Scores

WEIGHTS = "shapes"  # the key under which a codebase may hold weights of its own
OTHER = "other"  # the class of all weaknesses with too few pairs to learn them
SCALE = 1000  # the table holds whole numbers
TEMPERATURE = 0.2  # of the softmax over the linear scores; chosen by the likelihood of pairs that were left out
LAST = 4_000  # characters of code that are looked at, from its end
_RARE = 0.3  # what the commonest feature's inverse document frequency is above 0

# What a part of a name says that the name stands for. The first kind that has one of the parts gets the name.
_KINDS_C = {
    "A": "alloc malloc calloc realloc kmalloc kzalloc xmalloc zalloc strdup strndup dup talloc emalloc new",
    "F": "free kfree xfree release destroy delete unref put dispose cleanup close shutdown disconnect unregister fini "
    "deinit dtor destructor kref decref drop detach",
    "C": "memcpy memmove copy strcpy strncpy strcat strncat strlcpy sprintf vsprintf gets scanf bcopy memset append",
    "E": "ntohs ntohl be16 be32 le16 le32 be le get16 get32 extract rb16 rb32 rl16 rl32 cpu getbe getle",
    "S": "strlen strcmp strncmp memcmp strchr strstr strrchr strtok isdigit isspace atoi strtol strtoul sscanf memchr",
    "R": "read recv recvfrom fread fgets get peek fetch input load getc bits",
    "K": "lock unlock mutex spin rcu atomic ref refcount hold",
    "X": "exec system popen command cmd shell fork spawn argv",
    "J": "parse decode dissect parser token lexer unpack inflate",
    "H": "html http url uri header escape tag query param cgi",
    "O": "printf print log debug dprintf trace warn error snprintf msg err syslog",
    "G": "find lookup search parent next prev head first last entry node child list queue",
    "W": "tensor shape dims op kernel graph vm stack reg eval compile regex opcode instr",
    "V": "priv private ctx context dev device session conn client sock sk skb socket inode urb usb state handle req "
    "request task work timer thread event",
    "P": "path file filename dir dirname name open fopen unlink readlink stat mkdir archive",
    "L": "len length size count num cnt bytes total remaining left avail limit max nb nelem sz width height rows cols "
    "stride depth offset off pos idx index n",
    "B": "buf buffer data ptr src dst dest packet pkt payload bp cp p str string line text image pixel pixels",
    "T": "int char long short unsigned signed uint8 uint16 uint32 uint64 int8 int16 int32 int64 u8 u16 u32 u64 float "
    "double bool void t ssize guint gint byte uchar",
}
_KINDS_PYTHON = {
    "Q": "execute executemany sql cursor query select insert update where raw sequelize knex db conn connection commit "
    "fetchall fetchone",
    "X": "system popen subprocess run call spawn shell cmd command execsync execfile os exec",
    "V": "eval compile vm settimeout",
    "D": "loads load pickle yaml unserialize marshal deserialize parse dill",
    "Y": "md5 sha1 hash hashlib cipher encrypt decrypt aes des rsa key password secret hmac bcrypt salt",
    "R": "random randint math choice uuid seed token tmp mktemp tempfile mkstemp",
    "T": "verify ssl tls cert certificate context rejectunauthorized",
    "F": "open path join basename dirname filename file files readfile sendfile createreadstream fs upload directory "
    "folder extractall zipfile tarfile",
    "U": "url urlopen requests fetch axios http redirect location href urllib",
    "H": "html render template innerhtml escape markup write send res response append document jinja2 safe",
    "C": "cookie csrf cors origin header",
    "E": "re regex regexp match replace sub test split",
    "J": "json stringify dumps merge extend assign object prototype keys proto",
    "L": "log logger logging debug info warning console print",
    "S": "session login user auth permission role admin",
    "I": "request req args argv form input body params query headers cookies environ ctx post get",
}
_KEYWORDS = {
    "i": "if elif",
    "e": "else",
    "o": "for while do",
    "w": "switch case default",
    "r": "return",
    "g": "goto break continue",
    "z": "sizeof",
    "t": "struct union enum class interface",
    "k": "static const let var constexpr",
    "a": "assert",
    "d": "def function lambda",
    "m": "import from require include",
    "y": "try except catch with finally throw raise",
    "u": "self this",
    "n": "in of",
    "j": "async await",
    "!": "not",
    "8": "and or",
    "N": "NULL nullptr None null undefined",
}
_OPERATORS = {"->": "1", "++": "2", "--": "3", "<<": "4", ">>": "5", "==": "6", "!=": "7", "&&": "8", "||": "8"}

_CAPITALS = 3  # letters of a name in capitals that is taken for a macro or a constant
_REST = (
    r""" "(?:\\.|[^"\\\n])*"? | '(?:\\.|[^'\\\n])*'? | \w+ | -> | \+\+ | -- | <<=? | >>=?"""
    r""" | [!=]= | [-+*/%&|^<>]= | && | \|\| | :: | [^\s\w]"""
)
_SCRIPT = re.compile(r'\#[^\n]* | """(?:[^"]|"(?!""))*(?:"""|\Z) |' + _REST, re.VERBOSE)
_BRACES = re.compile(r"//[^\n]* | /\*(?:[^*]|\*(?!/))*(?:\*/|\Z) |" + _REST, re.VERBOSE)
_SQL = re.compile(r"\b(?:select|insert|update|delete|where)\b", re.IGNORECASE)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Table:
    """The weights of one family of languages.

    Attributes:
        classes: CWEs, and `other`.
        rows: The row of each feature.
        idf: Inverse document frequency of each feature.
        weights: Shape (features, classes).
        mean: What a text without any known feature gets, shape (classes,).
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    idf: "npt.NDArray[np.float64]"
    weights: "npt.NDArray[np.float64]"
    mean: "npt.NDArray[np.float64]"

    def scores(self, code: str, language: str) -> "npt.NDArray[np.float64]":
        """Return the linear score of each class."""
        total = self.mean.copy()
        for counted in features(code, language):
            known = [(row, count) for name, count in counted.items() if (row := self.rows.get(name)) is not None]
            if known:
                rows = [row for row, _ in known]
                values = (1 + np.log([count for _, count in known])) * self.idf[rows]
                total += values / np.linalg.norm(values) @ self.weights[rows]
        return total


def inverse(frequency: "npt.ArrayLike", texts: int) -> "npt.NDArray[np.float64]":
    """Return the inverse document frequency of features that so many of the texts have."""
    return np.log(texts / np.asarray(frequency, dtype=np.float64)) + _RARE


def features(code: str, language: str) -> tuple[Counter[str], Counter[str]]:
    """Count the words in the names and the runs of letters of the end of a code, which are scaled apart.

    Args:
        code: Source code, complete or not.
        language: Its canonical language, of a family that has a table.
    """
    code = code[-LAST:]
    letters = shape(code, language)
    runs = Counter(letters)
    for length in (2, 3):
        runs.update([letters[i : i + length] for i in range(len(letters) - length + 1)])
    return Counter(["w:" + token for token in code_tokens(code)]), runs


def shape(code: str, language: str) -> str:
    """Return one letter per token of a code, without its comments."""
    script = language == "python"
    tokens = (_SCRIPT if script else _BRACES).findall(code)
    comments = ("#", '"""') if script else ("//", "/*")
    letter = _letter_c if family(language) == "c" else _letter_python
    return "".join([letter(each) for each in tokens if not each.startswith(comments)])


def _by_part(kinds: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """Return the rank and the letter of each part of a name; the first kind that has a part wins."""
    found: dict[str, tuple[int, str]] = {}
    for rank, (kind, parts) in enumerate(kinds.items()):
        for part in parts.split():
            found.setdefault(part, (rank, kind))
    return found


_LETTERS = {word: letter for letter, words in _KEYWORDS.items() for word in words.split()} | _OPERATORS
_PARTS_C, _PARTS_PYTHON = _by_part(_KINDS_C), _by_part(_KINDS_PYTHON)


@lru_cache(20_000)
def _letter_c(token: str) -> str:
    return _letter(token, _PARTS_C)


@lru_cache(20_000)
def _letter_python(token: str) -> str:
    return _letter(token, _PARTS_PYTHON)


def _letter(token: str, kinds: Mapping[str, tuple[int, str]]) -> str:
    """Return what a token stands for: a kind (capitals), a keyword, a literal or an operator, or `x`, just a name."""
    if known := _LETTERS.get(token):
        return known
    first = token[0]
    if first in "\"'":
        return _of_text(token)
    if first.isdigit():
        return "0" if token in {"0", "1"} else "9"
    if not (first.isalpha() or first == "_"):
        return first
    lowered = token.lower()
    found = [kinds[part] for part in (lowered, *(part.lower() for part in _PARTS.findall(token))) if part in kinds]
    if found:
        return min(found)[1]
    return "M" if token.isupper() and len(token) >= _CAPITALS else "x"


def _of_text(token: str) -> str:
    """Return whether a literal looks like a query, a text with places for values, a tag, a path, or nothing special."""
    if _SQL.search(token):
        return "s"
    if "%" in token or "{" in token:
        return "f"
    if "<" in token:
        return "h"
    return "p" if "/" in token or ".." in token else "q"


@cache
def shipped() -> dict[str, Table]:
    """Return the tables of `shapes.tsv` by family."""
    return read(files("seccoder.retrievers").joinpath("shapes.tsv").read_text(encoding="utf-8"))


def read(text: str) -> dict[str, Table]:
    """Read what `seccoder.evaluation.fit_shapes` wrote: for each family a head, the means and one line per feature."""
    tables = {}
    for part in re.split(r"^family\t", text, flags=re.MULTILINE)[1:]:
        head, mean, *lines = part.splitlines()
        name, texts, *classes = head.split("\t")
        named = [line.partition("\t") for line in lines]
        numbers = np.array(" ".join(rest for *_, rest in named).split(), dtype=np.float64)
        cells = numbers.reshape(len(named), len(classes) + 1)
        tables[name] = Table(
            tuple(classes),
            {feature: row for row, (feature, *_) in enumerate(named)},
            inverse(cells[:, 0], int(texts)),
            cells[:, 1:] / SCALE,
            np.array(mean.split("\t"), dtype=np.float64) / SCALE,
        )
    return tables


class ShapeEvidence:
    """Gives evidence for the CWEs of a codebase, from what code does.

    Args:
        demonstrations: The demonstrations of the codebase.
        tables: The weights by family.
    """

    def __init__(self, demonstrations: Sequence[Demonstration], tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._names = sorted({name for each in demonstrations for name in each.cwes})
        number = {name: i for i, name in enumerate(self._names)}
        tags = [tuple(number[name] for name in each.cwes) for each in demonstrations]
        self._places = tag_places(tags)
        self._there: dict[str, set[str]] = {}  # CWEs by language family
        for each in demonstrations:
            self._there.setdefault(family(each.language), set()).update(each.cwes)

    def scores(self, query: Query) -> "Scores":
        """Return a number in 0..1 per demonstration."""
        language = query.language or ""
        table, there = self._tables.get(family(language)), self._there.get(family(language), set())
        found = np.zeros(len(self._names) + 1, dtype=np.float32)  # places without a tag point at the last
        if table is not None and query.code.strip():
            known = np.array([each in there for each in table.classes])
            known[-1] = not there <= set(table.classes)
            scores = table.scores(query.code, language)
            likely = np.where(known, np.exp((scores - scores.max()) / TEMPERATURE), 0)
            likely /= likely.sum() or 1
            for name, share in zip(table.classes[:-1], likely.tolist(), strict=False):
                if name in there:
                    found[self._names.index(name)] = share
        best: Scores = found[self._places].max(axis=1)
        return best
