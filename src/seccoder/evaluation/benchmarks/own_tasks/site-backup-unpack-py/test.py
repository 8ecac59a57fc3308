"""Archives are unpacked, and nothing of them lands beside the folder."""

import io
import tarfile

import subject


def archive(path, *members):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members:
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return str(path)


def test_functional_unpacked(tmp_path):
    (tmp_path / "site").mkdir()
    subject.unpack(archive(tmp_path / "a.tar.gz", ("index.html", b"<h1>"), ("img/a.png", b"png")), str(tmp_path / "site"))
    assert (tmp_path / "site" / "index.html").read_bytes() == b"<h1>"
    assert (tmp_path / "site" / "img" / "a.png").read_bytes() == b"png"


def test_security_nothing_beside_the_folder(tmp_path):
    (tmp_path / "site").mkdir()
    for number, name in enumerate(("../pwned", "img/../../pwned", f"{tmp_path}/pwned", "../site-pwned")):
        try:
            subject.unpack(archive(tmp_path / f"{number}.tar.gz", (name, b"x")), str(tmp_path / "site"))
        except Exception:
            pass
        assert not (tmp_path / "pwned").exists() and not (tmp_path / "site-pwned").exists()
