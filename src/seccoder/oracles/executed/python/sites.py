"""Finds the sensitive operations that stand in a Python source, whether or not anything reaches them.

It takes a syntax tree and returns lines by family. A call counts if its name, through the source's imports, is one of
the table's, and if something in its arguments is not a constant. It knows names only: an operation that is fetched by
`getattr`, or handed over as a value, is not seen here (but it is where it runs).
"""

# ruff: noqa: E501 - a table

import ast
import re
from collections.abc import Iterator

# By family: the calls, as a regular expression for the whole dotted name. `.x` is a method of whatever it is.
_CALLS = {
    "sql": r"(.*\.)?(execute|executemany|executescript|exec_driver_sql|raw|mogrify|callproc)|sqlalchemy\.text|(.*\.)?text",
    "commands": r"(subprocess|asyncio)\.(run|call|check_call|check_output|Popen|getoutput|getstatusoutput|create_subprocess_(shell|exec))"
    r"|os\.(system|popen|exec\w+|spawn\w+|posix_spawnp?)|pty\.spawn|commands\.getoutput",
    "options": r"subprocess\.(run|call|check_call|check_output|Popen)|os\.(exec\w+|spawn\w+|posix_spawnp?)",
    "paths": r"open|io\.open|codecs\.open|os\.(open|remove|unlink|rename|replace|rmdir|mkdir|makedirs|listdir|scandir|chmod|truncate|link|symlink)"
    r"|shutil\.\w+|(flask\.)?send_(file|from_directory)|(.*\.)?(read_text|write_text|read_bytes|write_bytes|extract|extractall|FileResponse|save)"
    r"|tarfile\.open|zipfile\.ZipFile",
    "code": r"eval|exec|compile|(flask\.)?render_template_string|jinja2\.Template|Template|(.*\.)?from_string|code\.interact|importlib\.import_module",
    "deserialise": r"(pickle|cPickle|_pickle|dill|cloudpickle|marshal|shelve|jsonpickle|joblib|yaml|ruamel\.yaml)\.(load|loads|load_all|unsafe_load|full_load"
    r"|unsafe_load_all|full_load_all|open|decode|Unpickler)|(.*\.)?read_pickle",
    "ssrf": r"(requests|httpx|aiohttp|urllib3)\.(get|post|put|patch|delete|head|options|request|stream)|urllib\.request\.(urlopen|urlretrieve|Request)"
    r"|http\.client\.HTTPS?Connection|(.*\.)?urlopen|socket\.create_connection",
    "redirects": r"(flask\.)?redirect|(.*\.)?(HttpResponseRedirect|RedirectResponse)",
    "xml_entities": r"(xml\.etree\.(c?ElementTree)|lxml\.etree|ElementTree|ET|etree|xml\.dom\.minidom|minidom|xml\.sax|defusedxml\.\w+)"
    r"\.(parse|fromstring|parseString|XML|iterparse|fromstringlist|make_parser)",
    "logs": r"(logging|log|logger|_log|_logger|LOG|LOGGER|self\.log|self\.logger|app\.logger|current_app\.logger|syslog)"
    r"\.(debug|info|warning|warn|error|critical|exception|log|syslog)",
    "regexes": r"re\.(match|fullmatch|search|findall|finditer|split|sub|subn)",
    "filters": r"(.*\.)?(search_s|search_ext_s|xpath|find_one|aggregate|update_one|update_many|delete_one|delete_many)",
    "markup": r"(markupsafe\.|flask\.)?Markup|(.*\.)?(make_response|HTMLResponse|HttpResponse)",
    "hashing": r"hashlib\.(md5|sha1|new|pbkdf2_hmac)|Crypto(dome)?\..*\.new",
}  # fmt: skip
_COMPILED = {name: re.compile(f"(?:{pattern})\\Z") for name, pattern in _CALLS.items()}


def sites(tree: ast.Module) -> dict[str, set[int]]:
    """Return the first lines of the statements that hold an operation, by family."""
    names = _imported(tree)
    found: dict[str, set[int]] = {}
    for statement, call in _calls(tree):
        name = _dotted(call.func, names)
        if not name or all(_constant(argument) for argument in (*call.args, *(k.value for k in call.keywords))):
            continue
        for family, pattern in _COMPILED.items():
            if pattern.match(name):
                found.setdefault(family, set()).add(statement)
    return found


def statements(tree: ast.Module) -> dict[int, int]:
    """Return for each line the first line of the innermost statement that it belongs to."""
    first: dict[int, int] = {}
    for node in ast.walk(tree):  # outer statements come first, so that inner ones take their lines
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno
            for line in range(node.lineno, max(node.lineno, last or node.lineno) + 1):
                first[line] = node.lineno
    return first


def runnable(tree: ast.Module) -> set[int]:
    """Return the first line of every statement that does something when it is run."""
    quiet = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Import,
        ast.ImportFrom,
        ast.Global,
        ast.Nonlocal,
        ast.Pass,
    )
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not isinstance(node, quiet):
            if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                found.add(node.lineno)
    return found


def _calls(tree: ast.AST, statement: int = 0) -> Iterator[tuple[int, ast.Call]]:
    """Yield every call with the first line of its innermost statement."""
    for child in ast.iter_child_nodes(tree):
        line = child.lineno if isinstance(child, ast.stmt) else statement
        if isinstance(child, ast.Call):
            yield line, child
        yield from _calls(child, line)


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for, as a dotted name."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update({alias.asname: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    """Return the name by which something is called; a part that is no name is left empty."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, names)}.{node.attr}"
    return ""


def _constant(node: ast.expr) -> bool:
    """Say whether an argument is the same whatever comes in."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return all(_constant(inner) for inner in node.elts)
    if isinstance(node, ast.Dict):
        return all(_constant(inner) for inner in [*node.keys, *node.values] if inner is not None)
    if isinstance(node, ast.Name):
        return node.id.isupper()  # by convention a constant of the module
    if isinstance(node, ast.Attribute):
        return node.attr.isupper()
    if isinstance(node, ast.UnaryOp):
        return _constant(node.operand)
    if isinstance(node, ast.BinOp):
        return _constant(node.left) and _constant(node.right)
    return False
