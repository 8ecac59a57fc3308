"""SVEN and SafeCoder on tiny random models: the losses, what learns, resuming, and the results as code LMs."""

import csv
import json
import tarfile

import pytest

import tiny_models
from conftest import missing
from seccoder.errors import ModelError, UsageError
from seccoder.evaluation.baselines import safecoder, sven, training
from seccoder.evaluation.baselines.pairs import Pair, safecoder_examples, sven_examples, utility_examples
from seccoder.models import load
from seccoder.models.huggingface import adapters
from seccoder.models.specs import Adapter
from seccoder.types import Prompt, SamplingSettings

try:
    import peft  # noqa: F401
    import torch
    import transformers
except ImportError:
    torch = None

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning"),  # transformers, when peft asks it
]

KINDS = ["codegen", "gpt_bigcode", "xglm", "llama"]
PROMPT = Prompt("def f(c, name):\n")
GREEDY = SamplingSettings(temperature=0.0, max_tokens=8)
PAIRS = [
    Pair(
        "python",
        "CWE-89",
        f"def f(c, {x}):\n    c.execute(q, ({x},))\n",
        f"def f(c, {x}):\n    c.execute(q % {x})\n",
        f"find {x}",
    )
    for x in ("name", "user", "city")
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    if torch is None:
        missing("the extra train")
    torch.set_num_threads(1)
    return tmp_path_factory.mktemp("baselines")


def tiny(folder, kind):
    from seccoder.models.huggingface.loading import open_model

    path = folder / kind
    if not path.exists():
        tiny_models.write_hf(path, kind)
    return (*open_model(str(path)), path)


def shaken(objective):
    """Move the prefixes away from zero, so that nothing is equal by accident."""
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in objective.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.5)
    return objective


def behind(model, table, ids):
    """Logits behind one prefix, by another way: token by token, through the cache."""
    shape = adapters.shape_of(model)
    flat = table.detach().view(table.shape[0], shape.layers, 2, shape.heads, -1).permute(1, 2, 3, 0, 4)[:, :, None]
    cache = transformers.DynamicCache([(layer[0], layer[1]) for layer in flat])
    out = []
    for token in ids:
        step = model(torch.tensor([[token]]), past_key_values=cache, use_cache=True)
        cache = step.past_key_values
        out.append(step.logits[0, 0])
    return torch.stack(out).log_softmax(-1)


@pytest.mark.parametrize("kind", KINDS)
def test_svens_losses_are_what_the_paper_says(folder, kind):
    tokenizer, model, _ = tiny(folder, kind)
    settings = sven.SvenSettings(tokens=3, lm=0.5, contrastive=2.0, kl=0.7)
    objective = shaken(sven.Sven(model, settings))
    for example in sven_examples(PAIRS[:1], tokenizer, 200, window=False):
        with torch.no_grad():
            losses = objective.losses(example)
            ids, changed = torch.tensor(example.tokens), torch.tensor(example.marked[1:])
            frozen = model(ids[None]).logits[0, :-1].log_softmax(-1)
            secure, vulnerable = (behind(model, table, example.tokens)[:-1] for table in objective.parameters())
        own, other = (secure, vulnerable) if example.label == "secure" else (vulnerable, secure)
        p_own, p_other = (each.gather(1, ids[1:, None]).squeeze(1)[changed].exp() for each in (own, other))
        kl = sum(
            torch.nn.functional.kl_div(each, frozen, log_target=True, reduction="none").sum(1)[~changed].mean()
            for each in (own, other)
        )
        assert float(losses["lm"]) == pytest.approx(0.5 * float(-p_own.log().mean()), rel=1e-3)
        share = p_own / (p_own + p_other)
        assert float(losses["contrastive"]) == pytest.approx(2 * float(-share.log().mean()), rel=1e-3)
        assert float(losses["kl"]) == pytest.approx(0.7 * float(kl), rel=1e-3, abs=1e-4)


def test_gradients_are_exact_and_reach_the_prefixes_alone(folder):
    tokenizer, model, _ = tiny(folder, "llama")
    objective = shaken(sven.Sven(model, sven.SvenSettings(tokens=2)))
    example = next(sven_examples(PAIRS, tokenizer, 200, window=False))
    sum(objective.losses(example).values()).backward()
    learning = {id(parameter) for parameter in objective.parameters()}
    assert all(parameter.grad is None for parameter in model.parameters() if id(parameter) not in learning)
    for table in objective.parameters():
        place = divmod(int(table.grad.abs().argmax()), table.shape[1])
        slope, step = float(table.grad[place]), 1e-2
        ends = []
        for sign in (1, -1):
            with torch.no_grad():
                table[place] += sign * step
                ends.append(float(sum(objective.losses(example).values())))
                table[place] -= sign * step
        assert slope == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=2e-2)


