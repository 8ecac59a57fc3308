"""The online flow with the fake model: what goes in, what comes out, what is counted."""

import json

import pytest

import seccoder
from conftest import need_tool
from seccoder import Query, SecCoder, Source, rounds
from seccoder.errors import StoreError, UsageError
from seccoder.types import Check, Label

QUERY = "import sqlite3\n\n\ndef find_user(db: sqlite3.Connection, name: str):\n"
COMPLETIONS = [
    "\n    return db.execute('SELECT * FROM users WHERE name = ?', (name,)).fetchall()\n",
    "\n    return db.execute(f\"SELECT * FROM users WHERE name = '{name}'\").fetchall()\n",
    "    return db.execute('SELECT * FROM users WHERE name = ?', (name,)).fetchall()\n",  # as if after the newline
    "\n    return db.execute(\n\n) (",
]


@pytest.fixture
def fake(tmp_path):
    path = tmp_path / "completions.json"
    path.write_text(json.dumps(COMPLETIONS))
    return f"fake:{path}"


def test_generate_gives_n_checked_samples_and_says_what_was_in_the_prompt(fake):
    with SecCoder(model=fake, codebase="bundled") as seccoder:
        result = seccoder.generate(QUERY, language="py", task="find a user by name", cwe="cwe-089", n=4)
    assert [sample.duplicate_of for sample in result.samples] == [None, None, 0, None]
    assert all(sample.code.startswith(QUERY) for sample in result.samples)
    assert result.samples[3].verdict.label is Label.INVALID
    assert len(result.prompt.hits) == 1
    assert result.prompt.hits[0].demonstration.language == "python"
    assert "CWE-89" in result.prompt.hits[0].demonstration.cwes
    assert result.prompt.text.endswith(QUERY.rstrip())
    value = json.loads(json.dumps(result.to_json()))
    assert len(value["completions"]) == 4
    assert value["completions"][2]["duplicate_of"] == 0
    assert value["completions"][2]["verdict"] == value["completions"][0]["verdict"]
    assert set(value["demonstrations"][0]) >= {"id", "language", "cwes", "task", "code", "origin", "proof"}


@pytest.mark.parametrize("pick", ["all", "best"])
def test_each_completion_is_told_as_soon_as_it_is_checked(fake, pick):
    asked = {"language": "python", "task": "find a user by name", "cwe": "CWE-89", "n": 4, "pick": pick}
    told = []
    with SecCoder(model=fake, codebase="bundled") as seccoder:
        at_once = seccoder.generate(QUERY, **asked)
        by_and_by = seccoder.generate(QUERY, **asked, on_prompt=told.append, on_sample=lambda *each: told.append(each))
    prompt, *samples = told
    assert prompt == by_and_by.prompt == at_once.prompt
    assert [index for index, _ in samples] == list(range(by_and_by.drawn))
    shown = [(sample.code, sample.verdict.label, sample.duplicate_of) for _, sample in samples]
    final = [(sample.code, sample.verdict.label, sample.duplicate_of) for sample in at_once.samples]
    assert final == shown if pick == "all" else final[0] in shown


@pytest.mark.tool
def test_execution_tells_the_two_queries_apart(fake):
    need_tool("bwrap")
    with SecCoder(model=fake, retriever="none") as seccoder:
        result = seccoder.generate(QUERY, language="python", cwe="CWE-89", n=2)
    assert [sample.verdict.label for sample in result.samples] == [Label.SECURE, Label.VULNERABLE]
    assert [sample.verdict.evidence for sample in result.samples] == ["executed", "executed"]


def test_without_a_retriever_nothing_is_injected(fake):
    with SecCoder(model=fake, retriever="none") as seccoder:
        result = seccoder.generate(QUERY, language="python")
    assert result.prompt.hits == ()
    assert result.prompt.text == QUERY.rstrip()  # the model writes the line's end itself


