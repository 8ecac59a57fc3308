"""Maps reports and warnings about C and C++ to CWEs, and says which family is asked for which CWE.

The families are bounds, integers, lifetime, null, format strings and division, and beyond memory commands, paths,
temporary files, permissions, and endless recursion and loops. It takes what the sanitizers, gcc and `inside/c/faults.c`
report, and returns CWEs with lines. Unsigned arithmetic that wraps around is not undefined behaviour. gcc's build shows
it only where it leads out of bounds; clang's separate build (see `inside/c/runner.py`) shows it where it happens.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Every CWE for which a family is asked. What the family finds counts for all of them, unless `_APART` says otherwise.
_FAMILIES = {
    "integer": (190, 191, 680, 128, 195, 197, 681),
    "division": (369,),
    "lifetime": (415, 416, 590, 562, 825),
    "null": (476, 690, 252, 253, 754),
    "format": (134,),
    "writes": (787, 120, 121, 122, 124, 788),
    "bounds": (119, 125, 126, 127, 129, 131, 170, 193, 786, 805, 823),
    "command": (77, 78),
    "path": (22, 23, 36, 73),
    "temporary": (377, 379),
    "permissions": (732, 276),
    "consumption": (674, 835, 834),
    "uninitialised": (457, 824),
    "header": (113, 93),
    "log": (117,),
    "digest": (327, 328),
    "query": (643,),
    "request": (918,),
}
_APART = ("CWE-823",)  # a pointer that leaves its object is no access yet; an access shows that a pointer did leave it
_MEMORY = {"writes", "bounds"}  # they see the same accesses; they differ in the lines that must be reached
# These are found only where they lead further, and they cannot be ruled out.
UNDECIDED = {
    **dict.fromkeys(
        ("CWE-252", "CWE-253", "CWE-754"), "an unchecked result shows only where it becomes a null pointer"
    ),
    **dict.fromkeys(
        ("CWE-195", "CWE-197", "CWE-681"), "a conversion that loses shows only where a size becomes negative"
    ),
}
# What a source contains if its arithmetic may be unsigned.
_UNSIGNED = re.compile(
    r"""\b(unsigned|sizeof|alignof|_Alignof|npos)\b
    | \b(?!(ssize|ptrdiff|time|off|u?int_(least|fast)|int(8|16|32|64|max|ptr)|w?char|va_list)_t\b)\w+_t\b
    | \b(u(8|16|32|64)|u(char|short|int|long)|BYTE|D?WORD|UINT\d*|ULONG)\b
    | \b(0[xX])?[\da-fA-F]+[lL]*[uU][lL]*\b
    | \b((str|wcs)n?(len|spn|cspn)|f(read|write)|strto(ul|ull|umax)|sto(ul|ull))\b
    | (\.|->|::)(size|length|count|find\w*|capacity)\b""",
    re.VERBOSE,
)
# How AddressSanitizer calls the error. READ and WRITE decide between the CWEs of bounds.
_ASAN = (
    (r"stack-overflow", "CWE-674"),  # this is no error of a buffer: the stack came to its end
    (r"heap-use-after-free|use-after-poison|stack-use-after-(return|scope)", "CWE-416"),
    (r"attempting double-free", "CWE-415"),
    (r"attempting free on address which was not malloc|alloc-dealloc-mismatch", "CWE-590"),
    (r"(heap|stack|global|dynamic-stack|container|intra-object)-?(buffer)?-?(overflow|underflow|underwrite)", "bounds"),
    (r"negative-size-param|unknown-crash|strcpy-param-overlap|memcpy-param-overlap", "bounds"),
)
_UBSAN = (
    (r"unsigned integer overflow: .* - ", "CWE-191"),
    (r"unsigned integer overflow", "CWE-190"),
    (r"signed integer overflow|negation of .* cannot be represented|left shift of .* cannot be represented", "CWE-190"),
    (r"division of .* cannot be represented", "CWE-190"),
    (r"division by zero", "CWE-369"),
    (r"index -?\d+ out of bounds for type|insufficient space for an object|library assertion", "CWE-125"),
    (r"null pointer", "CWE-476"),
    (r"pointer index expression|applying .* offset", "CWE-823"),
)
_WARNINGS = (
    (r"-Wstringop-overflow|-Wformat-overflow|-Wstringop-truncation-never", "CWE-787"),
    (r"-Warray-bounds|-Wstringop-overread", "CWE-125"),
    (r"-Wuse-after-free|-Wanalyzer-use-after-free|-Wdangling-pointer|-Wreturn-local-addr", "CWE-416"),
    (r"-Wanalyzer-double-free|-Wanalyzer-double-fclose", "CWE-415"),
    (r"-Wformat-security", "CWE-134"),
    (r"-Wanalyzer-(possible-)?null-(dereference|argument)|-Wnonnull", "CWE-476"),
    (r"-Wfree-nonheap-object|-Wanalyzer-free-of-non-heap", "CWE-590"),
    (r"-Wdiv-by-zero", "CWE-369"),
    (r"-Wanalyzer-use-of-uninitialized-value|-Wuninitialized", "CWE-457"),
)
_OPTIONS = {
    "analyzer": ["-fanalyzer", "-Wformat-overflow=2", "-fdiagnostics-plain-output"],
    "optimiser": ["-O2", "-Wall", "-Wextra", "-Wformat-security", "-fdiagnostics-plain-output"],
}
_WARNED = {  # the families that gcc warns of
    **dict.fromkeys(("bounds", "writes", "lifetime", "null", "uninitialised"), ("analyzer", "optimiser")),
    **dict.fromkeys(("format", "division"), ("optimiser",)),
}


def options(name: str, language: str) -> dict[str, list[str]]:
    """Return gcc's options for the warnings that may show a family's weaknesses, by what they are called."""
    return {way: _OPTIONS[way] for way in _WARNED.get(name, ()) if language == "c" or way == "optimiser"}


def covers(cwe: str) -> bool:
    """Say whether there is an executed check for a CWE in C."""
    return any(int(cwe[4:]) in numbers for numbers in _FAMILIES.values())


def family(cwe: str | None) -> str:
    """Return the family whose operations belong to a CWE."""
    number = int(cwe.partition("-")[2]) if cwe else 0
    return next((name for name, numbers in _FAMILIES.items() if number in numbers), "bounds")


def counts(found: str, target: str) -> bool:
    """Say whether a finding shows the target."""
    if found == target:
        return True
    if found in _APART or not covers(found):
        return False
    one, other = family(found), family(target)
    return one == other or {one, other} == _MEMORY


def may_wrap(text: str) -> bool:
    """Say whether a source's arithmetic may be unsigned, as far as its words tell."""
    return _UNSIGNED.search(text) is not None


