"""Extraction: the paper's truncation to the letter, top-level completions, chat answers, early stop."""

import re
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seccoder.code.parsing import inside_body
from seccoder.prompts.extract import extract, mark_duplicates, stop_at, stop_when
from seccoder.types import Query

PYTHON = Query("import os\n\n\ndef listing(folder):\n    # list it", "python")
C = Query("#include <stdio.h>\n\nint main(void) {\n    int a;\n", "c")
JS = Query("app.get('/', (request, answer) => {\n", "javascript")
TOP = Query("# write two functions\n", "python")
TASK = Query(language="python", task="write two functions")


def completion(query, text):
    """The part of the file that came from the completion."""
    file = extract(text, query, chat=False)
    assert file.startswith(query.code)
    return file[len(query.code) :]


# --- the paper's truncation ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\n    return os.listdir(folder)\n\n\ndef more():\n    pass\n", "\n    return os.listdir(folder)\n\n"),
        ("\n    return 1\n# at the margin\n    x", "\n    return 1"),
        ("\n    a = 1\n    # and then\n    b = 2\n    # last\n    c = ", "\n    a = 1\n    # and then\n    b = 2"),
        ("\n    a = 1\n        # deeper\n    b = (", "\n    a = 1\n        # deeper\n    b = ("),
        ("\n    a = 1\n    #", "\n    a = 1"),
        (" of files\n    return 1", " of files\n    return 1"),
        ("", ""),
        ("\nx", ""),
        ("\n\n\n", "\n\n\n"),
    ],
)
def test_python_is_cut_as_in_the_paper(text, kept):
    assert completion(PYTHON, text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("    return 0;\n}\nint more(void) {\n}\n", "    return 0;\n}"),
        ("    if (a) {\n    }\n    return 0;\n}", "    if (a) {\n    }\n    return 0;\n}"),
        ("    a = 1;\n    // then\n    b = ", "    a = 1;\n}"),
        ("    a = 1;\n\n    /* then\n    b = ", "    a = 1;\n}"),
        ("    a = 1;\n    // one\n    b;\n    /* two */\n    c", "    a = 1;\n    // one\n    b;\n}"),
        ("    a = 1;\n    /* one */\n    b;\n    // two\n    c", "    a = 1;\n    /* one */\n    b;\n}"),
        ("    a = 1;\n    b = ", "    a = 1;\n    b = "),
        ('    p->name = "x";\n    p->id = 1;\n    q->name = "y";\n}\n', "    p->id = 1;\n}"),
        ('    p->name = x;\n    p.name = "x";\n}', '    p->name = x;\n    p.name = "x";\n}'),
        ("", ""),
    ],
)
def test_c_is_cut_as_in_the_paper(text, kept):
    assert completion(C, text) == kept


def test_other_languages_end_where_the_query_is_closed():
    text = "  if (x) {\n    answer.send('}');\n  }\n});\napp.listen(1);\n"
    assert completion(JS, text).endswith("  }\n});")
    assert completion(JS, "  unfinished(") == "  unfinished("


def test_line_ends_are_normalised_and_an_unknown_language_is_not_cut():
    assert completion(C, "    return 0;\r\n}\r\nmore\r\n") == "    return 0;\n}"
    assert extract("a\nb\n}\nc", Query("x"), chat=False) == "xa\nb\n}\nc"


@pytest.mark.data
def test_all_sven_prompts_end_inside_a_body(sven_archive):
    count = 0
    with tarfile.open(sven_archive) as tar:
        for member in tar:
            found = re.search(r"/data_eval/trained/(cwe-\d+/\d-(?:py|c))/func_context\.(py|c)$", member.name)
            if found:
                code = tar.extractfile(member).read().decode()
                assert inside_body(code, {"py": "python", "c": "c"}[found[2]]), found[1]
                count += 1
    assert count == 24


# --- top level -------------------------------------------------------------------------------------------------------


