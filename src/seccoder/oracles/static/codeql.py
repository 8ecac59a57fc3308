"""Runs CodeQL, the oracle of the paper, on a database per language and batch; its findings are static evidence.

CodeQL is optional. Its CLI with the query packs (the "bundle") is not on any package registry; without it nothing is
analysed, and the reason says where to get it. Its licence allows academic research and open source.

For each language of a batch there is one database of all its sources, and then one run per query. The query is a task's
own (`queries`, by task id, which a benchmark fills from its scenarios) or the language's security suite. The findings
are read from CodeQL's SARIF. C, C++ and Java are extracted without a build (`--build-mode none`), because generated
code is never compiled outside the sandbox, and CodeQL does not fit into it. SVEN builds C with make, so a finding that
depends on the build can differ. Go cannot be extracted without a build and is not covered.

A file counts as analysed only if every step exits with 0, the database's archive holds the file, CodeQL's list of
extracted files (a diagnostic query that every run includes) names it, no extraction error names it, and the log is
SARIF whose runs do not say that they failed. Otherwise the check says which of these conditions does not hold.

The false-positive filter `cwe-078-no-shell` is an option that is off by default. The paper filters CWE-078 findings
without saying exactly how; this filter is our reading. It drops a CWE-78 finding in Python if all of these hold: the
flagged call is of `subprocess` or an exec or spawn of `os`; its command is a list or tuple whose first element is a
literal; none of its literals is a shell or another program that runs what it is given; and there is no `shell=` other
than False. Argument injection (CWE-88) stays possible in what it drops; CodeQL reports that separately.

It was never run against the real CodeQL here: its behaviour is tested with a stand-in that writes what CodeQL's manual
describes.
"""

import ast
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from seccoder.errors import UsageError
from seccoder.oracles import sarif
from seccoder.oracles.static import tools
from seccoder.oracles.verdict import not_analysed
from seccoder.types import Check, Finding, Source

INSTALL = "unpack the CodeQL bundle of github.com/github/codeql-action/releases and put its folder on the PATH"
FILTERS = ("cwe-078-no-shell",)

_SECONDS = 3600.0  # seconds for a step of a batch
_BATCH = 500
# CodeQL's name of each of our languages. The extractor for JavaScript also reads TypeScript.
_LANGUAGES = {
    "python": "python",
    "c": "cpp",
    "cpp": "cpp",
    "javascript": "javascript",
    "typescript": "javascript",
    "java": "java",
}
# The queries that list what was extracted, as the packs name them since 2024.
_LISTING = {"java": "SuccessfullyExtractedFiles"}
_EXTRACTED = "successfully-extracted-files"  # the end of the id of each language's diagnostic query
# The programs that run what their arguments say.
_RUNNERS = {"sh", "bash", "dash", "zsh", "ksh", "csh", "fish", "cmd", "cmd.exe", "powershell", "pwsh", "env", "xargs"}
_RUNNERS |= {
    "sudo",
    "su",
    "ssh",
    "eval",
    "find",
    "python",
    "python3",
    "perl",
    "ruby",
    "node",
    "awk",
    "nohup",
    "timeout",
}


class CodeQL:
    """Asks CodeQL about Python, C, C++, JavaScript, TypeScript and Java sources.

    Args:
        queries: The query to run instead of the suite, by task id. It is a path, or the name of a pack's query
            (`codeql/python-queries:...`).
        filters: The filters to apply, by their names in `FILTERS`.
        program: The name or path of the CLI.

    Raises:
        UsageError: If there is no filter of that name.
    """

    name = "codeql"

    def __init__(
        self, queries: Mapping[str, str] | None = None, filters: Sequence[str] = (), program: str = "codeql"
    ) -> None:
        for name in filters:
            if name not in FILTERS:
                raise UsageError(f"unknown CodeQL filter {name!r}; known: {', '.join(FILTERS)}")
        self._queries = dict(queries or {})
        self._filters = tuple(filters)
        self._program = program

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source. CodeQL is asked about one language of a batch after the other."""
        answers = [not_analysed(self.name, "")] * len(sources)
        for theirs in dict.fromkeys([*_LANGUAGES.values(), ""]):
            mine = [index for index, source in enumerate(sources) if _LANGUAGES.get(source.language, "") == theirs]
            checks = tools.each(
                self.name, [sources[index] for index in mine], _LANGUAGES, self._ask, _BATCH, failures=12
            )
            for index, check in zip(mine, checks, strict=True):
                answers[index] = check
        return answers

    def _ask(self, sources: Sequence[Source]) -> list[Check]:
        codeql = tools.program(self._program, INSTALL)
        version = _version(codeql)
        language = _LANGUAGES[sources[0].language]
        queries = [self._query(source, language) for source in sources]
        with tempfile.TemporaryDirectory(prefix="seccoder-codeql-") as name:
            folder = Path(name)
            archived = _create(codeql, folder, language, sources)
            logs = {
                query: _analyse(codeql, folder, language, query, index)
                for index, query in enumerate(dict.fromkeys(queries))
            }
        checks = []
        for index, source in enumerate(sources):
            log = logs[queries[index]]
            if reason := log.problem(index) if index in archived else "CodeQL's database does not hold this file":
                checks.append(not_analysed(self.name, reason, version=version))
            else:
                checks.append(tools.static_check(self.name, version, source, self._kept(log, index, source)))
        return checks

    def _query(self, source: Source, language: str) -> str:
        own = self._queries.get(source.task.id) if source.task else None
        return own or f"codeql/{language}-queries:codeql-suites/{language}-security-extended.qls"

    def _kept(self, log: "_Log", index: int, source: Source) -> list[Finding]:
        found = [
            Finding(self.name, finding.rule, finding.cwe, finding.line, finding.message, source.path)
            for finding in log.findings
            if tools.index_of(finding.path) == index
        ]
        if "cwe-078-no-shell" in self._filters and source.language == "python":
            found = without_shell_free(source.text, found)
        return found


class _Log:
    """Holds the SARIF log of one run: its findings, and what it says about the files that were analysed.

    Raises:
        tools.Failed: If it is not SARIF, or says that the run failed.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self.findings = sarif.read(data)
            runs = json.loads(data)["runs"]
            if not runs:
                raise ValueError
            invocations = [invocation for run in runs for invocation in run.get("invocations") or []]
            notes = [note for entry in invocations for note in entry.get("toolExecutionNotifications") or []]
            self._extracted = {index for note in notes if _id(note).endswith(_EXTRACTED) for index in _files(note)}
            self._errors = {
                index: " ".join(str(note["message"].get("text") or "an extraction error").split())
                for note in notes
                if note.get("level") == "error"
                for index in _files(note)
            }
            failed = any(invocation.get("executionSuccessful") is False for invocation in invocations)
        except (UsageError, ValueError, KeyError, TypeError, AttributeError) as error:
            told = f": {error}" if isinstance(error, UsageError) else ""
            raise tools.Failed(f"CodeQL's report is not what it should be{told}") from None
        if failed:
            raise tools.Failed("CodeQL's report says that the run failed")

    def problem(self, index: int) -> str:
        """Say why a file does not count as analysed, or return "" if it does."""
        if index in self._errors:
            return f"CodeQL could not extract it: {self._errors[index]}"
        return "" if index in self._extracted else "CodeQL did not list this file as extracted"


