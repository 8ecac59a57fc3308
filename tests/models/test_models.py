"""The contract of every code LM, run over all of them; tiny random models and the embedded server stand in."""

import argparse
import html.entities
import inspect
import json.decoder
import os
import subprocess
import sys
from dataclasses import replace

import pytest

import tiny_models
from conftest import missing, need_module
from seccoder.errors import ModelError, UsageError
from seccoder.models import load
from seccoder.models.embedded import llamacpp
from seccoder.models.sampling import ending, seed_of
from seccoder.types import Prompt, SamplingSettings

PROMPT = Prompt("def add(a, b):\n    return a + ")
SETTINGS = SamplingSettings(temperature=1.0, top_p=0.95, top_k=20, max_tokens=24, seed=7)
HF = ["codegen", "gpt_bigcode", "xglm", "llama"]
MODEL = pytest.mark.model
LMS = [
    "fake",
    *(pytest.param(name, marks=MODEL) for name in ["gguf", "smollm2", "openai", "openai-completions"]),
    *(pytest.param(f"hf-{kind}", marks=MODEL) for kind in HF),
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def gguf_lm(folder):
    for module in ("xllamacpp", "gguf"):
        try:
            __import__(module)
        except ImportError:
            missing(module)
    with load(f"gguf:{tiny_models.write_gguf(folder / 'tiny.gguf')}", threads=1) as lm:
        yield lm


def hf(folder, kind):
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError:
        missing("transformers")
    path = folder / kind
    if not path.exists():
        tiny_models.write_hf(path, kind)
    lm = load(f"hf:{path}", threads=1)
    lm.model.float()  # in bfloat16, rounding would change texts from one shape of batch to another
    return lm


def real_smollm2(real_cache):
    from seccoder.models.embedded import llamacpp, smollm2

    path = real_cache / "models" / smollm2.NAME
    if not path.is_file():
        missing("SmolLM2 (seccoder data pull smollm2)")
    return llamacpp.LlamaCppLM(path, spec="embedded:smollm2", threads=1)


@pytest.fixture(scope="session")
def made():
    """Each code LM is made once a session."""
    lms = {}
    yield lms
    for lm in lms.values():
        lm.close()


@pytest.fixture(params=LMS)
def lm(request, folder, real_cache, made, monkeypatch):
    name = request.param
    if name not in made:
        if name == "fake":
            made[name] = load(f"fake:{tiny_models.write_texts(folder / 'texts.json')}")
        elif name == "gguf":
            return request.getfixturevalue("gguf_lm")
        elif name == "smollm2":
            made[name] = real_smollm2(real_cache)
        elif name.startswith("openai"):
            server = request.getfixturevalue("gguf_lm")
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            monkeypatch.setenv("OPENAI_API_KEY", server.key)
            made[name] = load("openai:tiny" + ("?completions" if name.endswith("completions") else ""))
        else:
            made[name] = hf(folder, name.removeprefix("hf-"))
    return made[name]


def skip_rounding(lm):
    if lm.name == "embedded:smollm2":
        pytest.skip("quantised models round differently alone and in a batch: docs/models.md says so")


def texts(completions):
    return [completion.text for completion in completions]


def test_it_has_a_name_and_a_context(lm):
    assert lm.name.split(":")[0] in {"fake", "gguf", "embedded", "openai", "hf"}
    assert lm.chat is (lm.name == "openai:tiny")
    assert lm.context_length >= tiny_models.CONTEXT


def test_exactly_n_completions_in_the_order_of_their_seeds(lm):
    for n in (0, 1, 3):
        completions = lm.generate(PROMPT, n, SETTINGS)
        assert len(completions) == n
        seeds = [completion.seed for completion in completions]
        assert seeds == sorted(set(seeds))
        assert all(0 <= completion.seconds < 120 for completion in completions)


def test_a_call_is_reproducible_and_another_seed_gives_other_texts(lm):
    once = texts(lm.generate(PROMPT, 3, SETTINGS))
    assert texts(lm.generate(PROMPT, 3, SETTINGS)) == once
    assert len(set(once)) == 3
    assert set(once).isdisjoint(texts(lm.generate(PROMPT, 3, replace(SETTINGS, seed=1010))))


def test_a_sample_depends_on_its_seed_and_not_on_its_company(lm):
    skip_rounding(lm)
    three = texts(lm.generate(PROMPT, 3, replace(SETTINGS, max_tokens=4)))
    assert texts(lm.generate(PROMPT, 1, replace(SETTINGS, max_tokens=4))) == three[:1]


def test_max_tokens(lm):
    for completion in lm.generate(PROMPT, 2, replace(SETTINGS, max_tokens=3)):
        assert completion.finish in {"length", "stop"}
        assert completion.tokens <= 3
        assert len(completion.text.split()) <= 3 or lm.name != "fake"


def test_stop_strings_end_a_completion_and_are_not_part_of_it(lm):
    settings = replace(SETTINGS, temperature=0.0)
    whole = lm.generate(PROMPT, 1, settings)[0].text
    stop = whole[3:5]
    completion = lm.generate(PROMPT, 1, replace(settings, stop=("never there", stop)))[0]
    assert completion.text == whole[: whole.index(stop)]
    assert completion.finish == "stop"


def test_stop_when_ends_a_completion_early(lm):
    settings = replace(SETTINGS, stop_when=lambda text: len(text) >= 6)
    for completion in lm.generate(PROMPT, 3, settings):
        assert completion.finish == "cut"
        assert 6 <= len(completion.text) < 40
        assert completion.tokens is None or completion.tokens <= SETTINGS.max_tokens


def test_stop_when_that_never_fires_changes_nothing(lm):
    skip_rounding(lm)
    never = replace(SETTINGS, stop_when=lambda text: False, max_tokens=4)
    assert texts(lm.generate(PROMPT, 2, never)) == texts(lm.generate(PROMPT, 2, replace(never, stop_when=None)))


def test_token_counts(lm):
    assert lm.count_tokens("") == 0
    assert 0 < lm.count_tokens("x = 1") <= lm.count_tokens("x = 1\ny = 2")
    assert lm.count_tokens("naïve 中文 \x00 \ud800".encode("utf-8", "replace").decode()) > 0
    completion = lm.generate(PROMPT, 1, SETTINGS)[0]
    assert 0 < completion.tokens <= SETTINGS.max_tokens
    if lm.name.startswith("openai"):
        assert completion.prompt_tokens >= len(PROMPT.text)  # as the tiny server counts: bytes, and the chat template
    else:
        assert completion.prompt_tokens == lm.count_tokens(PROMPT.text)


def test_temperature_zero_is_greedy(lm):
    if lm.name.startswith("fake"):
        pytest.skip("what the fake model says does not depend on the temperature")
    settings = replace(SETTINGS, temperature=0.0, max_tokens=8)
    first, second = texts(lm.generate(PROMPT, 2, settings))
    one, other = (lm.generate(PROMPT, 1, replace(settings, seed=seed))[0].text for seed in (99, 100))
    assert first == second and one == other
    skip_rounding(lm)
    assert first == one


def test_a_prompt_longer_than_the_context_is_one_clear_line(lm):
    if lm.name.startswith("fake"):
        prompt = Prompt("word " * (lm.context_length + 1))
    else:
        prompt = Prompt("x = 1\n" * lm.context_length)
    with pytest.raises(ModelError, match=r"\d+ tokens") as caught:
        lm.generate(prompt, 2, SETTINGS)
    assert "\n" not in str(caught.value)


def test_a_prompt_that_fills_the_context_leaves_room_for_what_is_left(lm):
    if lm.name.startswith(("openai", "embedded", "fake")):
        pytest.skip("for models whose tokenizer is the tiny one")
    prompt = Prompt("x" * (lm.context_length - 2))
    assert all(completion.tokens <= 2 for completion in lm.generate(prompt, 2, SETTINGS))


def test_an_empty_prompt_is_refused_except_by_those_that_do_not_need_one(lm):
    if lm.chat or lm.name.startswith("fake"):
        assert len(lm.generate(Prompt(""), 2, SETTINGS)) == 2
    else:
        with pytest.raises(ModelError, match="empty prompt"):
            lm.generate(Prompt(""), 2, SETTINGS)


# --- what is particular to one of them -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spec", ["", "gpt-4", "openai:", "hf:", "gguf:", "fake", "embedded:", "embedded:x", "OPENAI:x", "openai:x?y"]
)
def test_a_wrong_spec_says_what_there_is(spec):
    with pytest.raises(UsageError, match=r"openai:MODEL|embedded:smollm2"):
        load(spec)


