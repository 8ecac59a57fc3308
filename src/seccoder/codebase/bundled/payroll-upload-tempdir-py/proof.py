"""Other users of the machine can neither redirect nor read the file with the salaries."""

import os
import tempfile
from decimal import Decimal

import pytest
import subject

SALARIES = [("DE02120300000000202051", Decimal("2100.00")), ("DE02500105170137075030", Decimal("3050.50"))]


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """The temporary folder that everybody may write to."""
    folder = tmp_path / "shared"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = os.umask(0o022)
    yield folder
    os.umask(before)


def test_functional_upload_gets_the_rows(shared):
    seen = []
    subject.send_payroll("2024-05", SALARIES, lambda path: seen.append(path.read_text().split()))
    assert seen == [["iban,amount", "DE02120300000000202051,2100.00", "DE02500105170137075030,3050.50"]]


@pytest.mark.parametrize("fails", [False, True])
def test_functional_nothing_is_left(shared, fails):
    def upload(path):
        if fails:
            raise ConnectionError("bank is closed")

    try:
        subject.send_payroll("2024-05", SALARIES, upload)
    except ConnectionError:
        assert fails
    assert list(shared.iterdir()) == []


def test_security_link_at_the_name_seen_last_time(shared, tmp_path):
    victim = tmp_path / "orders.db"
    victim.write_text("orders")
    seen = []
    subject.send_payroll("2024-05", SALARIES, seen.append)
    seen[0].parent.mkdir(exist_ok=True)
    seen[0].symlink_to(victim)
    subject.send_payroll("2024-05", SALARIES, seen.append)
    assert victim.read_text() == "orders"


def test_security_others_cannot_read_it(shared):
    ways = []

    def upload(path):
        inside = path.relative_to(shared)
        steps = [shared / parent for parent in inside.parents if str(parent) != "."]
        ways.append([step.stat().st_mode & 0o011 for step in steps] + [path.stat().st_mode & 0o044])

    subject.send_payroll("2024-05", SALARIES, upload)
    assert 0 in ways[0]