def test_a_demonstration_below_the_threshold_is_not_injected_and_that_is_said(fake):
    with SecCoder(model=fake, codebase="bundled", min_score=10_000.0) as seccoder:
        result = seccoder.generate(QUERY, language="python")
    assert result.prompt.hits == ()
    assert any("score" in note for note in result.prompt.notes)


def test_nothing_to_write_is_refused(fake):
    with SecCoder(model=fake) as seccoder, pytest.raises(UsageError):
        seccoder.generate("", language="python")


def test_an_unknown_setting_is_refused():
    with pytest.raises(TypeError):
        SecCoder(modle="fake:")


@pytest.mark.tool
def test_the_best_is_the_proven_one_and_sampling_stops_there(tmp_path):
    need_tool("bwrap")
    path = tmp_path / "completions.json"
    path.write_text(json.dumps([COMPLETIONS[3], COMPLETIONS[1], COMPLETIONS[1], COMPLETIONS[0], COMPLETIONS[3]]))
    with SecCoder(model=f"fake:{path}", retriever="none") as seccoder:
        result = seccoder.generate(QUERY, language="python", cwe="CWE-89", n=10, pick="best")
        assert [sample.verdict.label for sample in result.samples] == [Label.SECURE]
        assert result.drawn == 4
        short = seccoder.generate(QUERY, language="python", cwe="CWE-89", n=2, pick="best")
    # never one that was shown to be vulnerable while there is another, and never without saying so
    assert [sample.verdict.label for sample in short.samples] == [Label.INVALID]
    assert short.drawn == 2


# --- one implementation for each verb ---------------------------------------------------------------------------------


def test_retrieving_takes_any_spelling_and_as_many_as_asked():
    with SecCoder(codebase="bundled", retriever="bm25", k=2) as seccoder:
        hits = seccoder.retrieve(Query(task="find a user by name", language="PY"))
        assert [hit.rank for hit in hits] == [1, 2] and {hit.demonstration.language for hit in hits} == {"python"}
        assert seccoder.retrieve(Query(task="find a user by name", language="python"), 1) == hits[:1]
        with pytest.raises(UsageError, match="unknown language"):
            seccoder.retrieve(Query(task="x", language="cobol"))
    assert seccoder_retrieve("find a user by name") == hits


def seccoder_retrieve(task):
    return seccoder.retrieve(Query(task=task, language="py"), codebase="bundled", retriever="bm25", k=2)


def test_the_threshold_is_the_settings_or_else_the_retrievers():
    with SecCoder(codebase="bundled") as one, SecCoder(codebase="bundled", min_score=0.5) as other:
        assert one.threshold("bm25") == 0.01 and one.threshold("none") == 0.0
        assert other.threshold("bm25") == 0.5


def test_checking_needs_no_codebase_and_takes_any_spelling(tmp_path):
    with SecCoder(codebase=str(tmp_path / "not there")) as seccoder:
        parses, broken = seccoder.check(
            [Source("x = 1\n", "py", "cwe-089"), Source("x = (\n", "python")], oracles=["syntax"]
        )
        assert (parses.source.language, parses.source.cwe) == ("python", "CWE-89")
        assert parses.verdict.label is Label.UNKNOWN and broken.verdict.label is Label.INVALID
        assert [check.oracle for check in broken.checks] == ["syntax"]
        with pytest.raises(StoreError):
            seccoder.retrieve(Query(task="x", language="python"))
    assert seccoder_check("x = (\n").verdict.label is Label.INVALID


def seccoder_check(text):
    (judged,) = seccoder.check([Source(text, "python")], oracles=["syntax"])
    return judged


def test_a_whole_query_is_generated_for_as_its_parts_are(fake):
    with SecCoder(model=fake, codebase="bundled", retriever="bm25") as one:
        parts = one.generate(QUERY, language="py", task="find a user by name", n=2)
        whole = one.generate(Query(QUERY, "python", "find a user by name"), n=2)
    assert [sample.code for sample in parts.samples] == [sample.code for sample in whole.samples]
    assert parts.prompt == whole.prompt


