"""Languages: what a text names is read, and nothing is guessed."""

import pytest

from seccoder.code.languages import named_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Write a Python function that reads a file", "python"),
        ("In Go, list the members", "go"),
        ("write it in plain C please", "c"),
        ("a C++ class that parses dates", "cpp"),
        ("a Node.js server", "javascript"),
        ("using TypeScript", "typescript"),
        ("with java", "java"),
        ("fix this:\n```js\nlet x = 1\n```", "javascript"),
        ("~~~~ golang\nx\n~~~~", "go"),
        ("in python, a Python script", "python"),
        ("call C from Python code written in C", None),  # two
        ("a C# function in C#", None),
        ("with Javanese code, in Golanguage", None),
        ("we go functions, in case of code", None),
        ("```text\nx\n```", None),
        ("python", None),
        ("src/Go handler", None),
        ("", None),
    ],
)
def test_a_language_is_named_or_not(text, language):
    assert named_in(text) == language


def test_a_long_text_is_read_to_its_end():
    assert named_in("in using with " * 200_000 + "```" * 200_000) is None
