"""A member plants links of all kinds; nothing that lies outside of the site may come out."""

import pytest

import subject

SECRET = "session key 4711"


@pytest.fixture
def place(tmp_path):
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key").write_text(SECRET)
    site = tmp_path / "members" / "ann"
    (site / "img" / "2024").mkdir(parents=True)
    (site / "index.html").write_text("<h1>Ann</h1>")
    (site / "img" / "2024" / "cat.png").write_bytes(b"\x89PNG")
    (tmp_path / "www").mkdir()
    return tmp_path


def published(place):
    """Every file the web server would show, with its content."""
    root = place / "www" / "ann"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


PAGES = {"index.html": b"<h1>Ann</h1>", "img/2024/cat.png": b"\x89PNG"}


def test_functional_copy(place):
    (place / "members" / "ann" / "empty").mkdir()
    subject.publish(place / "members" / "ann", place / "www" / "ann")
    assert published(place) == PAGES
    assert (place / "www" / "ann" / "empty").is_dir()


def test_functional_existing_target_and_missing_site(place):
    (place / "www" / "ann").mkdir()
    with pytest.raises(OSError):
        subject.publish(place / "members" / "ann", place / "www" / "ann")
    with pytest.raises(OSError):
        subject.publish(place / "members" / "bob", place / "www" / "bob")


def attempt(place):
    try:
        subject.publish(place / "members" / "ann", place / "www" / "ann")
    except (OSError, ValueError):
        pass
    return published(place)


@pytest.mark.parametrize("where", ["note.txt", "img/note.txt", "img/2024/.note"])
@pytest.mark.parametrize("target", ["{root}/private/key", "{up}private/key", "{root}/private", "{up}private", "/"])
def test_security_links_in_the_site(place, where, target):
    up = "../" * (2 + where.count("/"))
    link = place / "members" / "ann" / where
    if target == "/":
        target = "{root}"
        (place / "members" / "bob").mkdir()
    link.symlink_to(target.format(root=place, up=up))
    assert attempt(place) == PAGES


def test_security_link_to_a_link_and_dangling_ones(place):
    site = place / "members" / "ann"
    (site / "b").symlink_to(place / "private" / "key")
    (site / "a").symlink_to("b")
    (site / "gone").symlink_to("/nonexistent/file")
    assert attempt(place) == PAGES


def test_security_the_site_is_a_link(place):
    site = place / "members" / "ann"
    site.rename(place / "old")
    site.symlink_to(place / "private")
    assert attempt(place) == {}