def test_a_retriever_is_made_once(monkeypatch):
    from seccoder import retrievers

    made = []
    load = retrievers.load
    monkeypatch.setattr(retrievers, "load", lambda name, *args, **more: made.append(name) or load(name, *args, **more))
    with SecCoder(codebase="bundled") as one:
        for name in ("bm25", "bm25", "none"):
            one.retrieve(Query(task="x", language="python"), retriever=name)
    assert made == ["bm25", "none"]


# --- choosing and writing again ---------------------------------------------------------------------------------------

JOINED = '    return db.execute("select * from users where name = \'" + name + "\'").fetchall()\n'
BOUND = '    return db.execute("select * from users where name = ?", (name,)).fetchall()\n'
ASKED = "import sqlite3\n\n\ndef find_user(db: sqlite3.Connection, name: str):\n"


@pytest.fixture
def answers_with(tmp_path):
    def made(*texts):
        path = tmp_path / "texts.json"
        path.write_text(json.dumps(texts))
        return f"fake:{path}"

    return made


@pytest.mark.tool
def test_an_example_that_comes_after_is_the_one_for_what_was_found(answers_with):
    need_tool("bwrap")
    with SecCoder(model=answers_with(JOINED, BOUND), codebase="bundled", example="after") as seccoder:
        prompts = []
        told = seccoder.lm.generate
        seccoder.lm.generate = lambda prompt, *more: prompts.append(prompt) or told(prompt, *more)
        result = seccoder.generate(ASKED, language="python", n=1, repair=1)
    assert [len(prompt.hits) for prompt in prompts] == [0, 1]
    assert "CWE-89" in prompts[1].hits[0].demonstration.cwes
    assert "# A first version failed. Checking it showed a weakness: CWE-89" in prompts[1].text
    assert (result.samples[0].verdict.label, result.samples[0].repairs) == (Label.SECURE, 1)


@pytest.mark.tool
def test_half_of_the_versions_are_written_without_the_example(answers_with):
    need_tool("bwrap")
    prompts = []
    with SecCoder(model=answers_with(JOINED, JOINED, JOINED, BOUND), codebase="bundled", example="half") as seccoder:
        told = seccoder.lm.generate
        seccoder.lm.generate = lambda prompt, *more: prompts.append((prompt, *more[:1])) or told(prompt, *more)
        result = seccoder.generate(ASKED, language="python", n=5, pick="best")
        assert [(len(prompt.hits), count) for prompt, count in prompts] == [(1, 2), (1, 1), (0, 2)]
        assert result.drawn == 5 and result.picked == "by its verdict; it was written without the example"
        assert (result.samples[0].verdict.label, len(result.prompt.hits)) == (Label.SECURE, 1)
        assert result.prompt.notes[-1].startswith("The first 3 completions are written with the demonstration")
        prompts.clear()
        assert len(seccoder.generate(ASKED, language="python", n=1).prompt.hits) == len(prompts) == 1
        assert len(seccoder.generate(ASKED, language="python", n=4).samples) == 4


@pytest.mark.tool
def test_of_an_example_only_the_lines_that_matter_are_shown(answers_with):
    need_tool("bwrap")
    query = Query(ASKED, "python")
    sizes = {}
    for example in ("first", "slice"):
        with SecCoder(model=answers_with(BOUND), codebase="bundled", example=example) as seccoder:
            prompt = seccoder.generate(query, n=1).prompt
            sizes[example] = len(prompt.text)
    assert "# ..." in prompt.text and sizes["slice"] < sizes["first"]


@pytest.mark.tool
def test_a_round_does_not_show_again_what_did_not_help(answers_with):
    need_tool("bwrap")
    with SecCoder(model=answers_with(JOINED), codebase="bundled") as seccoder:
        prompts = []
        told = seccoder.lm.generate
        seccoder.lm.generate = lambda prompt, *more: prompts.append(prompt) or told(prompt, *more)
        seccoder.generate(ASKED, language="python", n=1, repair=2)
    shown = [hit.demonstration.id for prompt in prompts for hit in prompt.hits]
    assert len(prompts) == len(shown) == len(set(shown)) == 3