def test_safecoders_losses_are_what_the_paper_says(folder):
    tokenizer, model, _ = tiny(folder, "llama")
    objective = safecoder.SafeCoder(model, safecoder.SafeCoderSettings(rank=2, weight=0.5))
    objective.training(False)
    examples = list(safecoder_examples(PAIRS[:1], tokenizer, 200, window=False))
    examples += utility_examples([("add", "a + b")], tokenizer, 99)
    assert [example.label for example in examples] == ["secure", "vulnerable", "utility"]
    for example in examples:
        with torch.no_grad():
            (loss,) = objective.losses(example).values()
            ids, marked = torch.tensor(example.tokens), torch.tensor(example.marked[1:])
            p = model(ids[None]).logits[0, :-1].softmax(-1).gather(1, ids[1:, None]).squeeze(1)[marked]
        expected = -(1 - p).log().mean() if example.label == "vulnerable" else -p.log().mean()
        weight = 1.0 if example.label == "utility" else 0.5
        assert float(loss) == pytest.approx(weight * float(expected), rel=1e-3)
    assert {name.split(".")[-3] for name, p in model.named_parameters() if p.requires_grad} == {"lora_A", "lora_B"}


def test_a_vocabulary_that_is_not_linear_is_refused(folder):
    _, model, _ = tiny(folder, "llama")
    model.register_forward_hook(lambda module, arguments, out: setattr(out, "logits", out.logits.clamp(-1, 1)))
    with pytest.raises(ModelError, match="not linear"):
        sven.Sven(model, sven.SvenSettings())


def train_sven(folder, tokenizer, model, on_progress=lambda done, total: None):
    examples = list(sven_examples(PAIRS, tokenizer, 200, window=False))
    objective = sven.Sven(model, sven.SvenSettings(tokens=2, kl=0.1))
    schedule = training.Schedule(2, 0.05, 2, seed=3)
    return objective, training.fit(objective, examples, examples[:2], schedule, folder, on_progress=on_progress)


def test_the_prefixes_separate(folder, tmp_path):
    tokenizer, model, _ = tiny(folder, "llama")
    examples = list(sven_examples(PAIRS, tokenizer, 200, window=False))
    objective = sven.Sven(model, sven.SvenSettings(tokens=4, dropout=0.0, kl=0.1))
    epochs = training.fit(objective, examples, examples, training.Schedule(10, 0.3, 1), tmp_path)
    last = epochs[-1].validation["contrastive"] / 4.0
    assert last < 0.2  # 0.69 where the prefixes do the same
    assert epochs[-1].validation["lm"] < epochs[0].validation["lm"]


def test_a_killed_training_goes_on_to_the_same_losses(folder, tmp_path, monkeypatch):
    tokenizer, model, _ = tiny(folder, "llama")
    _, whole = train_sven(tmp_path / "whole", tokenizer, model)
    monkeypatch.setattr(training, "SAVE_EVERY", 0.0)

    def kill(done, total):
        if done == 9:  # one example after a checkpoint, within the second epoch
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_sven(tmp_path / "killed", *tiny(folder, "llama")[:2], on_progress=kill)
    _, resumed = train_sven(tmp_path / "killed", *tiny(folder, "llama")[:2])
    assert [(e.training, e.validation) for e in resumed] == [(e.training, e.validation) for e in whole]
    with pytest.raises(UsageError, match="other settings"):
        training.fit(
            sven.Sven(tiny(folder, "llama")[1], sven.SvenSettings(tokens=2)),
            list(sven_examples(PAIRS, tokenizer, 200, window=False)),
            [],
            training.Schedule(1, 0.1, 1),
            tmp_path / "killed",
            fingerprint="another",
        )


@pytest.mark.parametrize("kind", KINDS)
def test_every_architecture_trains_and_generates(folder, tmp_path, kind):
    tokenizer, model, path = tiny(folder, kind)
    objective, _ = train_sven(tmp_path, tokenizer, model)
    objective.save(tmp_path)
    ids = tokenizer(PROMPT.text)["input_ids"]
    for name, table in zip(("sven-sec", "sven-vul"), objective.parameters(), strict=True):
        expected = list(ids)
        with torch.no_grad():
            for _ in range(GREEDY.max_tokens):
                expected.append(int(behind(model, table, expected)[-1].argmax()))
        with load(f"hf:{path}+{name}:{tmp_path}", threads=1) as lm:
            assert lm.context_length == tiny_models.CONTEXT - 2
            completion = lm.generate(PROMPT, 2, GREEDY)[1]
            assert completion.text == tokenizer.decode(expected[len(ids) :]).split(tiny_models.EOS)[0]
            assert completion.prompt_tokens == len(ids)


