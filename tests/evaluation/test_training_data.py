"""What the baselines are trained on: masks over changed tokens, Big-Vul's table, utility tasks. No torch needed."""

import csv
import json
from collections import Counter

import pytest

from seccoder.errors import UsageError
from seccoder.evaluation.baselines import bigvul, utility
from seccoder.evaluation.baselines.pairs import (
    EVALUATED,
    Example,
    Pair,
    changes,
    oversample,
    safecoder_examples,
    sample,
    sven_examples,
    utility_examples,
)


class Characters:
    """A tokenizer with a token per character."""

    eos_token_id = 0

    def __call__(self, text, return_offsets_mapping=False, verbose=True):
        offsets = [(i, i + 1) for i in range(len(text))]
        return {"input_ids": [ord(c) for c in text]} | ({"offset_mapping": offsets} if return_offsets_mapping else {})


def spans(text, found):
    return [text[start:end] for start, end in found]


def marked(example):
    return "".join(chr(token) for token, mark in zip(example.tokens, example.marked, strict=True) if mark)


VULNERABLE = "a = 1\nrun(cmd, shell=True)\nb = 2\n"
SECURE = "a = 1\nrun(cmd, shell=False)\nb = 2\nlog()\n"


def test_changes_are_deleted_lines_and_added_characters():
    deleted, added = changes(VULNERABLE, SECURE)
    assert spans(VULNERABLE, deleted) == ["run(cmd, shell=True)\n"]
    assert "".join(spans(SECURE, added)) == "Falslog()\n"  # the e of True stays
    assert changes("same\n", "same\n") == ([], [])
    assert changes("", "x\n") == ([], [(0, 2)])


def test_svens_examples_are_marked_on_both_sides():
    pair = Pair("python", "CWE-78", SECURE, VULNERABLE)
    secure, vulnerable = sven_examples([pair], Characters(), 100, window=False)
    assert (secure.label, marked(secure)) == ("secure", "Falslog()\n")
    assert (vulnerable.label, marked(vulnerable)) == ("vulnerable", "run(cmd, shell=True)\n")
    assert secure.group == "python CWE-78"


def test_what_only_adds_gives_no_vulnerable_example():
    (only,) = sven_examples([Pair("c", "CWE-22", "a;\ncheck();\nb;\n", "a;\nb;\n")], Characters(), 100, window=False)
    assert (only.label, marked(only)) == ("secure", "check();\n")
    assert not list(sven_examples([Pair("c", "CWE-22", "a;\n", "a;\n")], Characters(), 100, window=False))


def test_long_sequences_are_left_out_or_cut_around_the_change():
    pair = Pair("python", "CWE-78", "x = 1\n" * 50 + SECURE, "x = 1\n" * 50 + VULNERABLE)
    assert not list(sven_examples([pair], Characters(), 60, window=False))
    cut = list(sven_examples([pair], Characters(), 60, window=True))
    assert [len(example.tokens) for example in cut] == [60, 60]
    assert marked(cut[1]) == "run(cmd, shell=True)\n"


def test_safecoders_examples_answer_an_instruction_up_to_the_last_change():
    pair = Pair("python", "CWE-78", SECURE, VULNERABLE, "Run a command.")
    _, vulnerable = safecoder_examples([pair], Characters(), 200, window=False)
    text = "".join(map(chr, vulnerable.tokens))
    assert "Run a command." in text and text.endswith("shell=Tru")
    assert marked(vulnerable) == "Tru"


def test_utility_examples_are_marked_on_the_answer():
    (example,) = utility_examples([("Add.", "a + b"), ("Long.", "x" * 500)], Characters(), 100)
    assert marked(example) == "a + b\0"
    assert example.label == "utility"


def test_rare_weaknesses_are_repeated():
    common = [Example((1, 2, i), (False, True, True), "secure", "c CWE-20") for i in range(8)]
    rare = [Example((3, 4), (False, True), "secure", "go CWE-22")]
    made = oversample([*common, *rare], 5, seed=0)
    assert Counter(example.group for example in made) == {"c CWE-20": 8, "go CWE-22": 5}
    assert made[:9] == [*common, *rare]


def test_a_sample_is_drawn_by_seed():
    pairs = [Pair("c", "CWE-20", str(i), "") for i in range(20)]
    assert sample(pairs, 5, 1) == sample(pairs, 5, 1) != sample(pairs, 5, 2)
    assert sample(pairs, 99, 1) == pairs


