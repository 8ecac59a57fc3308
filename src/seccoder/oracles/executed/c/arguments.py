"""Writes one argument of a call in the driver, and finds which parameter gives the length of which buffer.

It takes a function's parameters and returns declarations for the driver. A buffer is exactly as long as its length
says, a text without a length is terminated, and a buffer of unknown length is large. Names, the order of parameters and
the type `size_t` tell which number belongs to which buffer.
"""

import json
import re
from dataclasses import dataclass

from seccoder.oracles.executed.c.discover import CALLBACK, Function, Parameter, Surface

LENGTH = re.compile(
    r"(^|_)(n|len|length|size|count|num|sz|cap|capacity|max|bytes|received|avail|available|limit|nbytes|entries|total|room|space)$"
    r"|(len|size|count|num|length)$|^(n|num|len|max)_|^n[A-Z]|(Len|Size|Count|Length|Capacity|Max)$",
)
CAPACITY = re.compile(r"cap|max|alloc|total|limit|room", re.I)
INTEGER = re.compile(
    r"^(unsigned|signed|long|short|int|char|bool|_Bool|wchar_t|std::)?\s*"
    r"(unsigned|signed|long|short|int|char|bool|size_t|ssize_t|ptrdiff_t|u?intptr_t|u?int(_fast|_least)?\d+_t|off_t|"
    r"time_t|mode_t|u?intmax_t|u8|u16|u32|u64|s8|s16|s32|s64|byte|uint|ushort|ulong|uchar|_Bool|pid_t|uid_t|gid_t|"
    r"wchar_t|char\d+_t|socklen_t| )*$"
)
BYTE = re.compile(r"^(unsigned char|signed char|char unsigned|(std::)?u?int8_t|byte|std::byte|u8|BYTE|uchar|guchar)$")
_SIGNED = re.compile(r"^((signed|long|short|int) ?)+$|^(ssize_t|ptrdiff_t|off_t|int(8|16|32|64)_t)$")
_OUTPUT = re.compile(r"out|dst|dest|buf|result|target|line|text_out|store", re.I)
_PLACE = re.compile(r"index|idx|pos|offset|^i$|^at$|start|begin", re.I)
_SEVERAL = re.compile(r"\w[^su]s$|arr|list|items|table|entries")  # the name of an array of structures
_DESCRIPTOR = re.compile(r"(^|_)(fd|sock|socket|sockfd|conn|connection|client|descriptor|fildes|infd|s|c)$|fd$", re.I)
_READING = {"read", "recv", "recvfrom", "recvmsg", "readv"}
_SEEKING = {"lseek", "fstat", "mmap", "pread", "fdopen"}
_LIBRARY = {  # objects of the libraries that are stood in for, by type and pointers
    ("xmlDocPtr", 0): "seccoder_document",
    ("xmlDoc", 1): "seccoder_document",
    ("xmlNodePtr", 0): "seccoder_node",
    ("xmlNode", 1): "seccoder_node",
    ("xmlXPathContextPtr", 0): "seccoder_xpath",
    ("xmlXPathContext", 1): "seccoder_xpath",
    ("CURL", 1): "seccoder_curl",
    ("EVP_MD_CTX", 1): "EVP_MD_CTX_new",
    ("EVP_CIPHER_CTX", 1): "EVP_CIPHER_CTX_new",
}
_ROOT = re.compile(r"root|dir|base|folder|home", re.I)


def word(name: str) -> str:
    """Return a type's name as part of an identifier."""
    return re.sub(r"\W", "_", name)


def tells_length(p: Parameter) -> bool:
    """Say whether a number is a length or a count, by its name or because it is a `size_t`."""
    if _PLACE.search(p.name):
        return False
    return LENGTH.search(p.name) is not None or p.plain in {"size_t", "std::size_t"}


def extent(p: Parameter, others: frozenset[str]) -> str:
    """Return an array parameter's size as an expression of the driver.

    It is "" if no size is written, or if the size names another parameter.
    """
    sizes = [re.sub(r"\b(static|const|restrict)\b", "", size).strip() for size in p.sizes]
    if not sizes or not all(sizes) or any(re.search(r"[a-z_]\w*\s*\(", size) for size in sizes):
        return ""
    whole = " * ".join(f"({size})" for size in sizes)
    return "" if others.intersection(re.findall(r"\w+", whole)) else f"(size_t)({whole})"