def test_only_the_chosen_module_is_imported():
    code = "import sys; from seccoder.models import load; load('fake:'); print(sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("torch", "transformers'", "httpx2", "xllamacpp", "numpy"):
        assert f"'{heavy.rstrip(chr(39))}'" not in modules


def test_the_fake_model_reads_a_list_of_texts(tmp_path):
    (tmp_path / "texts.json").write_text('["one", "two", "three"]')
    lm = load(f"fake:{tmp_path / 'texts.json'}")
    assert texts(lm.generate(PROMPT, 4, SamplingSettings(seed=1))) == ["two", "three", "one", "two"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"[1]", b"not json", b"\xff\xfe\x00", b'"text"'])
def test_the_fake_model_refuses_anything_else(tmp_path, content):
    (tmp_path / "texts.json").write_bytes(content)
    with pytest.raises(ModelError):
        load(f"fake:{tmp_path / 'texts.json'}")
    with pytest.raises(ModelError, match="cannot read"):
        load(f"fake:{tmp_path / 'absent.json'}")


def test_calls_with_neighbouring_seeds_share_no_sample():
    seeds = [{seed_of(SamplingSettings(seed=seed), i) for i in range(1000)} for seed in (0, 1, 2, -1, 12345)]
    assert len(set.union(*seeds)) == 5000
    assert all(0 <= seed < 2**31 for some in seeds for seed in some)


