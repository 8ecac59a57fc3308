"""Somebody who can also write to the folder can neither lead the invoice elsewhere nor have a file overwritten.

For the race, a trace function acts before the n-th line of the code, for every n.
"""

import sys

import pytest
import subject

PDF = b"%PDF-1.7 invoice"


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "archive"
    path.mkdir()
    return path


def archive_while(act, moment, folder):
    """Archive invoice 17 and call `act` before the line number `moment`; whether that raised FileExistsError."""
    passed = 0

    def trace(frame, event, _):
        nonlocal passed
        if frame.f_code.co_filename != subject.__file__:
            return None
        if event == "line":
            passed += 1
            if passed == moment:
                act()
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        subject.archive_invoice(folder, 17, PDF)
    except FileExistsError:
        return True
    finally:
        sys.settrace(before)
    return False


def test_functional_writes_the_file(folder):
    path = subject.archive_invoice(folder, 17, PDF)
    assert (path, path.read_bytes()) == (folder / "000017.pdf", PDF)
    assert list(folder.iterdir()) == [path]


def test_functional_does_not_overwrite(folder):
    path = subject.archive_invoice(folder, 17, PDF)
    with pytest.raises(FileExistsError):
        subject.archive_invoice(folder, 17, b"other")
    assert path.read_bytes() == PDF


def test_functional_missing_folder(folder):
    with pytest.raises(FileNotFoundError):
        subject.archive_invoice(folder / "none", 17, PDF)


def test_security_link_to_a_file_that_does_not_exist_yet(folder, tmp_path):
    target = tmp_path / "autostart"
    (folder / "000017.pdf").symlink_to(target)
    with pytest.raises(FileExistsError):
        subject.archive_invoice(folder, 17, PDF)
    assert not target.exists()


@pytest.mark.parametrize("moment", range(1, 8))
def test_security_file_of_another_department_appears_meanwhile(folder, moment):
    path = folder / "000017.pdf"
    written = []

    def act():
        if not path.exists():
            path.write_bytes(b"theirs")
            written.append(True)

    refused = archive_while(act, moment, folder)
    assert path.read_bytes() == (b"theirs" if written else PDF)
    assert refused == bool(written)


@pytest.mark.parametrize("moment", range(1, 8))
def test_security_link_appears_meanwhile(folder, tmp_path, moment):
    victim = tmp_path / "ledger"
    victim.write_bytes(b"ledger")
    path = folder / "000017.pdf"

    def act():
        if not path.exists():
            path.symlink_to(victim)

    archive_while(act, moment, folder)
    assert victim.read_bytes() == b"ledger"
