"""GGUF models: chat by the file's own template, fill-in-the-middle by its marks, and what the header says."""

import shutil
from dataclasses import replace

import pytest

import tiny_models
from conftest import need_module
from seccoder import SecCoder
from seccoder.errors import ModelError, UsageError
from seccoder.models import load, specs
from seccoder.models.embedded import header, known, llamacpp
from seccoder.types import Message, Prompt, Query, SamplingSettings

TEMPLATE = (
    "{% for message in messages %}[{{ message.role }}] {{ message.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}[assistant] {% endif %}"
)
SETTINGS = SamplingSettings(max_tokens=12, seed=3)
MESSAGES = Prompt("shown", (Message("system", "You write code."), Message("user", "Go on.")))


@pytest.fixture(scope="module")
def instruct(tmp_path_factory):
    """A tiny model with a chat template and Qwen's marks."""
    need_module("xllamacpp")
    need_module("gguf")
    return tiny_models.write_gguf(tmp_path_factory.mktemp("gguf") / "instruct.gguf", TEMPLATE, llamacpp.INFILL[0])


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    need_module("xllamacpp")
    need_module("gguf")
    return tiny_models.write_gguf(tmp_path_factory.mktemp("gguf") / "base.gguf")


@pytest.mark.model
def test_the_template_decides_and_so_does_the_user(instruct, base):
    for spec, chat in [
        (f"gguf:{instruct}", True),
        (f"gguf:{instruct}?completions", False),
        (f"gguf:{instruct}?chat", True),
        (f"gguf:{base}", False),
    ]:
        with load(spec, threads=1) as lm:
            assert (lm.chat, lm.name) == (chat, spec)
    with pytest.raises(UsageError, match=r"base\.gguf has no chat template"):
        load(f"gguf:{base}?chat")


@pytest.mark.model
def test_a_model_with_a_name_is_asked_in_messages_for_a_task_in_words(instruct, base, monkeypatch):
    words, code = Query(task="read a note", language="python"), Query("def f():\n", "python", "read a note")
    for path, spec, asked in [
        (instruct, "embedded", (True, False)),
        (instruct, "embedded?chat", (True, True)),
        (instruct, "embedded?completions", (False, False)),
        (base, "embedded", (False, False)),
    ]:
        monkeypatch.setattr(llamacpp.known, "fast_path_of", lambda name, path=path: path)
        with load(spec, threads=1) as lm:
            assert (lm.wants_chat(words), lm.wants_chat(code)) == asked
            if spec == "embedded" and path == instruct:
                text = lm.generate(MESSAGES, 1, SETTINGS)[0].text
    with load(f"gguf:{instruct}?chat", threads=1) as chat:
        assert chat.generate(MESSAGES, 1, SETTINGS)[0].text == text


@pytest.mark.model
def test_messages_are_put_into_the_template_of_the_file(instruct):
    with load(f"gguf:{instruct}", threads=1) as chat, load(f"gguf:{instruct}?completions", threads=1) as plain:
        rendered = "[system] You write code.\n[user] Go on.\n[assistant] "
        assert chat._in_template(MESSAGES) == Prompt(rendered)
        assert chat._in_template(Prompt("Go on.")) == Prompt("[user] Go on.\n[assistant] ")
        in_messages = chat.generate(MESSAGES, 2, SETTINGS)
        assert [each.text for each in in_messages] == [
            each.text for each in plain.generate(Prompt(rendered), 2, SETTINGS)
        ]
        assert in_messages[0].prompt_tokens == plain.count_tokens(rendered)


@pytest.mark.model
@pytest.mark.parametrize("marks", llamacpp.INFILL, ids=["qwen", "starcoder", "santacoder", "codellama", "deepseek"])
def test_marks_of_a_family_are_found_by_the_vocabulary(tmp_path, marks):
    need_module("xllamacpp")
    need_module("gguf")
    with load(f"gguf:{tiny_models.write_gguf(tmp_path / 'a.gguf', marks=marks)}", threads=1) as lm:
        assert lm.infill == marks


@pytest.mark.model
def test_a_model_without_marks_has_none(base):
    with load(f"gguf:{base}", threads=1) as lm:
        assert lm.infill is None


def test_the_way_is_read_from_the_spec():
    assert specs.way("gguf:a?chat") == ("gguf:a", True)
    assert specs.way("embedded:smollm2?completions") == ("embedded:smollm2", False)
    assert specs.way("gguf:a?b") == ("gguf:a?b", None)
    with pytest.raises(UsageError, match="unknown model"):
        load("embedded?talk")


def test_a_header_is_read_and_a_damaged_one_is_one_line(instruct, tmp_path):
    pairs = header.read(instruct)
    assert pairs["general.architecture"] == "llama"
    assert pairs["llama.context_length"] == tiny_models.CONTEXT
    assert pairs["tokenizer.chat_template"] == TEMPLATE
    assert "tokenizer.ggml.tokens" not in pairs
    whole = instruct.read_bytes()
    one_layer = 2 * 1 * 2 * (32 + 32)  # bytes for a token: 16 bits, one layer, two heads, keys and values
    grown = header.memory(instruct, pairs, 1000) - header.memory(instruct, pairs, 0)
    assert grown == 1000 * one_layer
    for number, content in enumerate([whole[:30], whole[:200], whole[:24] + b"\xff" * 500, whole[:8] + b"\xff" * 16]):
        path = tmp_path / f"{number}.gguf"
        path.write_bytes(content)
        with pytest.raises(ModelError, match="is not a GGUF model") as caught:
            header.read(path)
        assert "\n" not in str(caught.value)


