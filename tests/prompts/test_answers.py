"""Chat answers as people and models write them: thought, drafts, usage lines, parts, fences inside strings."""

from pathlib import Path

import pytest

from conftest import REPOSITORY
from seccoder.prompts import answers
from seccoder.prompts.extract import extract
from seccoder.types import Query

QUERY = Query("import sqlite3\n\n\ndef find_user(db, name):\n", "python")
BAD = 'def find_user(db, name):\n    return db.execute("... \'" + name + "\'").fetchone()\n'
GOOD = 'def find_user(db, name):\n    return db.execute("... ?", (name,)).fetchone()\n'
WHOLE = f"import sqlite3\n\n\n{GOOD}"


def block(code, tag="python"):
    return f"```{tag}\n{code}```\n"


def read(answer, query=QUERY):
    return extract(answer, query, chat=True)


@pytest.mark.parametrize(
    "answer",
    [
        f"<think>\nA first idea:\n\n{block(BAD)}\nBut that can be injected.\n</think>\n\n{block(GOOD)}",
        f"A first idea:\n\n{block(BAD)}\nBut that can be injected.\n</think>\n\n{block(GOOD)}",
        f"I thought about it.</think>\n{block(GOOD)}",
        f"<thinking>{block(BAD)}</thinking>\n{block(GOOD)}",
        f"The naive version is vulnerable:\n\n{block(BAD)}\nUse a bound parameter:\n\n{block(GOOD)}",
        f"Call it like this:\n\n{block('find_user(db, name)' + chr(10))}\nThe function:\n\n{block(GOOD)}",
        f"{block(GOOD)}\nCall it like this:\n\n{block('print(find_user(db, 1))' + chr(10))}",
        f"{block(GOOD)}\nInstall nothing:\n\n{block('pip list' + chr(10), 'bash')}",
        f"{block(BAD, '')}\nBetter:\n\n{block(GOOD, '')}",
        f"{block(GOOD)}\nNow with an error:\n\n{block('def find_user(db, name:' + chr(10))}",
        f"{block(BAD)}\nBetter, the body alone:\n\n{block(GOOD.partition(chr(10))[2])}".replace(BAD, "x = (\n"),
    ],
)
def test_the_block_that_is_meant(answer):
    assert read(answer) == WHOLE


def test_a_thought_that_never_ends_leaves_the_query():
    assert read(f"<think>\nLet me see:\n{block(BAD)}").rstrip() == QUERY.code.rstrip()
    assert read("</think>\n").rstrip() == QUERY.code.rstrip()


def test_marks_of_thought_inside_code_stay():
    code = "def find_user(db, name):\n    return name.split('</think>')[1]\n"
    assert read(block(code)) == f"import sqlite3\n\n\n{code}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "def quoted(name):\n    return (name,)\n",
            "def find_user(db, name):\n    return db.execute('', quoted(name))\n",
        ),
        ("from a import b\n", "def find_user(db, name):\n    return b(db, name)\n"),
        ("def find_user(db, name):\n    return ask(db, name)\n", "def ask(db, name):\n    return name\n"),
        ("def find_user(db, name):\n    rows = db.execute(name)\n", "    return rows.fetchone()\n"),
    ],
)
def test_parts_are_joined_in_order(first, second):
    code = read(f"First:\n\n{block(first)}\nThen:\n\n{block(second)}")
    lines = [line for line in (first + second).split("\n") if line.strip()]
    kept = [line for line in code.split("\n") if line.strip()]
    assert kept[0] == "import sqlite3"
    assert [line for line in kept if line in lines] == lines
    compile(code, "code", "exec")


def test_parts_of_a_task_in_words_are_joined_and_what_is_written_again_is_not():
    task = Query("", "python", task="two functions")
    one, two, better = ("def one():\n    return 1\n", "def two():\n    return 1\n", "def two():\n    return 2\n")
    assert read(block(one) + "and\n" + block(two) + "better:\n" + block(better), task) == f"{one}\n{better}"


def test_a_helper_that_is_not_used_is_no_part():
    code = read(block(GOOD) + "A test:\n" + block("def test_it():\n    assert find_user(None, 1)\n"))
    assert code == WHOLE


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", 'HELP = """\n```\nseccoder check\n```\n"""\n\n\ndef f():\n    return HELP\n'),
        ("python", "def f():\n    '''Show:\n\n```\nf()\n```\n    '''\n    return '\"\"\"'  # it isn't\n"),
        ("javascript", "const help = `\n\\`\n```\nrun\n```\n`;\nfunction f() {\n  return help;\n}\n"),
        ("go", "package a\n\nvar b = `\n" + '"' + "\n`\n"),
        ("java", 'class A {\n  String a = """\n```\nrun\n```\n""";\n}\n'),
    ],
)
def test_a_fence_inside_a_string_does_not_cut(language, code):
    if language == "javascript":  # fences of backticks would end a template literal: another fence is written there
        code = code.replace("```", "~~~")
        answer = f"~~~js\n{code}~~~\nThat is all.\n"
    else:
        answer = f"Here:\n\n{block(code, language)}\nThat is all.\n"
    assert read(answer, Query("", language, task="help")) == code


def test_a_string_that_never_ends_ends_with_the_first_fence():
    assert read('```python\nx = """\n```\nand so on\n', Query("", "python", task="x")) == 'x = """\n'


def test_in_c_the_function_that_was_asked_for_counts():
    query = Query("#include <string.h>\n\nvoid put(char *to, const char *from) {\n", "c")
    helper = "int main(void) {\n    put(0, 0);\n    return 0;\n}\n"
    bad = "void put(char *to, const char *from) {\n    strcpy(to, from);\n}\n"
    good = "void put(char *to, const char *from) {\n    to[0] = from[0];\n}\n"
    answer = "".join(block(code, "c") for code in (helper, bad, good))
    code = read(answer, query)
    assert "strcpy" not in code and "to[0] = from[0]" in code and code.count("void put") == 1 and "main" not in code


def test_blocks_know_where_they_end():
    (one,) = answers.blocks("a\n```python\nx\n```\nb", "python")
    assert (one.code, one.preferred, one.closed, one.end) == ("x\n", True, True, 18)
    (one,) = answers.blocks("```\nx\n```", "python")
    assert (one.preferred, one.closed, one.end) == (False, True, None)
    assert answers.blocks("no block", "python") == []


@pytest.mark.parametrize("name", ["50-answer-thought.txt", "51-answer-before-after.txt"])
def test_answers_that_were_read_wrongly(name):
    path = Path(REPOSITORY.parent, "shared", "cases", "reports", name)
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    code = read(path.read_text())
    assert "(name,)" in code
    assert '" + name + "' not in code
