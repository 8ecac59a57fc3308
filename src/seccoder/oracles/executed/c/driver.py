"""Writes the driver of a C or C++ file without `main`: C source that calls its functions with drawn arguments.

It takes a `Surface` and the text from which it was read. It returns source that includes the file and defines
`seccoder_enter`, which makes one call, or one sequence of calls on one object. `inside/c/draw.c` draws and runs the
cases.

Arguments keep the contract that a caller would keep: a buffer is exactly as long as the length beside it says, texts
are terminated, and what a structure says of its own pointers is true. An object comes from the file's own functions if
one of them makes it, so that what must hold between its fields holds; only if none does, it is filled field by field.
What remains hostile are contents, numbers that are no length, the order of calls, and failing allocations. Functions
that are `static` are only called through others, unless nobody calls them.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from seccoder.oracles.executed.c.arguments import BYTE, INTEGER, LENGTH, Arguments, lengths, word
from seccoder.oracles.executed.c.attacks import TEXTS, ordinary
from seccoder.oracles.executed.c.attacks import attacks as attacks_of
from seccoder.oracles.executed.c.discover import Function, Parameter, Structure, Surface
from seccoder.oracles.executed.c.objects import Filler
from seccoder.oracles.executed.c.offers import ENDS, STARTS, Offers
from seccoder.oracles.executed.c.operations import NARROW

_HEADERS = ("array", "functional", "map", "memory", "optional", "set", "span", "tuple", "unordered_map", "vector")


def driver(surface: Surface, text: str, language: str, family: str) -> str:
    """Return the source of the driver.

    Args:
        surface: What the file offers to run.
        text: The text of the file.
        language: `c` or `cpp`.
        family: The target's family, from `weaknesses.family`.
    """
    cpp = language == "cpp"
    return _Writer(surface, text, cpp, Offers(surface, text, cpp), family).source()


@dataclass(slots=True)
class _Writer:
    surface: Surface
    text: str
    cpp: bool
    offers: Offers
    family: str = ""
    lines: list[str] = field(default_factory=list)

    # --- the file ---

    def source(self) -> str:
        """Return the whole driver."""
        s = self.surface
        ext = 'extern "C" ' if self.cpp else ""
        self.lines = [f'#include "subject.{"cpp" if self.cpp else "c"}"', '#include "seccoder.h"']
        if self.cpp:
            named = [name for name in _HEADERS if re.search(rf"\b{name}\b", self.text)]
            self.lines += [*(f"#include <{name}>" for name in named), '#include "seccoder.hpp"']
            self.lines += ["#include <iostream>"] if "ostream" in self.text else []
            self.lines += [
                f"using namespace {name};" for name in dict.fromkeys(s.namespaces) if re.fullmatch(r"[\w:]+", name)
            ]
        words = [w for w in s.strings if 0 < len(w) < 60 and "%" not in w] or ["word"]
        attacks, usual = attacks_of(self.family, s), ordinary(self.family, s) if self.family in TEXTS else ()
        words += _signature(self.text)
        formats = (
            [w for w in s.strings if "%" in w and len(w) < 60] if any("scanf" in name for name in s.called) else []
        )
        names = [w for w in s.structures if not w.startswith("(")]
        self.lines += [f"static {self.type_name(n)} *seccoder_new_{word(n)}(int depth);" for n in names]
        if not self.cpp:
            self.lines += [f"static void seccoder_fill_{word(n)}({self.type_name(n)} *v, int depth);" for n in names]
        for name in names:
            self.maker(s.structures[name])
        chosen = self.offers.entries()
        for number, (kind, name) in enumerate(chosen):
            self.lines.append(f"static void seccoder_entry_{number}(void) {{")
            if kind == "call":
                self.call(self.offers.roots()[int(name)], {}, "    ")
            elif kind == "sequence":
                self.sequence(name)
            else:
                self.mixed_calls()
            self.lines.append("}")
        numbers = ", ".join(f"{n}ll" for n in s.numbers)
        self.lines += [
            f"{ext}const long long seccoder_numbers[] = {{{numbers}{', ' if numbers else ''}LLONG_MIN}};",
            f"{ext}const char *const seccoder_words[] = {{{', '.join(map(_quoted_source, words))}, 0}};",
            f"{ext}const char *const seccoder_attacks[] = {{{''.join(json.dumps(a) + ', ' for a in attacks)}0}};",
            f"{ext}const char *const seccoder_ordinary[] = {{{''.join(json.dumps(w) + ', ' for w in usual)}0}};",
            f"{ext}const int seccoder_long = {int(NARROW.search(self.text) is not None)};",
            f"{ext}const char *const seccoder_formats[] = {{{''.join(_quoted_source(w) + ', ' for w in formats)}0}};",
            f"{ext}const char seccoder_characters[] = {_characters(s.characters)};",
            f"{ext}const int seccoder_entries = {len(chosen)};",
            f"{ext}void seccoder_enter(int entry) {{",
            *(["    try {"] if self.cpp else []),
            "    switch (entry) {",
            *(f"    case {number}: seccoder_entry_{number}(); break;" for number in range(len(chosen))),
            "    }",
            *(["    } catch (...) {}"] if self.cpp else []),
            "}",
            "int main(void) { return 0; }",  # it is never entered, because the wrapper drives
            "",
        ]
        return "\n".join(self.lines)

    def type_name(self, name: str) -> str:
        """Return a structure's name as a type."""
        if self.cpp:
            return name
        tagged = re.search(rf"\b(struct|union)\s+{re.escape(name)}\b", self.text)
        alias = re.search(rf"\}}\s*{re.escape(name)}\s*;", self.text)
        return name if alias or not tagged else f"{tagged[1]} {name}"

    # --- objects ---

    def maker(self, structure: Structure) -> None:
        """Write the function that makes an object and, in C, the one that fills one."""
        name, kind, out = structure.name, self.type_name(structure.name), self.lines
        if not self.cpp:
            out.append(f"static void seccoder_fill_{word(name)}({kind} *v, int depth) {{")
            out += Filler(self.surface, structure, "v->", self.type_name, cpp=False).lines()
            out.append("}")
        out.append(f"static {kind} *seccoder_new_{word(name)}(int depth) {{")
        made = self.offers.makers_of(name)
        started = self.offers.initialisers_of(name)
        if made or started:
            out.append(f"    if (depth < 3) switch (seccoder_pick({len(made) + len(started)})) {{")
            for number, f in enumerate(made):
                out.append(f"    case {number}: {{")
                self.call(f, {}, "        ", keep="made")
                smart = f.result.plain.startswith("std::")
                kept = "made.release()" if "unique" in f.result.plain else "(new auto(made))->get()"
                out.append(f"        return {kept if smart else f'({kind} *)made'};")
                out.append("    }")
            for number, f in enumerate(started, len(made)):
                out.append(f"    case {number}: {{")
                if self.cpp and structure.hidden:
                    out.append(f"        {kind} *memory = new {kind}();")
                else:
                    out.append(f"        {kind} *memory = ({kind} *)seccoder_room(sizeof({kind}));")
                result = self.surface.resolved(f.result)
                self.call(f, {name: "memory"}, "        ", keep="" if result == ("void", 0) else "status")
                if result[0] in {"bool", "_Bool"} and not result[1]:
                    out.append("        if (!status) return 0;")
                elif result[1] == 0 and INTEGER.match(result[0]) and result[0] != "void":
                    out.append("        if (status < 0 || seccoder_failed()) return 0;")
                out += ["        return memory;", "    }"]
            out.append("    }")
        if self.cpp:
            self.construct(structure, kind)
        else:
            out += [
                f"    {kind} *object = seccoder_room(sizeof *object);",
                f"    seccoder_fill_{word(name)}(object, depth);",
                "    return object;",
            ]
        out.append("}")

    def construct(self, structure: Structure, kind: str) -> None:
        """Write how C++ makes an object: by a constructor, or by its public fields one by one."""
        out = self.lines
        if structure.abstract:
            out.append("    return nullptr;")
        elif structure.constructors:
            out.append(f"    switch (seccoder_pick({len(structure.constructors)})) {{")
            for number, parameters in enumerate(structure.constructors):
                out.append(f"    case {number}: {{")
                lines, values = self.arguments(Function(kind, Parameter("void", "", 0), parameters), {})
                out += ["        " + line for line in lines]
                out.append(f"        return new {kind}({', '.join(values)});")
                out.append("    }")
            out.append("    }")
            out.append("    return nullptr;")
        else:
            out.append(f"    {kind} *object = new {kind}();")
            if not structure.hidden:
                out += Filler(self.surface, structure, "object->", self.type_name, cpp=True).lines()
            out.append("    return object;")

    # --- calls ---

    def call(self, f: Function, objects: dict[str, str], indent: str, keep: str = "", on: str = "") -> None:
        """Write one call. `objects` are variables by type, `keep` names the result, `on` is a method's object."""
        lines, values = self.arguments(f, objects)
        out = self.lines
        if self.family in {"header", "log"}:
            out.append(f"{indent}seccoder_heard();")  # what one call puts out is no part of what the next one does
        out += [indent + line for line in lines]
        what = f"{on}{f.name}({', '.join(values)})"
        plain, depth = self.surface.resolved(f.result)
        if plain == "void" and not depth:
            out.append(f"{indent}{what};")
            self.read_results(f, values, indent)
            return
        name = keep or "result"
        if self.cpp:
            out.append(f"{indent}decltype(auto) {name} = {what};")
            if not keep:
                out.append(f"{indent}seccoder_use({name});")
        else:
            out.append(f"{indent}__auto_type {name} = {what};")
        if keep or self.cpp:
            return
        if depth == 1 and plain == "char":
            out.append(f"{indent}seccoder_read_text({name});")
        elif depth == 1 and plain in self.surface.structures:
            out.append(f"{indent}seccoder_read_bytes({name}, sizeof *{name});")
        elif depth == 1 and plain != "FILE":
            out.append(f"{indent}seccoder_read_place({name});")
        out.append(f"{indent}(void){name};")
        if plain in {"bool", "_Bool"} and not depth:
            out.append(f"{indent}if ({name}) {{")
            self.read_results(f, values, indent + "    ")
            out.append(f"{indent}}}")

    def read_results(self, f: Function, values: Sequence[str], indent: str) -> None:
        """Write how to read what a call wrote into a structure that holds a pointer and its length."""
        for parameter, value in zip(f.parameters, values, strict=True):
            plain, depth = self.surface.resolved(parameter)
            structure = self.surface.structures.get(plain)
            if structure is None or depth != 1 or parameter.constant or structure.hidden or not value.isidentifier():
                continue
            pointers = [p for p in structure.fields if p.depth == 1 and BYTE.match(self.surface.resolved(p)[0])]
            lengths = [p for p in structure.fields if not p.depth and not p.sizes and LENGTH.search(p.name)]
            if len(pointers) == len(lengths) == 1:
                self.lines.append(
                    f"{indent}seccoder_read_bytes({value}->{pointers[0].name}, (size_t){value}->{lengths[0].name});"
                )

    def sequence(self, name: str) -> None:
        """Write many calls on one object, with the call that ends its life last."""
        structure, out, kind = self.surface.structures[name], self.lines, self.type_name(name)
        users = self.offers.users_of(name)
        handles = any(self.surface.resolved(p) == (name, 2) for f in users for p in f.parameters)
        empty = handles and not self.offers.makers_of(name)
        out.append(f"    {kind} *object = {'0' if empty else f'seccoder_new_{word(name)}(0)'};")
        if not empty:
            out.append("    if (!object) return;")
        ends = [f for f in users if self.offers.ends_life(f)]
        steps = [f for f in users if not self.offers.ends_life(f)]
        number = len(steps) + len(structure.methods)
        out.append(f"    int favourite = seccoder_pick({max(1, number)});")
        out.append("    int calls = 1 + seccoder_pick(seccoder_pick(3) ? 6 : 40);")
        out.append(f"    while (calls--) switch (seccoder_pick(2) ? favourite : seccoder_pick({max(1, number)})) {{")
        for index, f in enumerate(steps):
            takes = next(p for p in f.parameters if self.surface.resolved(p)[0] == name)
            guard = (
                "if (object) "
                if empty and self.surface.resolved(takes)[1] == 1 and not self.offers.returns_object(f, name)
                else ""
            )
            out.append(f'    case {index}: {guard}{{ seccoder_note("{f.name}: ");')
            if self.offers.returns_object(f, name):
                self.call(f, {name: "object"}, "        ", keep="moved")
                out.append(
                    "        object = moved; if (!object && !seccoder_pick(2)) return;"
                    if empty
                    else "        object = moved; if (!object) return;"
                )
            else:
                self.call(f, {name: "object"}, "        ")
            out.append("        break; }")
        for index, f in enumerate(structure.methods, len(steps)):
            out.append(f'    case {index}: {{ seccoder_note("{f.name}: ");')
            if self.cpp:
                out.append("        try {")
            self.call(f, {name: "object"}, "        ", on=f"{name}::" if f.static else "object->")
            if self.cpp:
                out.append("        } catch (const std::exception &) {}")
            out.append("        break; }")
        out.append("    }")
        if ends:
            self.call(ends[-1], {name: "object"}, "    ")
        elif self.cpp and not structure.abstract and not empty:
            out.append("    delete object;")

    def mixed_calls(self) -> None:
        """Write calls of any function after any other, because they may share state."""
        roots = [f for f in self.offers.roots() if not ENDS.search(f.name)]
        starts = [f for f in roots if STARTS.search(f.name) and not f.parameters]
        for f in starts:
            self.lines.append("    {")
            self.call(f, {}, "        ")
            self.lines.append("    }")
        rest = [f for f in roots if f not in starts] or roots
        self.lines.append("    int calls = 1 + seccoder_pick(12);")
        self.lines.append(f"    while (calls--) switch (seccoder_pick({max(1, len(rest))})) {{")
        for number, f in enumerate(rest):
            self.lines.append(f'    case {number}: {{ seccoder_note("{f.name}: ");')
            self.call(f, {}, "        ")
            self.lines.append("        break; }")
        self.lines.append("    }")

    # --- arguments ---

    def arguments(self, f: Function, objects: dict[str, str]) -> tuple[list[str], list[str]]:
        """Return the declarations of a call, and one expression per parameter."""
        parameters = f.parameters
        owner = lengths(f, self.surface)
        writer = Arguments(self.surface, self.text, self.cpp, self.family)
        lines: list[str] = []
        values = [""] * len(parameters)
        for index in range(len(parameters)):
            if index in owner.values():
                lines.append(f"size_t n{index} = 0; int told{index} = 0; (void)told{index};")
        for index, p in enumerate(parameters):
            if index in owner.values():
                continue
            values[index] = f"a{index}"
            length = owner.get(index)
            if self.object(p, objects, lines, index, values, alone=length is None):
                continue
            lines += writer.declare(f, index, f"n{length}" if length is not None else "")
        for index in dict.fromkeys(owner.values()):
            kind = parameters[index].plain
            if parameters[index].depth == 1:  # the length goes in and comes out
                lines.append(f"{kind} a{index}_[1] = {{({kind})n{index}}};")
                values[index] = f"a{index}_"
            else:
                lines.append(
                    f'{kind} a{index} = ({kind})n{index}; seccoder_note("{parameters[index].name}=%zu ", n{index});'
                )
                given = [parameters[at] for at, length in owner.items() if length == index]
                if any(each.constant for each in given) and writer.doubted(f, parameters[index]):
                    drawn = (
                        f'a{index} = -1 - seccoder_pick(100); seccoder_note("and that is %lld ", (long long)a{index});'
                    )
                    lines.append(f"if (seccoder_hostile && seccoder_pick(4) == 0) {{ {drawn} }}")
                values[index] = f"a{index}"
        return lines, values

    def object(
        self, p: Parameter, objects: dict[str, str], lines: list[str], index: int, values: list[str], *, alone: bool
    ) -> bool:
        """Write an argument that is an object of a type of the file, or a pointer to one."""
        plain, depth = self.surface.resolved(p)
        if (
            self.cpp
            and (found := re.fullmatch(r"std::(unique|shared)_ptr<(\w+)>", plain))
            and found[2] in self.surface.structures
        ):
            values[index] = f"{plain}(seccoder_new_{word(found[2])}(1))"
            return True
        if plain not in self.surface.structures:
            return False
        kind, made = self.type_name(plain), objects.pop(plain, "") if plain in objects else ""
        fresh = made or f"seccoder_new_{word(plain)}(1)"
        if depth == 0:
            lines.append(f"{kind} *a{index} = {fresh}; if (!a{index}) return{self.empty_result()};")
            values[index] = f"*a{index}"
        elif depth == 1 and (alone or made):
            if made:
                values[index] = made
            else:
                lines.append(f"{kind} *a{index} = {fresh}; if (!a{index}) return{self.empty_result()};")
        elif depth == 2:
            if made:
                values[index] = f"&{made}"
            else:
                lines.append(f"{kind} *a{index}_ = seccoder_pick(3) ? {fresh} : 0, **a{index} = &a{index}_;")
        else:
            return False
        return True

    def empty_result(self) -> str:
        """Return what a `return` gives back in the function that is being written."""
        head = next(line for line in reversed(self.lines) if line.startswith("static "))
        return " 0" if "*seccoder_new_" in head else ""