@pytest.mark.model
def test_members_of_a_batch_end_by_themselves(base):
    """What the server ends at a string is what reading the whole text would have cut there."""
    ends = tuple("abcdefghijkl")
    whole = SamplingSettings(temperature=1.0, max_tokens=40, seed=5)
    early = replace(whole, stop_at=ends, stop_when=lambda text: any(end in text for end in ends))
    prompt = Prompt("def add(a, b):\n    return a + ")
    with load(f"gguf:{base}", threads=1) as lm:
        texts = [each.text for each in lm.generate(prompt, 6, whole)]
        cut = lm.generate(prompt, 6, early)
        assert [each.seed for each in cut] == [each.seed for each in lm.generate(prompt, 6, whole)]
        for text, each in zip(texts, cut, strict=True):
            at = min((text.find(end) for end in ends if end in text), default=None)
            assert each.text == (text if at is None else text[: at + 1])
            assert each.finish == ("cut" if at is not None else "length")
            assert each.tokens == len(each.text) or at is None
        assert len({len(each.text) for each in cut}) > 1  # not all at once
        stopped = lm.generate(prompt, 6, replace(early, stop=("a", "e")))
        for text, each in zip(texts, stopped, strict=True):
            assert not {"a", "e"} & set(each.text)
            assert text.startswith(each.text)
        assert {each.finish for each in stopped} <= {"stop", "cut", "length"}


# --- the real 0.5B ---------------------------------------------------------------------------------------------------


@pytest.fixture
def real(real_cache, user_folders):
    """The embedded model, in this test's cache."""
    need_module("xllamacpp")
    path = real_cache / "models" / known._QWEN[known.DEFAULT].file
    if not path.is_file():
        pytest.skip(f"{known.DEFAULT} is not here (seccoder data pull {known.DEFAULT}); no run needs it")
    (user_folders / "cache" / "models").mkdir(parents=True)
    (user_folders / "cache" / "models" / path.name).symlink_to(path)
    assert shutil.disk_usage(path)  # the link can be followed


@pytest.mark.model
@pytest.mark.timeout(600)
def test_the_real_model_fills_a_gap(real):
    greedy = SamplingSettings(temperature=0, max_tokens=12)
    with load("embedded", threads=1) as lm:
        assert lm.infill == llamacpp.INFILL[0]
        before, between, after = lm.infill
        for name in ("surface", "total"):  # only what follows knows the name
            prompt = Prompt(f"{before}def area(width, height):{between}\n    return {name}\n{after}")
            (filled,) = lm.generate(prompt, 1, greedy)
            assert filled.text.startswith(f"\n    {name} = width * height\n")
    with SecCoder(model="embedded", codebase="bundled", retriever="none", temperature=0, threads=1) as seccoder:
        code, suffix = "def area(width, height):\n", "\n    return total\n"
        result = seccoder.generate(code, language="python", suffix=suffix)
        assert result.prompt.text.startswith(before)
        assert result.samples[0].code == f"{code}    total = width * height\n{suffix}"


@pytest.mark.model
@pytest.mark.timeout(600)
def test_the_real_model_goes_on_behind_a_line_end_that_is_one_token_with_what_is_before(real):
    with load("embedded?completions", threads=1) as lm:
        code = "int area(int w, int h)\n{"
        assert [lm._ends_a_line(each) for each in (code, "names = os.listdir(", "# get it")] == [True, False, False]
        greedy = SamplingSettings(temperature=0, max_tokens=12)
        (completion,) = lm.generate(Prompt(code), 1, greedy)
        assert completion.text.startswith("\n    return w * h;")
        stopped = replace(greedy, stop=("\n    return",))
        assert [each.text for each in lm.generate(Prompt(code), 2, stopped)] == ["", ""]


@pytest.mark.model
@pytest.mark.timeout(600)
def test_the_real_model_answers_in_its_own_template(real):
    with load("embedded?chat", threads=1) as lm:
        assert lm._in_template(MESSAGES).text == (
            "<|im_start|>system\nYou write code.<|im_end|>\n<|im_start|>user\nGo on.<|im_end|>\n<|im_start|>assistant\n"
        )
        ask = Prompt("", (Message("user", "Write only this Python line in a fenced block: x = 1"),))
        (answer,) = lm.generate(ask, 1, replace(SETTINGS, temperature=0, max_tokens=40))
        assert "x = 1" in answer.text
        assert answer.finish == "stop"


@pytest.mark.model
def test_calls_side_by_side_wait_for_room(base, monkeypatch):
    monkeypatch.setattr(llamacpp, "CELLS", 64)
    monkeypatch.setattr(llamacpp, "SLOTS", 4)
    with load(f"gguf:{base}", threads=1) as lm:
        assert lm.calls_at_a_time == 2
        open_, most = [], []
        draw = lm._client.sample

        def watched(prompt, seeds, settings, *rest, **named):
            open_.append(len(seeds))
            most.append(sum(open_))
            try:
                return draw(prompt, seeds, settings, *rest, **named)
            finally:
                open_.remove(len(seeds))

        monkeypatch.setattr(lm._client, "sample", watched)
        requests = [(Prompt(text), 3, SETTINGS) for text in ("a", "b", "c", "d")]
        answers = {number: done for number, done, _ in lm.generate_all(requests)}
    assert sorted(answers) == [0, 1, 2, 3]
    assert [len(each) for each in answers.values()] == [3] * 4
    assert max(most) <= 4  # three and three are more than there are slots


@pytest.mark.model
def test_a_model_goes_on_after_nobody_waited_for_it(base):
    with load(f"gguf:{base}", threads=1) as lm:
        answers = lm.generate_all([(Prompt(text), 2, SETTINGS) for text in ("a", "b", "c")])
        next(answers)
        answers.close()
        assert len(lm.generate(Prompt("a"), 2, SETTINGS)) == 2
