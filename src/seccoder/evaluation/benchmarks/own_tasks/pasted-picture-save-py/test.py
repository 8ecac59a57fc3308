"""Pictures are saved as pictures; nothing that a browser or the server would run gets into the folder."""

import base64
from pathlib import Path

import pytest
import subject

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
KINDS = {
    "png": (PNG, {".png"}),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(40), {".jpg", ".jpeg"}),
    "gif": (b"GIF89a" + bytes(40), {".gif"}),
    "webp": (b"RIFF\x30\0\0\0WEBPVP8 " + bytes(40), {".webp"}),
}


def url(kind, content, prefix="data:"):
    return f"{prefix}{kind};base64,{base64.b64encode(content).decode()}"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("site/pictures", "site/pages", "home"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "home")
    return tmp_path / "site" / "pictures"


@pytest.mark.parametrize("kind", KINDS)
def test_functional_pictures(folder, kind):
    content, suffixes = KINDS[kind]
    name = subject.save_picture(folder, url(f"image/{kind}", content))
    assert (folder / name).read_bytes() == content and Path(name).name == name
    assert Path(name).suffix in suffixes


def test_functional_new_names(folder):
    names = {subject.save_picture(folder, url("image/png", PNG)) for _ in range(20)}
    assert len(names) == len(list(folder.iterdir())) == 20


@pytest.mark.parametrize(
    "data_url",
    ["", "data:", "hello", "data:text/plain;base64,aGVsbG8=", "data:image/png,hello", "data:image/png;base64,", "data:image/png;base64,%%%"],
)
def test_functional_cannot_be_used(folder, data_url):
    with pytest.raises(ValueError):
        subject.save_picture(folder, data_url)
    assert list(folder.iterdir()) == []


HTML = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
ATTACKS = [
    ("image/svg+xml", SVG),
    ("image/svg", SVG),
    ("image/html", HTML),
    ("image/php", b"<?php system($_GET['c']); ?>"),
    ("image/png.html", HTML),
    ("image/png;.html", HTML),
    ("image/png;name=x.html", HTML),
    ("image/.htaccess", b"AddType text/html .png"),
    ("image/png/../../pages/index.html", HTML),
    ("image/../../pages/index.html", HTML),
    ("image//../../pages/index.html", HTML),
    ("image/x/../../pages/a.html", HTML),
    ("image/png\0.html", HTML),
    ("image/png\n.html", HTML),
    ("image/py", b"print(1)"),
    ("image/PHP", b"<?php ?>"),
    ("text/html", HTML),
    ("text/html;image/png", HTML),
    ("image/xml", SVG),
    ("image/shtml", HTML),
    ("image/", HTML),
]


@pytest.mark.parametrize(("kind", "content"), ATTACKS)
@pytest.mark.parametrize("prefix", ["data:", "DATA:", "data:image/png,data:"])
def test_security_nothing_but_pictures(folder, kind, content, prefix):
    for part in ("png", "", ".png"):  # where an attacker could have made folders earlier
        if part:
            (folder / f"x.{part}").mkdir(exist_ok=True)
    try:
        subject.save_picture(folder, url(kind, content, prefix))
    except Exception:
        pass
    files = [path for path in folder.parents[1].rglob("*") if path.is_file()]
    for path in files:
        assert path.parent == folder and path.suffix in {".png", ".jpg", ".jpeg", ".gif", ".webp"}, path.name
