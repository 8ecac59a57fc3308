"""Fills a structure of a C or C++ file field by field, where none of the file's functions makes one.

It takes a `Structure` and returns statements for the driver. What the structure says of itself is kept true: a length
or capacity beside a pointer or an array is the real one, texts are terminated, and links lead to further objects or
nowhere. Names and types are used to guess which fields belong together. Whatever else must hold, only the code knows.
"""

import re
from collections.abc import Callable, Iterator

from seccoder.oracles.executed.c.arguments import BYTE, CAPACITY, INTEGER, LENGTH, word
from seccoder.oracles.executed.c.discover import CALLBACK, Parameter, Structure, Surface

_COUNTED = re.compile(
    r"^(n|len|length|size|count|num|used|filled|n_?\w+|num_?\w+|\w*_?(len|count|size|used|num))$", re.I
)
_CURSOR = re.compile(r"^(top|head|tail|start|pos|position|index|idx|cur|cursor|first|front|rear|next_?\w*)$", re.I)
_SEVERAL = re.compile(r"s$|arr|data|list|items|table|entries")


class Filler:
    """Writes the statements for one structure."""

    def __init__(
        self, surface: Surface, structure: Structure, at: str, type_name: Callable[[str], str], *, cpp: bool
    ) -> None:
        """Prepare for a structure whose fields are reached by writing `at` before their names."""
        self.surface, self.structure, self.at, self.type_name, self.cpp = surface, structure, at, type_name, cpp
        fields = structure.fields
        self.buffers = [f for f in fields if self._buffer(f)]
        self.arrays = [f for f in fields if f.sizes]
        self.numbers = [f for f in fields if not f.depth and not f.sizes and INTEGER.match(surface.resolved(f)[0])]
        self.counted = [
            f for f in self.numbers if _COUNTED.match(f.name) or _CURSOR.match(f.name) or LENGTH.search(f.name)
        ]
        self.capacities = [f for f in self.counted if CAPACITY.search(f.name)]

    def lines(self) -> Iterator[str]:
        """Yield every statement. `n` is how much is used, and `most` is how much there is room for."""
        yield "size_t n = 0, most = (size_t)-1; (void)n; (void)most; (void)depth;"
        for f in self.structure.fields:
            plain, depth = self.surface.resolved(f)
            if not f.name or f.reference:
                continue
            if depth == CALLBACK:
                yield (
                    self.at + f.name + (" = seccoder_any_function{};" if self.cpp else " = (void *)seccoder_callback;")
                )
            elif f.sizes:
                if depth == 0 and len(f.sizes) == 1:
                    yield from self._array(f, plain)
            elif depth == 1:
                yield from self._pointer(f, plain)
            elif depth == 2 and plain == "char" and self.counted and not self.cpp:
                place = self.at + f.name
                yield "if (most > 16) most = 1 + (size_t)seccoder_pick(5);"
                yield f"{place} = seccoder_room(most * sizeof(char *));"
                yield f'for (size_t i = 0; i < most; i++) {place}[i] = seccoder_text("{f.name}");'
            elif depth == 0 and plain in self.surface.structures and not self.cpp:
                yield f"seccoder_fill_{word(plain)}(&{self.at}{f.name}, depth + 1);"
            elif depth == 0 and self.cpp and not INTEGER.match(plain):
                yield f'seccoder_set({self.at}{f.name}, "{f.name}");'
        for f in self.numbers:
            yield f"{self.at}{f.name} = ({f.plain})({self._number(f)});"

    def _buffer(self, f: Parameter) -> bool:
        """Say whether a field points to a buffer rather than to another object."""
        plain, depth = self.surface.resolved(f)
        if depth not in {1, 2} or plain in {"FILE", self.structure.name}:
            return False
        return not (plain in self.surface.structures and depth == 1 and not _SEVERAL.search(f.name))

    def _array(self, f: Parameter, plain: str) -> Iterator[str]:
        place = self.at + f.name
        alone = not self.buffers and len(self.counted) == 1 and len(self.arrays) == 1
        each = f"for (size_t i = 0; i < sizeof {place} / sizeof *{place}; i++)"
        if plain == "char":
            yield f'seccoder_put("{f.name}", (char *){place}, sizeof {place});'
            if alone:
                yield f"n = strlen((char *){place}); most = n;"
                return
        elif plain in self.surface.structures and not self.cpp:
            yield f"if (depth < 2) {each} seccoder_fill_{word(plain)}(&{place}[i], depth + 1);"
        elif INTEGER.match(plain):
            yield f"{each} {place}[i] = ({f.plain})seccoder_pick(9);"
        yield f"if (sizeof {place} / sizeof *{place} < most) most = sizeof {place} / sizeof *{place};"

    def _pointer(self, f: Parameter, plain: str) -> Iterator[str]:
        place, cast = self.at + f.name, f"({f.plain} *)" if self.cpp else ""
        made = f"seccoder_new_{word(plain)}(depth + 1)"
        if plain == self.structure.name:
            onwards = re.search(r"next|left|right|child|link", f.name) and not re.search(
                r"prev|parent|tail|last", f.name
            )
            yield f"{place} = {f'depth < 4 && seccoder_pick(2) ? {made} : 0' if onwards else '0'};"
        elif plain in self.surface.structures and self.counted and f in self.buffers and not self.cpp:
            yield "if (most > 4) most = 1 + (size_t)seccoder_pick(4);"
            yield f"{place} = ({self.type_name(plain)} *)seccoder_room(most * sizeof *{place});"
            each = "if (depth < 2) for (size_t i = 0; i < most; i++)"
            yield f"{each} seccoder_fill_{word(plain)}(&{place}[i], depth + 1);"
        elif plain in self.surface.structures:
            yield f"{place} = depth < 3 ? {made} : 0;"
        elif plain == "FILE":
            yield f'{place} = seccoder_stream("{f.name}");'
        elif plain == "char" and self.counted and self.capacities and not f.constant:
            yield f"if (most == (size_t)-1) most = 16; {place} = (char *)seccoder_room(most);"
            yield f'seccoder_put("{f.name}", {place}, most); n = strlen({place});'
        elif plain == "char":
            yield f'{place} = seccoder_text("{f.name}");'
            if self.counted and len(self.buffers) == 1:
                yield f"n = strlen({place}); most = n;"
        elif (BYTE.match(plain) or plain == "void") and self.counted:
            yield f'{place} = {cast}seccoder_bytes("{f.name}", 1, &n); most = n;'
        elif BYTE.match(plain) or plain == "void":  # only the code knows how long it must be
            yield f"{place} = {cast}seccoder_room(65536);"
        elif INTEGER.match(plain):
            yield "if (most > 64) most = 1 + (size_t)seccoder_pick(16);"
            yield f'{place} = {cast}seccoder_array("{f.name}", most, sizeof *{place}); n = most;'

    def _number(self, f: Parameter) -> str:
        """Return a number field's value. A capacity is the room that there is, and a count is at most that.

        A number that belongs to nothing may be anything.
        """
        texts = any(self.surface.resolved(p)[0] == "char" for p in self.buffers)
        held = bool(self.buffers or [a for a in self.arrays if self.surface.resolved(a)[0] != "char"])
        if held and f in self.capacities:
            return "most"
        if f in self.counted and (held or (self.arrays and len(self.counted) == 1)):
            if _CURSOR.match(f.name):
                return "most == (size_t)-1 || !most ? 0 : seccoder_within(most - 1)"
            within = "most == (size_t)-1 ? 0 : seccoder_within(most)"
            return within if self.capacities and not texts else f"n && n <= most ? n : {within}"
        return "seccoder_pick(4)" if held else f'seccoder_number("{f.name}")'
