"""Says which syntax nodes of a C or C++ file are operations of which family, and which of them take no input.

It takes nodes of tree-sitter's grammar. A call whose arguments are all constant (`memset(buffer, 0, sizeof buffer)`,
`puts("usage")`) can do no harm whatever the input is: it is an operation, but none that has to be attacked.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tree_sitter

KINDS = {  # what an operation of a family is called in a check
    "integer": "arithmetic",
    "division": "division",
    "lifetime": "object",
    "null": "pointer",
    "format": "format",
    "writes": "memory",
    "bounds": "memory",
    "command": "program",
    "path": "file",
    "temporary": "file",
    "permissions": "file",
    "consumption": "loop",
    "uninitialised": "value",
    "header": "header",
    "log": "log",
    "digest": "digest",
    "query": "query",
    "request": "address",
}
NARROW = re.compile(r"\b(u?int16_t|(unsigned\s+)?short|u16|ushort|WORD)\b")  # a length beyond 65,535 wraps in these
_ACCESSES = ("subscript_expression", "pointer_expression", "field_expression")
_CALLS = {
    "bounds": r"(mem|str|stp|wcs|sn?printf|vsn?printf|f?gets|f?read|f?scanf|sscanf|bcopy|recv|getline|alloca|substr|"
    r"front|back|copy)",
    "writes": r"(mem(cpy|move|set|ccpy)|st[rp]n?(cpy|cat)|wcs|v?sn?printf|f?gets|f?read|[fs]?scanf|bcopy|recv|getline|"
    r"copy|fill)",
    "integer": r"(rand|random|ato|strto|sto|scanf|sscanf|__builtin_\w*overflow|abs|accumulate)",
    "division": r"(l|ll|imax)?div$",
    "lifetime": r"(free|realloc|fclose|delete|release|erase|clear|push_back|emplace|insert|reset|pop_back|resize|data|"
    r"c_str|substr|begin|front|back|string_view)",
    "null": r"(mem|str|f?gets|f?read|f?scanf|sscanf|sn?printf|printf|fopen|malloc|calloc|realloc|find|get|lock|new)",
    "format": r"(v?[fsn]*printf|syslog|v?syslog|err|warn)",
    "command": r"(system|popen|exec\w*|posix_spawnp?|wordexp)$",
    "path": r"(fopen|open|openat|freopen|opendir|unlink|remove|rename|stat|[io]?fstream|read_file|is_open)$",
    "temporary": r"(mkstemps?|mkdtemp|tmpfile|tmpnam|tempnam|mktemp|fopen|open|mkostemp)$",
    "permissions": r"(open|openat|creat|fopen|chmod|fchmod|mkdir|umask|mkfifo)$",
    "consumption": r"\w",
    "uninitialised": r"(mem|str|sn?printf|printf|fwrite|write|send|f?puts|f?scanf|sscanf|read)",
    "header": r"(v?[fsd]?n?printf|f?puts|fwrite|write|send|str(n|l)?cat|append)$",
    "log": r"(v?syslog|v?f?printf|dprintf|f?puts|fwrite|write)$",
    "digest": r"((MD[245]|SHA1?|SHA(224|256|384|512)|RIPEMD160)(_Update)?|EVP_(Q_d|D)igest(Update)?|EVP_\w+Update|"
    r"DES_\w+_encrypt|RC4|BF_\w+_encrypt|AES_\w*encrypt|HMAC|PKCS5_PBKDF2_HMAC\w*|EVP_PBE_scrypt|crypt(_r)?)$",
    "query": r"xmlXPath(Eval|EvalExpression|NodeEval|Compile|CtxtCompile)$",
    "request": r"(curl_easy_perform|connect)$",
}
_ARITHMETIC = ("binary_expression", "update_expression", "assignment_expression", "unary_expression")
_CONSTANT = ("string_literal", "number_literal", "char_literal", "concatenated_string", "sizeof_expression", "null",
             "true", "false", "raw_string_literal")  # fmt: skip
_BY_INPUT = {
    "bounds",
    "writes",
    "format",
    "command",
    "path",
    "header",
    "log",
    "digest",
    "query",
}  # their operations go wrong by what they are given only
_HEADER = re.compile(r'(?:"|\\n)(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)*|%s):|\\r\\n"')  # a header's name or end in a literal
_STREAM_AT = {
    "fputs": 1,
    "fwrite": 3,
    "fprintf": 0,
    "vfprintf": 0,
    "dprintf": 0,
    "write": 0,
    "send": 0,
    "snprintf": 0,
    "syslog": 0,
}
_STREAMS = ("stdout", "stderr", "NULL", "nullptr")


def operation(kind: str, text: str, called: str, wanted: str) -> bool:
    """Say whether a syntax node is an operation of a family.

    Args:
        kind: The node's type in tree-sitter's grammar.
        text: The node's source text.
        called: The name of the function, if the node is a call.
        wanted: The family.
    """
    if wanted in {"header", "log"}:
        return _output(kind, text, called, wanted)
    if called:
        return re.match(_CALLS[wanted], called) is not None
    if wanted == "path":
        return re.search(r"\b(ifstream|ofstream|fstream)\s+\w+\s*[({]", text) is not None and kind == "declaration"
    if wanted == "writes":  # a store through an index or a pointer; neither a print nor a plain assignment
        return (
            kind == "assignment_expression"
            and re.match(r"[^=]*(\[[^=]*\]|\*\s*\(?\w[^=]*)\s*[-+|&^]?=", text) is not None
        )
    if wanted in {"bounds", "null", "lifetime", "uninitialised"}:
        return kind in _ACCESSES and not text.startswith("&")
    if wanted == "division":
        return kind in _ARITHMETIC and re.search(r"[/%]", text) is not None
    if wanted == "consumption":
        return kind in {"for_statement", "while_statement", "do_statement", "for_range_loop"}
    return wanted == "integer" and kind in _ARITHMETIC and re.search(r"[-+*/%]|<<", text) is not None


def _output(kind: str, text: str, called: str, wanted: str) -> bool:
    """Say whether something is put out, and for headers whether a header's name or end is beside it."""
    if called:
        puts = re.match(_CALLS[wanted], called) is not None
    elif kind == "binary_expression":
        puts = re.match(r"[^(]*\b\w*(cout|cerr|clog|log|out|file|os|stream|response)\w*\s*<<", text) is not None
        puts |= wanted == "header" and "+" in text
    else:
        puts = wanted == "header" and kind == "assignment_expression" and "+=" in text
    return puts and (wanted == "log" or _HEADER.search(text) is not None)


