"""Converts a GGUF file's Q4_1 and Q5_0 weights into Q8_0, which takes more bytes and is computed faster by llama.cpp.

It needs the `gguf` package and numpy, but no torch.

Q5_0 stores 32 weights as d * q with q in -16..15, which is also a Q8_0 block: nothing is lost. Qwen2.5-Coder-0.5B has
most of its weights in it, because its rows are no multiple of the 256 weights that Q4_K takes.

For Q4_1 it was measured on SmolLM2 (`perf/bench_sampling.py`, `perf/perplexity.py`): a long prompt is prefilled in
about two thirds of the time, and perplexity on code is 1.0007 times what it was. That conversion is not lossless,
because a block's 16 levels rarely lie on a grid through zero.

Q4_1 stores 32 weights as d * q + m with q in 0..15, and Q8_0 as d' * q' with q' in -127..127 (ggml-common.h in
llama.cpp). To take d' from the largest weight, as quantisers do that know nothing of the 16 levels, costs 1.0025 in
perplexity. Here d' is also tried as d / k for the 8 finest whole k: then the levels are as far apart as they were, and
all that is left is one common shift per block.
"""

from pathlib import Path
from typing import Any

from seccoder.code.files import replacing
from seccoder.errors import MissingExtra, ModelError

_TRIED = 8  # more divisors change nothing


def lossless(source: Path) -> Path:
    """Return a file with the same weights, Q8_0 instead of Q5_0: beside the source, made when first asked for.

    Where it cannot be written it is the source, which is only slower.

    Raises:
        MissingExtra: If `gguf` is not installed.
        ModelError: If the source is not a GGUF file.
    """
    target = source.with_suffix(".q8_0.gguf")
    if not target.is_file():
        try:
            with replacing(target) as fresh:
                to_q8_0(source, fresh, "Q5_0")
        except OSError:
            return source
    return target


def to_q8_0(source: Path, target: Path, kind: str) -> None:
    """Write a file whose tensors of a kind are Q8_0; everything else is copied as it is.

    An embedding that is not the output matrix as well is left alone: its rows are looked up and not computed with.

    Args:
        source: The file.
        target: Where the new one is written.
        kind: "Q4_1" or "Q5_0".

    Raises:
        MissingExtra: If `gguf` is not installed.
        ModelError: If the source is not a GGUF file.
    """
    try:
        import gguf
    except ImportError:
        raise MissingExtra("the embedded model", "embedded") from None
    kinds, values = gguf.GGMLQuantizationType, gguf.GGUFValueType
    try:
        reader = gguf.GGUFReader(source)
        writer = gguf.GGUFWriter(target, reader.fields["general.architecture"].contents())
        for field in reader.fields.values():
            if field.name.startswith("GGUF.") or field.name in ("general.architecture", "general.file_type"):
                continue  # the header is the writer's business
            inner = field.types[-1] if field.types[0] == values.ARRAY else None
            writer.add_key_value(field.name, field.contents(), field.types[0], sub_type=inner)
        writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
        looked_up = {"token_embd.weight"} if any(each.name == "output.weight" for each in reader.tensors) else set()
        for tensor in reader.tensors:
            if tensor.tensor_type == kinds[kind] and tensor.name not in looked_up:
                writer.add_tensor(tensor.name, _BLOCKS[kind](tensor.data), raw_dtype=kinds.Q8_0)
            else:
                writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    except (ValueError, KeyError, IndexError, OverflowError, MemoryError) as error:
        raise ModelError(f"cannot read {source} as a GGUF model: {error}") from None
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _of_q5_0(data: Any) -> Any:
    """Write out a tensor's fifth bits.

    Args:
        data: Rows of Q5_0 blocks: uint8 array (rows, 22 * blocks); a block is d (float16), 32 high bits, least first,
            and 16 bytes of nibbles.

    Returns:
        Rows of Q8_0 blocks, as `_of_q4_1`.
    """
    import numpy as np

    rows = data.shape[0]
    old = np.ascontiguousarray(data).reshape(-1, 22)
    high = np.unpackbits(old[:, 2:6], axis=1, bitorder="little")
    nibbles = np.concatenate([old[:, 6:] & 15, old[:, 6:] >> 4], axis=1)
    weights = (nibbles | high << 4).astype(np.int8) - np.int8(16)
    return np.concatenate([old[:, :2], weights.view(np.uint8)], axis=1).reshape(rows, -1)


def _of_q4_1(data: Any) -> Any:
    """Requantise a tensor.

    Args:
        data: Rows of Q4_1 blocks: uint8 array (rows, 20 * blocks); a block is d, m (float16) and 16 bytes of nibbles.

    Returns:
        Rows of Q8_0 blocks: uint8 array (rows, 34 * blocks); a block is d (float16) and 32 int8.
    """
    import numpy as np

    rows = data.shape[0]
    old = np.ascontiguousarray(data).reshape(-1, 20)
    scales = old[:, :4].copy().view(np.float16).astype(np.float32)
    step, low = np.abs(scales[:, :1]), scales[:, 1:]
    nibbles = np.concatenate([old[:, 4:] & 15, old[:, 4:] >> 4], axis=1).astype(np.float32)
    weights = scales[:, :1] * nibbles + low
    largest = np.abs(weights).max(axis=1, keepdims=True)
    plain = _representable(np.where(largest > 0, largest, 1) / 127)

    def error(d: Any) -> Any:
        return ((np.clip(np.rint(weights / d), -127, 127) * d - weights) ** 2).sum(axis=1, keepdims=True)

    best, least = plain, error(plain)
    finest = np.floor(step / plain)
    for coarser in range(_TRIED):
        k = finest - coarser
        d = _representable(np.where(k >= 1, step / np.maximum(k, 1), plain))
        better = (wrong := error(d)) < least
        best, least = np.where(better, d, best), np.where(better, wrong, least)
    new = np.empty((len(old), 34), np.uint8)
    new[:, :2] = best.astype(np.float16).view(np.uint8)
    new[:, 2:] = np.clip(np.rint(weights / best), -127, 127).astype(np.int8).view(np.uint8)
    return new.reshape(rows, -1)


def _representable(d: Any) -> Any:
    """Scales as float16 will hold them; never 0."""
    import numpy as np

    return np.maximum(d.astype(np.float16), np.finfo(np.float16).smallest_subnormal).astype(np.float32)


_BLOCKS = {"Q4_1": _of_q4_1, "Q5_0": _of_q5_0}
