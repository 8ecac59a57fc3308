"""A continuation: the code is looked at once, and prompt, stop rule and file agree about it."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from seccoder import SecCoder
from seccoder.code.parsing import inside_body
from seccoder.models.fake import FakeLM
from seccoder.prompts import continuation as continuations
from seccoder.prompts import extract
from seccoder.prompts.continuation import Continuation
from seccoder.types import Query

PYTHON = "def area(width, height):\n    # in square metres\n"
LINES = st.sampled_from(
    ["def f(a):", "    if a:", "        b = (1,", "        2)", "    # note", "", "x = 1", "{", "}", '"""', "\\"]
)


@given(
    st.lists(LINES, max_size=8).map("\n".join),
    st.sampled_from(["", "\n", "\n    ", " ", "\n\n"]),
    st.sampled_from(["python", "c"]),
)
def test_white_space_at_the_end_does_not_take_code_out_of_a_body(code, end, language):
    assume(not code.endswith("\\"))  # a line that goes on on a next one that is not there is no code
    if inside_body(code + end, language):
        assert inside_body((code + end).rstrip(), language)


def test_a_completion_model_is_shown_code_that_ends_at_a_token_and_a_chat_model_all_of_it():
    query = Query(PYTHON, "python")
    for chat, ends in ((False, PYTHON.rstrip()), (True, PYTHON)):
        lm = FakeLM()
        lm.chat = chat
        prompt = Continuation.of(query, chat=chat).prompt([], lm, max_tokens=50, threshold=None)
        assert ends in prompt.text and (chat or prompt.text.endswith(ends))


@pytest.mark.parametrize("text", ["\n    return width * height\n", "    return width * height\n"])
def test_the_file_has_one_line_end_between_the_query_and_what_the_model_wrote(text):
    file = Continuation.of(Query(PYTHON, "python"), chat=False).file(text)
    assert file.rstrip() == PYTHON + "    return width * height"


def test_the_rule_for_stopping_is_that_of_extraction():
    stop = Continuation.of(Query(PYTHON, "python"), chat=False).stop_when()
    assert stop("\n    return 1\n\nx") and not stop("\n    return 1\n\n")


def test_code_is_looked_at_once_for_a_whole_call(tmp_path, monkeypatch):
    looked = []

    def counted(code, language):
        looked.append(code)
        return inside_body(code, language)

    monkeypatch.setattr(continuations, "inside_body", counted)
    monkeypatch.setattr(extract, "inside_body", counted)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps([f"\n    return width * height * {number}\n" for number in range(3)]))
    with SecCoder(model=f"fake:{answers}", retriever="none") as seccoder:
        result = seccoder.generate(PYTHON, language="python", cwe="CWE-89", n=3)
    assert len(result.samples) == 3 and looked == [PYTHON]
