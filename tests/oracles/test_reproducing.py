"""Tests that `check --reproduce` writes: they fail on the code that was checked, and pass once it is mended."""

import pytest

from conftest import need_tool
from seccoder import sandbox
from seccoder.oracles import reproducing, reproducing_c
from seccoder.oracles.checking import check_texts
from seccoder.oracles.files import collect

SQL = """
def orders(db, name):
    return db.execute("SELECT * FROM orders WHERE customer = '" + name + "'").fetchall()
"""
PATH = """
from pathlib import Path

def read(name):
    path = (Path("files") / name).resolve()
{check}    return path.read_text()
"""
GUARD = '    if not path.is_relative_to(Path("files").resolve()):\n        raise ValueError(name)\n'
SHELL = """
const {{ {call} }} = require("child_process");
function usage(folder, back) {{
  {how};
}}
module.exports = {{ usage }};
"""
COPY = """
#include <stdio.h>
int main(int argc, char **argv)
{{
    char name[16];
    if (argc < 2) return 1;
    {how};
    puts(name);
    return 0;
}}
"""
STATE = """
function page(state) {{
  return `<p>Seats</p><script>window.STATE = ${{JSON.stringify(state){how}}};</script>`;
}}
module.exports = {{ page }};
"""
HOOK = """
const dns = require("dns"), http = require("http"), net = require("net");
const guarded = (host, settings, back) => dns.lookup(host, {{ all: true }}, (error, found) => {{
  if (error || found.some(({{ address }}) => address.startsWith("127."))) return back(new Error("no"));
  settings.all ? back(null, found) : back(null, found[0].address, found[0].family);
}});
function call(address) {{
  const {{ hostname }} = new URL(address);
  if (hostname === "localhost" || net.isIP(hostname.replace(/[[\\]]/g, ""))) return;
  http.get(address, {{ {how} }}, () => {{}}).on("error", () => {{}});
}}
module.exports = {{ call }};
"""
CASES = {
    "shop.py": (SQL, SQL.replace('\'" + name + "\'")', '?", (name,))'), "CWE-89", None),
    "notes.py": (PATH.format(check=""), PATH.format(check=GUARD), "CWE-22", None),
    "usage.js": (
        SHELL.format(call="exec", how='exec("du -sh " + folder, back)'),
        SHELL.format(call="execFile", how='execFile("du", ["-sh", "--", folder], back)'),
        "CWE-78",
        "node",
    ),
    "seats.js": (
        STATE.format(how='.replaceAll("</script>", "")'),
        STATE.format(how=r'.replace(/</g, "\\u003c")'),
        "CWE-79",
        "node",
    ),
    "hook.js": (HOOK.format(how=""), HOOK.format(how="lookup: guarded"), "CWE-918", "node"),
    "copy.c": (
        COPY.format(how='sprintf(name, "%s", argv[1])'),
        COPY.format(how='snprintf(name, sizeof name, "%s", argv[1])'),
        "CWE-787",
        "gcc",
    ),
}


@pytest.mark.tool
@pytest.mark.usefixtures("boxed")
@pytest.mark.parametrize("name", CASES)
def test_a_written_test_fails_on_the_code_and_passes_once_it_is_mended(tmp_path, monkeypatch, name):
    vulnerable, mended, cwe, tool = CASES[name]
    if tool:
        need_tool(tool)
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(vulnerable)
    texts = collect([name])
    results = check_texts(texts, cwe=cwe, names=["executed"])
    tests = tmp_path / "tests"
    (written,) = [one for one in reproducing.reproduce(texts, results, tests) if one.finding.cwe == cwe]
    assert written.path is not None, written.why
    test = written.path.name
    files = {str(path.relative_to(tests)): path.read_text() for path in tests.rglob("*") if path.is_file()}
    command = {
        ".py": f"CODE=$PWD/{name} python3 -B {'-m pytest -q -p no:cacheprovider ' * (name == 'shop.py')}{test}",
        ".js": f"CODE=$PWD/{name} node --test {test}",
        ".c": reproducing_c.command(test, "c", name, drawn=False),
    }[(tmp_path / name).suffix]
    for content, code in ((vulnerable, 1), (mended, 0)):
        done = sandbox.run(["sh", "-c", command], files={**files, name: content}, limits=sandbox.Limits(seconds=120))
        assert done.exit_code == code, done.stdout + done.stderr
    assert "import seccoder" not in files[test]


def test_where_no_test_is_written_the_reason_is_said(tmp_path, monkeypatch):
    from seccoder.cli import run
    from seccoder.oracles.checking import FileResult
    from seccoder.types import Finding, Label, Verdict

    monkeypatch.chdir(tmp_path)
    (tmp_path / "A.java").write_text("class A {}\n")
    texts = collect(["A.java"])
    finding = Finding("executed", "exploit-cwe-89", "CWE-89", 1, "the input changed the query", "A.java", call="{}")
    result = FileResult("A.java", Verdict(Label.VULNERABLE, "executed", True, "", ("CWE-89",), (finding,)))
    (written,) = reproducing.reproduce(texts, [result], tmp_path / "out")
    assert (written.path, written.why) == (None, "none is written for java")
    (tmp_path / "file").write_text("")
    (tmp_path / "a.py").write_text("x = 1\n")
    assert run(["check", "a.py", "--reproduce", "file/x"]) == 2