def test_at_top_level_several_definitions_are_kept():
    text = "def one():\n    return 1\n\n\ndef two():\n    return 2\n"
    assert completion(TOP, text) == text
    assert extract(text, TASK, chat=False) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "def one():\n    return 1\n\n\ndef two():\n    return (",
            "def one():\n    return 1\n\n\ndef two():\n    return (",
        ),
        (
            "def one():\n    return 1\n\n\ndef two():\n    a = 1\n    b = fo(",
            "def one():\n    return 1\n\n\ndef two():\n    a = 1",
        ),
        ("def one():\n    return 1\n\n\ndef two(a,\n    b", "def one():\n    return 1\n\n"),
    ],
)
def test_an_unfinished_end_is_dropped_if_the_rest_parses(text, kept):
    found = completion(TOP, text)
    if kept == text:  # dropping the last line leaves a header without a body: the whole definition goes
        assert found == "def one():\n    return 1\n\n"
    else:
        assert found == kept


def test_at_top_level_a_fence_ends_the_code_with_the_frame_it_belongs_to():
    assert completion(TOP, 'x = 1\n"""\n```\nanother demonstration\n```\n"""\n') == "x = 1"
    assert completion(Query("// write it\n", "c"), "int x;\n#if 0\n```\nint y;\n") == "int x;"


@pytest.mark.parametrize(
    ("language", "code", "text", "file"),
    [
        ("javascript", "function f(a) {\n", " return a; } ```", "function f(a) {\n return a; } "),
        (
            "go",
            "package a\n\nfunc f() int {",
            "\n\treturn 1\n}package b\n\n",
            "package a\n\nfunc f() int {\n\treturn 1\n}",
        ),
        ("c", "int f(void)\n{\n", "return 1; }\n```\n\nThis returns one.\n", "int f(void)\n{\nreturn 1; }\n"),
        ("c", "int f(void)\n{\n", 'g("```");\n}\n', 'int f(void)\n{\ng("```");\n}'),  # it parses
        (
            "python",
            'def f(a):\n    """F."""\n',
            "```python\n    return a\n",
            'def f(a):\n    """F."""\n```python\n    return a\n',
        ),
    ],
)
def test_a_body_that_only_parses_without_what_is_behind_it_ends_there(language, code, text, file):
    assert extract(text, Query(code, language), chat=False) == file
    assert extract(text, Query(code, language, stop=("\n\n\n",)), chat=False).rstrip() == file.rstrip()


def test_a_completion_model_that_answers_in_a_fence():
    assert extract("```python\nx = 1\n```\nThat is it.", TASK, chat=False) == "x = 1\n"


def test_c_at_top_level():
    query = Query("#include <stdio.h>\n", "c")
    text = "int one(void) {\n    return 1;\n}\n\nint two(void) {\n    return 2;\n}\n"
    assert completion(query, text) == text
    assert completion(query, text + "\nint three(void) {\n    ret") == text.rstrip("\n") + "\n"


def test_what_cannot_be_repaired_stays_as_it_is():
    assert completion(TOP, "def (:\n  x\nand so on\n") == "def (:\n  x\nand so on\n"


def test_the_suffix_follows_on_its_own_line():
    query = Query(PYTHON.code, "python", suffix="print(listing('.'))\n")
    assert extract("\n    return 1", query, chat=False).endswith("    return 1\nprint(listing('.'))\n")


# --- chat ------------------------------------------------------------------------------------------------------------

WHOLE = PYTHON.code + "\n    return os.listdir(folder)\n"


@pytest.mark.parametrize(
    "answer",
    [
        f"Sure! Here it is:\n\n```python\n{WHOLE}```\n\nIt lists the folder.",
        "```python\n    return os.listdir(folder)\n```",
        "```python\nreturn os.listdir(folder)\n```",
        "```py\n    # list it\n    return os.listdir(folder)\n```",
        "```python\n# list it\nreturn os.listdir(folder)\n```",
        "```\ndef listing(folder):\n    # list it\n    return os.listdir(folder)\n```",
        "~~~python\n    return os.listdir(folder)\n~~~",
        "```bash\npip install os\n```\n```python\n    return os.listdir(folder)\n```\n```python\nlisting('.')\n```",
        "1. Write it:\n   ```python\n   return os.listdir(folder)\n   ```\n",
        "    return os.listdir(folder)\n",
        "Here is the rest of the function:\n    return os.listdir(folder)\nHope that helps!",
        "```python\n    return os.listdir(folder)\n    # and n",
        "```python\n    return os.listdir(folder)\n    x = (",
        f"```python\r\n{WHOLE}```".replace("\n", "\r\n"),
    ],
)
def test_chat_answers_that_mean_the_same(answer):
    code = extract(answer, PYTHON, chat=True)
    lines = [line for line in code.split("\n") if line.strip() and not line.strip().startswith("# and n")]
    assert lines == WHOLE.replace("\n\n\n", "\n").rstrip().split("\n")