def test_a_safecoder_adapter_is_a_code_lm(folder, tmp_path):
    tokenizer, model, path = tiny(folder, "codegen")
    objective = safecoder.SafeCoder(model, safecoder.SafeCoderSettings(rank=2))
    examples = list(safecoder_examples(PAIRS, tokenizer, 200, window=False))
    epochs = training.fit(objective, examples, [], training.Schedule(3, 0.01, 2), tmp_path)
    assert epochs[-1].training["secure"] < epochs[0].training["secure"]
    objective.save(tmp_path)
    expected = list(tokenizer(PROMPT.text)["input_ids"])
    start = len(expected)
    with torch.no_grad():
        for _ in range(GREEDY.max_tokens):
            expected.append(int(model(torch.tensor([expected])).logits[0, -1].argmax()))
    with load(f"hf:{path}+safecoder:{tmp_path}", threads=1) as lm:
        text = lm.generate(PROMPT, 1, GREEDY)[0].text
    assert text == tokenizer.decode(expected[start:]).split(tiny_models.EOS)[0]


def test_svens_published_prefix_fits_codegen_350m_and_nothing_else(folder, tmp_path, sven_archive):
    with tarfile.open(sven_archive) as archive:
        member = next(m for m in archive if m.name.endswith("350m-prefix/checkpoint-last/pytorch_model.bin"))
        (tmp_path / "pytorch_model.bin").write_bytes(archive.extractfile(member).read())
    config = transformers.CodeGenConfig(vocab_size=64, n_embd=1024, n_head=16, n_layer=20, n_inner=8, rotary_dim=32)
    model = transformers.AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16).eval()
    found = [adapters.load_prefix(Adapter(kind, tmp_path), model) for kind in ("sven-sec", "sven-vul")]
    assert [tuple(prefix.shape) for prefix in found] == [(40, 16, 5, 64)] * 2
    assert not torch.equal(*found)
    with torch.no_grad():
        cache = adapters.cache_of(found, model)
        assert model(torch.tensor([[1], [1]]), past_key_values=cache).logits.isfinite().all()
    path = tiny(folder, "codegen")[2]
    with pytest.raises(ModelError, match="20 layers of 16 x 64, and the model has 2 of 4 x 16"):
        load(f"hf:{path}+sven-sec:{tmp_path}")


@pytest.mark.parametrize("kind", ["sven-sec", "sven-vul", "safecoder"])
def test_a_folder_without_an_adapter(folder, tmp_path, kind):
    path = tiny(folder, "llama")[2]
    with pytest.raises(ModelError, match="holds no"):
        load(f"hf:{path}+{kind}:{tmp_path}")


def test_a_file_that_is_no_prefix(folder, tmp_path):
    (tmp_path / "pytorch_model.bin").write_bytes(b"not a tensor")
    with pytest.raises(ModelError, match="holds no SVEN prefixes"):
        load(f"hf:{tiny(folder, 'llama')[2]}+sven-sec:{tmp_path}")


def test_the_command_trains_and_writes_a_card(folder, tmp_path, monkeypatch, capsys):
    from seccoder.cli import run

    path = tiny(folder, "llama")[2]
    table = tmp_path / "bigvul.csv"
    with table.open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["CWE ID", "lang", "vul", "func_before", "func_after"])
        for i in range(4):
            twins = [f"int f(int a)\n{{\n  return b[a{check} + {i}];\n}}" for check in ("", " % 9")]
            rows.writerow(["CWE-20", "C", "1", *twins])
    out = tmp_path / "out"
    arguments = ["--model", f"hf:{path}", "--data", f"bigvul:{table}", "--out", str(out), "--epochs", "1"]
    assert run(["train", "sven", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.out.split() == [f"hf:{path}+sven-sec:{out}", f"hf:{path}+sven-vul:{out}"]
    assert "epoch 1: lm " in shown.err
    said = json.loads((out / "card.json").read_text())
    assert said["data"]["training examples"] == 8
    assert said["settings"]["learning_rate"] == 0.01 and said["versions"]["peft"]
    assert set(said["epochs"][0]["training"]) == {"lm", "contrastive", "kl"}
    assert not (out / "checkpoint.pt").exists()
    assert run(["train", "safecoder", *arguments, "--utility-size", "3"]) == 0
    with load(f"hf:{path}+safecoder:{out}", threads=1) as lm:
        assert len(lm.generate(PROMPT, 1, GREEDY)) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--model", "openai:x"], "cannot train"),
        (["--data", "nothing"], "unknown training data"),
        (["--data", "bigvul:/nowhere.csv"], "cannot read"),
        (["--model", "hf:/nowhere"], "no such folder"),
    ],
)
def test_bad_arguments(tmp_path, capsys, arguments, says):
    from seccoder.cli import run

    if torch is None:  # the first thing that is told
        missing("the extra train")
    data = [] if "--data" in arguments else ["--data", f"bigvul:{tmp_path / 'empty.csv'}"]
    (tmp_path / "empty.csv").write_text("CWE ID,func_before,func_after,lang,vul\n")
    assert run(["train", "sven", "--out", str(tmp_path / "out"), *data, *arguments]) in (2, 3)
    assert says in capsys.readouterr().err
