"""Java and Go are run: pairs of a secure and a vulnerable source, and what the oracle says where it cannot decide.

`labelled_java_go/<cwe>/<slug>_{secure,vulnerable}.{java,go}` are the pairs. They were written while the checks were
built, so they guard against losing ground and estimate nothing.
"""

from pathlib import Path

import pytest

from conftest import need_tool
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.go import check as go
from seccoder.oracles.executed.go import discover
from seccoder.oracles.executed.java import check as java
from seccoder.oracles.executed.traced import kept
from seccoder.oracles.verdict import combine
from seccoder.types import Label, Source, Unknown, Why

pytestmark = pytest.mark.tool

ROOT = Path(__file__).parents[1] / "labelled_java_go"
FILES = sorted(path for path in ROOT.glob("cwe-*/*") if path.suffix in {".java", ".go"})
TOOLS = {"java": "javac", "go": "go"}

READ = """
import java.nio.file.*;
public class Notes {
    public static String load(String path) throws java.io.IOException { return Files.readString(Path.of(path)); }
}
"""
TWO = """
import java.sql.*;
public class Two {
    public static void one(Connection db, String name) throws SQLException {
        try (PreparedStatement s = db.prepareStatement("DELETE FROM a WHERE name = ?")) {
            s.setString(1, name);
            s.execute();
        }
    }
    public static void two(Connection db, java.util.concurrent.BlockingQueue<int[][]> names) throws Exception {
        String name = "" + names.remove()[5][9].clone();
        try (Statement s = db.createStatement()) { s.execute("DELETE FROM a WHERE name = '" + name + "'"); }
    }
}
"""
ROWS = """
package store

import "database/sql"

func Rows(db *sql.DB, query string) (*sql.Rows, error) {
	return db.Query(query)
}
"""

BOUND = """import java.sql.*;

public class Words {
    private final Connection connection;
    public Words(Connection connection) { this.connection = connection; }
    public boolean known(String word) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement("SELECT word FROM words WHERE word = ?")) {
            find.setString(1, word);
            return find.executeQuery().next();
        }
    }
}
"""
SPELL = """package spell

import "os/exec"

func Check(word string) (string, error) {
	output, err := exec.Command("aspell", "--", word).Output()
	return string(output), err
}
"""
APPEND = """package notes

import "os"

func Append(path, line string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0644)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.WriteString(line)
	return err
}
"""
DIGEST = """package sums

import (
	"crypto/sha1"
	"encoding/hex"
)

func Sum(data string) string {
	sum := sha1.Sum([]byte(data))
	return hex.EncodeToString(sum[:])
}
"""


@pytest.fixture(autouse=True)
def built_once(monkeypatch, real_cache):
    """Lets the tests share what takes long to build."""
    monkeypatch.setenv("SECCODER_CACHE", str(real_cache))


def verdict(text, language, cwe):
    """The check of a source and the verdict from it alone."""
    need_tool(TOOLS[language])
    source = Source(text, language, cwe)
    (check,) = Executed().check([source])
    return check, combine(source, [check])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pairs(path, boxed):
    cwe = "CWE-" + path.parent.name.removeprefix("cwe-")
    check, found = verdict(path.read_text(), path.suffix[1:], cwe)
    expected = Label.VULNERABLE if path.stem.endswith("_vulnerable") else Label.SECURE
    assert found.label is expected, check
    assert expected is Label.SECURE or check.findings[0].cwe == cwe
    assert [each for each in check.operations if each.label is expected], check.operations


@pytest.mark.parametrize(("text", "language", "cwe"), [(READ, "java", "CWE-22"), (ROWS, "go", "CWE-89")])
def test_a_parameter_that_is_the_whole_operand_is_open_to_its_caller(text, language, cwe, boxed):
    check, found = verdict(text, language, cwe)
    assert found.label is Label.UNKNOWN and not check.flagged
    assert any("open to its caller" in each.reason for each in check.not_tried)


def test_one_function_that_was_reached_does_not_clear_another(boxed):
    text = TWO.replace("names.remove()[5][9].clone()", "names.remove()[5][9]")
    check, found = verdict(text, "java", "CWE-89")
    assert found.label is Label.UNKNOWN, check
    assert "line 12" in check.reason


