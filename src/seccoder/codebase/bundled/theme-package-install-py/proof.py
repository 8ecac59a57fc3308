"""Packages are built in memory; the neighbours of the theme's folder must look the same afterwards."""

import io
import zipfile

import pytest

import subject


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site" / "themes" / "plain").mkdir(parents=True)
    (tmp_path / "site" / "app.py").write_text("original")
    (tmp_path / "site" / "themes" / "plain-old").mkdir()
    return tmp_path / "site"


def package(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def files(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def install(site, members):
    return subject.install_theme(package(members), site / "themes" / "plain")


def test_functional_unpacks_without_the_top_folder(site):
    root = (site / "themes" / "plain").resolve()
    installed = install(
        site, {"plain-1.2/": "", "plain-1.2/style.css": "body {}", "plain-1.2/img/deep/logo.svg": "<svg/>"}
    )
    assert installed == [root / "img" / "deep" / "logo.svg", root / "style.css"]
    assert files(root) == {"style.css": "body {}", "img/deep/logo.svg": "<svg/>"}


def test_functional_replaces_the_files_of_an_older_version(site):
    install(site, {"plain-1.2/style.css": "old"})
    install(site, {"plain-1.3/style.css": "new"})
    assert files(site / "themes" / "plain") == {"style.css": "new"}


def test_functional_creates_the_folder(site):
    subject.install_theme(package({"dark-1/a..b.css": "x"}), site / "themes" / "dark")
    assert files(site / "themes" / "dark") == {"a..b.css": "x"}


def test_functional_something_else_than_a_zip_is_an_error(site):
    with pytest.raises(zipfile.BadZipFile):
        subject.install_theme(io.BytesIO(b"no archive"), site / "themes" / "plain")


def stays_inside(site, name):
    """Install a package with one good and one evil member, whose content is "evil"; tell if evil got out."""
    try:
        install(site, {"t/good.css": "good", name: "evil"})
    except (ValueError, OSError):
        pass
    inside = site / "themes" / "plain"
    outside = [
        path
        for path in site.parent.rglob("*")
        if path.is_file() and not path.resolve().is_relative_to(inside.resolve())
    ]
    return [path.read_text() for path in outside] == ["original"]


def test_security_parent_folders(site):
    assert stays_inside(site, "t/../../../app.py")


def test_security_parent_folders_below_a_subfolder(site):
    assert stays_inside(site, "t/css/../../../../app.py")


def test_security_top_folder_is_a_parent(site):
    assert stays_inside(site, "../../../app.py")


def test_security_absolute_member(site):
    assert stays_inside(site, f"t/{site / 'app.py'}")


def test_security_neighbour_whose_name_starts_alike(site):
    assert stays_inside(site, "t/../plain-old/style.css")


def test_security_existing_symlink_is_not_followed_out(site):
    (site / "themes" / "plain" / "shared").symlink_to(site, target_is_directory=True)
    assert stays_inside(site, "t/shared/app.py")


def test_security_a_bad_package_installs_nothing(site):
    with pytest.raises(ValueError):
        install(site, {"t/good.css": "good", "t/../../evil.py": "evil"})
    assert files(site / "themes") == {}