def test_the_earliest_stop_string_counts():
    settings = SamplingSettings(stop=("", "b", "ab"), stop_when=lambda text: text.endswith("!"))
    assert ending("xxab", settings) == ("xx", "stop")
    assert ending("xx!", settings) == ("xx!", "cut")
    assert ending("xx", settings) is None


@pytest.mark.model
@pytest.mark.parametrize("module", [argparse, json.decoder, subprocess, html.entities])
def test_the_estimate_for_remote_models_is_above_a_real_count(module, real_cache, made):
    from seccoder.models.endpoints.openai import OpenAILM

    if "smollm2" not in made:
        made["smollm2"] = real_smollm2(real_cache)
    text = inspect.getsource(module)[:20_000]
    exact = made["smollm2"].count_tokens(text)
    assert exact <= OpenAILM.count_tokens(None, text) <= 3 * exact


@pytest.mark.model
@pytest.mark.parametrize("kind", HF)
def test_a_shared_prefill_gives_what_transformers_gives_without_one(kind, folder):
    lm = hf(folder, kind)
    import torch

    passes = []
    hook = lm.model.register_forward_hook(
        lambda module, args, kwargs, out: passes.append(out.logits.shape[0]), with_kwargs=True
    )
    sizes = []
    embedding = lm.model.get_input_embeddings().register_forward_hook(
        lambda module, args, out: sizes.append(out.shape[:2].numel())
    )
    completions = lm.generate(PROMPT, 5, replace(SETTINGS, temperature=0.0, max_tokens=12))
    hook.remove()
    embedding.remove()
    ids = torch.tensor([lm._encode(PROMPT.text)])
    plain = lm.model.generate(
        ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=12, eos_token_id=256, pad_token_id=256
    )[0, ids.shape[1] :]
    assert {completion.text for completion in completions} == {lm.tokenizer.decode(plain, skip_special_tokens=True)}
    assert passes[0] == 1
    assert max(passes[1:]) == 5
    assert sizes[0] == ids.shape[1] - 1  # the prompt but its last token, once
    assert max(sizes[1:]) == 5  # and after that one token per sample at a time


