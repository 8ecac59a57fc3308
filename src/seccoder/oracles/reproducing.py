"""Writes a test for each fault that was shown by execution; it fails on the code as it is, and passes on a mended one.

It takes a file, its result and a folder, and yields for each fault the test that it wrote, or the reason why there is
none. A test needs neither seccoder nor anything else that the code itself does not need: pytest or plain Python for
Python, `node --test` for JavaScript, a C compiler for C and C++. It calls the code twice in a temporary folder, with a
harmless value and with the input that was shown, and compares what the code does (`replayed/`). It starts no programs
and makes no connections.

A test is written only if it was seen to fail: before that it runs in the sandbox, on the code as it is.
"""

import json
import os
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from seccoder import sandbox
from seccoder.code.files import replacing
from seccoder.oracles import reproducing_c
from seccoder.oracles.beside import beside
from seccoder.oracles.checking import FileResult
from seccoder.oracles.files import Text
from seccoder.oracles.notebooks import SUFFIX
from seccoder.types import Finding

_PARTS = Path(__file__).with_name("replayed")
_TOOL = re.compile(r"# ruff: noqa|# mypy: ignore|# \(This is")
_FAILED = (b"did what no harmless value leads to", b"failed: the fault is there")
_SUFFIXES = {"python": ".py", "c": ".c", "cpp": ".cpp", "javascript": ".test.cjs", "typescript": ".test.cjs"}
_WATCHED = frozenset("sql commands options paths markup code deserialise redirects ssrf logs xml_entities".split())
_KINDS = frozenset({"function", "script", "route", "handler"})
_LIMITS = sandbox.Limits(seconds=120, memory_mb=1024, processes=64)


@dataclass(frozen=True, slots=True)
class Written:
    """Says what became of the test of one fault: its place, or the reason why there is none."""

    finding: Finding
    path: Path | None
    why: str = ""