def reached(name: str, runs: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether the positive control has what it needs beyond coverage.

    For permissions, a file must have been made that only its owner can use.
    """
    if name != "permissions":
        return True
    said = "".join(str(run["report"]) for run in runs)
    return "note: private" in said and "note: readable" not in said


def from_report(  # noqa: C901 - one kind of report after the other
    report: str, lines: Mapping[str, int]
) -> Iterator[tuple[str, int | None, str]]:
    """Yield the CWE, the line of the subject and the message of each sanitizer error in a report.

    A crash without a line of the subject on its stack is not the subject's fault.

    Args:
        report: What the sanitizers wrote during one run.
        lines: The line of the subject by the (hexadecimal) return address in the program.
    """
    for part in re.split(
        r"(?==+\d*=*(?:ERROR: Address|WARNING: Memory)Sanitizer)|(?=^\S*subject(?:\.c(?:pp)?:\d+:\d+)?: runtime error)",
        report,
        flags=re.M,
    ):
        line = next((lines[place] for place in re.findall(r"program\+0x([0-9a-f]+)\)", part) if place in lines), None)
        if found := re.search(r"subject\.c(?:pp)?:(\d+)", part):
            line = int(found[1])
        if (first := re.search(r"runtime error: (.*)", part)) and "ERROR: AddressSanitizer" not in part:
            message = re.sub(r" \(program.*", "", first[1]).strip()
            if own := re.match(r"(CWE-\d+): (.*)", message):
                yield own[1], line, own[2]
                continue
            for pattern, cwe in _UBSAN:
                if re.search(pattern, message, flags=re.I):
                    yield cwe, line, message
                    break
        elif "WARNING: MemorySanitizer" in part:
            if line is not None:
                yield "CWE-457", line, "use of a value that was never set"
        elif error := re.search(r"ERROR: AddressSanitizer: (.*)", part):
            if line is None and error[1].startswith("SEGV"):
                continue
            if re.match(r"allocat|calloc-overflow|out.of.memory|requested", error[1]):
                continue  # this is what the library refuses
            message = re.sub(r" (on|for) (unknown )?address .*", "", error[1]).strip()
            yield _asan(error[1], part), line, message
            if error[1].startswith("negative-size-param"):  # a signed number became a size
                yield "CWE-195", line, message


def _asan(error: str, part: str) -> str:
    wrote = re.search(r"^WRITE of size|caused by a WRITE", part, flags=re.M) is not None
    if error.startswith("SEGV"):
        zero = "address points to the zero page" in part or re.search(
            r"unknown address 0x0{8,12}[0-9a-f]{1,4}\b", error
        )
        return "CWE-476" if zero else ("CWE-787" if wrote else "CWE-125")
    for pattern, cwe in _ASAN:
        if re.search(pattern, error):
            return cwe if cwe != "bounds" else ("CWE-787" if wrote or "param" in error else "CWE-125")
    return "CWE-119"


def intended(text: str, line: int | None, message: str) -> bool:
    """Say whether unsigned arithmetic was probably meant to wrap: a hash, a counter down to zero, a check for it.

    Args:
        text: The source.
        line: The line on which it wrapped, from 1.
        message: The message that was reported.
    """
    lines = text.splitlines()
    if line is None or line > len(lines) or "negation" in message:
        return True
    here, after = lines[line - 1], " ".join(lines[line - 1 : line + 3])
    head = next((one for one in reversed(lines[:line]) if re.match(r"^[A-Za-z_].*\(", one)), "")
    if re.search(r"hash|crc|checksum|chk|seed|rand|lcg|rot|mix|fnv|djb|adler|prng|state", f"{here} {head}", re.I):
        return True
    if re.search(r"\^|<<|>>|~|%|\b(31|33|37|65599|5381|16777619|1103515245)u?\b|--|\bfor\b|\(unsigned", here):
        return True
    if found := re.search(r"(\w+)\s*(?:\+|-|\*)?=[^=]\s*(.*?);", here):
        operands = [word for word in re.findall(r"[A-Za-z_][\w.>-]*", found[2]) if not word.startswith("sizeof")]
        names = "|".join(map(re.escape, operands)) or "$^"
        if re.search(
            rf"\b{re.escape(found[1])}\s*[<>]=?\s*({names})\b|\b({names})\s*[<>]=?\s*{re.escape(found[1])}\b", after
        ):
            return True
        return re.search(rf"\b{re.escape(found[1])}\s*/\s*(\w+)\s*!=", after) is not None
    plain = re.search(r"([\w.>-]+)\s*\+\s*([\w.>-]+)\s*<=?\s*([\w.>-]+)", here)
    return plain is not None and plain[3] in {plain[1], plain[2]}


def _certain(message: str) -> bool:
    return re.search(r"^.%[-+ #0-9.l]*[fFeEgG]. directive", message) is not None


def from_warnings(said: str, *, analyzer: bool = False) -> Iterator[tuple[str, int | None, str]]:
    """Yield the CWE, the line and the message of each gcc warning that stands for a weakness.

    Args:
        said: What gcc wrote.
        analyzer: Whether it ran as the analyzer, with formats read at the stricter second level.
    """
    for found in re.finditer(
        r"^\S*subject\.c(?:pp)?:(\d+):\d+: warning: (.*) \[(?:CWE-\d+\] \[)?(-W[\w=-]+)\]$", said, flags=re.M
    ):
        for pattern, cwe in _WARNINGS:
            if found[3].startswith("-Wformat-overflow") and analyzer and not _certain(found[2]):
                break  # of the second level, only what holds for any number counts: "%f" alone may take 317 characters
            if re.match(f"(?:{pattern})", found[3]):
                yield cwe, int(found[1]), f"{found[2]} ({found[3]})"
                break
