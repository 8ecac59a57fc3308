import pytest

from seccoder.errors import UsageError
from seccoder.settings import resolve


def test_flag_beats_environment_beats_file_beats_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert resolve().k == 1
    (tmp_path / "seccoder.toml").write_text("k = 2\ntemperature = 1\n")
    assert resolve().k == 2
    assert resolve().temperature == 1.0
    monkeypatch.setenv("SECCODER_K", "3")
    assert resolve().k == 3
    assert resolve(k=4, temperature=None).k == 4


def test_the_file_of_an_outer_folder_counts(tmp_path, monkeypatch):
    (tmp_path / "seccoder.toml").write_text('model = "fake:"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert resolve().model == "fake:"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1\n", "unknown setting 'colour'"),
        ('k = "many"\n', "'k' must be of type int"),
        ("k = true\n", "'k' must be of type int"),
        ("model = 3\n", "'model' must be of type str"),
        ("k = \n", "cannot read"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path, monkeypatch, text, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seccoder.toml").write_text(text)
    with pytest.raises(UsageError, match=message):
        resolve()


def test_a_file_that_is_not_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seccoder.toml").write_bytes(b"\xff\xfe\x00k")
    with pytest.raises(UsageError, match=r"cannot read .*seccoder\.toml"):
        resolve()


def test_a_bad_environment_names_the_setting(monkeypatch):
    monkeypatch.setenv("SECCODER_TEMPERATURE", "warm")
    with pytest.raises(UsageError, match="the environment: setting 'temperature' must be of type float"):
        resolve()
