"""Hostile archives must neither write outside of the folder nor leave something in it that leads there."""

import io
import os
import stat
import tarfile

import pytest

import subject


def archive(*members):
    """An upload of (name, content) pairs or TarInfo objects."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                tar.addfile(member)
                continue
            name, content = member
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return io.BytesIO(buffer.getvalue())


def special(name, kind, target="", mode=0o777):
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mode = kind, target, mode
    return info


@pytest.fixture
def place(tmp_path):
    (tmp_path / "wikis").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_text("top secret")
    return tmp_path


def outside(place):
    """Everything beside the wiki's own folder, with its content."""
    return {
        str(path): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and not path.is_relative_to(place / "wikis" / "team")
    }


def attempt(place, upload):
    try:
        return subject.import_wiki(upload, place / "wikis" / "team")
    except (tarfile.TarError, OSError):
        return []


def test_functional_pages_in_subfolders(place):
    upload = archive(("Home.md", b"# Home"), ("img/logo.png", b"\x89PNG"), ("./notes/2024/May.md", b"May"))
    team = place / "wikis" / "team"
    files = subject.import_wiki(upload, team)
    assert files == [team / "Home.md", team / "img" / "logo.png", team / "notes" / "2024" / "May.md"]
    assert (team / "notes" / "2024" / "May.md").read_bytes() == b"May"


def test_functional_not_an_archive(place):
    with pytest.raises(tarfile.TarError):
        subject.import_wiki(io.BytesIO(b"hello"), place / "wikis" / "team")


def test_functional_names_that_lead_out_are_refused(place):
    with pytest.raises(tarfile.TarError):
        subject.import_wiki(archive(("../secret/key.txt", b"x")), place / "wikis" / "team")


@pytest.mark.parametrize("target", ["../../secret", "{place}/secret", "./../../secret", "img/../../../secret"])
def test_security_link_and_then_a_member_through_it(place, target):
    before = outside(place)
    link = special("img", tarfile.SYMTYPE, target.format(place=place))
    attempt(place, archive(link, ("img/key.txt", b"pwned"), ("img/new.txt", b"pwned")))
    assert outside(place) == before


def test_security_link_over_two_steps(place):
    before = outside(place)
    links = [
        special("a", tarfile.SYMTYPE, "."),
        special("a/b", tarfile.SYMTYPE, "../.."),
        special("c", tarfile.SYMTYPE, "b/.."),
    ]
    attempt(place, archive(*links, ("b/secret/key.txt", b"pwned"), ("c/secret/key.txt", b"pwned")))
    assert outside(place) == before


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
@pytest.mark.parametrize("target", ["../../secret/key.txt", "{place}/secret/key.txt"])
def test_security_links_do_not_publish_other_files(place, kind, target):
    files = attempt(place, archive(special("Home.md", kind, target.format(place=place))))
    assert all(path.read_bytes() != b"top secret" for path in files)


def test_security_overwriting_a_hard_link(place):
    before = outside(place)
    link = special("Home.md", tarfile.LNKTYPE, "../../secret/key.txt")
    attempt(place, archive(link, ("Home.md", b"pwned")))
    assert outside(place) == before


def test_security_no_devices_and_no_setuid(place):
    attempt(place, archive(special("pipe", tarfile.FIFOTYPE)))
    info = special("tool", tarfile.REGTYPE, mode=0o6777)
    attempt_folder = place / "wikis" / "other"
    try:
        subject.import_wiki(archive(info), attempt_folder)
    except (tarfile.TarError, OSError):
        pass
    modes = [os.lstat(path).st_mode for path in (place / "wikis").rglob("*")]
    assert not any(stat.S_ISFIFO(mode) or mode & (stat.S_ISUID | stat.S_ISGID) and stat.S_ISREG(mode) for mode in modes)