# --- Big-Vul ---------------------------------------------------------------------------------------------------------

HEADER = ["", "CVE ID", "CWE ID", "commit_id", "func_after", "func_before", "lang", "project", "vul"]


def row(i, cwe, lang="C", vul="1", after=None):
    before = f'int f{i}(char *s) {{\n  return parse(s, "{i}");\n}}'
    fixed = f'int f{i}(char *s) {{\n  if (!s) return -1;\n  return parse(s, "{i}");\n}}' if after is None else after
    return [i, "CVE-2014-0001", cwe, "abc", fixed, before, lang, "demo", vul]


def table(path, rows):
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return path


def test_big_vuls_table_is_read(tmp_path):
    rows = [
        row(0, "CWE-020"),
        row(1, "", lang="CPP"),
        row(2, "CWE-399", vul="0"),
        row(3, "CWE-399", after=row(3, "")[5]),  # unchanged
        row(4, "CWE-399", lang="Java"),
        row(5, "NVD-CWE-noinfo", after="x" * 200_000),  # longer than csv's own limit
    ]
    found = list(bigvul.rows(table(tmp_path / "t.csv", rows)))
    assert [(pair.language, pair.cwe) for pair in found] == [("c", "CWE-20"), ("cpp", ""), ("c", "")]
    assert "if (!s)" in found[0].secure and "if (!s)" not in found[0].vulnerable


def test_a_draw_has_figure_8s_shape_and_none_of_the_evaluated(tmp_path):
    tags = [*(name for name in bigvul.COUNTS if name != "others"), "", "CWE-189", "CWE-1021", *sorted(EVALUATED)]
    rows = [row(i, tags[i % len(tags)]) for i in range(400 * len(tags) // 2)]
    path = table(tmp_path / "t.csv", [*rows, *rows[:50]])
    drawn = bigvul.draw(bigvul.rows(path), seed=1)
    counted = Counter(pair.cwe if pair.cwe in bigvul.COUNTS else "others" for pair in drawn.training)
    assert counted == bigvul.COUNTS and sum(counted.values()) == 723
    assert not drawn.missing
    assert not {pair.cwe for pair in [*drawn.training, *drawn.validation]} & EVALUATED
    assert not set(drawn.training) & set(drawn.validation) and len(drawn.validation) > 50
    assert len(set(drawn.training)) == 723
    assert bigvul.draw(bigvul.rows(path), seed=1) == drawn
    assert bigvul.draw(bigvul.rows(path), seed=2).training != drawn.training


def test_a_draw_is_uniform_and_says_what_is_missing():
    pairs = [Pair("c", "CWE-20", f"new {i}", "old") for i in range(40)]
    taken = Counter(pair for seed in range(200) for pair in bigvul.draw(iter(pairs), seed, {"CWE-20": 10}).training)
    assert set(taken) == set(pairs)
    assert 25 <= min(taken.values()) and max(taken.values()) <= 80  # 50 expected, 6 the deviation
    assert bigvul.draw(iter(pairs[:3]), 0, {"CWE-20": 10}).missing == {"CWE-20": 7}


@pytest.mark.parametrize("content", ["a,b\n1,2\n", ""])
def test_another_table_is_refused(tmp_path, content):
    path = tmp_path / "t.csv"
    path.write_text(content)
    with pytest.raises(UsageError, match="has no column"):
        list(bigvul.rows(path))


# --- utility ---------------------------------------------------------------------------------------------------------


def test_the_standard_library_gives_tasks():
    tasks = utility.standard_library(200, seed=0)
    assert len(tasks) == 200 and tasks == utility.standard_library(200, seed=0)
    assert all(task.startswith("Write a Python function ") and code.startswith("def ") for task, code in tasks)


def test_utility_from_a_file(tmp_path):
    path = tmp_path / "u.jsonl"
    rows = [{"instruction": "Add.", "output": "a + b"}, {"instruction": "Sum.", "input": "[1, 2]", "output": "3"}]
    path.write_text("".join(json.dumps(each) + "\n" for each in rows))
    assert list(utility.from_file(path)) == [("Add.", "a + b"), ("Sum.\n\n[1, 2]", "3")]
    path.write_text('{"instruction": "x"}\n')
    with pytest.raises(UsageError, match="line 1"):
        list(utility.from_file(path))