def test_chat_that_restates_the_file_with_new_imports():
    answer = "```python\nimport os\nimport re\n\n\ndef listing(folder):\n    return re.findall('a', folder)\n```"
    code = extract(answer, PYTHON, chat=True)
    assert code == "import os\nimport re\n\n\ndef listing(folder):\n    return re.findall('a', folder)\n"
    code = extract(answer.replace("import os\n", ""), PYTHON, chat=True)
    assert code.startswith("import os\n")
    assert code.index("import re") < code.index("def listing") < code.index("re.findall")
    assert code.count("def listing") == 1


def test_chat_with_a_decorator_and_an_added_import():
    query = Query('app = 1\n\n\n@app.route("/")\ndef page():\n', "python")
    answer = '```python\nfrom html import escape\n\n@app.route("/")\ndef page():\n    return escape("")\n```'
    code = extract(answer, query, chat=True)
    assert code.startswith("app = 1")
    assert 'from html import escape\n@app.route("/")\ndef page():\n    return' in code


def test_chat_in_c_and_for_a_task():
    query = Query("#include <stdio.h>\n\nint main(void) {\n", "c")
    for answer in (
        "```c\n    return 0;\n}\n```",
        f"```c\n{query.code}    return 0;\n}}\n```",
        "```c\nint main(void) {\n    return 0;\n}\n```",
    ):
        assert extract(answer, query, chat=True) == query.code + "    return 0;\n}\n"
    assert extract("```python\na = 1\n```", TASK, chat=True) == "a = 1\n"


def test_chat_continues_a_line():
    query = Query("def f(a):\n    return a +", "python")
    assert extract("```python\n 1\n```", query, chat=True) == "def f(a):\n    return a + 1\n"
    assert extract("```python\n    return a + 1\n```", query, chat=True) == "def f(a):\n    return a + 1\n"


def test_chat_does_not_repair_a_finished_answer():
    code = extract("```python\n    return (\n```", PYTHON, chat=True)
    assert "return (" in code


def test_chat_does_not_repeat_the_suffix():
    query = Query("def f():\n", "python", suffix="\nprint(f())\n")
    assert extract("```python\n    return 1\n\nprint(f())\n```", query, chat=True).count("print(f())") == 1


def test_a_fence_inside_the_code_does_not_end_the_block():
    answer = '````python\nTEXT = """\n```\nshell\n```\n"""\n````\n'
    assert extract(answer, TASK, chat=True) == 'TEXT = """\n```\nshell\n```\n"""\n'


@pytest.mark.parametrize("answer", ["", "\n\n", "```", "```python", "```python\n```", "I cannot help with that."])
def test_an_answer_without_code_leaves_the_query(answer):
    assert extract(answer, PYTHON, chat=True).rstrip() == PYTHON.code


def test_a_completion_that_goes_on_with_the_suffix_is_cut_there():
    query = Query("def area(w, h):\n", "python", suffix="\n    return total\n")
    whole = "def area(w, h):\n    total = w * h\n\n    return total\n"
    for text in ("    total = w * h\n", "    total = w * h\n    return total\n\n# Example\nw = 5"):
        assert extract(text, query, chat=False) == whole
    deeper = "    if w:\n        return total\n    total = h\n"
    assert extract(deeper, query, chat=False) == f"{query.code}{deeper}{query.suffix}"


# --- early stop ------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "\n",
        "    ",
        "}",
        "{",
        ")",
        "(",
        "x",
        "# c",
        "// c",
        "/*",
        "*/",
        '"',
        "'",
        "`",
        "```",
        "```python",
        "\n```\n",
        "def f():",
        "\\",
        " ",
        '"""',
        "~~~",
    ]
)