def _id(note: Mapping[str, Any]) -> str:
    return str((note.get("descriptor") or {}).get("id") or "")


def _files(note: Mapping[str, Any]) -> Iterator[int]:
    for location in note.get("locations") or []:
        if (index := tools.index_of(str(location["physicalLocation"]["artifactLocation"]["uri"]))) is not None:
            yield index


@cache
def _version(codeql: str) -> str:
    output = tools.run([codeql, "version", "--format=terse"], cwd=Path.cwd(), seconds=120).decode("utf-8", "replace")
    return output.strip().splitlines()[-1] if output.strip() else ""


def _create(codeql: str, folder: Path, language: str, sources: Sequence[Source]) -> set[int]:
    """Make the database, and return the places in the batch of the files that its source archive holds."""
    (folder / "code").mkdir()
    tools.write_batch(folder / "code", sources)
    command = [codeql, "database", "create", str(folder / "database"), f"--language={language}", "--build-mode=none"]
    tools.run([*command, f"--source-root={folder / 'code'}", "--threads=0"], cwd=folder, seconds=_SECONDS)
    try:
        with zipfile.ZipFile(folder / "database" / "src.zip") as archive:
            return {index for name in archive.namelist() if (index := tools.index_of(name)) is not None}
    except (OSError, zipfile.BadZipFile):
        raise tools.Failed("CodeQL made no database with an archive of the sources") from None


def _analyse(codeql: str, folder: Path, language: str, query: str, number: int) -> _Log:
    """Run one query or suite on the database."""
    output = folder / f"{number}.sarif"
    command = [codeql, "database", "analyze", str(folder / "database"), "--format=sarif-latest", f"--output={output}"]
    listing = f"codeql/{language}-queries:Diagnostics/{_LISTING.get(language, 'ExtractedFiles')}.ql"
    tools.run([*command, "--threads=0", "--no-sarif-add-file-contents", query, listing], cwd=folder, seconds=_SECONDS)
    try:
        return _Log(output.read_bytes())
    except OSError:
        raise tools.Failed("CodeQL wrote no report") from None


# --- the filter -------------------------------------------------------------------------------------------------------


def without_shell_free(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those of CWE-78 whose call gives a list of arguments to a program that is no shell.

    Args:
        text: The Python source. If it does not parse, nothing is dropped.
        findings: The findings in that source.
    """
    try:
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return list(findings)
    kept = []
    for finding in findings:
        here = [call for call in calls if finding.line and call.lineno <= finding.line <= (call.end_lineno or 0)]
        starts = [call for call in here if _starts_program(call)]
        if not (finding.cwe == "CWE-78" and starts and all(_is_shell_free(call) for call in starts)):
            kept.append(finding)
    return kept


def _starts_program(call: ast.Call) -> bool:
    return bool(
        re.fullmatch(r"(subprocess\.)?(run|call|check_call|check_output|Popen)|os\.\w+", ast.unparse(call.func))
    )


def _is_shell_free(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    if any(word.arg is None for word in call.keywords):  # **options may hold anything
        return False
    shells = [word.value for word in call.keywords if word.arg == "shell"]
    if any(not (isinstance(value, ast.Constant) and value.value is False) for value in shells):
        return False
    lists: list[ast.expr]
    if name.startswith("os."):
        lists = [arg for arg in call.args if isinstance(arg, ast.List | ast.Tuple)]
        if not re.fullmatch(r"os\.(execvp?e?|spawnvp?e?|posix_spawnp?)", name):
            return False
    else:
        lists = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "args")]
    if len(lists) != 1 or not isinstance(lists[0], ast.List | ast.Tuple) or not lists[0].elts:
        return False
    literals = [element.value for element in lists[0].elts if isinstance(element, ast.Constant)]
    literals += [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    first = lists[0].elts[0]
    runs = any(isinstance(literal, str) and literal.rsplit("/", 1)[-1].lower() in _RUNNERS for literal in literals)
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and not runs