@pytest.mark.tool
def test_of_equal_verdicts_the_answer_of_most_is_picked(answers_with):
    need_tool("bwrap")
    texts = ["    return text[0]\n", "    return text.upper()\n", "    return ''.join(c.upper() for c in text)\n"]
    with SecCoder(model=answers_with(*texts), retriever="none") as seccoder:
        result = seccoder.generate("def shout(text):\n", language="python", n=3, pick="best")
    assert result.samples[0].code.endswith(texts[1])
    assert result.picked == "of 3 with this verdict, the one that answers ordinary calls as most do"
    assert result.to_json()["picked"] == result.picked


@pytest.mark.tool
def test_of_two_that_are_proven_the_one_without_a_finding_is_picked(answers_with):
    for tool in ("bwrap", "gcc"):
        need_tool(tool)
    begun = (
        "#include <string.h>\n\nstruct boat { char name[16]; };\n\nvoid call(struct boat *boat, const char *name)\n{\n"
    )
    open_ended = "    strncpy(boat->name, name, sizeof(boat->name));\n}\n"
    ended = "    strncpy(boat->name, name, 15);\n    boat->name[15] = '\\0';\n}\n"
    with SecCoder(model=answers_with(open_ended, ended), retriever="none") as seccoder:
        result = seccoder.generate(begun, language="c", n=4, pick="best")
    assert ended.rstrip() in result.samples[0].code and result.samples[0].verdict.label is Label.SECURE
    assert result.picked == "by its verdict and what else was found" and result.drawn == 2


@pytest.mark.tool
def test_what_answers_nothing_is_not_picked_however_secure_it_is(answers_with):
    need_tool("bwrap")
    begun = 'def length(db, boat: str) -> int:\n    """The length in the table boats(name, length)."""\n'
    silent = "    db.execute('SELECT length FROM boats WHERE name = ?', (boat,))\n"
    rows = "    for name, length in db.execute('SELECT * FROM boats'):\n"
    useful = rows + "        if name == boat:\n            return length\n    return 0\n"
    with SecCoder(model=answers_with(silent, useful), retriever="none") as seccoder:
        result = seccoder.generate(begun, language="python", n=2, pick="best")
    assert result.samples[0].code.endswith(useful)
    assert result.picked == "by its verdict, and because it answers ordinary calls"
    with SecCoder(model=answers_with(silent, "    return eval(boat)\n"), retriever="none") as seccoder:
        result = seccoder.generate(begun, language="python", n=2, pick="best")
    assert result.samples[0].code.endswith(silent)  # what is vulnerable is worse than what does nothing


@pytest.mark.tool
def test_what_the_query_says_that_it_answers_counts(answers_with):
    """A version that keeps the examples is picked, and one that does not is written again, told why."""
    need_tool("bwrap")
    begun = 'def shout(text):\n    """shout("ab") returns "AB"."""\n'
    wrong, right = "    return text[0]\n", "    return text.upper()\n"
    with SecCoder(model=answers_with(wrong, wrong.replace("0", "1"), right), retriever="none") as seccoder:
        result = seccoder.generate(begun, language="python", n=3, pick="best")
    assert result.samples[0].code.endswith(right)
    assert result.picked == "by its verdict and the task's examples"
    prompts = []
    with SecCoder(model=answers_with(wrong, right), retriever="none") as seccoder:
        told = seccoder.lm.generate
        seccoder.lm.generate = lambda prompt, *more: prompts.append(prompt.text) or told(prompt, *more)
        result = seccoder.generate(begun, language="python", n=1, repair=1)
    assert "# - shout(\"ab\") returns 'a', not 'AB'" in prompts[1]
    assert result.samples[0].code.endswith(right) and result.samples[0].repairs == 1


