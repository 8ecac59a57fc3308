"""Code that ends where its last token and the line's end would be one token is continued behind the line's end."""

from dataclasses import replace

import pytest

import tiny_models
from conftest import need_module
from seccoder.models import load
from seccoder.models.sampling import ends_a_line, joined
from seccoder.types import Prompt, SamplingSettings

CODE = "int area(int w, int h) {"
SETTINGS = SamplingSettings(max_tokens=8, seed=3)


@pytest.mark.parametrize(
    ("tokens", "with_newline", "expected"),
    [
        ([5, 6], [5, 7], 7),  # `{` and `{\n`
        ([5, 6], [5, 6, 7], None),  # the newline is a token of its own
        ([5, 6], [8, 9], None),  # the newline changes more than the last token
        ([5, 6], [5, 6], None),  # a tokenizer that drops what is at the end
        ([6], [7], None),  # there is nothing that an expectation could rest on
    ],
)
def test_what_a_newline_makes_of_the_last_token(tokens, with_newline, expected):
    assert joined(tokens, with_newline) == expected


@pytest.mark.parametrize(
    ("likeliest", "expected"),
    [
        ([" x", "{\n", "{"], True),
        (["{", "{\n"], False),
        (["{}", "{\n"], False),
        ([" x", "y"], False),
        ([], False),
    ],
)
def test_the_likeliest_token_that_begins_like_the_last_one_decides(likeliest, expected):
    assert ends_a_line(likeliest, "{") is expected


@pytest.fixture(scope="module")
def pytorch(tmp_path_factory):
    """A tiny model in whose vocabulary `{` and a newline are one token."""
    need_module("transformers")
    folder = tiny_models.write_hf(tmp_path_factory.mktemp("hf") / "llama", "llama", merges=[("{", "Ċ")])
    with load(f"hf:{folder}", threads=1) as lm:
        yield lm


def expecting(lm, monkeypatch, token):
    """Let the model expect a token at the end of each prompt, and see which prompts it continues."""
    seen = []
    prefill = lm.prefill

    def rigged(ids):
        cache, logits = prefill(ids)
        if logits is not None:
            logits = logits.clone()
            logits[lm.tokenizer.convert_tokens_to_ids(token)] = 1e4
        return cache, logits

    def generate(*args, model=lm.model.generate, **kwargs):
        seen.append(args[0][0].tolist())
        return model(*args, **kwargs)

    monkeypatch.setattr(lm, "prefill", rigged)
    monkeypatch.setattr(lm.model, "generate", generate)
    return seen


@pytest.mark.model
@pytest.mark.parametrize("temperature", [0, 0.4])
def test_samples_begin_behind_a_line_end_that_the_model_expects(pytorch, monkeypatch, temperature):
    settings = replace(SETTINGS, temperature=temperature)
    plain = pytorch.generate(Prompt(f"{CODE}\n"), 2, settings)
    seen = expecting(pytorch, monkeypatch, "{Ċ")
    samples = pytorch.generate(Prompt(CODE), 2, settings)
    assert [each.text for each in samples] == [f"\n{each.text}" for each in plain]
    assert pytorch.tokenizer.decode(seen[0]) == f"{CODE}\n"
    assert [each.tokens for each in samples] == [each.tokens for each in plain]


@pytest.mark.model
def test_a_stop_string_counts_with_the_line_end(pytorch, monkeypatch):
    seen = expecting(pytorch, monkeypatch, "{Ċ")
    first = pytorch.generate(Prompt(CODE), 1, SETTINGS)[0].text
    again = pytorch.generate(Prompt(CODE), 1, replace(SETTINGS, stop=(first[:2],)))[0]
    assert seen and (again.text, again.finish) == ("", "stop")


@pytest.mark.model
@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (CODE, "{"),  # the model expects the line to go on
        (f"{CODE}\n", "{Ċ"),  # white space is there already
        ("int area", "{Ċ"),  # a newline would be a token of its own
        ("{", "{Ċ"),
    ],
)
def test_other_prompts_are_continued_as_they_are(pytorch, monkeypatch, prompt, expected):
    plain = pytorch.generate(Prompt(prompt), 2, SETTINGS)
    seen = expecting(pytorch, monkeypatch, expected)
    assert [each.text for each in pytorch.generate(Prompt(prompt), 2, SETTINGS)] == [each.text for each in plain]
    assert pytorch.tokenizer.decode(seen[0]) == prompt