def _signature(text: str) -> list[str]:
    """Return the bytes that a source compares one by one with the beginning of its input, as a literal."""
    compared = r"\[\s*(\d)\s*\]\s*[!=]=\s*(0[xX][\da-fA-F]{1,2}\b|\d{1,3}\b|'[^'\\]')"
    found: dict[int, int] = {}
    for at, value in re.findall(compared, text):
        found.setdefault(int(at), ord(value[1]) if value[0] == "'" else int(value, 0))
    if len(found) < 2 or 0 not in found:
        return []
    return ["".join(f"\\{found.get(at, 97):03o}" for at in range(max(found) + 1))]


def _characters(found: Sequence[str]) -> str:
    """Return the characters that a source compares as one literal."""
    escapes = {r"\n": 10, r"\t": 9, r"\r": 13}
    values = []
    for text in dict.fromkeys(found):
        if text.startswith("\\x"):
            values.append(int(text[2:], 16))
        elif len(text) > 1:
            values.append(escapes[text] if text in escapes else int(text[1:], 8) & 255)
        else:
            values += [value for value in text.encode() if text not in '"\\']
    return '"' + "".join(f"\\{value:03o}" for value in values if value) + '"'


def _quoted_source(text: str) -> str:
    """Return a literal of the file as it is written. Its escapes stay as they are."""
    return f'"{text}"' if "\n" not in text else json.dumps(text)