@pytest.mark.parametrize(
    ("text", "language", "valid", "told"),
    [
        ("public class A { int f( }", "java", False, "line 1: "),
        ("public class A { int f() { return true; } }", "java", False, "incompatible types"),
        ("import com.acme.Store;\npublic class A { Store s; }", "java", None, "com.acme.Store is not installed"),
        ("public class A { Neighbour n; }", "java", None, "cannot find symbol"),
        ("package a\nfunc f( {", "go", False, "syntax error"),
        ('package a\nfunc f() int { return "x" }', "go", False, "cannot use"),
        ('package a\nimport "acme.example/store"\nvar s store.Store\n', "go", None, "acme.example/store"),
        ("package a\nfunc f() { neighbour() }", "go", None, "undefined: neighbour"),
    ],
)
def test_what_does_not_compile(text, language, valid, told, boxed):
    check, found = verdict(text, language, "CWE-22")
    assert check.valid is valid and told in check.reason, check
    assert found.label is (Label.INVALID if valid is False else Label.UNKNOWN)
    # A name that another file may have is told from a library that is not here: only the first is worth repairing.
    assert (found.kind is Unknown.NOT_COMPILED) is ("cannot find" in told or "undefined" in told)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("import module java.base;\npublic class A { }", "java"),  # Java 25
        ("class A { int f(Object o) { return switch (o) { case String s -> 1; default -> 2; }; } }", "java"),  # Java 21
        ("package a\nfunc f() { for i := range 10 { println(i) } }", "go"),  # Go 1.22
    ],
)
def test_code_for_a_newer_compiler_than_is_here_is_not_invalid(text, language, boxed):
    check, found = verdict(text, language, "CWE-22")
    assert found.label is Label.UNKNOWN, check


def test_without_a_target_several_weaknesses_are_found(boxed):
    text = (ROOT / "cwe-78" / "servlet_vulnerable.java").read_text()
    text = text.replace(
        "ping.getInputStream()", 'response.getWriter().println("<p>" + host);\n        ping.getInputStream()'
    )
    text = text.replace("String host", 'response.setContentType("text/html");\n        String host')
    check, _ = verdict(text, "java", None)
    assert {"CWE-78", "CWE-79"} <= {finding.cwe for finding in check.findings}


@pytest.mark.parametrize(
    ("text", "language", "label", "told"),
    [
        (BOUND, "java", Label.SECURE, ""),
        (BOUND.replace('?"', "'\" + word + \"'\"").replace("find.setString", "//"), "java", Label.VULNERABLE, ""),
        (SPELL, "go", Label.SECURE, ""),
        (SPELL.replace('"aspell", "--", word', '"sh", "-c", "aspell " + word'), "go", Label.VULNERABLE, ""),
        (SPELL.replace('"aspell", "--", word', '"sort", word'), "go", Label.UNKNOWN, "open to its caller"),
        (APPEND, "go", Label.UNKNOWN, "open to its caller"),
        (DIGEST, "go", Label.UNKNOWN, "open to its caller"),  # who knows whether the data are secret
    ],
)  # fmt: skip
def test_without_a_target_what_was_attacked_decides(text, language, label, told, boxed):
    check, found = verdict(text, language, None)
    assert found.label is label and told in check.reason, check


def test_where_a_tool_is_missing_it_says_so(monkeypatch, boxed):
    monkeypatch.setattr(java.shutil, "which", lambda name: None)
    monkeypatch.setattr(go.build, "root", lambda: None)
    checks = Executed().check([Source("class A {}", "java", "CWE-89"), Source("package a", "go", "CWE-89")])
    assert [check.why for check in checks] == [Why.MISSING_TOOL] * 2
    assert "apt-get install default-jdk-headless" in checks[0].reason
    assert "apt-get install golang-go" in checks[1].reason


def test_a_weakness_that_is_not_covered_is_unknown(boxed):
    checks = Executed().check([Source("class A {}", "java", "CWE-352"), Source("package a", "go", "CWE-611")])
    assert [(check.analysed, "no executed check" in check.reason) for check in checks] == [(False, True)] * 2


def test_what_is_kept_is_built_once_and_again_if_it_is_damaged(monkeypatch, tmp_path):
    monkeypatch.setenv("SECCODER_CACHE", str(tmp_path))
    monkeypatch.setattr(kept, "_BUILT", {})
    built = []

    def build():
        built.append(1)
        return b"archive"

    assert [kept.kept("x", ["a"], build) for _ in range(2)] == [b"archive"] * 2
    monkeypatch.setattr(kept, "_BUILT", {})
    assert kept.kept("x", ["a"], build) == b"archive" and len(built) == 1
    (place,) = (tmp_path / "harness").iterdir()
    place.write_bytes(place.read_bytes()[:-1])
    monkeypatch.setattr(kept, "_BUILT", {})
    assert kept.kept("x", ["a"], build) == b"archive" and len(built) == 2


def test_what_a_go_file_offers():
    text = (ROOT / "cwe-89" / "handler_vulnerable.go").read_text()
    found = discover.read(text)
    assert ("query", "kind") in found.keys
    assert [kind for _, kind in found.sites] == ["statement"]
    assert "QueryContext" in text.splitlines()[found.sites[0][0] - 1]
    assert 'Label: "(*Shop).Find", Call: (*Shop).Find' in found.entries
