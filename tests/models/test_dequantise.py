"""A GGUF file is unpacked once into a folder that transformers reads, and loaded from it in any number format."""

from types import SimpleNamespace

import pytest

import tiny_models
from conftest import need_module
from seccoder.errors import ModelError
from seccoder.models import load
from seccoder.types import Prompt, SamplingSettings

GREEDY = SamplingSettings(temperature=0, max_tokens=12)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def gguf(tmp_path_factory):
    for name in ("gguf", "accelerate", "transformers"):
        need_module(name)
    return tiny_models.write_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_the_weights_are_those_that_transformers_loads(gguf, user_folders, dtype):
    import torch
    import transformers

    from seccoder.models.huggingface import dequantise

    number = getattr(torch, dtype)
    folder = dequantise.folder_of(gguf)
    ours = dequantise.load(folder, number)
    theirs = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=number)
    assert ours.dtype is number and ours.generation_config.to_dict() == theirs.generation_config.to_dict()
    assert ours.state_dict().keys() == theirs.state_dict().keys()
    assert all(torch.equal(mine, other) for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True))


def test_it_is_unpacked_once(gguf, user_folders):
    texts = []
    for _ in range(2):
        with load(f"hf:{gguf}", threads=1) as lm:
            texts += [each.text for each in lm.generate(Prompt("def area(a):"), 1, GREEDY)]
        (folder,) = (user_folders / "cache" / "models" / "unpacked").iterdir()
        (folder / "chat_template.jinja").write_text("{{ messages }}")  # would be gone after another time
    assert texts[0] and len(set(texts)) == 1 and lm.words_in_chat


def test_a_file_that_is_no_model_leaves_nothing(tmp_path, user_folders):
    need_module("transformers")
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ModelError, match=r"cannot read .*broken\.gguf") as caught:
        load(f"hf:{tmp_path / 'broken.gguf'}")
    assert "\n" not in str(caught.value)
    assert not list((user_folders / "cache" / "models" / "unpacked").iterdir())


@pytest.mark.parametrize(
    ("capabilities", "dtype"),
    [
        ({"amx_bf16": True}, "bfloat16"),
        ({"amx_bf16": False, "avx512_bf16": True}, "bfloat16"),
        ({"avx512_f": True}, ""),
    ],
)
def test_samples_are_in_bfloat16_where_the_processor_has_it(capabilities, dtype):
    from seccoder.models.huggingface.loading import sampling_dtype

    torch = SimpleNamespace(cpu=SimpleNamespace(get_capabilities=lambda: capabilities))
    assert sampling_dtype(torch) == dtype
    assert sampling_dtype(SimpleNamespace(cpu=SimpleNamespace())) == ""
