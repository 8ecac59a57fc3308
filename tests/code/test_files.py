"""A file that is replaced: the old content or the new, whatever happens; nothing beside it afterwards."""

import hashlib
import multiprocessing
import os
import signal
import stat

import pytest

from seccoder.code.files import remove_unfinished, replacing, sha256


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "file").write_text("old")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def killed(work, path):
    """Do work in a child that is killed in the middle of it, with whatever it wrote on disk."""
    child = multiprocessing.get_context("fork").Process(target=work, args=(path,))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL


def half_a_file(path):
    with replacing(path) as fresh, fresh.open("w") as file:
        file.write("ne")
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)


def half_a_folder(path):
    with replacing(path) as fresh:
        fresh.mkdir()
        (fresh / "a").write_text("new")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_file_is_replaced_and_nothing_is_left_beside_it(folder):
    with replacing(folder / "file") as fresh:
        fresh.write_text("new")
        fresh.with_name("another").write_text("of no use afterwards")
        assert (folder / "file").read_text() == "old"
    assert (folder / "file").read_text() == "new"
    assert names(folder) == ["file"]


def test_a_new_file_has_the_permissions_that_files_have_by_default(folder):
    before = os.umask(0o027)
    try:
        with replacing(folder / "private") as fresh:
            fresh.write_text("x")
        (folder / "usual").write_text("x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "private").stat().st_mode) == 0o640
    assert (folder / "private").stat().st_mode == (folder / "usual").stat().st_mode


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_the_old_file_and_nothing_else(folder, error):
    with pytest.raises(error), replacing(folder / "file") as fresh:
        fresh.write_text("new")
        raise error
    assert (folder / "file").read_text() == "old"
    assert names(folder) == ["file"]


def test_a_block_that_writes_nothing_leaves_the_old_file(folder):
    with pytest.raises(FileNotFoundError), replacing(folder / "file"):
        pass
    assert (folder / "file").read_text() == "old"
    assert names(folder) == ["file"]


def test_a_kill_in_the_middle_leaves_the_old_file(folder):
    killed(half_a_file, folder / "file")
    assert (folder / "file").read_text() == "old"
    killed(half_a_file, folder / "other")
    assert not (folder / "other").exists()
    remove_unfinished(folder / "file")
    remove_unfinished(folder / "other")
    assert names(folder) == ["file"]


def test_what_a_kill_left_of_one_file_is_removed_without_touching_another(folder):
    killed(half_a_file, folder / "a[b]")
    for name in (".file", ".a[b]", "a[b].x"):
        (folder / name).write_text("somebody's")
    remove_unfinished(folder / "a[b]")
    assert names(folder) == sorted([".file", ".a[b]", "a[b].x", "file"])


def test_a_folder_is_replaced_as_a_whole(folder):
    home = folder / "home"
    for content in ("one", "two"):
        with replacing(home) as fresh:
            (fresh / "in").mkdir(parents=True)
            (fresh / "in" / content).write_text(content)
        assert [path.name for path in (home / "in").iterdir()] == [content]
    killed(half_a_folder, home)
    assert (home / "in" / "two").read_text() == "two"
    remove_unfinished(home)
    assert names(folder) == ["file", "home"]


def test_a_link_is_followed(folder):
    (folder / "link").symlink_to(folder / "file")
    with replacing(folder / "link") as fresh:
        fresh.write_text("new")
    assert (folder / "link").is_symlink() and (folder / "file").read_text() == "new"


def test_a_missing_folder_is_an_error(folder):
    with pytest.raises(FileNotFoundError), replacing(folder / "no" / "file") as fresh:
        fresh.write_text("new")


def test_the_hash_of_a_file(folder):
    assert sha256(folder / "file") == hashlib.sha256(b"old").hexdigest()