@pytest.mark.model
@pytest.mark.parametrize("kind", [*HF, "mistral", "qwen3_next", "mamba"])
def test_samples_that_end_early_leave_the_others_as_they_were(kind, folder):
    lm = hf(folder, kind)
    settings = replace(SETTINGS, temperature=1.5, top_p=1.0, top_k=0, max_tokens=60, seed=5)
    whole = lm.generate(PROMPT, 8, settings)
    some = {text[:20] for text in texts(whole)[::2]}
    cut = lm.generate(PROMPT, 8, replace(settings, stop_when=lambda text: text[:20] in some))
    for place, (long, short) in enumerate(zip(whole, cut, strict=True)):
        if place % 2:
            assert (short.text, short.finish, short.tokens) == (long.text, long.finish, long.tokens)
        else:
            assert (short.text, short.finish) == (long.text[:20], "cut")
            assert short.tokens < long.tokens


@pytest.mark.model
@pytest.mark.parametrize("kind", [*HF, "mistral", "qwen3_next", "mamba", "phi3"])
def test_many_prompts_at_a_time_give_what_each_gives_alone(kind, folder, monkeypatch):
    lm = hf(folder, kind)
    from seccoder.models.huggingface import pool

    settings = replace(SETTINGS, temperature=1.5, top_p=1.0, top_k=0, max_tokens=40)
    requests = [
        (PROMPT, 3, settings),
        (Prompt("x" * 250), 2, replace(settings, seed=2)),  # its context ends after 6 tokens
        (Prompt("y"), 4, replace(settings, seed=3)),
        (Prompt("def f(x):\n    "), 5, replace(settings, seed=4, stop_when=lambda text: len(text) > 5)),
        (PROMPT, 2, replace(settings, temperature=0.0)),
        (Prompt("z = "), 6, replace(settings, seed=6, first=3, max_tokens=1)),
    ]
    can_share = lm.shares
    assert can_share is (kind in {"gpt_bigcode", "llama", "phi3"})
    monkeypatch.setattr(lm, "shares", False)
    alone = {number: lm.generate(*request) for number, request in enumerate(requests)}
    for rows, shares in [(4, False), (128, False), (4, True), (11, True), (128, True)][: 5 if can_share else 2]:
        monkeypatch.setattr(pool, "_ROWS", rows)
        monkeypatch.setattr(lm, "shares", shares)
        answers = list(lm.generate_all(iter(requests)))
        assert sorted(number for number, _, _ in answers) == list(range(len(requests)))
        for number, completions, seconds in answers:
            assert seconds > 0
            for one, other in zip(completions, alone[number], strict=True):
                assert replace(one, seconds=0.0) == replace(other, seconds=0.0)


@pytest.mark.model
def test_what_was_asked_before_a_bad_prompt_is_answered(folder):
    lm = hf(folder, "llama")
    answers = lm.generate_all([(PROMPT, 2, SETTINGS), (Prompt("x = "), 2, SETTINGS), (Prompt(""), 2, SETTINGS)])
    assert {next(answers)[0], next(answers)[0]} == {0, 1}
    with pytest.raises(ModelError, match="empty prompt"):
        next(answers)


@pytest.mark.model
def test_requests_with_one_prompt_share_it(folder):
    lm = hf(folder, "llama")
    begun = []
    whole = lm.prefill
    lm.prefill = lambda ids: begun.append(ids) or whole(ids)
    list(lm.generate_all([(PROMPT, 2, SETTINGS), (PROMPT, 2, replace(SETTINGS, first=2)), (Prompt("x"), 1, SETTINGS)]))
    assert len(begun) == 2


@pytest.mark.model
def test_an_ended_sample_leaves_its_place_to_the_next(folder):
    lm = hf(folder, "llama")
    sizes = []
    hook = lm.model.register_forward_hook(
        lambda module, args, kwargs, out: sizes.append(out.logits.shape[0]), with_kwargs=True
    )
    ends = replace(SETTINGS, stop_when=lambda text: len(text) > 3, max_tokens=150)
    goes_on = replace(ends, stop_when=None)
    list(lm.generate_all([(PROMPT, 1, goes_on), *((Prompt(f"x{i} = "), 2, ends) for i in range(100))]))
    hook.remove()
    assert max(sizes) == 128
    assert len(sizes) < 101 + 170  # the prompts, and steps for little longer than the longest sample


