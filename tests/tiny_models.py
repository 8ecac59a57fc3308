"""Tiny random models, saved as the real ones are: they stand in for weights that no test should download."""

import json
from collections.abc import Sequence
from pathlib import Path

CONTEXT = 256
EOS = "<|endoftext|>"


def byte_alphabet() -> list[str]:
    """The 256 characters that stand for bytes in byte-level BPE vocabularies."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def write_gguf(path: Path, template: str = "", marks: tuple[str, ...] = ()) -> Path:
    """A one-layer Llama over bytes; only printable ASCII has likely tokens. `marks` are tokens of their own."""
    import gguf
    import numpy as np

    rng = np.random.default_rng(0)
    width, heads, hidden = 64, 2, 64
    tokens = [*byte_alphabet(), EOS, "th", *marks]  # llama.cpp wants a merge
    w = gguf.GGUFWriter(path, "llama")
    w.add_context_length(CONTEXT)
    w.add_embedding_length(width)
    w.add_block_count(1)
    w.add_feed_forward_length(hidden)
    w.add_head_count(heads)
    w.add_head_count_kv(heads)
    w.add_layer_norm_rms_eps(1e-5)
    w.add_rope_dimension_count(width // heads)
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("gpt-2")
    w.add_token_list(tokens)
    w.add_token_types(
        [gguf.TokenType.NORMAL] * 256
        + [gguf.TokenType.CONTROL, gguf.TokenType.NORMAL]
        + [gguf.TokenType.CONTROL] * len(marks)
    )
    w.add_token_merges(["t h"])
    w.add_eos_token_id(256)
    w.add_bos_token_id(256)
    w.add_add_bos_token(False)
    if template:
        w.add_chat_template(template)

    def tensor(name: str, *shape: int) -> None:
        w.add_tensor(name, rng.normal(0, 0.5, shape).astype(np.float32))

    tensor("token_embd.weight", len(tokens), width)
    out = rng.normal(0, 0.5, (len(tokens), width)).astype(np.float32)
    out[:32] = out[127:] = 0
    w.add_tensor("output.weight", out)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        w.add_tensor(f"{name}.weight", np.ones(width, dtype=np.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        tensor(f"blk.0.{name}.weight", width, width)
    for name in ("ffn_gate", "ffn_up"):
        tensor(f"blk.0.{name}.weight", hidden, width)
    tensor("blk.0.ffn_down.weight", width, hidden)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    return path


def write_hf(folder: Path, kind: str, merges: Sequence[tuple[str, str]] = ()) -> Path:
    """A model of two or four layers of one architecture (the keys below), with a tokenizer over bytes and merges."""
    import torch
    import transformers
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    vocabulary = {token: i for i, token in enumerate([*byte_alphabet(), EOS, *map("".join, merges)])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=list(merges)))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=EOS).save_pretrained(folder)

    ends = {"bos_token_id": 256, "eos_token_id": 256, "pad_token_id": 256}
    gpt = {"vocab_size": 257, "n_positions": CONTEXT, "n_embd": 64, "n_layer": 2, "n_head": 4, **ends}
    configs = {
        "codegen": lambda: transformers.CodeGenConfig(**gpt, n_ctx=CONTEXT, rotary_dim=8),
        "gpt_bigcode": lambda: transformers.GPTBigCodeConfig(**gpt, multi_query=False),
        "xglm": lambda: transformers.XGLMConfig(
            vocab_size=257,
            max_position_embeddings=CONTEXT,
            d_model=64,
            num_layers=2,
            attention_heads=4,
            ffn_dim=64,
            **ends,
        ),
        "llama": lambda: transformers.LlamaConfig(
            vocab_size=len(vocabulary),
            max_position_embeddings=CONTEXT,
            hidden_size=64,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            **ends,
        ),
    }
    size = {"hidden_size": 64, "intermediate_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2}
    size |= {"vocab_size": 257, "max_position_embeddings": CONTEXT, "head_dim": 16, **ends}
    linear = {"linear_num_value_heads": 4, "linear_num_key_heads": 2}
    linear |= {"linear_key_head_dim": 16, "linear_value_head_dim": 16}
    experts = {"num_experts": 2, "num_experts_per_tok": 1, "moe_intermediate_size": 32}
    configs |= {  # caches of other forms: a window, states beside keys and values, states alone
        "mistral": lambda: transformers.MistralConfig(**size, num_hidden_layers=2, sliding_window=8),
        "qwen3_next": lambda: transformers.Qwen3NextConfig(
            **size, **linear, **experts, num_hidden_layers=4, shared_expert_intermediate_size=32
        ),
        "phi3": lambda: transformers.Phi3Config(  # begins anew with other positions once a text is longer than 64
            **{name: value for name, value in size.items() if name != "head_dim"},
            num_hidden_layers=2,
            original_max_position_embeddings=64,
            rope_parameters={
                "rope_type": "longrope",
                "rope_theta": 10000.0,
                "partial_rotary_factor": 1.0,
                "original_max_position_embeddings": 64,
                "short_factor": [1.0] * 8,
                "long_factor": [2.0] * 8,
            },
        ),
        "mamba": lambda: transformers.MambaConfig(
            vocab_size=257, hidden_size=64, num_hidden_layers=2, state_size=8, **ends
        ),
    }
    torch.manual_seed(0)
    model = transformers.AutoModelForCausalLM.from_config(configs[kind]())
    with torch.no_grad():  # spread the logits, and keep what is not printable ASCII unlikely
        for weight in {id(p): p for p in model.parameters() if p.dim() == 2}.values():
            weight.mul_(8)
        out = model.get_output_embeddings().weight
        out[:32] = out[127:] = 0
    model.save_pretrained(folder)
    return folder


def write_texts(path: Path) -> Path:
    """Answers for the fake model."""
    path.write_text(json.dumps([f"    x{i} = {i}\n    return x{i} + y{i} # and so on\n" for i in range(60)]))
    return path
