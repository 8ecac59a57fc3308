"""The memory and arithmetic families in C: which report or warning means which CWE, and which lines are the operation.

CWE-119/120/121/122/125/787 (bounds), CWE-190/191/680 (integers), CWE-415/416 (lifetime), CWE-476 (null), CWE-134
(format strings), CWE-369 (division). In flow what AddressSanitizer, UndefinedBehaviorSanitizer and gcc print; out
flow CWEs with lines. Unsigned wrap-around is no undefined behaviour: it shows only where it leads out of bounds.
"""

import re
from collections.abc import Iterator, Mapping

_NUMBERS = (
    119,
    120,
    121,
    122,
    124,
    125,
    126,
    127,
    134,
    190,
    191,
    369,
    415,
    416,
    476,
    590,
    680,
    787,
    788,
    823,
    824,
    825,
)
CWES = tuple(f"CWE-{number}" for number in _NUMBERS)
_BOUNDS = ("subscript_expression", "pointer_expression", "field_expression")
_CALLS = {
    "bounds": r"(mem|str|stp|wcs|sn?printf|vsn?printf|f?gets|f?read|f?scanf|sscanf|bcopy|recv|getline|alloca)",
    "writes": r"(mem(cpy|move|set|ccpy)|st[rp]n?(cpy|cat)|wcs|v?sn?printf|f?gets|f?read|[fs]?scanf|bcopy|recv|getline)",
    "integer": r"(rand|random|ato|strto|scanf|sscanf|__builtin_\w*overflow|abs)",
    "lifetime": r"(free|realloc|fclose|delete|release)",
    "null": r"(mem|str|f?gets|f?read|f?scanf|sscanf|sn?printf|printf|fopen|malloc|calloc|realloc)",
    "format": r"(v?[fsn]*printf|syslog)",
}
_ARITHMETIC = ("binary_expression", "update_expression", "assignment_expression", "unary_expression")
# what AddressSanitizer calls the error; READ and WRITE decide between the CWEs of bounds
_ASAN = (
    (r"heap-use-after-free|use-after-poison|stack-use-after-(return|scope)", "CWE-416"),
    (r"attempting double-free", "CWE-415"),
    (r"attempting free on address which was not malloc|alloc-dealloc-mismatch", "CWE-590"),
    (r"(heap|stack|global|dynamic-stack|container|intra-object)-?(buffer)?-?(overflow|underflow|underwrite)", "bounds"),
    (r"negative-size-param|unknown-crash|strcpy-param-overlap|memcpy-param-overlap", "bounds"),
    (r"stack-overflow", "CWE-674"),
)
_UBSAN = (
    (r"signed integer overflow|negation of .* cannot be represented|left shift of .* cannot be represented", "CWE-190"),
    (r"division of .* cannot be represented", "CWE-190"),
    (r"division by zero", "CWE-369"),
    (r"index -?\d+ out of bounds for type|insufficient space for an object", "CWE-125"),
    (r"null pointer", "CWE-476"),
    (r"pointer index expression|applying .* offset", "CWE-823"),
)
_WARNINGS = (
    (r"-Wstringop-overflow|-Wformat-overflow|-Wstringop-truncation-never", "CWE-787"),
    (r"-Warray-bounds|-Wstringop-overread", "CWE-125"),
    (r"-Wuse-after-free|-Wanalyzer-use-after-free|-Wdangling-pointer", "CWE-416"),
    (r"-Wanalyzer-double-free", "CWE-415"),
    (r"-Wformat-security", "CWE-134"),
    (r"-Wanalyzer-(possible-)?null-(dereference|argument)|-Wnonnull", "CWE-476"),
    (r"-Wfree-nonheap-object|-Wanalyzer-free-of-non-heap", "CWE-590"),
    (r"-Wdiv-by-zero", "CWE-369"),
)
OPTIONS = {
    "analyzer": ["-fanalyzer", "-fdiagnostics-plain-output"],
    "optimiser": ["-O2", "-Wall", "-Wextra", "-Wformat-security", "-fdiagnostics-plain-output"],
}


def from_report(report: str, lines: Mapping[str, int]) -> Iterator[tuple[str, int | None, str]]:
    """CWE, line of the subject and message of each sanitizer error in a report.

    A crash without a line of the subject on its stack is not the subject's.

    Args:
        report: What the sanitizers wrote during one run.
        lines: Line of the subject by return address (hexadecimal) in the program.
    """
    for part in re.split(
        r"(?==+\d*=*ERROR: AddressSanitizer)|(?=^\S*subject\.c:\d+:\d+: runtime error)", report, flags=re.M
    ):
        line = next((lines[place] for place in re.findall(r"program\+0x([0-9a-f]+)\)", part) if place in lines), None)
        if found := re.search(r"subject\.c:(\d+)", part):
            line = int(found[1])
        if (first := re.search(r"runtime error: (.*)", part)) and "ERROR: AddressSanitizer" not in part:
            for pattern, cwe in _UBSAN:
                if re.search(pattern, first[1], flags=re.I):
                    yield cwe, line, first[1].strip()
                    break
        elif error := re.search(r"ERROR: AddressSanitizer: (.*)", part):
            if line is None and error[1].startswith("SEGV"):
                continue
            yield _asan(error[1], part), line, re.sub(r" (on|for) (unknown )?address .*", "", error[1]).strip()


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


def from_warnings(said: str) -> Iterator[tuple[str, int | None, str]]:
    """CWE, line and message of each gcc warning that stands for a weakness."""
    for found in re.finditer(
        r"^\S*subject\.c:(\d+):\d+: warning: (.*) \[(?:CWE-\d+\] \[)?(-W[\w=-]+)\]$", said, flags=re.M
    ):
        for pattern, cwe in _WARNINGS:
            if re.match(f"(?:{pattern})", found[3]):
                yield cwe, int(found[1]), f"{found[2]} ({found[3]})"
                break


def family(cwe: str | None) -> str:
    """Which operations belong to a CWE."""
    number = int(cwe.partition("-")[2]) if cwe else 0
    for name, numbers in {
        "integer": {190, 191, 680, 369, 128, 193},
        "lifetime": {415, 416, 590, 825},
        "null": {476, 690, 252},
        "format": {134},
        "writes": {787, 120, 121, 122, 124, 788},
    }.items():
        if number in numbers:
            return name
    return "bounds"


def operation(kind: str, text: str, called: str, wanted: str) -> bool:
    """Whether a syntax node is an operation of a family.

    Args:
        kind: The node's type in tree-sitter's grammar.
        text: Its source.
        called: Name of the function, if it is a call.
        wanted: The family.
    """
    if called:
        return re.match(_CALLS[wanted], called) is not None
    if wanted == "writes":  # a store through an index or a pointer; neither a print nor a plain assignment
        return (
            kind == "assignment_expression"
            and re.match(r"[^=]*(\[[^=]*\]|\*\s*\(?\w[^=]*)\s*[-+|&^]?=", text) is not None
        )
    if wanted in {"bounds", "null", "lifetime"}:
        return kind in _BOUNDS
    return wanted == "integer" and kind in _ARITHMETIC and re.search(r"[-+*/%]|<<", text) is not None