@pytest.mark.model
def test_samples_follow_the_models_distribution(folder):
    """The noise draws as softmax would: frequencies of the first token against its probabilities."""
    lm = hf(folder, "llama")
    import torch

    settings = SamplingSettings(temperature=1.0, top_p=1.0, top_k=4, max_tokens=1)
    drawn = texts(lm.generate(PROMPT, 1500, settings))
    with torch.inference_mode():
        logits = lm.model(torch.tensor([lm._encode(PROMPT.text)])).logits[0, -1].float()
    best = logits.topk(4)
    for token, p in zip(best.indices.tolist(), best.values.softmax(0).tolist(), strict=True):
        seen = drawn.count(lm.tokenizer.decode([token])) / len(drawn)
        assert abs(seen - p) < 0.06, (token, p, seen)


@pytest.mark.model
@pytest.mark.parametrize("content", ["", "GGU", "GGUF", "not a model at all" * 10, "half"])
def test_a_broken_gguf_file_is_one_line(tmp_path, gguf_lm, folder, content, capfd):
    path = tmp_path / "broken.gguf"
    whole = (folder / "tiny.gguf").read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content == "half" else content.encode())
    with pytest.raises(ModelError, match=r"broken\.gguf"):
        load(f"gguf:{path}")
    with pytest.raises(ModelError, match="No such file"):
        load(f"gguf:{tmp_path / 'absent.gguf'}")
    assert capfd.readouterr().err == ""


@pytest.mark.model
@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("embedded", "qwen2.5-coder-0.5b"),
        ("embedded:qwen2.5-coder-1.5b", "qwen2.5-coder-1.5b"),
        ("embedded:smollm2", "smollm2"),
    ],
)
def test_an_embedded_model_says_how_to_get_it(spec, name):
    with pytest.raises(ModelError, match=f"seccoder data pull {name}$"):
        load(spec)


@pytest.mark.model
def test_a_model_that_is_too_large_for_the_memory_is_one_line(monkeypatch, gguf_lm, folder):
    monkeypatch.setattr(llamacpp, "free_memory", lambda: 10**8)
    with pytest.raises(
        ModelError, match=r"tiny\.gguf needs about 0\.\d GB of memory, and 0\.1 GB are free here"
    ) as caught:
        load(f"gguf:{folder / 'tiny.gguf'}")
    assert "\n" not in str(caught.value)


def test_the_free_memory_is_below_the_machines():
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert 0 < llamacpp.free_memory() <= total


@pytest.mark.parametrize(
    ("cores", "load", "free"), [(2, 0.2, 2), (2, 1.0, 1), (2, 9.0, 1), (1, 0.0, 1), (16, 4.4, 12), (4, 0.6, 3)]
)
def test_the_embedded_model_takes_the_cores_that_are_free(monkeypatch, cores, load, free):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert llamacpp.free_cores() == free


@pytest.mark.model
def test_llamacpp_is_silent_and_closes(folder, gguf_lm, capfd):
    with load(f"gguf:{folder / 'tiny.gguf'}", threads=1) as lm:
        lm.generate(PROMPT, 2, SETTINGS)
        url = lm.url
    assert capfd.readouterr() == ("", "")
    import httpx2

    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{url}/models", trust_env=False)


@pytest.mark.model
@pytest.mark.parametrize("name", ["./absent", "/absent/folder", "~absent/x"])
def test_an_hf_folder_that_is_not_there(name):
    need_module("transformers")
    with pytest.raises(ModelError, match="no such folder"):
        load(f"hf:{name}")


@pytest.mark.model
def test_an_hf_folder_without_a_model(tmp_path):
    need_module("transformers")
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelError, match="cannot load") as caught:
        load(f"hf:{tmp_path}")
    assert "\n" not in str(caught.value)