def lengths(f: Function, s: Surface) -> dict[int, int]:
    """Return by position, for each parameter that is a buffer, the parameter that gives its length, if there is one."""
    ps = f.parameters
    names = frozenset(p.name for p in ps if p.name)
    numbers = [
        i
        for i, p in enumerate(ps)
        if not p.reference and not p.sizes and INTEGER.match(s.resolved(p)[0]) and p.depth < 2
    ]
    scalars = [i for i in numbers if s.resolved(ps[i])[1] == 0]
    buffers = [i for i, p in enumerate(ps) if _buffer(p, s, names)]
    found: dict[int, int] = {}
    for i in buffers:
        within = {w for size in ps[i].sizes for w in re.findall(r"\w+", size)}
        named = [j for j in scalars if _names(ps[j].name, ps[i].name) or (ps[j].name and ps[j].name in within)]
        if named:
            found[i] = named[0]
        elif i + 1 in scalars and tells_length(ps[i + 1]):
            found[i] = i + 1
        elif i + 1 in numbers and ps[i + 1].depth == 1 and s.resolved(ps[i + 1])[0] in {"size_t", "std::size_t"}:
            found[i] = i + 1
    taken = set(found.values())
    for i in buffers:
        if i in found:
            continue
        later = [j for j in taken if j > i and tells_length(ps[j])]
        if i - 1 in scalars and i - 1 not in taken and tells_length(ps[i - 1]):
            found[i] = i - 1
        elif (
            later
            and not (s.resolved(ps[i]) == ("char", 1) and ps[i].constant)
            and s.resolved(ps[i])[0] not in s.structures
        ):
            found[i] = later[0]
    return found


def _names(number: str, buffer: str) -> bool:
    stem = re.escape(buffer) if buffer else "-"
    kinds = "len|length|size|count|sz|cap|capacity|max|bytes|n"
    return re.fullmatch(rf"({stem}_?({kinds})|n_?{stem}|(len|size|num|count)_?{stem})", number, re.I) is not None


def _buffer(p: Parameter, s: Surface, names: frozenset[str]) -> bool:
    plain, depth = s.resolved(p)
    if (plain, depth) == ("char", 2):
        return True
    several = plain not in s.structures or _SEVERAL.search(p.name) is not None or bool(p.sizes)
    return depth == 1 and plain != "FILE" and not p.reference and several and not extent(p, names)


