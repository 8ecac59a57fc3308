"""Unpacks a GGUF file, such as an embedded model's, into a folder that transformers can load, train and save.

The folder is in the user's cache and holds float32 weights and the tokenizer. It is made once per file and takes about
four bytes per weight: 540 MB for SmolLM2, 2 GB for Qwen2.5-Coder-0.5B. The weights are those of the file, with their
rounding: unpacking does not bring back what quantisation lost. If two processes make the same folder at once, both
succeed, and the folder of the second to finish is thrown away.
"""

import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from seccoder.code.files import sha256
from seccoder.errors import MissingExtra, ModelError
from seccoder.settings import cache_dir

_AT_A_TIME = 16  # tensors


def folder_of(gguf: Path) -> Path:
    """Return the folder of a GGUF file's unpacked weights, which is made if it is not there yet.

    Raises:
        ModelError: If the file is not there or transformers cannot read it.
        MissingExtra: If transformers, accelerate or gguf is not installed.
    """
    try:
        digest = sha256(gguf)
    except OSError as error:
        raise ModelError(f"cannot read {gguf}: {error.strerror}") from None
    home = cache_dir() / "models" / "unpacked" / f"{gguf.stem}-{digest[:12]}"
    if home.is_dir():
        return home
    try:
        import torch
        import transformers

        if not all(find_spec(name) for name in ("accelerate", "gguf")):
            raise ImportError
    except ImportError:
        raise MissingExtra("unpacking a GGUF file", "embedded,train") from None
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".unpack-") as staging:
        fresh = Path(staging) / "fresh"
        _convert(gguf, fresh, torch, transformers)
        try:
            fresh.rename(home)
        except OSError:  # somebody was faster
            shutil.rmtree(fresh, ignore_errors=True)
    return home


def load(folder: Path, dtype: Any) -> Any:
    """Load the model of an unpacked folder, in `dtype`, with little more memory than its weights take.

    transformers keeps the whole file of float32 weights in memory while it converts them, which is three times as much
    as a model in bfloat16 takes.

    Raises:
        OSError, ValueError, KeyError, RuntimeError, ImportError: If the folder does not hold such a model.
    """
    import transformers
    from safetensors import safe_open

    config = transformers.AutoConfig.from_pretrained(folder)
    weights: dict[str, Any] = {}
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, "pt") as file:
            names = list(file.keys())
        for start in range(0, len(names), _AT_A_TIME):
            with safe_open(path, "pt") as file:  # what was read stays in memory until the file is closed
                weights |= {name: file.get_tensor(name).to(dtype) for name in names[start : start + _AT_A_TIME]}
    kind = getattr(transformers, config.architectures[0])
    return kind.from_pretrained(None, config=config, state_dict=weights, dtype=dtype)


def _convert(gguf: Path, target: Path, torch: Any, transformers: Any) -> None:
    try:
        model = transformers.AutoModelForCausalLM.from_pretrained(
            str(gguf.parent),
            gguf_file=gguf.name,
            quantization_config=transformers.GgufConfig(dequantize=True),
            dtype=torch.float32,
        )
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, NotImplementedError) as error:
        raise ModelError(f"transformers cannot read {gguf}: {' '.join(str(error).split())[:300]}") from None
    model.save_pretrained(target)
    tokenizer.save_pretrained(target)
