"""The box's look at files: what an attempt did to them is told and undone, whether or not the kernel notes it."""

import base64
import shutil

import pytest

from seccoder.oracles.executed.inside.watching import Watch


@pytest.fixture(params=[True, False], ids=["noted", "not noted"])
def watch(request, tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("kept", "changed", "sub/removed", "sub/kept"):
        (tmp_path / name).write_text(f"as it was: {name}")
    made = Watch([str(tmp_path)])
    assert made.noted  # Linux has inotify
    made.noted = request.param
    return made


def test_what_an_attempt_did_is_told_and_undone(watch, tmp_path):
    before = watch.snapshot()
    (tmp_path / "changed").write_text("attacked")
    (tmp_path / "sub" / "removed").unlink()
    (tmp_path / "new").write_text("made")
    (tmp_path / "new").chmod(0o602)
    changed, removed, modes = watch.compare_and_restore(before)
    told = {path: base64.b64decode(content) for path, content in changed.items()}
    assert told == {str(tmp_path / "changed"): b"attacked", str(tmp_path / "new"): b"made"}
    assert removed == [str(tmp_path / "sub" / "removed")]
    assert modes[str(tmp_path / "new")] == 0o602
    assert (tmp_path / "changed").read_text() == "as it was: changed"
    assert (tmp_path / "sub" / "removed").read_text() == "as it was: sub/removed"
    assert not (tmp_path / "new").exists()
    assert watch.compare_and_restore(before) == ({}, [], {})


def test_folders_that_come_and_go_are_looked_into(watch, tmp_path):
    before = watch.snapshot()
    shutil.rmtree(tmp_path / "sub")
    (tmp_path / "made" / "deep").mkdir(parents=True)
    (tmp_path / "made" / "deep" / "file").write_text("one")
    changed, removed, _ = watch.compare_and_restore(before)
    assert list(changed) == [str(tmp_path / "made" / "deep" / "file")]
    assert sorted(removed) == [str(tmp_path / "sub" / "kept"), str(tmp_path / "sub" / "removed")]
    (tmp_path / "made" / "deep" / "file").write_text("two")  # the new folder is watched like the others
    (tmp_path / "sub" / "kept").write_text("attacked")
    changed, removed, _ = watch.compare_and_restore(before)
    assert sorted(changed) == [str(tmp_path / "made" / "deep" / "file"), str(tmp_path / "sub" / "kept")]
    assert removed == []


def test_what_was_written_is_told_once_if_the_kernel_notes_it(watch, tmp_path):
    assert len(watch.written()) == 4  # all that was there
    (tmp_path / "changed").write_text("attacked")
    found = watch.written()
    assert found[str(tmp_path / "changed")] == b"attacked"
    assert len(found) == (1 if watch.noted else 4)
