"""Models in PyTorch are asked in messages, in their own chat template, as the spec and the query say."""

import json

import pytest

import tiny_models
from conftest import need_module
from seccoder.errors import ModelError, UsageError
from seccoder.models import load
from seccoder.types import Message, Prompt, Query, SamplingSettings

TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{% if message.role == 'tool' %}{{ raise_exception('no\ntools') }}"
    "{% endif %}[{{ message.role }}] {{ message.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}[assistant] {% endif %}"
)
RENDERED = "<|endoftext|>[system] You write code.\n[user] Go on.\n[assistant] "
SETTINGS = SamplingSettings(max_tokens=12, seed=3)
MESSAGES = Prompt("shown", (Message("system", "You write code."), Message("user", "Go on.")))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    need_module("transformers")
    return tiny_models.write_hf(tmp_path_factory.mktemp("hf") / "llama", "llama")


@pytest.fixture(scope="module")
def instruct(base, tmp_path_factory):
    """The same model with a template."""
    folder = tmp_path_factory.mktemp("hf") / "instruct"
    folder.mkdir()
    for each in base.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    (folder / "chat_template.jinja").write_text(TEMPLATE)
    config = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps(config | {"bos_token": tiny_models.EOS}))
    return folder


@pytest.mark.parametrize(
    ("way", "words", "code"), [("", True, False), ("?chat", True, True), ("?completions", False, False)]
)
def test_the_spec_says_whether_code_is_asked_for_or_continued(instruct, way, words, code):
    with load(f"hf:{instruct}{way}", threads=1) as lm:
        assert lm.name == f"hf:{instruct}{way}"
        assert lm.wants_chat(Query(task="read a note", language="python")) is words
        assert lm.wants_chat(Query("def f():\n", "python", "read a note")) is code


def test_a_model_without_a_template_continues_everything(base):
    with load(f"hf:{base}", threads=1) as lm:
        assert not lm.wants_chat(Query(task="read a note", language="python"))
    with pytest.raises(UsageError, match=r"llama has no chat template: it continues text \(\?completions\)$"):
        load(f"hf:{base}?chat")


def test_messages_are_put_into_the_template(instruct):
    with load(f"hf:{instruct}?chat", threads=1) as lm:
        asked = lm.generate(MESSAGES, 2, SETTINGS)
        assert asked[0].prompt_tokens == lm.count_tokens(RENDERED)
        assert lm.generate(Prompt("Go on."), 1, SETTINGS)[0].prompt_tokens == lm.count_tokens(
            "<|endoftext|>[user] Go on.\n[assistant] "
        )
        lm.chat = False
        assert [each.text for each in lm.generate(Prompt(RENDERED), 2, SETTINGS)] == [each.text for each in asked]


def test_a_template_that_refuses_is_one_line(instruct):
    with load(f"hf:{instruct}?chat", threads=1) as lm:
        messages = Prompt("shown", (Message("tool", "x"),))
        with pytest.raises(ModelError, match=r"does not take these messages \(no tools\); use \?completions$"):
            lm.generate(messages, 1, SETTINGS)
