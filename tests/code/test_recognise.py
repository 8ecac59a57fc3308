"""Which language is meant: by words, by names of files, and by code; also languages without demonstrations."""

import pytest

from seccoder.code import recognise
from seccoder.codebase.codebase import Codebase


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Write a Python function that reads a file", ["python"]),
        ("In Go, list the members", ["go"]),
        ("write it in plain C please", ["c"]),
        ("a C++ class that parses dates", ["cpp"]),
        ("a Node.js server", ["javascript"]),
        ("using TypeScript", ["typescript"]),
        ("with java", ["java"]),
        ("a Flask view", ["python"]),
        ("an Express route", ["javascript"]),
        ("a Spring controller", ["java"]),
        ("call C from Python code written in C", ["c", "python"]),
        ("rewrite this Python class in Rust", ["rust"]),
        ("port the parser from Go to Kotlin", ["kotlin"]),
        ("a C# method", ["csharp"]),
        ("a PHP page", ["php"]),
        ("a Laravel controller", ["php"]),
        ("a shell script", ["bash"]),
        ("we go functions, in case of code", []),
        ("with Javanese code, in Golanguage", []),
        ("it is written in R. Really", ["r"]),
        ("src/Go handler", []),
        ("", []),
    ],
)
def test_languages_that_words_name(text, languages):
    assert recognise.in_words(text) == languages


def test_a_long_text_is_read_to_its_end():
    assert recognise.in_words("in using with " * 1_200 + "```" * 1_200) == []


def test_languages_of_file_names():
    text = "see app/db.py and ./web/index.ts, not v1.2 or example.com; native/a.rs, Makefile, x.PY"
    assert recognise.in_paths(text) == ["python", "typescript", "rust", "python"]


def test_code_is_recognised_or_nothing_is_said():
    """All bundled demonstrations: none is taken for another language, and hardly any is not recognised."""
    with Codebase.open("") as codebase:
        demonstrations = codebase.demonstrations()[::2]
    seen = [(each.language, recognise.of_code(each.code)) for each in demonstrations]
    assert [pair for pair in seen if pair[1] not in (pair[0], None)] == []
    assert sum(found is None for _, found in seen) <= len(seen) // 25


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ('fn main() {\n    let mut x = 1;\n    println!("{}", x);\n}\n', "rust"),
        ("<?php\n$name = $_GET['name'];\necho $name;\n", "php"),
        ("fun size(name: String): Int {\n    val it = 1\n    return it\n}\n", "kotlin"),
        ("class A < B\n  def size(name)\n    puts name\n  end\nend\n", "ruby"),
        ("using System;\nnamespace A { public class B { public string Name { get; set; } } }\n", "csharp"),
        ("Once upon a time there was a class of children, and one of them had a map.\n", None),
        ("SELECT name FROM members WHERE id = 1;\n", None),
        ("", None),
    ],
)
def test_languages_without_demonstrations_are_not_taken_for_others(code, language):
    assert recognise.of_code(code) == language