def reproduce(texts: Sequence[Text], results: Sequence[FileResult], folder: Path) -> Iterator[Written]:
    """Write the tests of everything that was shown by execution.

    Args:
        texts: The files that were checked.
        results: The result of each.
        folder: Where the tests are written; it is made if it is not there.

    Raises:
        OSError: If the folder cannot be written to.
        SandboxError: If the sandbox cannot start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names: set[str] = set()
    for text, result in zip(texts, results, strict=True):
        for finding in result.verdict.findings:
            if finding.oracle != "executed" or finding.rule.startswith("gcc"):
                continue
            name = _name(text, finding, names)
            try:
                content = _test(text, finding, name)
            except _NoTest as why:
                yield Written(finding, None, str(why))
                continue
            names.add(name)
            beside = reproducing_c.beside() if text.language in {"c", "cpp"} else {}
            for each, data in {**beside, name: content}.items():
                (folder / each).parent.mkdir(exist_ok=True)
                with replacing(folder / each) as place:
                    place.write_text(data)
            yield Written(finding, folder / name)


class _NoTest(Exception):
    """Says why there is no test."""


def _test(text: Text, finding: Finding, name: str) -> str:
    """Return a test.

    Raises:
        _NoTest: If there is none.
    """
    writer = {"python": _python, "c": _c, "cpp": _c, "javascript": _javascript, "typescript": _javascript}.get(
        text.language or ""
    )
    if writer is None:
        raise _NoTest(f"none is written for {text.language}")
    if text.path.endswith(SUFFIX) or text.path == "-":
        raise _NoTest("none is written for what cannot be loaded by its name")
    if not finding.call:
        raise _NoTest("it takes more than a call to show it")
    return writer(text, finding, name)


def _python(text: Text, finding: Finding, name: str) -> str:
    call = _watched(finding)
    content = f'"""{_head(text, finding, f"Run it: python -m pytest {name}, or python {name}.")}\n"""\n'
    content += _half("watching.py") + "\n\n" + _half("calling.py")
    content = content.replace('"CODE") or ""', f'"CODE") or {json.dumps(_code(text))}')
    content = content.replace('json.loads(r"""{}""")', f"json.loads({json.dumps(json.dumps(call))})")
    _see_it_fail({"it.py": content}, text, "CODE=$PWD/code/$0 exec python3 -B it.py")
    return content


def _javascript(text: Text, finding: Finding, name: str) -> str:
    call = _watched(finding)
    head = _head(text, finding, f"Run it: node --test {name}").replace("*/", "")
    content = f"/* {head}\n*/\n{(_PARTS / 'javascript.cjs').read_text()}"
    content = content.replace('process.env.CODE || ""', f"process.env.CODE || {json.dumps(_code(text))}")
    content = content.replace('JSON.parse("{}")', f"JSON.parse({json.dumps(json.dumps(call))})")
    _see_it_fail({"it.test.cjs": content}, text, "CODE=$PWD/code/$0 exec node --test it.test.cjs")
    return content


def _c(text: Text, finding: Finding, name: str) -> str:
    call, language = json.loads(finding.call), text.language or "c"

    def command(test: str, code: str) -> str:
        return reproducing_c.command(test, language, code, drawn="case" in call)

    how = f"Compile and run it here:\n\n{command(name, _code(text))}\n"
    content = f"/* {_head(text, finding, how)} */\n{reproducing_c.content(text.text, language, call)}"
    files = {**reproducing_c.beside(), f"it.{language}": content}
    _see_it_fail(files, text, command(f"it.{language}", f"code/{Path(text.path).name}"))
    return content


def _watched(finding: Finding) -> dict[str, Any]:
    """Return the call of a finding, if a test can tell what it does."""
    call: dict[str, Any] = json.loads(finding.call)
    if call["family"] not in _WATCHED or call["entry"]["kind"] not in _KINDS:
        raise _NoTest(f"none is written for {finding.cwe} where {finding.entry} is called")
    return call


def _see_it_fail(files: Mapping[str, str], text: Text, command: str) -> None:
    """Run a test in the sandbox, on the code as it is, where it has to fail because of what the code did."""
    place, near = beside(text, {})
    name = place or Path(text.path).name
    files = {
        **files,
        **{os.path.normpath(f"code/{each}"): content for each, content in near},
        f"code/{name}": text.text,
    }
    done = sandbox.run(["sh", "-c", command, name], files=files, limits=_LIMITS)
    if done.exit_code != 1 or not any(words in done.stderr + done.stdout for words in _FAILED):
        raise _NoTest("it does not show again by a call alone")


def _code(text: Text) -> str:
    """Return the whole path of a file.

    Raises:
        _NoTest: If a test cannot name it.
    """
    path = str(Path(text.path).resolve())
    if not path.isprintable() or set(path) & set("\"'`$\\*"):
        raise _NoTest("the file's name has characters that a test cannot name")
    return path


def _head(text: Text, finding: Finding, how: str) -> str:
    """Return what a test says of itself."""
    lines = (
        f"Fails while {_code(text)} has {finding.cwe} (line {finding.line}), and passes once that is mended.",
        "",
        "It calls the code in a temporary folder with the input that was shown. It starts no programs, makes no",
        "connections, and writes nothing outside of that folder. CODE says which file it tests.",
        "",
        how,
    )
    return "\n".join(lines)


def _name(text: Text, finding: Finding, taken: Container[str]) -> str:
    """Return the name of a test, which no other has."""
    stem = re.sub(r"\W+", "_", Path(text.path).stem, flags=re.ASCII)[:60]
    first = f"test_{stem}_{(finding.cwe or 'fault').lower().replace('-', '_')}_line_{finding.line or 0}"
    names = (f"{first}{f'_{number}' if number else ''}{_SUFFIXES.get(text.language or '', '')}" for number in count())
    return next(name for name in names if name not in taken)


@cache
def _half(name: str) -> str:
    """Return a part of a test without what it says of itself as a part."""
    _, _, rest = (_PARTS / name).read_text().split('"""', 2)
    return "\n".join(line for line in rest.split("\n") if not _TOOL.match(line)).strip() + "\n"