def harmless(node: "tree_sitter.Node", wanted: str) -> bool:
    """Say whether an operation is a call that no input reaches: its arguments are constant, or the room it fills."""
    if wanted not in _BY_INPUT:
        return False
    if node.type == "binary_expression":  # what is written into a stream, one after the other
        stream, *words = _written(node)
        return stream.type != "binary_expression" and all(
            _constant(word) or (word.type == "identifier" and (word.text or b"").endswith(b"endl")) for word in words
        )
    arguments = node.child_by_field_name("arguments")
    if node.type != "call_expression" or arguments is None or not arguments.named_children:
        return False
    given = [child for child in arguments.named_children if child.type != "comment"]
    at = _STREAM_AT.get(_called(node), -1)
    if 0 <= at < len(given):
        del given[at]
        return all(map(_constant, given))
    first, *others = given
    return (_constant(first) or (first.type == "identifier" and bool(others))) and all(map(_constant, others))


def _called(node: "tree_sitter.Node") -> str:
    function = node.child_by_field_name("function")
    return ((function.text if function else b"") or b"").decode(errors="replace").rpartition("::")[2]


def _written(node: "tree_sitter.Node") -> "list[tree_sitter.Node]":
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if node.type != "binary_expression" or left is None or right is None:
        return [node]
    return [*_written(left), right]


def _constant(node: "tree_sitter.Node") -> bool:
    if node.type in _CONSTANT:
        return True
    if node.type == "identifier":
        name = (node.text or b"").decode(errors="replace")
        return name in _STREAMS or re.fullmatch(r"[A-Z][A-Z\d_]+", name) is not None
    inner = {"unary_expression": "argument", "cast_expression": "value"}.get(node.type)
    if inner is not None:
        child = node.child_by_field_name(inner)
        return child is not None and _constant(child)
    if node.type in {"binary_expression", "parenthesized_expression"}:
        return bool(node.named_children) and all(map(_constant, node.named_children))
    return False