@dataclass(frozen=True, slots=True)
class Arguments:
    """Declares arguments of types that the file does not define."""

    surface: Surface
    text: str
    cpp: bool
    family: str

    def declare(self, f: Function, index: int, n: str) -> list[str]:
        """Return the declarations of `a<index>`, whose length, if there is one, is the variable `n`."""
        p = f.parameters[index]
        plain, depth = self.surface.resolved(p)
        a, label = f"a{index}", json.dumps(p.name or f"argument {index + 1}")
        kind = re.sub(r"\b(const|volatile|static|register|restrict)\b", "", p.type).strip()
        if made := _LIBRARY.get((plain, depth)):
            kept = f"{kind} {'*' * depth}"
            return [f"{kept}{a} = ({kept}){made}();"]
        if self.cpp and plain == "std::ostream":
            return [f"std::ostream &{a} = std::cout;"]
        if depth == CALLBACK:
            return [f"seccoder_any_function {a};" if self.cpp else f"void *{a} = (void *)seccoder_callback;"]
        if depth == 0:
            return [self._scalar(plain, kind, a, label)]
        if plain == "FILE":
            return [f"FILE *{a} = seccoder_stream({label});"]
        size = extent(p, frozenset(q.name for q in f.parameters if q.name))
        if depth == 1 and n:
            return self._measured(f, p, kind, a, label, n)
        if depth == 1 and size and plain == "char":
            return [f"char *{a} = (char *)seccoder_room({size}); seccoder_put({label}, {a}, {size});"]
        if depth == 1 and size and BYTE.match(plain):
            cast = f"({kind} *)" if self.cpp else ""
            return [f"size_t {a}_n; {kind} *{a} = {cast}seccoder_bytes({label}, {size}, &{a}_n);"]
        if depth == 1 and size:
            return [self._elements(plain, kind, a, label, size)]
        if depth == 1:
            return [self._unmeasured(f, p, kind, a, label)]
        if depth == 2 and plain == "char" and n:
            return [
                f"if (!told{n[1:]}) {{ told{n[1:]} = 1; {n} = 1 + (size_t)seccoder_pick(6); }}",
                f"char **{a} = (char **)seccoder_room(({n} + 1) * sizeof(char *));",
                f"for (size_t i = 0; i < {n}; i++) {a}[i] = seccoder_text({label});",
            ]
        stars = "*" * depth
        return [f"{kind} {stars}{a} = ({kind} {stars})seccoder_room(64);"]

    def _scalar(self, plain: str, kind: str, a: str, label: str) -> str:
        if plain in {"bool", "_Bool"}:
            return f"{kind} {a} = seccoder_pick(2);"
        if plain == "int" and self._descriptor(label):
            return f"int {a} = seccoder_descriptor({label}, {int(bool(self.surface.called & _SEEKING))});"
        if INTEGER.match(plain):
            return f"{kind} {a} = ({kind})seccoder_number({label});"
        if plain in {"float", "double", "long double"}:
            return f"{kind} {a} = ({kind})seccoder_real({label});"
        if self.cpp:
            return f"auto {a} = seccoder_make<{kind}>({label});"
        return f"{kind} {a}; seccoder_any({label}, &{a}, sizeof {a});"

    def _descriptor(self, label: str) -> bool:
        """Say whether a number is a descriptor: by its name, where something is read or written by one."""
        uses = self.surface.called & (_READING | _SEEKING | {"write", "send", "dprintf", "sendto", "writev"})
        return bool(uses) and _DESCRIPTOR.search(json.loads(label)) is not None

    def _measured(self, f: Function, p: Parameter, kind: str, a: str, label: str, n: str) -> list[str]:
        """Declare a buffer with a length. Of several buffers that share a length, the first decides it."""
        plain, _ = self.surface.resolved(p)
        first = f"if (!told{n[1:]}) {{ told{n[1:]} = 1; "
        free = f"{first}{n} = seccoder_hostile ? seccoder_length() :"
        if plain == "char" and p.constant:
            if self._read_as_text(f, p) or CAPACITY.search(f.parameters[int(n[1:])].name):
                rest = f"else if (strlen({a}) > {n}) {a}[{n}] = 0;"
                return [f"char *{a} = seccoder_text({label}); {first}{n} = strlen({a}); }} {rest}"]
            rest = f"else {a} = (char *)seccoder_message({label}, {n});"
            return [f"char *{a}; {first}{a} = (char *)seccoder_bytes({label}, 0, &{n}); }} {rest}"]
        if plain == "char":
            return [
                f"{free} 64 + (size_t)seccoder_pick(200); }}",
                f"char *{a} = (char *)seccoder_room({n}); if ({n}) seccoder_put({label}, {a}, {n});",
            ]
        if BYTE.match(plain) or plain == "void":
            cast = f"({kind} *)" if self.cpp else ""
            made = f"seccoder_message({label}, {n})" if p.constant else f"seccoder_room({n})"
            rest = f"else {a} = {cast}{made};"
            return [f"{kind} *{a}; {first}{a} = {cast}seccoder_bytes({label}, 0, &{n}); }} {rest}"]
        return [f"{free} 1 + (size_t)seccoder_pick(20); }}", self._elements(plain, kind, a, label, n)]

    def _unmeasured(self, f: Function, p: Parameter, kind: str, a: str, label: str) -> str:
        plain, _ = self.surface.resolved(p)
        cast = f"({kind} *)" if self.cpp else ""
        if plain == "char":
            texts = sum(self.surface.resolved(q) == ("char", 1) for q in f.parameters)
            if not p.constant and texts > 1 and _OUTPUT.search(p.name):
                return f"char *{a} = (char *)seccoder_room(65536);"
            if self.family == "path" and texts > 1 and _ROOT.search(p.name):
                return f"char *{a} = seccoder_folder({label});"
            return f"char *{a} = seccoder_text({label});"
        if BYTE.match(plain) and p.constant:
            return f"size_t {a}_n; {kind} *{a} = {cast}seccoder_bytes({label}, 4096, &{a}_n);"
        if BYTE.match(plain) or plain == "void":
            return f"{kind} *{a} = {cast}seccoder_room(65536);"
        if self.cpp and not p.reference and not INTEGER.match(plain):
            return f"auto {a}_ = seccoder_make<{kind}>({label}); auto *{a} = &{a}_;"
        return self._elements(plain, kind, a, label, "64" if p.constant else "4")

    def _elements(self, plain: str, kind: str, a: str, label: str, n: str) -> str:
        """Declare an array of n elements of a type that is no text."""
        room = f"{kind} *{a} = ({kind} *)seccoder_room({n} * sizeof *{a}); for (size_t i = 0; i < {n}; i++)"
        if plain in self.surface.structures and not self.cpp:
            least = f"if ({n} > 300) {n} = 300; " if n.startswith("n") else ""
            return f"{least}{room} seccoder_fill_{word(plain)}(&{a}[i], 1);"
        if plain in {"float", "double"}:
            return f"{room} {a}[i] = seccoder_pick(100) / 4.0;"
        return f"{kind} *{a} = ({kind} *)seccoder_array({label}, {n}, sizeof *{a});"

    def _read_as_text(self, f: Function, p: Parameter) -> bool:
        """Say whether a function hands a parameter to one that reads up to the end of a text."""
        calls = r"\b(str\w+|s?n?printf|f?puts|ato\w+|strto\w+)\s*\([^;]*\b"
        return bool(p.name) and re.search(rf"{calls}{re.escape(p.name)}\b", self._body(f)) is not None

    def doubted(self, f: Function, p: Parameter) -> bool:
        """Say whether a function compares a signed length with a bound, so that its caller may not know it to be true.

        Then it may be negative as well. What only runs up to its length in a loop takes it for true.
        """
        name = re.escape(p.name or "-")
        compared = rf"\bif\s*\([^;{{]*(\b{name}\s*>=?\s*[A-Za-z_]|[\w)\]]\s*<=?\s*{name}\b)"
        return bool(_SIGNED.match(self.surface.resolved(p)[0]) and re.search(compared, self._body(f)))

    def _body(self, f: Function) -> str:
        head = re.search(rf"\b{re.escape(f.name)}\s*\([^;{{]*\{{", self.text)
        if not head:
            return ""
        end = self.text.find("\n}", head.end())
        return self.text[head.end() : end if end > 0 else None]