@pytest.mark.parametrize("chat", [False, True])
@pytest.mark.parametrize(
    "query", [PYTHON, C, JS, TOP, TASK, Query("int x;\n", "cpp"), Query("a")], ids=lambda query: repr(query.code[-10:])
)
@given(pieces=st.lists(PIECES, max_size=25))
@settings(max_examples=60)
def test_once_it_may_stop_more_text_changes_nothing(query, chat, pieces):
    stop = stop_when(query, chat=chat)
    if stop is None:
        assert chat
        return
    text = "".join(pieces)
    for length in range(len(text)):
        if stop(text[:length]):
            assert extract(text[:length], query, chat=chat) == extract(text, query, chat=chat)
            assert stop(text)
            break


@pytest.mark.parametrize("query", [PYTHON, C, JS, TOP, TASK, Query("x", "python", stop=("\nclass", "#"))])
def test_every_string_to_stop_at_is_a_reason_to_stop(query):
    assert stop_at(query, chat=True) == ()
    stop = stop_when(query, chat=False)
    for string in stop_at(query, chat=False):
        assert stop(f"  x = 1{string}") and not stop("  x = 1")
        cut = extract(f"  x = 1{string}", query, chat=False)
        assert cut == extract(f"  x = 1{string}\n  more\nand more", query, chat=False)
    assert bool(stop_at(query, chat=False)) == (query in (PYTHON, C) or bool(query.stop))


def test_it_does_stop():
    assert stop_when(PYTHON, chat=False)("\n    return 1\n\nx")
    assert not stop_when(PYTHON, chat=False)("\n    return 1\n\n")
    assert stop_when(C, chat=False)("  return 0;\n}")
    assert stop_when(JS, chat=False)("  x();\n});\n")
    assert not stop_when(TOP, chat=False)("def f():\n    pass\n\nx = 1\n")
    assert stop_when(TOP, chat=False)("x = 1\n```")
    assert stop_when(TASK, chat=False)("```python\nx = 1\n```\n")
    assert not stop_when(TASK, chat=False)("```python\nx = 1\n```")
    assert stop_when(PYTHON, chat=True) is None  # a better block may follow


@given(st.text(max_size=200), st.booleans())
def test_any_text_at_all_is_extracted(text, chat):
    for query in (PYTHON, C, JS, TASK, Query(text, "python")):
        assert isinstance(extract(text, query, chat=chat), str)


def test_duplicates():
    assert mark_duplicates([]) == []
    assert mark_duplicates(["a\n", "b", "a", "a  \n\n", "b ", " a"]) == [None, None, 0, 0, 1, None]


class TestTrials:
    """Calls of what was defined, at the end of a file that was written as a whole."""

    CODE = "def cents(text):\n    return int(text)\n"

    @pytest.mark.parametrize(
        "trial",
        [
            "\n# Example usage:\nprint(cents('1'))\n",
            "\n# Example usage\ntext = '1'\nfor each in text:\n    print(cents(each))",
            "\n# Test the function\nassert cents('1') == 1\n",
            "\n# Usage:\ncents(input())\n",
        ],
    )
    @pytest.mark.parametrize("chat", [True, False])
    def test_they_are_dropped(self, trial, chat):
        text = f"```python\n{self.CODE}{trial}\n```" if chat else self.CODE + trial
        assert extract(text, Query("", "python", "cents"), chat=chat) == self.CODE

    @pytest.mark.parametrize(
        "end",
        [
            "\n# Example usage:\ndef main():\n    print(cents('1'))\n",
            "\n# Example of a rule\nLIMIT = 3\n",
            "\nprint(cents('1'))\n",
            "\n# Example usage:\nif __name__ == '__main__':\n    cents('1')\n",
        ],
    )
    def test_what_may_be_meant_stays(self, end):
        assert extract(self.CODE + end, Query("", "python", "cents"), chat=False) == self.CODE + end

    def test_a_script_without_definitions_stays(self):
        text = "# Example usage:\nprint(1)\n"
        assert extract(text, Query("", "python", "print one"), chat=False) == text

    def test_what_stood_there_before_stays(self):
        before = f"{self.CODE}\n# Example usage:\nprint(cents('1'))\n"
        assert extract("print(cents('2'))\n", Query(before, "python"), chat=False) == f"{before}print(cents('2'))\n"

    def test_javascript_too(self):
        code = "function cents(text) {\n  return Number(text);\n}\n"
        text = f"```javascript\n{code}\n// Example usage:\nconsole.log(cents('1'));\n```"
        assert extract(text, Query("", "javascript", "cents"), chat=True) == code