REDIRECTS = '''def next_page(target):
    """Where the browser is redirected after login: the page that it asked for."""
'''


@pytest.mark.tool
@pytest.mark.parametrize(
    ("body", "retriever", "label"),
    [
        ("return target or '/home'", "none", Label.UNKNOWN),
        ("return target or '/home'", "hybrid", Label.VULNERABLE),
        ("return '/home'", "hybrid", Label.UNKNOWN),
    ],
)
def test_what_the_example_is_about_is_looked_for(answers_with, body, retriever, label):
    """That a text is a page to go on to, its code alone does not show; and what withstands that is not yet secure."""
    need_tool("bwrap")
    with SecCoder(model=answers_with(f"    {body}\n"), codebase="bundled", retriever=retriever) as one:
        (sample,) = one.generate(REDIRECTS, language="python", n=1).samples
        (named,) = one.generate(REDIRECTS, language="python", n=1, cwe="CWE-502").samples
    assert sample.verdict.label is label
    suspected = [check.suspected for check in sample.checks if check.suspected]
    assert suspected == ["CWE-601"] * (label is Label.VULNERABLE)
    assert not any(check.suspected for check in named.checks)  # whoever names a weakness is told of that one
    assert Check.from_json(sample.checks[-1].to_json()).suspected == sample.checks[-1].suspected


@pytest.mark.tool
def test_a_model_that_was_measured_to_write_better_so_is_shown_no_code_first(answers_with):
    need_tool("bwrap")
    query = Query(ASKED, "python", "find a user by name in the database")
    found = {}
    for example, chat in (("auto", False), ("auto", True), ("cue", True), ("first", True)):
        with SecCoder(model=answers_with(BOUND), codebase="bundled", example=example) as one:
            one.lm.name = "hf:embedded:qwen2.5-coder-0.5b"
            one.lm.wants_chat = lambda _, chat=chat: chat
            prompt = one.generate(query).prompt
            named = one.generate(query, retriever="hybrid").prompt
        code = prompt.hits[0].demonstration.code.strip().splitlines()[-1] if prompt.hits else "nothing is shown"
        told = [note for note in prompt.notes if "measured to write better" in note]
        found[example, chat] = len(prompt.hits), "(CWE-89)" in prompt.text, code in prompt.text, len(told)
        assert named.hits and (example == "cue") != (named.hits[0].demonstration.code[-40:].strip() in named.text)
    assert found == {
        ("auto", False): (0, False, False, 1),
        ("auto", True): (1, True, False, 1),
        ("cue", True): (1, True, False, 0),
        ("first", True): (1, False, True, 0),
    }


def test_a_cue_is_no_comment_in_an_unknown_language(answers_with):
    with SecCoder(model=answers_with(BOUND), codebase="bundled", example="cue") as one:
        with pytest.raises(UsageError, match="code of unknown language; give --language"):
            one.generate(Query(ASKED, None, "find a user by name in the database"))


@pytest.mark.parametrize(
    ("model", "in_messages", "as_code"),
    [
        ("embedded", "cue", "after"),
        ("hf:embedded", "cue", "after"),
        ("embedded?chat", "cue", "after"),
        ("embedded:qwen2.5-coder-0.5b", "cue", "after"),
        ("ollama:qwen2.5-coder:0.5b", "cue", "after"),
        ("gguf:/models/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf?completions", "cue", "after"),
        ("embedded:smollm2", "first", "first"),
        ("embedded:qwen2.5-coder-1.5b", "cue", "first"),
        ("ollama:qwen2.5-coder:1.5b", "cue", "first"),
        ("openai:embedded", "first", "first"),
    ],
)
def test_which_model_is_shown_an_example_first(model, in_messages, as_code):
    assert rounds.example_of(model, chat=True) == in_messages
    assert rounds.example_of(model, chat=False) == as_code
